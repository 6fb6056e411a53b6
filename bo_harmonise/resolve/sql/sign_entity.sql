-- What are entities compared by, in one number? Two runs that give a record the same number score its pairs alike.
CREATE OR REPLACE TEMP TABLE record_sign AS
SELECT record_no, hash(*COLUMNS(* EXCLUDE (record_no))) AS sign
FROM compare_entity;
