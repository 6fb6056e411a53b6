-- The pairs of one portion.
SET VARIABLE pair_file = $file;

CREATE OR REPLACE TEMP VIEW resolve_pair AS FROM read_parquet(getvariable('pair_file'));
