-- What is each person compared by? Makes compare_person, block_order and record_fact from the features.

CREATE OR REPLACE TEMP TABLE feature AS
SELECT r.record_no, f.*
FROM read_parquet($features) AS f
JOIN resolve_record AS r USING (record_id)
WHERE r.kind = 'person' AND r.is_known;

CREATE OR REPLACE TEMP TABLE feature_name AS
SELECT record_no, unnest(names) AS n FROM feature;

-- How many bits is it worth that two records have a word in common? A word as rare as one in a thousand
-- is worth ten. Small data say little about rarity: they count as if among a thousand other records.
CREATE OR REPLACE TEMP TABLE word_bits AS
WITH words AS (
    SELECT DISTINCT record_no, unnest(list_zip(n.tokens, n.phonetic)) AS z FROM feature_name
),
size AS (SELECT count(*) + 1000 AS records FROM feature),
sounds AS (
    SELECT z[2] AS k, log2(any_value(records) / (count(DISTINCT record_no) + 1)) AS bits
    FROM words, size
    GROUP BY z[2]
)
SELECT
    z[1] AS t,
    z[2] AS k,
    CAST(least(log2(any_value(records) / (count(*) + 1)), any_value(s.bits) + 3, 14) AS FLOAT) AS w
FROM words
JOIN sounds AS s ON s.k = z[2], size
GROUP BY z[1], z[2];

CREATE OR REPLACE TEMP TABLE name_word AS
SELECT f.record_no, f.place, list(as_word(f.t, f.k, b.w, f.x) ORDER BY f.t) AS words
FROM (
    SELECT record_no, place, unnest(n.tokens) AS t, unnest(n.phonetic) AS k, n.script <> 'latin' AS x
    FROM (SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM feature)
) AS f
JOIN word_bits AS b USING (t, k)
GROUP BY f.record_no, f.place;

CREATE OR REPLACE TEMP TABLE compare_name AS
SELECT
    f.record_no,
    list(
        {
            'words': list_concat(
                w.words,
                list_transform(
                    coalesce(f.n.initials, []),
                    lambda i: as_word(i, i, 1.5, f.n.script <> 'latin')
                )
            ),
            'compact': replace(f.n.full, ' ', ''),
            'patronymic': CASE
                WHEN f.n.patronymic IS NOT NULL
                THEN as_word(f.n.patronymic, '', 3, false)
            END,
            'readings': coalesce(f.n.readings, [])
        } ORDER BY f.place
    ) AS names
FROM (SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM feature) AS f
JOIN name_word AS w USING (record_no, place)
GROUP BY f.record_no;

-- An address, or a word of one, that many records share says little: a formation agent's, for one.
CREATE OR REPLACE TEMP TABLE address_bits AS
WITH keys AS (
    SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key FROM feature
)
SELECT key, CAST(log2((SELECT count(*) + 1000 FROM feature) / (count(*) + 1)) AS FLOAT) AS bits
FROM keys
GROUP BY key;

CREATE OR REPLACE TEMP TABLE compare_address AS
SELECT k.record_no, map_from_entries(list({'key': k.key, 'value': b.bits} ORDER BY k.key)) AS bits
FROM (
    SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key FROM feature
) AS k
JOIN address_bits AS b USING (key)
GROUP BY k.record_no;

-- Sharing a country that few records have says more than sharing the one that most have.
CREATE OR REPLACE TEMP TABLE compare_country AS
WITH country AS (SELECT record_no, unnest(countries) AS country FROM feature),
rarity AS (
    SELECT country, CAST(log2((SELECT count(*) + 100 FROM feature) / (count(*) + 1)) AS FLOAT) AS bits
    FROM country
    GROUP BY country
)
SELECT c.record_no, map_from_entries(list({'key': c.country, 'value': r.bits} ORDER BY c.country)) AS bits
FROM country AS c
JOIN rarity AS r USING (country)
GROUP BY c.record_no;

-- All words of all names, for what further names have in common.
CREATE OR REPLACE TEMP TABLE compare_word AS
SELECT record_no, map_from_entries(list({'key': t, 'value': w} ORDER BY t)) AS bits, list(t ORDER BY t) AS words
FROM (
    SELECT record_no, w.t AS t, max(w.w) AS w
    FROM (SELECT record_no, unnest(words) AS w FROM name_word)
    GROUP BY record_no, w.t
)
GROUP BY record_no;

