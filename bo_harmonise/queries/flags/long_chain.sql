-- Question: Which companies lie more than three steps below an owner at the top, even by the shortest way?
-- Kind: context
-- Columns: party_id; evidence: the longest such chain, its steps, and whether they are more than five
-- Example: person, holding, holding, holding, company
SELECT
  company_party_id AS party_id,
  to_json({
    'steps': max(len(shortest_chain) - 1),
    'more_than_five': max(len(shortest_chain) - 1) > 5,
    'chain': arg_max(shortest_chain, (len(shortest_chain), owner_party_id))
  }) AS evidence
FROM
  effective_ownership
WHERE
  is_ultimate
  AND len(shortest_chain) > 4
GROUP BY
  company_party_id;
