-- The labelled pairs of names in their order, with their match weights; what cannot be compared is last.
SELECT
    coalesce(s.match_weight, -60.0) AS match_weight,
    CAST(n.label AS DOUBLE) AS is_same,
    coalesce(n.set_name, '') AS set_name
FROM labelled_pair AS n
LEFT JOIN (
    SELECT l.within, CAST(p.match_weight AS DOUBLE) AS match_weight
    FROM resolve_compared AS p
    JOIN resolve_record AS r ON r.record_no = p.l
    JOIN labelled AS l USING (record_id)
) AS s ON s.within = n.pair
ORDER BY n.pair;
