-- What do entities say, and what do interests say of them, in one number? Together with rarity it decides what they are
-- compared by: two runs that agree in both score a pair alike.
CREATE OR REPLACE TEMP TABLE record_sign AS
SELECT f.record_no, hash(f.said, o.owners) AS sign
FROM (
    SELECT record_no, hash(*COLUMNS(* EXCLUDE (record_no, record_id, source_id, is_reference))) AS said
    FROM feature
) AS f
LEFT JOIN compare_owner AS o USING (record_no);
