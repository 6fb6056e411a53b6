-- Which scored pairs keep their evidence? Those above the review threshold, those that share an
-- identifier, and those that a person judged.
INSERT INTO resolve_match
SELECT
    e.l,
    e.r,
    $kind,
    e.rules,
    e.identifier_level,
    s.match_weight,
    s.match_probability,
    CAST(to_json({'levels': s, 'values': e}) AS VARCHAR)
FROM resolve_score AS s
JOIN resolve_evidence AS e USING (unique_id)
WHERE
    s.match_weight >= $review
    OR e.identifier_level >= 2
    OR EXISTS (SELECT 1 FROM judged AS j WHERE j.l = e.l AND j.r = e.r);

INSERT INTO resolve_compared
SELECT e.l, e.r, s.match_weight
FROM resolve_score AS s
JOIN resolve_evidence AS e USING (unique_id);

DROP TABLE resolve_score;
