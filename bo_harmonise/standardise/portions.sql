-- Between which record_ids do portions of $records records lie?
SELECT min(record_id) AS first, max(record_id) AS last
FROM (SELECT record_id, (row_number() OVER (ORDER BY record_id) - 1) // $records AS portion FROM content)
GROUP BY portion
ORDER BY portion;
