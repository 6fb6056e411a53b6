-- Which of the pairs that were made anew (resolve_pair) have a score that still holds? Puts them into pair_held, and writes to $file
-- the others, which must be scored.
CREATE OR REPLACE TEMP TABLE pair_again AS
SELECT w.l, w.r, w.rules, o.match_weight
FROM resolve_pair AS w
LEFT JOIN score_again AS o ON o.l = w.l AND o.r = w.r;

INSERT INTO pair_held FROM pair_again WHERE match_weight IS NOT NULL;

COPY (
    SELECT row_number() OVER (ORDER BY r, l) - 1 AS unique_id, l, r, rules
    FROM pair_again
    WHERE match_weight IS NULL
) TO $file (FORMAT parquet, ROW_GROUP_SIZE 8192);

INSERT INTO record_wanted
SELECT record_no, 0
FROM (
    SELECT l AS record_no FROM pair_again WHERE match_weight IS NULL
    UNION
    SELECT r FROM pair_again WHERE match_weight IS NULL
);

DROP TABLE pair_again;
