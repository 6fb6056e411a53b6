-- Which scores of the last run still hold? Those of pairs that are still to be compared and whose two records are
-- compared by the same as then (record_sign, drifted). Takes them over, with their evidence, and leaves in resolve_pair those
-- that must be scored. $records has record_id, record_no and sign of the last run, $scores its pairs by those numbers,
-- $pairs the pairs whose evidence it kept. A pair that a person judged is scored: its evidence is always kept.

CREATE OR REPLACE TEMP TABLE record_still AS
SELECT o.record_no AS old_no, s.record_no
FROM read_parquet($records) AS o
JOIN resolve_record AS r USING (record_id)
JOIN record_sign AS s ON s.record_no = r.record_no AND s.sign = o.sign
WHERE s.record_no NOT IN (SELECT record_no FROM drifted);

CREATE OR REPLACE TEMP TABLE pair_held AS
SELECT w.l, w.r, w.rules, o.match_weight
FROM resolve_pair AS w
LEFT JOIN (
    SELECT a.record_no AS l, b.record_no AS r, p.match_weight
    FROM read_parquet($scores) AS p
    JOIN record_still AS a ON a.old_no = p.l
    JOIN record_still AS b ON b.old_no = p.r
    WHERE NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.l = a.record_no AND j.r = b.record_no)
) AS o ON o.l = w.l AND o.r = w.r;

INSERT INTO resolve_compared
SELECT l, r, match_weight FROM pair_held WHERE match_weight IS NOT NULL;

INSERT INTO resolve_match
SELECT
    s.l,
    s.r,
    $kind,
    s.rules,
    CAST(p.evidence -> '$.values.identifier_level' AS TINYINT) AS identifier_level,
    p.match_weight,
    p.match_probability,
    p.evidence
FROM read_parquet($pairs) AS p
JOIN resolve_record AS a ON a.record_id = p.record_id_l
JOIN resolve_record AS b ON b.record_id = p.record_id_r
JOIN pair_held AS s ON s.l = a.record_no AND s.r = b.record_no
WHERE s.match_weight IS NOT NULL AND p.kind = $kind AND (p.match_weight >= $review OR identifier_level >= 2);

CREATE OR REPLACE TEMP TABLE resolve_pair AS
SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, rules
FROM pair_held
WHERE match_weight IS NULL;

-- Only the records of these pairs need to be prepared.
CREATE OR REPLACE TEMP TABLE record_wanted AS
SELECT l AS record_no FROM resolve_pair
UNION
SELECT r FROM resolve_pair;

DELETE FROM feature WHERE record_no NOT IN (SELECT record_no FROM record_wanted);

DELETE FROM feature_name WHERE record_no NOT IN (SELECT record_no FROM record_wanted);
