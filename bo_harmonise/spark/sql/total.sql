-- What do the counts of all parts add up to? Each part gets the totals of the keys that it has, by their first key:
-- the other deliveries of a name as well.
-- Needs part_count (part, tbl, a, b, records).
WITH total AS (
    SELECT tbl, a, b, sum(records) AS records FROM part_count GROUP BY tbl, a, b
),
wanted AS (
    SELECT DISTINCT part, tbl, a FROM part_count
)
SELECT wanted.part, total.tbl, total.a, total.b, total.records
FROM wanted
JOIN total ON wanted.tbl = total.tbl AND wanted.a <=> total.a
