-- Question: Which companies hold themselves wholly, so that no owner is left?
-- Kind: risk
-- Columns: party_id; evidence: the members of the closed group
-- Example: a holds all of b, b holds all of a
SELECT
  unnest(members) AS party_id,
  to_json({'members': members, 'dimension': dimension}) AS evidence
FROM
  circular_ownership
WHERE
  is_closed;
