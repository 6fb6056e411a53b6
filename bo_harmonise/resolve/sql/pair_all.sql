-- The pairs of all portions, numbered in a fixed order.
CREATE OR REPLACE TEMP TABLE pair_numbered AS
SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, rules
FROM read_parquet($files);

CREATE OR REPLACE TEMP VIEW resolve_pair AS FROM pair_numbered;
