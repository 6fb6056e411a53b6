-- The largest blocks by name. Needs block_key of a record of each.
SELECT w.rule, any_value(k.key) AS key, w.records
FROM block_worst AS w
JOIN block_key AS k ON k.record_no = w.record_no AND k.rule = w.rule
JOIN block_order AS o ON o.record_no = k.record_no
WHERE hash(k.rule, k.key, o.within) = w.block
GROUP BY w.block, w.rule, w.records
ORDER BY w.records DESC, w.rule, key
LIMIT 20;
