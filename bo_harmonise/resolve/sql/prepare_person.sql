-- What is each person compared by? Adds to compare_person.
-- Needs portion_person, bits and link_person; looks at each record of a portion by itself.

CREATE OR REPLACE TEMP TABLE country_of AS
SELECT record_no, unnest(countries) AS country FROM portion;

-- Words that are less rare among those of a country of the record.
CREATE OR REPLACE TEMP TABLE word_here AS
SELECT f.record_no, f.t, min(b.w) AS w
FROM (SELECT DISTINCT record_no, unnest(n.tokens) AS t FROM portion_name) AS f
JOIN country_of AS c USING (record_no)
JOIN word_country_bits AS b USING (t, country)
GROUP BY f.record_no, f.t;

CREATE OR REPLACE TEMP TABLE name_word AS
SELECT f.record_no, f.place, list_sort(list(as_word(f.t, f.k, coalesce(h.w, b.w), f.x))) AS words
FROM (
    SELECT record_no, place, unnest(n.tokens) AS t, unnest(n.phonetic) AS k, n.script <> 'latin' AS x
    FROM (SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM portion)
) AS f
JOIN word_bits AS b USING (t, k)
LEFT JOIN word_here AS h ON h.record_no = f.record_no AND h.t = f.t
GROUP BY f.record_no, f.place;

-- Most records have one name, which needs no sorting.
CREATE OR REPLACE TEMP TABLE compare_name AS
WITH several AS (SELECT record_no FROM name_word GROUP BY record_no HAVING count(*) > 1),
made AS (
    SELECT
        f.record_no,
        f.place,
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
        } AS name
    FROM (SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM portion) AS f
    JOIN name_word AS w USING (record_no, place)
)
SELECT record_no, [name] AS names FROM made WHERE record_no NOT IN (FROM several)
UNION ALL
SELECT record_no, list(name ORDER BY place) FROM made WHERE record_no IN (FROM several) GROUP BY record_no;

CREATE OR REPLACE TEMP TABLE compare_address AS
SELECT k.record_no, map_from_entries(list_sort(list({'key': k.key, 'value': coalesce(h.bits, b.bits)}))) AS bits
FROM (
    SELECT record_no, unnest(list_distinct(list_concat(address_keys, post_codes, address_tokens))) AS key FROM portion
) AS k
JOIN address_bits AS b USING (key)
LEFT JOIN (
    SELECT a.record_no, a.key, min(i.bits) AS bits
    FROM (SELECT record_no, unnest(address_tokens) AS key FROM portion) AS a
    JOIN country_of AS c USING (record_no)
    JOIN address_country_bits AS i USING (key, country)
    GROUP BY a.record_no, a.key
) AS h ON h.record_no = k.record_no AND h.key = k.key
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
    f.birth_dates[:8] AS birth_dates,
    f.birth_year_min,
    f.birth_year_max,
    f.countries,
    f.identifiers,
    f.address_keys,
    f.post_codes,
    f.address_tokens,
    a.bits AS address_bits,
    y.bits AS country_bits,
    w.bits AS word_bits,
    coalesce(w.words, []) AS all_words,
    coalesce(c.companies, []) AS companies,
    coalesce(o.owners, []) AS owners
FROM portion AS f
LEFT JOIN compare_name AS n USING (record_no)
LEFT JOIN compare_address AS a USING (record_no)
LEFT JOIN compare_country AS y USING (record_no)
LEFT JOIN compare_word AS w USING (record_no)
LEFT JOIN compare_company AS c USING (record_no)
LEFT JOIN compare_owner AS o USING (record_no);

CREATE TEMP TABLE IF NOT EXISTS compare_person AS FROM prepared LIMIT 0;

INSERT INTO compare_person FROM prepared;

DROP VIEW prepared;

DROP TABLE country_of;

DROP TABLE word_here;

DROP TABLE name_word;

DROP TABLE compare_name;

DROP TABLE compare_address;

DROP TABLE compare_country;

DROP TABLE compare_word;
