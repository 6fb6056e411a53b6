-- What is each entity compared by? Makes compare_entity, block_order and record_fact from the features.

CREATE OR REPLACE TEMP TABLE feature AS
SELECT r.record_no, f.*
FROM read_parquet($features) AS f
JOIN resolve_record AS r USING (record_id)
WHERE r.kind = 'entity' AND r.is_known;

CREATE OR REPLACE TEMP TABLE feature_name AS
SELECT record_no, n, place
FROM (SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM feature)
WHERE len(n.core_tokens) > 0;

-- How many bits is it worth that two records have a word in common? A word as rare as one in a thousand
-- is worth ten. Small data say little about rarity: they count as if among a thousand other records.
CREATE OR REPLACE TEMP TABLE word_bits AS
WITH words AS (
    SELECT DISTINCT record_no, unnest(list_zip(n.core_tokens, n.phonetic)) AS z FROM feature_name
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
SELECT f.record_no, f.place, list({'t': f.t, 'k': f.k, 'w': b.w} ORDER BY f.t) AS words, sum(b.w) AS bits
FROM (
    SELECT record_no, place, unnest(n.core_tokens) AS t, unnest(n.phonetic) AS k FROM feature_name
) AS f
JOIN word_bits AS b USING (t, k)
GROUP BY f.record_no, f.place;

CREATE OR REPLACE TEMP TABLE compare_name AS
SELECT
    f.record_no,
    list(
        {
            'words': w.words,
            'bits': w.bits,
            'compact': replace(f.n.core, ' ', ''),
            'acronym': f.n.acronym,
            'numbers': f.n.numbers,
            'is_generic': f.n.is_generic
        } ORDER BY f.place
    ) AS names
FROM feature_name AS f
JOIN name_word AS w USING (record_no, place)
GROUP BY f.record_no;

-- Address keys that many records share say little: a formation agent's address, for one.
CREATE OR REPLACE TEMP TABLE address_bits AS
WITH keys AS (SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes)) AS key FROM feature)
SELECT key, CAST(log2((SELECT count(*) + 1000 FROM feature) / (count(*) + 1)) AS FLOAT) AS bits
FROM keys
GROUP BY key;

CREATE OR REPLACE TEMP TABLE compare_address AS
SELECT k.record_no, map_from_entries(list({'key': k.key, 'value': b.bits} ORDER BY k.key)) AS bits
FROM (SELECT DISTINCT record_no, unnest(list_concat(address_keys, post_codes)) AS key FROM feature) AS k
JOIN address_bits AS b USING (key)
GROUP BY k.record_no;

-- Who has an interest in the entity, by name and month of birth; owners of very many tell nothing.
CREATE OR REPLACE TEMP TABLE compare_owner AS
WITH owner AS (
    SELECT DISTINCT
        e.record_no,
        list_aggregate(list_sort(string_split(lower(p.names[1].full_name), ' ')), 'string_agg', ' ')
        || ' ' || p.birth_date[:7] AS owner
    FROM current_relationship AS s
    JOIN current_person AS p ON p.record_id = s.interested_party_record_id
    JOIN resolve_record AS e ON e.record_id = s.subject_record_id
    WHERE p.birth_date IS NOT NULL AND len(p.names) > 0
)
SELECT record_no, list(owner ORDER BY owner)[:20] AS owners
FROM owner
WHERE owner IN (SELECT owner FROM owner GROUP BY owner HAVING count(*) <= 20)
GROUP BY record_no;

CREATE OR REPLACE TEMP TABLE compare_entity AS
SELECT
    f.record_no,
    coalesce(n.names[:12], []) AS names,
    list_distinct(list_filter(list_transform(f.names, lambda n: n.legal_form), lambda x: x IS NOT NULL)) AS forms,
    list_distinct(
        list_filter(list_transform(f.names, lambda n: n.legal_form_class), lambda x: x IS NOT NULL)
    ) AS form_classes,
    f.countries,
    f.identifiers,
    f.address_keys,
    f.post_codes,
    f.localities,
    f.address_tokens,
    f.founding_date,
    a.bits AS address_bits,
    coalesce(o.owners, []) AS owners
FROM feature AS f
LEFT JOIN compare_name AS n USING (record_no)
LEFT JOIN compare_address AS a USING (record_no)
LEFT JOIN compare_owner AS o USING (record_no)
ORDER BY f.record_no;

CREATE OR REPLACE TEMP TABLE block_order AS
SELECT record_no, coalesce(names[1].core, '') AS place, CAST(NULL AS VARCHAR) AS within
FROM feature;

CREATE OR REPLACE TEMP TABLE record_fact AS
SELECT
    record_no,
    CAST([] AS VARCHAR[]) AS birth_dates,
    [
        {'scheme': i[:instr(i, ':') - 1], 'id': i[instr(i, ':') + 1:]}
        FOR i IN identifiers IF is_lasting(i)
    ] AS numbers
FROM feature
WHERE len(identifiers) > 0;
