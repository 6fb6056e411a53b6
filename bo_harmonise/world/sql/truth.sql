-- The truth about the records that the workspace has.
--
-- true_record   record -> true party, and the party that the tool took it into. A record may be of two parties: where a register
--               tells people apart by name and day of birth alone, two of the same are one record to it
-- true_name     party of the tool -> the true party that most of its records are of
CREATE OR REPLACE TEMP TABLE true_party AS FROM read_parquet($party);

CREATE OR REPLACE TEMP TABLE true_common_owner AS FROM read_parquet($hidden_common_owner);

CREATE OR REPLACE TEMP TABLE true_ultimate_owner AS FROM read_parquet($ultimate_owner);

CREATE OR REPLACE TEMP TABLE true_record AS
SELECT
  t.record_id,
  t.party_id AS truth,
  t.kind,
  t.register,
  t.phenomena,
  p.party_id AS found
FROM
  read_parquet($record) AS t
  JOIN party_record AS p USING (record_id);

CREATE OR REPLACE TEMP TABLE true_name AS
SELECT
  found,
  arg_max(truth, {'records': records, 'truth': truth}) AS truth
FROM
  (SELECT found, truth, count(*) AS records FROM true_record GROUP BY found, truth)
GROUP BY
  found;

SELECT
  (SELECT count(DISTINCT record_id) FROM true_record) AS known,
  (SELECT count(*) FROM party_record) AS in_workspace;
