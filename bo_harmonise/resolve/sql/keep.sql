-- Which scored pairs keep their evidence? Those above the review threshold, those that share an
-- identifier, and those that a person judged. Numbers of records and pairs are not part of it: they change
-- with the records that there are.
INSERT INTO resolve_match
SELECT
    e.l,
    e.r,
    $kind,
    e.rules,
    e.identifier_level,
    s.match_weight,
    s.match_probability,
    CAST(
        json_merge_patch(
            to_json({'levels': s, 'values': e}),
            '{"levels": {"unique_id": null}, "values": {"unique_id": null, "l": null, "r": null, "rules": null}}'
        ) AS VARCHAR
    )
FROM resolve_score AS s
JOIN resolve_evidence AS e USING (unique_id)
WHERE
    s.match_weight >= $review
    OR e.identifier_level >= 2
    OR EXISTS (SELECT 1 FROM judged AS j WHERE j.l = e.l AND j.r = e.r);

INSERT INTO resolve_compared
SELECT e.l, e.r, s.match_weight
FROM resolve_score AS s
JOIN resolve_evidence AS e USING (unique_id)
ORDER BY e.r, e.l;

DROP TABLE resolve_score;
