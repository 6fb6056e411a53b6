-- Who holds something, over any chain, in at least $at_least of $parties?
SELECT
  f.owner_party_id,
  o.name AS owner_name,
  o.kind,
  count(DISTINCT f.company_party_id) AS companies,
  bool_and(f.is_ultimate) AS is_ultimate,
  list(
    {
      'company_party_id': f.company_party_id,
      'dimension': f.dimension,
      'share_min': f.share_min,
      'share_max': f.share_max,
      'chain': f.shortest_chain
    }
    ORDER BY f.company_party_id, f.dimension
  ) AS stakes
FROM
  effective_ownership AS f
  JOIN party AS o ON o.party_id = f.owner_party_id
WHERE
  list_contains(CAST($parties AS VARCHAR[]), f.company_party_id)
GROUP BY
  f.owner_party_id,
  o.name,
  o.kind
HAVING
  count(DISTINCT f.company_party_id) >= $at_least
ORDER BY
  companies DESC,
  is_ultimate DESC,
  f.owner_party_id;
