-- Pairs to learn from: the first in the order of a hash, numbered anew; the full table waits aside.
CREATE OR REPLACE TEMP TABLE resolve_pair_all AS FROM resolve_pair;

CREATE OR REPLACE TEMP TABLE resolve_pair AS
SELECT row_number() OVER (ORDER BY hash(l, r), l, r) - 1 AS unique_id, l, r, rules
FROM resolve_pair_all
ORDER BY unique_id
LIMIT $pairs;
