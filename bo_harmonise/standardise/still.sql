-- Which records say what they said when the features of $content were made?
CREATE OR REPLACE TEMP TABLE still AS
SELECT c.record_id, c.source_id
FROM content AS c
JOIN read_parquet($content) AS p USING (record_id, content);
