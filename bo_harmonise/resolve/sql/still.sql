-- Under which rules did the records move that are compared by the same as in the last run (record_same)? `moved` has a bit for each
-- rule (stand.sql), and that of judgements for all that a person judged: their pair is scored, so that its evidence is kept.
CREATE OR REPLACE TEMP TABLE record_still AS
SELECT
    s.old_no,
    s.record_no,
    s.has_drifted_place,
    CAST(
        CASE
            WHEN s.stand IS NOT DISTINCT FROM t.stand THEN 0
            ELSE list_sum(
                list_transform(range(10), lambda i: CASE
                    WHEN s.stand[i + 1] IS DISTINCT FROM t.stand[i + 1] THEN 1 << i
                    ELSE 0
                END)
            )
        END AS INTEGER
    )
    | CASE WHEN s.record_no IN (SELECT unnest([l, r]) FROM judged) THEN 512 ELSE 0 END AS moved
FROM record_same AS s
LEFT JOIN record_stand AS t USING (record_no);

DROP TABLE record_same;

-- A pair of two such records is as it was unless both moved under one rule, or the score of both rests on a place whose rarity
-- moved. These, and all pairs of the other records, are made anew: few, where little changed.
CREATE OR REPLACE TEMP TABLE record_new AS
SELECT record_no FROM record_sign WHERE record_no NOT IN (SELECT record_no FROM record_still);

CREATE OR REPLACE TEMP TABLE block_new AS
SELECT block, record_no FROM block_done WHERE record_no IN (FROM record_new);

CREATE OR REPLACE TEMP TABLE block_moved AS
SELECT b.block, b.rule, s.record_no, s.moved, s.has_drifted_place
FROM block_done AS b
JOIN record_still AS s USING (record_no)
WHERE s.moved > 0 OR s.has_drifted_place;

CREATE OR REPLACE TEMP TABLE block_again AS
SELECT least(n.record_no, b.record_no) AS l, greatest(n.record_no, b.record_no) AS r, b.rule
FROM block_done AS b
JOIN block_new AS n ON n.block = b.block AND n.record_no <> b.record_no
WHERE n.record_no < b.record_no OR b.record_no NOT IN (FROM record_new)
UNION ALL
SELECT a.record_no, b.record_no, a.rule
FROM block_moved AS a
JOIN block_moved AS b ON
    b.block = a.block
    AND a.record_no < b.record_no
    AND ((a.moved & b.moved) > 0 OR (a.has_drifted_place AND b.has_drifted_place))
UNION ALL
SELECT n.l, n.r, n.rule
FROM block_near AS n
LEFT JOIN record_still AS a ON a.record_no = n.l
LEFT JOIN record_still AS b ON b.record_no = n.r
WHERE
    a.record_no IS NULL
    OR b.record_no IS NULL
    OR (a.moved & b.moved) > 0
    OR (a.has_drifted_place AND b.has_drifted_place);

CREATE OR REPLACE TEMP VIEW block_met AS FROM block_again;

DROP TABLE block_new;

DROP TABLE block_moved;

-- From here on only the records of pairs that must be scored need to be prepared.
DELETE FROM record_wanted;
