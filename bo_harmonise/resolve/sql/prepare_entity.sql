-- What is each entity compared by? Adds to compare_entity.
-- Needs portion_entity, bits and link_entity; looks at each record of a portion by itself.

CREATE OR REPLACE TEMP TABLE name_word AS
SELECT f.record_no, f.place, list_sort(list(as_word(f.t, f.k, b.w, f.x))) AS words, sum(b.w) AS bits
FROM (
    SELECT record_no, place, unnest(n.core_tokens) AS t, unnest(n.phonetic) AS k, n.core, n.script <> 'latin' AS x FROM portion_name
) AS f
JOIN word_bits AS b USING (t, k)
-- The acronym in brackets after the name that it stands for is no word of its own.
WHERE NOT (
    f.t = split_part(f.core, ' ', -1)
    AND length(f.t) > 2
    AND f.t = array_to_string(list_transform(string_split(f.core, ' ')[:-2], lambda c: c[1]), '')
)
GROUP BY f.record_no, f.place;

-- Most records have one name, which needs no sorting.
CREATE OR REPLACE TEMP TABLE compare_name AS
WITH several AS (SELECT record_no FROM name_word GROUP BY record_no HAVING count(*) > 1),
made AS (
    SELECT
        f.record_no,
        f.place,
        {
            'words': w.words,
            'bits': greatest(w.bits - 2 * whole_bits(m.bearers), 0),
            'compact': replace(f.n.core, ' ', ''),
            'acronym': f.n.acronym,
            'numbers': f.n.numbers,
            'is_generic': f.n.is_generic,
            'is_short': f.place > 1 AND len(f.n.core_tokens) = 1 AND length(f.n.core) <= 5
        } AS name
    FROM portion_name AS f
    JOIN name_word AS w USING (record_no, place)
    JOIN namesake AS m ON m.compact = replace(f.n.core, ' ', '')
)
SELECT record_no, [name] AS names FROM made WHERE record_no NOT IN (FROM several)
UNION ALL
SELECT record_no, list(name ORDER BY place) FROM made WHERE record_no IN (FROM several) GROUP BY record_no;

CREATE OR REPLACE TEMP TABLE compare_address AS
SELECT k.record_no, map_from_entries(list_sort(list({'key': k.key, 'value': b.bits}))) AS bits
FROM (
    SELECT record_no, unnest(list_distinct(list_concat(address_keys, post_codes, address_tokens))) AS key FROM portion
) AS k
JOIN address_bits AS b USING (key)
GROUP BY k.record_no;

CREATE OR REPLACE TEMP TABLE compare_country AS
SELECT c.record_no, map_from_entries(list_sort(list({'key': c.country, 'value': r.bits}))) AS bits
FROM (SELECT record_no, unnest(countries) AS country FROM portion) AS c
JOIN country_bits AS r USING (country)
GROUP BY c.record_no;

-- All words of all names, for what further names have in common: of records that have some.
CREATE OR REPLACE TEMP TABLE compare_word AS
SELECT record_no, map_from_entries(list_sort(list({'key': t, 'value': w}))) AS bits, list(t ORDER BY t) AS words
FROM (
    SELECT record_no, w.t AS t, max(w.w) AS w
    FROM (
        SELECT record_no, unnest(words) AS w
        FROM name_word
        WHERE record_no IN (SELECT record_no FROM compare_name WHERE len(names) > 1)
    )
    GROUP BY record_no, w.t
)
GROUP BY record_no;

CREATE OR REPLACE TEMP VIEW prepared AS
SELECT
    f.record_no,
    f.register,
    coalesce(n.names[:12], []) AS names,
    list_distinct(list_filter(list_transform(f.names, lambda n: n.legal_form), lambda x: x IS NOT NULL)) AS forms,
    list_distinct(
        list_filter(list_transform(f.names, lambda n: n.legal_form_class), lambda x: x IS NOT NULL)
    ) AS form_classes,
    f.countries,
    f.identifiers,
    f.address_keys,
    f.post_codes,
    f.address_tokens,
    f.founding_date,
    a.bits AS address_bits,
    y.bits AS country_bits,
    w.bits AS word_bits,
    coalesce(w.words, []) AS all_words,
    coalesce(o.owners, []) AS owners,
    len(f.identifiers) = 0 AND f.founding_date IS NULL AND len(f.address_tokens) = 0 AND len(f.address_keys) = 0
    AND len(f.post_codes) = 0 AS is_bare
FROM portion AS f
LEFT JOIN compare_name AS n USING (record_no)
LEFT JOIN compare_address AS a USING (record_no)
LEFT JOIN compare_country AS y USING (record_no)
LEFT JOIN compare_word AS w USING (record_no)
LEFT JOIN compare_owner AS o USING (record_no);

CREATE TEMP TABLE IF NOT EXISTS compare_entity AS FROM prepared LIMIT 0;

INSERT INTO compare_entity FROM prepared;

DROP VIEW prepared;

DROP TABLE name_word;

DROP TABLE compare_name;

DROP TABLE compare_address;

DROP TABLE compare_country;

DROP TABLE compare_word;
