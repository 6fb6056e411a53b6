-- Which pairs are compared? Those that any block gave, and those that a person judged. The number of a pair follows
-- from its records: numbering all pairs in turn would bring them to one place.
-- Needs block_found (l, r, rules) and judged_pair (l, r).
SELECT CAST(l AS BIGINT) * 2147483648 + r AS unique_id, l, r, bit_or(rules) AS rules
FROM (
    SELECT l, r, rules FROM block_found
    UNION ALL
    SELECT l, r, CAST(0 AS BIGINT) FROM judged_pair
)
GROUP BY l, r
