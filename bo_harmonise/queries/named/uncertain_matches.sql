-- Question: Which pairs of records nearly were, or barely are, taken for one party?
-- Columns: both records with a name each, match probability, whether they were joined.
-- Example: bo-harmonise query uncertain-matches -w WS
SELECT
    match.kind,
    match_probability,
    is_joined,
    coalesce(l.full_name, '(name withheld)') AS name_l,
    coalesce(r.full_name, '(name withheld)') AS name_r,
    record_id_l,
    record_id_r
FROM match
LEFT JOIN (SELECT record_id, min(full_name) AS full_name FROM name GROUP BY record_id) AS l ON l.record_id = record_id_l
LEFT JOIN (SELECT record_id, min(full_name) AS full_name FROM name GROUP BY record_id) AS r ON r.record_id = record_id_r
WHERE method = 'splink' AND match_probability BETWEEN 0.1 AND 0.99
ORDER BY abs(match_probability - 0.5), record_id_l, record_id_r;
