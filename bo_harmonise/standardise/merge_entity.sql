-- Features of all entities: those that still hold, with the delivery that the record is now taken from, and the new ones.
DROP TABLE temp.current_entity;

COPY (
    SELECT f.* REPLACE (s.source_id AS source_id)
    FROM read_parquet($features) AS f
    JOIN still AS s USING (record_id)
    UNION ALL
    FROM read_parquet($new)
    ORDER BY record_id
) TO $out (FORMAT parquet, COMPRESSION zstd);
