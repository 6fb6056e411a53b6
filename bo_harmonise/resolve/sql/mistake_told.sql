-- The worst mistakes with names and evidence.
SELECT
    m.mistake,
    a.record_id AS record_id_l,
    b.record_id AS record_id_r,
    x.name AS name_l,
    y.name AS name_r,
    s.match_weight,
    s.match_probability,
    m.match_weight IS NOT NULL AS compared,
    to_json({'levels': s, 'values': e}) AS evidence
FROM mistake AS m
JOIN resolve_evidence AS e USING (l, r)
JOIN resolve_score AS s USING (unique_id)
JOIN resolve_record AS a ON a.record_no = m.l
JOIN resolve_record AS b ON b.record_no = m.r
JOIN labelled AS x ON x.record_id = a.record_id
JOIN labelled AS y ON y.record_id = b.record_id
ORDER BY m.mistake, s.match_weight DESC, m.l, m.r;
