-- Question: Which companies are stated to hold their own shares?
-- Kind: context
-- Columns: party_id; evidence: share, registers, statements
-- Example: treasury shares, or an owner that resolution took for the company itself
SELECT
  owner_party_id AS party_id,
  to_json({
    'share_min': share_min, 'share_max': share_max, 'registers': registers, 'statement_ids': statement_ids
  }) AS evidence
FROM
  ownership_edge
WHERE
  owner_party_id = owned_party_id
  AND dimension = 'economic';
