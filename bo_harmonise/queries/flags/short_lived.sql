-- Question: Which companies were dissolved within a year of their founding?
-- Kind: context
-- Columns: party_id; evidence: founding and dissolution date, record
-- Example: a company founded in March and struck off in November
SELECT
  r.party_id,
  to_json({
    'founding_date': e.founding_date, 'dissolution_date': e.dissolution_date, 'record_id': e.record_id
  }) AS evidence
FROM
  current_entity AS e
  JOIN party_record AS r USING (record_id)
WHERE
  e.dissolution_date >= e.founding_date
  AND e.dissolution_date < e.founding_date + INTERVAL 1 YEAR;
