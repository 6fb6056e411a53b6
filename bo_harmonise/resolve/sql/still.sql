-- Which records are compared by the same as in the last run? Those that say the same (record_sign) and of which nothing
-- became rarer or more common (drifted). $records has record_id, record_no and sign of the last run.
CREATE OR REPLACE TEMP TABLE record_still AS
SELECT o.record_no AS old_no, s.record_no
FROM read_parquet($records) AS o
JOIN resolve_record AS r USING (record_id)
JOIN record_sign AS s ON s.record_no = r.record_no AND s.sign = o.sign
WHERE s.record_no NOT IN (SELECT record_no FROM drifted);

DROP TABLE drifted;

-- From here on only the records of pairs that must be scored need to be prepared.
DELETE FROM record_wanted;
