-- The pairs of one portion, numbered.
CREATE OR REPLACE TEMP TABLE resolve_pair AS
SELECT file_row_number AS unique_id, l, r, rules
FROM read_parquet($file, file_row_number = true);
