-- Who holds what in $party over all chains (ultimate owners first), and whom a register declares?
SELECT
  f.owner_party_id,
  o.name AS owner_name,
  o.kind,
  f.dimension,
  f.share_min,
  f.share_max,
  f.is_ultimate,
  f.chain_count,
  f.shortest_chain,
  (
    SELECT list(DISTINCT d.register ORDER BY d.register)
    FROM declared AS d
    WHERE d.owner_party_id = f.owner_party_id AND d.company_party_id = f.company_party_id
  ) AS declared_by
FROM
  effective_ownership AS f
  JOIN party AS o ON o.party_id = f.owner_party_id
WHERE
  f.company_party_id = $party
ORDER BY
  f.is_ultimate DESC,
  f.share_min DESC,
  f.share_max DESC,
  f.owner_party_id,
  f.dimension;
