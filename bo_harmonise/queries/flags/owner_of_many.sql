-- Question: Which persons hold a direct stake in 50 companies or more?
-- Kind: context
-- Columns: party_id; evidence: number of companies, and whether they are 100 or more
-- Example: a formation agent, a nominee, or namesakes taken for one person
SELECT
  e.owner_party_id AS party_id,
  to_json({
    'companies': count(DISTINCT e.owned_party_id), 'hundred_or_more': count(DISTINCT e.owned_party_id) >= 100
  }) AS evidence
FROM
  ownership_edge AS e
  JOIN party AS p ON p.party_id = e.owner_party_id
WHERE
  p.kind = 'person'
GROUP BY
  e.owner_party_id
HAVING
  count(DISTINCT e.owned_party_id) >= 50;
