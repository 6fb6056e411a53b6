-- The scores that still hold, and their evidence: $pairs has, by record_id, the pairs whose evidence the last run kept.
INSERT INTO resolve_compared
SELECT l, r, match_weight FROM pair_held ORDER BY r, l;

-- The pairs look up their records, never the other way round: evidence is long.
SET disabled_optimizers = 'join_order,build_side_probe_side';

INSERT INTO resolve_match
SELECT
    l.record_no,
    r.record_no,
    $kind,
    coalesce(h.rules, p.rules),
    CAST(p.evidence -> '$.values.identifier_level' AS TINYINT) AS identifier_level,
    p.match_weight,
    p.match_probability,
    p.evidence
FROM read_parquet($pairs) AS p
JOIN resolve_record AS l ON l.record_id = p.record_id_l
JOIN resolve_record AS r ON r.record_id = p.record_id_r
LEFT JOIN record_still AS a ON a.record_no = l.record_no
LEFT JOIN record_still AS b ON b.record_no = r.record_no
LEFT JOIN pair_held AS h ON h.l = l.record_no AND h.r = r.record_no
WHERE
    p.kind = $kind
    AND (
        h.rules IS NOT NULL
        OR ((a.moved & b.moved) = 0 AND NOT (a.has_drifted_place AND b.has_drifted_place))
    )
    AND (p.match_weight >= $review OR identifier_level >= 2);

RESET disabled_optimizers;

DROP TABLE score_again;

DROP TABLE pair_held;
