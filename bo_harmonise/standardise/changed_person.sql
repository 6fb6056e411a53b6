-- Which people say what they said when the features of $content were made? Makes still (record_id, source_id), and
-- hides the view current_person behind a table of the others.
CREATE OR REPLACE TEMP TABLE still AS
SELECT c.record_id, c.source_id
FROM content AS c
JOIN read_parquet($content) AS p USING (record_id, content);

CREATE OR REPLACE TEMP TABLE current_person AS
FROM main.current_person
WHERE record_id NOT IN (SELECT record_id FROM still);
