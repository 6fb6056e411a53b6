-- To which blocks do the records of a portion belong? Needs block_key (record_no, rule, key, finer) and
-- block_order (record_no, place, within): records meet only where `within` is the same. A key becomes a number here: sixteen
-- keys a record are most of what blocking holds in memory.
INSERT INTO block_all
SELECT DISTINCT
    hash(k.rule, k.key, o.within),
    k.rule,
    k.record_no,
    CASE WHEN k.finer[1] IS NOT NULL THEN hash(k.finer[1]) END,
    CASE WHEN k.finer[2] IS NOT NULL THEN hash(k.finer[2]) END,
    CASE WHEN k.finer[3] IS NOT NULL THEN hash(k.finer[3]) END
FROM block_key AS k
JOIN block_order AS o USING (record_no)
WHERE k.key IS NOT NULL;
