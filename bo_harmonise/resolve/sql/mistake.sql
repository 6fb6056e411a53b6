-- Which mistakes are the worst? Wrong pairs with the highest weight; missed pairs that were never compared,
-- then those with the lowest. They become `resolve_pair`, so that their evidence can be worked out again.
CREATE OR REPLACE TEMP TABLE mistake AS
SELECT * FROM (
    SELECT l, r, 'wrong' AS mistake, match_weight
    FROM measured_pair
    WHERE is_same = 0 AND match_weight >= $limit
    ORDER BY match_weight DESC, l, r
    LIMIT $worst
)
UNION ALL
SELECT * FROM (
    SELECT l, r, 'missed' AS mistake, match_weight
    FROM gold_pair
    WHERE coalesce(match_weight, -99) < $limit
    ORDER BY match_weight NULLS FIRST, l, r
    LIMIT $worst
);

CREATE OR REPLACE TEMP TABLE pair_numbered AS
SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, CAST(0 AS UBIGINT) AS rules
FROM (SELECT DISTINCT l, r FROM mistake);

CREATE OR REPLACE TEMP VIEW resolve_pair AS FROM pair_numbered;
