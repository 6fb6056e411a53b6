-- Question: At the top of which companies is no natural person known?
-- Kind: context
-- Columns: party_id; evidence: the parties at the top, with what they have at most
-- Example: a chain that ends in a foreign company of which nothing is known
SELECT
  f.company_party_id AS party_id,
  to_json({
    'top': list({'party_id': f.owner_party_id, 'share_max': f.share_max} ORDER BY f.share_max DESC, f.owner_party_id)
  }) AS evidence
FROM
  effective_ownership AS f
  JOIN party AS p ON p.party_id = f.owner_party_id
WHERE
  f.dimension = 'economic'
  AND f.is_ultimate
GROUP BY
  f.company_party_id
HAVING
  bool_and(p.kind = 'entity');
