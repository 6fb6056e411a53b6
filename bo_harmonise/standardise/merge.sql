-- Features of the records from $first to $last: those that still hold, with the delivery that the record is now taken from, and
-- the new ones.
SELECT f.* REPLACE (s.source_id AS source_id)
FROM read_parquet($features) AS f
JOIN still AS s USING (record_id)
WHERE f.record_id BETWEEN $first AND $last
UNION ALL
FROM read_parquet($new)
ORDER BY record_id;
