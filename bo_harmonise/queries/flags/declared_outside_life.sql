-- Question: Who is declared a beneficial owner from before birth, or after death?
-- Kind: risk
-- Columns: party_id of the person; evidence: company, start of the interest, birth and death date, statement
-- Example: an interest from 1990 of a person born in 1995
SELECT
  d.owner_party_id AS party_id,
  to_json({
    'company': d.company_party_id,
    'start_date': d.start_date,
    'birth_date': p.birth_date,
    'death_date': p.death_date,
    'statement_id': d.statement_id
  }) AS evidence
FROM
  declared AS d
  JOIN party_record AS r ON r.party_id = d.owner_party_id
  JOIN current_person AS p ON p.record_id = r.record_id
WHERE
  -- Partial dates are compared as far as they go.
  left(CAST(d.start_date AS VARCHAR), len(p.birth_date)) < p.birth_date
  OR left(CAST($as_of AS VARCHAR), len(p.death_date)) > p.death_date
GROUP BY
  ALL;
