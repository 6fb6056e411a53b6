-- Which scores of the last run still hold? $scores has all pairs of the last run by its numbers.

-- Pairs that are as they were (still.sql).
INSERT INTO resolve_compared
SELECT a.record_no, b.record_no, p.match_weight
FROM read_parquet($scores) AS p
JOIN record_still AS a ON a.old_no = p.l
JOIN record_still AS b ON b.old_no = p.r
WHERE (a.moved & b.moved) = 0 AND NOT (a.has_drifted_place AND b.has_drifted_place);

-- Where both moved under one rule, the score holds if they meet again. (Not if a person judged the pair: its evidence is always kept,
-- which the last run may not have done.)
CREATE OR REPLACE TEMP TABLE score_again AS
SELECT a.record_no AS l, b.record_no AS r, p.match_weight
FROM (
    FROM read_parquet($scores)
    WHERE
        l IN (SELECT old_no FROM record_still WHERE moved > 0)
        AND r IN (SELECT old_no FROM record_still WHERE moved > 0)
) AS p
JOIN record_still AS a ON a.old_no = p.l
JOIN record_still AS b ON b.old_no = p.r
WHERE
    (a.moved & b.moved) > 0
    AND NOT (a.has_drifted_place AND b.has_drifted_place)
    AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.l = a.record_no AND j.r = b.record_no);

-- The pairs that reuse.sql finds to have one of these scores.
CREATE OR REPLACE TEMP TABLE pair_held (l INTEGER, r INTEGER, rules UBIGINT, match_weight FLOAT);
