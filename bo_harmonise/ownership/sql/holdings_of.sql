-- What does $party hold over all chains, the largest stakes first?
SELECT
  f.company_party_id,
  c.name AS company_name,
  c.jurisdictions,
  f.dimension,
  f.share_min,
  f.share_max,
  f.chain_count,
  f.shortest_chain
FROM
  effective_ownership AS f
  JOIN party AS c ON c.party_id = f.company_party_id
WHERE
  f.owner_party_id = $party
ORDER BY
  f.share_min DESC,
  f.share_max DESC,
  f.company_party_id,
  f.dimension;
