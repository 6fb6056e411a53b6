-- Question: What was taken in, and what became of every record?
-- Columns: source_id, file, records read, mapped, ignored, rejected.
-- Example: bo-harmonise query deliveries -w WS
SELECT source_id, file_name, records_read, records_mapped, records_ignored, records_rejected, file_sha256
FROM source
ORDER BY source_id, file_name;
