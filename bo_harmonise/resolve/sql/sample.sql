-- Pairs to learn from: the first in the order of a hash, which does not depend on the data.
CREATE OR REPLACE TEMP TABLE pair_numbered AS
SELECT row_number() OVER (ORDER BY hash(l, r), l, r) - 1 AS unique_id, l, r, rules
FROM (
    SELECT l, r, rules
    FROM read_parquet($files)
    ORDER BY hash(l, r), l, r
    LIMIT $pairs
);

CREATE OR REPLACE TEMP VIEW resolve_pair AS FROM pair_numbered;
