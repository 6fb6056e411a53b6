-- Hidden common owners, the most telling first: more registers to open, surer identity, larger stake (own_ranked).
CREATE OR REPLACE TEMP TABLE own_hidden_row AS
SELECT
  o.party_id AS owner_party_id,
  o.name AS owner_name,
  l.party_id AS company_l_party_id,
  r.party_id AS company_r_party_id,
  l.name AS company_l_name,
  r.name AS company_r_name,
  g.registers,
  CAST(h.registers_needed AS BIGINT) AS registers_needed,
  k.share_min_l,
  k.share_max_l,
  k.share_min_r,
  k.share_max_r,
  h.match_probability,
  h.chain_l,
  h.chain_r,
  h.statement_ids,
  k.basis_l,
  k.basis_r,
  pl.jurisdictions AS jurisdictions_l,
  pr.jurisdictions AS jurisdictions_r,
  h.match_probability_combined,
  h.merges,
  h.statement_ids_l,
  h.statement_ids_r,
  k.rank
FROM
  own_ranked AS k
  JOIN own_hidden AS h ON h.owner = k.owner AND h.company_l = k.company_l AND h.company_r = k.company_r
  JOIN (
    SELECT
      m.mask,
      list(b.register ORDER BY b.register) AS registers
    FROM
      (SELECT DISTINCT mask FROM own_hidden) AS m
      JOIN own_bit AS b ON b.bit & m.mask <> 0
    GROUP BY
      m.mask
  ) AS g ON g.mask = h.mask
  JOIN own_party AS o ON o.party = k.owner
  JOIN own_party AS l ON l.party = k.company_l
  JOIN own_party AS r ON r.party = k.company_r
  JOIN party AS pl ON pl.party_id = l.party_id
  JOIN party AS pr ON pr.party_id = r.party_id
ORDER BY
  k.rank;
