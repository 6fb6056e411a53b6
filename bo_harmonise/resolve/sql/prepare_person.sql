-- What is each person compared by? Makes compare_person, block_order and record_fact.
-- Needs known_person, the counts of count_person and the tables of link_person; looks at each record by itself.

-- How many bits is it worth that two records have a word in common?
CREATE OR REPLACE TEMP TABLE word_bits AS
SELECT
    w.t,
    w.k,
    CAST(least(
        rarity_bits(w.records, w.rest, r.records, 1000), rarity_bits(s.records, s.rest, r.records, 1000) + 3
    ) AS FLOAT) AS w
FROM word_count AS w
JOIN sound_count AS s USING (k), record_count AS r;

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
SELECT key, CAST(rarity_bits(k.records, k.rest, r.records, 1000) AS FLOAT) AS bits
FROM key_count AS k, record_count AS r;

CREATE OR REPLACE TEMP TABLE compare_address AS
SELECT k.record_no, map_from_entries(list({'key': k.key, 'value': b.bits} ORDER BY k.key)) AS bits
FROM (
    SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes, address_tokens)) AS key FROM feature
) AS k
JOIN address_bits AS b USING (key)
GROUP BY k.record_no;

-- Sharing a country that few records have says more than sharing the one that most have.
CREATE OR REPLACE TEMP TABLE compare_country AS
WITH rarity AS (
    SELECT country, CAST(rarity_bits(c.records, c.rest, r.records, 100) AS FLOAT) AS bits
    FROM country_count AS c, record_count AS r
)
SELECT c.record_no, map_from_entries(list({'key': c.country, 'value': r.bits} ORDER BY c.country)) AS bits
FROM (SELECT record_no, unnest(countries) AS country FROM feature) AS c
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
