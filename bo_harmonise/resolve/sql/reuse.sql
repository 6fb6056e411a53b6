-- Which scores of the last run still hold, of the pairs of one portion (resolve_pair) that were made anew because one of the
-- two records moved in blocking? Those of pairs whose two records are compared by the same as then (record_still). Takes them
-- over, with their evidence, and writes to $file the pairs that must be scored. $scores has the pairs of the last run by its
-- numbers, $pairs those whose evidence it kept, by record_id: $first to $last for the left records of this portion. A pair that a
-- person judged is scored: its evidence is always kept. Pairs of two settled records are taken over by carry.sql.

CREATE OR REPLACE TEMP TABLE pair_held AS
SELECT w.l, w.r, w.rules, o.match_weight
FROM resolve_pair AS w
LEFT JOIN (
    SELECT a.record_no AS l, b.record_no AS r, p.match_weight
    FROM read_parquet($scores) AS p
    JOIN record_still AS a ON a.old_no = p.l
    JOIN record_still AS b ON b.old_no = p.r
    WHERE
        a.record_no BETWEEN $low AND $high
        AND NOT (a.is_settled AND b.is_settled)
        AND NOT (a.has_drifted_place AND b.has_drifted_place)
        AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.l = a.record_no AND j.r = b.record_no)
) AS o ON o.l = w.l AND o.r = w.r;

INSERT INTO resolve_compared
SELECT l, r, match_weight FROM pair_held WHERE match_weight IS NOT NULL ORDER BY r, l;

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
WHERE
    p.record_id_l BETWEEN $first AND $last
    AND s.match_weight IS NOT NULL
    AND p.kind = $kind
    AND (p.match_weight >= $review OR identifier_level >= 2);

COPY (
    SELECT row_number() OVER (ORDER BY r, l) - 1 AS unique_id, l, r, rules
    FROM pair_held
    WHERE match_weight IS NULL
) TO $file (FORMAT parquet, ROW_GROUP_SIZE 8192);

INSERT INTO record_wanted
SELECT record_no, 0
FROM (
    SELECT l AS record_no FROM pair_held WHERE match_weight IS NULL
    UNION
    SELECT r FROM pair_held WHERE match_weight IS NULL
);

DROP TABLE pair_held;
