-- Which people are known well enough to be compared? Their features, numbered, and their names one by one.

CREATE OR REPLACE TEMP TABLE feature AS
SELECT r.record_no, r.is_reference, f.* REPLACE (r.register AS register)
FROM read_parquet($features) AS f
JOIN resolve_record AS r USING (record_id)
WHERE r.kind = 'person' AND r.is_known;

CREATE OR REPLACE TEMP TABLE feature_name AS
SELECT record_no, is_reference, unnest(names) AS n FROM feature;
