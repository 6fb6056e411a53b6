-- Question: Which companies hold a stake in themselves over other companies?
-- Kind: risk
-- Columns: party_id; evidence: companies that it holds and that lead back to it
-- Example: a holds b, b holds a
SELECT
  e.owner_party_id AS party_id,
  to_json({'leads_back_over': list(DISTINCT e.owned_party_id ORDER BY e.owned_party_id)}) AS evidence
FROM
  ownership_edge AS e
  JOIN effective_ownership AS f ON f.owner_party_id = e.owned_party_id AND f.company_party_id = e.owner_party_id
WHERE
  e.owner_party_id <> e.owned_party_id
GROUP BY
  e.owner_party_id;
