-- Which records are compared by the same as in the last run? Those that say the same (record_sign) and of whose names nothing
-- became rarer or more common (drifted). The same holds of places, but only for pairs of two of which it does not (drifted_place).
-- $records has record_id, record_no, sign and stand of the last run.
CREATE OR REPLACE TEMP TABLE record_same AS
SELECT o.record_no AS old_no, s.record_no, o.stand, p.record_no IS NOT NULL AS has_drifted_place
FROM read_parquet($records) AS o
JOIN resolve_record AS r USING (record_id)
JOIN record_sign AS s ON s.record_no = r.record_no AND s.sign = o.sign
LEFT JOIN drifted_place AS p ON p.record_no = s.record_no
WHERE s.record_no NOT IN (SELECT record_no FROM drifted);

DROP TABLE drifted;

DROP TABLE drifted_place;

-- These have the blocking keys that they had ($keys, and in $facts what else place_*.sql made of them); those of the others are
-- made anew.
INSERT INTO block_all
SELECT k.block, k.rule, s.record_no, k.finer_1, k.finer_2, k.finer_3
FROM read_parquet($keys) AS k
JOIN record_same AS s ON s.old_no = k.record_no;

INSERT INTO block_order
SELECT s.record_no, f.place, f.within
FROM read_parquet($facts) AS f
JOIN record_same AS s ON s.old_no = f.record_no;

INSERT INTO record_fact
SELECT s.record_no, f.birth_dates, f.numbers
FROM read_parquet($facts) AS f
JOIN record_same AS s ON s.old_no = f.record_no
WHERE f.has_fact;

DELETE FROM record_wanted WHERE record_no IN (SELECT record_no FROM record_same);
