-- The features of all records must be made.
CREATE OR REPLACE TEMP TABLE still (record_id VARCHAR, source_id VARCHAR);