-- Companies that the person has an interest in, as resolved, and the other parties that have one.
CREATE OR REPLACE TEMP TABLE held AS
SELECT DISTINCT p.record_no, p.kind, c.cluster_no AS company
FROM current_relationship AS s
JOIN resolve_record AS p ON p.record_id = s.interested_party_record_id
JOIN resolve_record AS e ON e.record_id = s.subject_record_id
JOIN resolve_cluster AS c ON c.record_no = e.record_no;

CREATE OR REPLACE TEMP TABLE compare_company AS
SELECT record_no, list(company ORDER BY company) AS companies
FROM (
    SELECT record_no, company FROM held
    WHERE kind = 'person'
    QUALIFY row_number() OVER (PARTITION BY record_no ORDER BY company) <= 100
)
GROUP BY record_no;

-- A co-owner is known by the company it is, or by its name; owners of very many companies tell nothing.
CREATE OR REPLACE TEMP TABLE compare_owner AS
WITH owner AS (
    SELECT h.company, h.record_no, 'c' || c.cluster_no AS owner
    FROM held AS h
    JOIN resolve_cluster AS c USING (record_no)
    WHERE h.kind = 'entity'
    UNION ALL
    SELECT h.company, h.record_no, 'p' || array_to_string(f.names[1].tokens, ' ')
    FROM held AS h
    JOIN feature AS f USING (record_no)
    WHERE len(f.names) > 0 AND len(f.names[1].tokens) > 1
),
telling AS (
    SELECT company, record_no, owner FROM owner
    WHERE owner IN (SELECT owner FROM owner GROUP BY owner HAVING count(DISTINCT company) <= 20)
)
SELECT record_no, list(DISTINCT owner ORDER BY owner) AS owners
FROM (
    SELECT h.record_no, o.owner
    FROM held AS h
    JOIN telling AS o USING (company)
    WHERE h.kind = 'person' AND o.record_no <> h.record_no
    QUALIFY row_number() OVER (PARTITION BY h.record_no ORDER BY o.owner, o.record_no) <= 100
)
GROUP BY record_no;

CREATE OR REPLACE TEMP TABLE compare_person AS
SELECT
    f.record_no,
    coalesce(n.names[:12], []) AS names,
    list_distinct(flatten(list_transform(f.names, lambda n: n.given))) AS given,
    f.birth_dates[:8] AS birth_dates,
    f.birth_year_min,
    f.birth_year_max,
    f.countries,
    f.identifiers,
    f.address_keys,
    f.post_codes,
    f.localities,
    f.address_tokens,
    a.bits AS address_bits,
    y.bits AS country_bits,
    w.bits AS word_bits,
    coalesce(w.words, []) AS all_words,
    coalesce(c.companies, []) AS companies,
    coalesce(o.owners, []) AS owners
FROM feature AS f
LEFT JOIN compare_name AS n USING (record_no)
LEFT JOIN compare_address AS a USING (record_no)
LEFT JOIN compare_country AS y USING (record_no)
LEFT JOIN compare_word AS w USING (record_no)
LEFT JOIN compare_company AS c USING (record_no)
LEFT JOIN compare_owner AS o USING (record_no)
ORDER BY f.record_no;

CREATE OR REPLACE TEMP TABLE block_order AS
SELECT
    record_no,
    coalesce(names[1].skeleton, '') || ' ' || coalesce(birth_dates[1], '') AS place,
    w.within
FROM feature
LEFT JOIN record_within AS w USING (record_id);

-- Passports change and several are held; numbers of other documents of a state do not.
CREATE OR REPLACE TEMP TABLE record_fact AS
SELECT
    record_no,
    list_filter(birth_dates, lambda d: length(d) = 10) AS birth_dates,
    [
        {'scheme': i[:instr(i, ':') - 1], 'id': i[instr(i, ':') + 1:]}
        FOR i IN identifiers IF is_lasting(i)
    ] AS numbers
FROM feature
WHERE len(birth_dates) > 0 OR len(identifiers) > 0;
