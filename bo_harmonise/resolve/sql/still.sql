-- Which records, of those that are compared by the same as in the last run (record_same), also stand in the same blocks? Those are
-- settled: what they are compared with, and how, is as it was.
CREATE OR REPLACE TEMP TABLE record_still AS
SELECT
    s.old_no,
    s.record_no,
    s.has_drifted_place,
    s.stand IS NOT DISTINCT FROM t.stand
    AND NOT s.has_drifted_place
    AND s.record_no NOT IN (SELECT unnest([l, r]) FROM judged) AS is_settled
FROM record_same AS s
LEFT JOIN record_stand AS t USING (record_no);

DROP TABLE record_same;

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
