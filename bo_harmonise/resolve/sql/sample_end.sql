-- All pairs again.
CREATE OR REPLACE TEMP TABLE resolve_pair AS FROM resolve_pair_all;

DROP TABLE resolve_pair_all;
