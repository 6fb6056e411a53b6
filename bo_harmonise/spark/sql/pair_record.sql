-- The pairs, each with what its right record is compared by; the left ones lie in the store in their order.
-- Needs pair (unique_id, l, r, rules) and compare_record (record_no, …).
SELECT pair.unique_id, pair.l, pair.r, pair.rules, struct(compare_record.*) AS other
FROM pair
JOIN compare_record ON compare_record.record_no = pair.r
