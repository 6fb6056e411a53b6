-- Question: Which records could not be mapped, and why?
-- Columns: source_id, file, row, code, message, the record.
-- Example: bo-harmonise query rejected-records -w WS
SELECT source_id, source_file, source_row, code, message, raw
FROM reject
ORDER BY source_id, source_file, source_row;
