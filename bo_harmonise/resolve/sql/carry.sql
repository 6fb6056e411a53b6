-- Takes over the pairs of records that both are settled: they are compared as in the last run, with the same scores. $scores has all
-- pairs of the last run by its numbers, $pairs those whose evidence it kept, by record_id.
INSERT INTO resolve_compared
SELECT a.record_no, b.record_no, p.match_weight
FROM read_parquet($scores) AS p
JOIN record_still AS a ON a.old_no = p.l
JOIN record_still AS b ON b.old_no = p.r
WHERE a.is_settled AND b.is_settled;

INSERT INTO resolve_match
SELECT
    a.record_no,
    b.record_no,
    $kind,
    p.rules,
    CAST(p.evidence -> '$.values.identifier_level' AS TINYINT) AS identifier_level,
    p.match_weight,
    p.match_probability,
    p.evidence
FROM read_parquet($pairs) AS p
JOIN resolve_record AS l ON l.record_id = p.record_id_l
JOIN resolve_record AS r ON r.record_id = p.record_id_r
JOIN record_still AS a ON a.record_no = l.record_no
JOIN record_still AS b ON b.record_no = r.record_no
WHERE a.is_settled AND b.is_settled AND p.kind = $kind AND (p.match_weight >= $review OR identifier_level >= 2);
