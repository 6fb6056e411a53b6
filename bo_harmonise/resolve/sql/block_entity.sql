-- By which keys do two spellings of one company meet? Rules are numbered as in `pipeline.RULES`; each key
-- comes with the keys that make its block finer while it is too large. Looks at each record of a portion by itself.

CREATE OR REPLACE TEMP TABLE block_key AS
WITH base AS (
    SELECT record_no, countries[1] AS country, coalesce(post_codes[1], '') AS post_code, address_keys[1] AS address
    FROM portion
),
word AS (
    SELECT n.record_no, b.t, b.k, b.w
    FROM (SELECT DISTINCT record_no, unnest(list_zip(n.core_tokens, n.phonetic)) AS z FROM portion_name) AS n
    JOIN word_bits AS b ON b.t = z[1] AND b.k = z[2]
)
SELECT record_no, CAST(0 AS UTINYINT) AS rule, unnest(identifiers) AS key, CAST([] AS VARCHAR[]) AS finer
FROM portion
UNION ALL
-- 1: the same name without the legal form
SELECT n.record_no, 1, replace(n.n.core, ' ', ''), [b.country, b.post_code, n.n.legal_form]
FROM portion_name AS n
JOIN base AS b USING (record_no)
WHERE NOT n.n.is_generic
UNION ALL
-- 2: a telling word, by its sound
SELECT DISTINCT w.record_no, 2, w.k, [b.country, b.post_code, b.address]
FROM word AS w
JOIN base AS b USING (record_no)
QUALIFY row_number() OVER (PARTITION BY w.record_no ORDER BY w.w DESC, w.k) <= 6
UNION ALL
-- 3: the acronym, and names that look like one
SELECT n.record_no, 3, unnest([n.n.acronym, replace(n.n.core, ' ', '')]), [b.country, b.post_code]
FROM portion_name AS n
JOIN base AS b USING (record_no)
WHERE length(coalesce(n.n.acronym, n.n.core)) >= 3
UNION ALL
-- 4: the same address
SELECT f.record_no, 4, unnest(f.address_keys), [f.names[1].core[:4], f.names[1].core[:8]]
FROM portion AS f
UNION ALL
-- 5: the same owner: finds names that were translated
SELECT o.record_no, 5, unnest(o.owners), CAST([] AS VARCHAR[])
FROM compare_owner AS o
JOIN base AS b USING (record_no)
UNION ALL
-- 6: the sounds of any two words, the rarer ones first
SELECT x.record_no, 6, least(x.k, y.k) || ' ' || greatest(x.k, y.k), [b.country, b.post_code, b.address]
FROM word AS x
JOIN word AS y ON x.record_no = y.record_no AND x.k < y.k
JOIN base AS b ON b.record_no = x.record_no
QUALIFY row_number() OVER (PARTITION BY x.record_no ORDER BY x.w + y.w DESC, x.k, y.k) <= 8;
