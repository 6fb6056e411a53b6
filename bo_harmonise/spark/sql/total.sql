-- What do the counts of all parts add up to? Each part gets the totals of the keys that it has, by their first key:
-- those of a name in other registers as well.
-- Needs part_count (part, tbl, a, b, n, m): keys a and b of a table of counts, and its counts n and m.
WITH total AS (
    SELECT tbl, a, b, sum(n) AS n, sum(m) AS m FROM part_count GROUP BY tbl, a, b
),
wanted AS (
    SELECT DISTINCT part, tbl, a FROM part_count
)
SELECT wanted.part, total.tbl, total.a, total.b, total.n, total.m
FROM wanted
JOIN total ON wanted.tbl = total.tbl AND wanted.a <=> total.a
