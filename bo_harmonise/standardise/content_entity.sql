-- What do entities say, in one number? All columns but those that tell where and when they said it: a column that
-- features come to use is in it.
CREATE OR REPLACE TEMP TABLE content AS
SELECT
    record_id,
    source_id,
    hash(
        *COLUMNS(* EXCLUDE (
            record_id, source_id, statement_id, statement_date, record_status, source_file, source_key, source_row
        ))
    ) AS content
FROM current_entity
ORDER BY record_id;
