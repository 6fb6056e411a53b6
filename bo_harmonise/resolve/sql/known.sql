-- Which records of a kind are known well enough to be compared? Their features, numbered, as they stand in the file
-- $features; and in which portion ($portion_records records each) each is worked on where all at once would not fit.
SET VARIABLE features = $features;

SET VARIABLE kind = $kind;

CREATE OR REPLACE TEMP VIEW feature AS
SELECT r.record_no, r.is_reference, f.* REPLACE (r.register AS register)
FROM read_parquet(getvariable('features')) AS f
JOIN resolve_record AS r USING (record_id)
WHERE r.kind = getvariable('kind') AND r.is_known;

CREATE OR REPLACE TEMP TABLE record_wanted AS
SELECT record_no, (row_number() OVER (ORDER BY record_no) - 1) // $portion_records AS portion
FROM resolve_record
WHERE kind = $kind AND is_known;
