-- Which records are compared by the same as in the last run? Those that say the same (record_sign) and of whose names nothing
-- became rarer or more common (drifted). The same holds of places, but only for pairs of two of which it does not (drifted_place).
-- Records are settled where they also stand in the same blocks: what they are compared with, and how, is as it was.
-- $records has record_id, record_no, sign and stand of the last run.
CREATE OR REPLACE TEMP TABLE record_still AS
SELECT
    o.record_no AS old_no,
    s.record_no,
    d.record_no IS NOT NULL AS has_drifted_place,
    o.stand IS NOT DISTINCT FROM t.stand
    AND d.record_no IS NULL
    AND s.record_no NOT IN (SELECT unnest([l, r]) FROM judged) AS is_settled
FROM read_parquet($records) AS o
JOIN resolve_record AS r USING (record_id)
JOIN record_sign AS s ON s.record_no = r.record_no AND s.sign = o.sign
LEFT JOIN record_stand AS t ON t.record_no = s.record_no
LEFT JOIN drifted_place AS d ON d.record_no = s.record_no
WHERE s.record_no NOT IN (SELECT record_no FROM drifted);

DROP TABLE drifted;

DROP TABLE drifted_place;

-- The others: their pairs are made anew. (A pair that a person judged is always scored: its evidence is kept.)
CREATE OR REPLACE TEMP TABLE record_moved AS
SELECT record_no FROM record_sign WHERE record_no NOT IN (SELECT record_no FROM record_still WHERE is_settled);

-- All that meet one of them, in one go: few, where little moved.
CREATE OR REPLACE TEMP TABLE block_moved AS
SELECT block, record_no FROM block_done WHERE record_no IN (FROM record_moved);

CREATE OR REPLACE TEMP TABLE block_again AS
SELECT least(m.record_no, b.record_no) AS l, greatest(m.record_no, b.record_no) AS r, b.rule
FROM block_done AS b
JOIN block_moved AS m ON m.block = b.block AND m.record_no <> b.record_no
WHERE m.record_no < b.record_no OR b.record_no NOT IN (FROM record_moved)
UNION ALL
SELECT l, r, rule
FROM block_near
WHERE l IN (FROM record_moved) OR r IN (FROM record_moved);

CREATE OR REPLACE TEMP VIEW block_met AS FROM block_again;

DROP TABLE block_moved;

-- From here on only the records of pairs that must be scored need to be prepared.
DELETE FROM record_wanted;
