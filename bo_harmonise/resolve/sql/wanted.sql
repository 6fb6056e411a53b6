-- The records that are left to be worked on, in portions.
CREATE OR REPLACE TEMP TABLE record_wanted AS
SELECT record_no, (row_number() OVER (ORDER BY record_no) - 1) // $portion_records AS portion
FROM (SELECT DISTINCT record_no FROM record_wanted);
