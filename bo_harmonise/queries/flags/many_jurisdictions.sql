-- Question: Which chains to a company pass through companies of three jurisdictions or more?
-- Kind: context
-- Columns: party_id; evidence: the chain with most jurisdictions, and which
-- Example: a company held from the Virgin Islands over Latvia
WITH
  step AS (
    SELECT
      f.owner_party_id,
      f.company_party_id,
      f.dimension,
      f.shortest_chain,
      unnest(f.shortest_chain) AS member
    FROM
      effective_ownership AS f
    WHERE
      f.is_ultimate
      AND len(f.shortest_chain) > 2
  ),
  chain AS (
    SELECT
      s.owner_party_id,
      s.company_party_id,
      s.shortest_chain,
      list(DISTINCT left(p.jurisdictions[1], 2) ORDER BY left(p.jurisdictions[1], 2)) AS jurisdictions
    FROM
      step AS s
      JOIN party AS p ON p.party_id = s.member AND p.kind = 'entity' AND len(p.jurisdictions) > 0
    GROUP BY
      s.owner_party_id,
      s.company_party_id,
      s.dimension,
      s.shortest_chain
  )
SELECT
  company_party_id AS party_id,
  to_json({
    'jurisdictions': arg_max(jurisdictions, (len(jurisdictions), owner_party_id)),
    'chain': arg_max(shortest_chain, (len(jurisdictions), owner_party_id))
  }) AS evidence
FROM
  chain
WHERE
  len(jurisdictions) > 2
GROUP BY
  company_party_id;
