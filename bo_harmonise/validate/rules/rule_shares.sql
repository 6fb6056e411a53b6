-- Which shares contradict themselves?
WITH share AS (
    SELECT
        row,
        '/recordDetails/interests/' || position || '/share' AS pointer,
        number(item, '$.share.exact') AS exact,
        number(item, '$.share.minimum') AS low,
        number(item, '$.share.maximum') AS high,
        number(item, '$.share.exclusiveMinimum') AS above,
        number(item, '$.share.exclusiveMaximum') AS below
    FROM interest
)
SELECT row, 'minimum-and-exclusive-minimum', 'error', pointer, 'both minimum and exclusiveMinimum are given.'
FROM share WHERE low IS NOT NULL AND above IS NOT NULL
UNION ALL
SELECT row, 'maximum-and-exclusive-maximum', 'error', pointer, 'both maximum and exclusiveMaximum are given.'
FROM share WHERE high IS NOT NULL AND below IS NOT NULL
UNION ALL
-- Up to 0.3 bounds equal to the exact share were asked for; they say nothing wrong.
SELECT row, 'exact-and-bounds', CASE WHEN low = exact AND high = exact THEN 'warning' ELSE 'error' END, pointer,
    'bounds are given beside the exact share.'
FROM share WHERE exact IS NOT NULL AND coalesce(low, high, above, below) IS NOT NULL
UNION ALL
SELECT row, 'maximum-below-minimum', 'error', pointer, 'the upper bound is below the lower bound.'
FROM share WHERE coalesce(below, high) < coalesce(above, low)
UNION ALL
SELECT row, 'maximum-equals-minimum', 'warning', pointer, 'equal bounds: an exact share is meant.'
FROM share WHERE coalesce(below, high) = coalesce(above, low) AND exact IS NULL
