-- By which keys do two spellings of one person meet? Rules are numbered as in `pipeline.RULES`; each key
-- comes with the keys that make its block finer while it is too large. Looks at each record of a portion by itself.

CREATE OR REPLACE TEMP TABLE block_key AS
WITH base AS (
    SELECT
        record_no,
        birth_dates[1][:4] AS year,
        coalesce(birth_dates[1][:7], '') AS month,
        post_codes[1] AS post_code,
        address_keys[1] AS address,
        countries[1] AS country
    FROM portion
),
word AS (
    SELECT n.record_no, b.t, b.k, b.w
    FROM (SELECT DISTINCT record_no, unnest(list_zip(n.tokens, n.phonetic)) AS z FROM portion_name) AS n
    JOIN word_bits AS b ON b.t = z[1] AND b.k = z[2]
)
SELECT record_no, CAST(0 AS UTINYINT) AS rule, unnest(identifiers) AS key, CAST([] AS VARCHAR[]) AS finer
FROM portion
UNION ALL
-- 1: the same words in any order
SELECT n.record_no, 1, array_to_string(n.n.tokens, ' '), [b.month, b.address, b.country]
FROM portion_name AS n
JOIN base AS b USING (record_no)
UNION ALL
-- 2: the same coarse sound: across scripts and spellings
SELECT n.record_no, 2, n.n.skeleton, [b.year, b.month, b.address]
FROM portion_name AS n
JOIN base AS b USING (record_no)
WHERE len(n.n.tokens) > 1 OR length(n.n.skeleton) > 3
UNION ALL
-- 3: the sound of one word with the year of birth
SELECT w.record_no, 3, w.k || ' ' || d.date[:4], [d.date[:7], d.date[:10], b.country]
FROM word AS w
JOIN (SELECT record_no, unnest(birth_dates) AS date FROM portion) AS d USING (record_no)
JOIN base AS b USING (record_no)
UNION ALL
-- 4: readings of East Asian names
SELECT n.record_no, 4, unnest(n.n.readings), [b.year, b.month, b.address]
FROM portion_name AS n
JOIN base AS b USING (record_no)
UNION ALL
-- 5: an interest in the same company
SELECT c.record_no, 5, CAST(unnest(c.companies) AS VARCHAR), [f.birth_dates[1][:4], f.names[1].full[1]]
FROM compare_company AS c
JOIN portion AS f USING (record_no)
WHERE len(f.names) > 0
UNION ALL
-- 6: the same address with the same sound of a word; the same town with that of a rare word
SELECT w.record_no, 6, w.k || ' ' || a.key, [b.year, b.month]
FROM word AS w
JOIN (
    SELECT record_no, unnest(list_concat(address_keys, post_codes)) AS key, 0 AS bits FROM portion
    UNION ALL
    SELECT record_no, unnest(localities), 7 FROM portion
) AS a ON a.record_no = w.record_no AND w.w >= a.bits
JOIN base AS b ON b.record_no = w.record_no
UNION ALL
-- 7: the sounds of any two words, the rarer ones first
SELECT x.record_no, 7, least(x.k, y.k) || ' ' || greatest(x.k, y.k), [b.year, b.month, b.address]
FROM word AS x
JOIN word AS y ON x.record_no = y.record_no AND x.k < y.k
JOIN base AS b ON b.record_no = x.record_no
QUALIFY row_number() OVER (PARTITION BY x.record_no ORDER BY x.w + y.w DESC, x.k, y.k) <= 10
UNION ALL
-- 8: the sound of a rare word alone
SELECT record_no, 8, k, [year, month, address]
FROM (
    SELECT w.record_no, w.k, b.year, b.month, b.address
    FROM (SELECT record_no, k, max(w) AS w FROM word GROUP BY record_no, k) AS w
    JOIN base AS b USING (record_no)
    QUALIFY row_number() OVER (PARTITION BY w.record_no ORDER BY w.w DESC, w.k) <= 3
);
