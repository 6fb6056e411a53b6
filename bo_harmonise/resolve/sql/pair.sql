-- Which pairs are scored? The blocked ones and those that a person judged, numbered in a fixed order.
CREATE OR REPLACE TEMP TABLE resolve_pair AS
WITH wanted AS (
    SELECT l, r, rules FROM block_pair
    UNION ALL
    SELECT DISTINCT j.l, j.r, CAST(0 AS UBIGINT)
    FROM judged AS j
    JOIN resolve_record AS a ON a.record_no = j.l
    WHERE a.kind = $kind AND NOT EXISTS (SELECT 1 FROM block_pair AS b WHERE b.l = j.l AND b.r = j.r)
)
SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, rules
FROM wanted;
