-- Hidden common owners, the most telling first: more registers to open, surer identity, larger stake.
SELECT
  owner_party_id,
  owner_name,
  company_l_party_id,
  company_r_party_id,
  company_l_name,
  company_r_name,
  registers,
  registers_needed,
  share_min_l,
  share_max_l,
  share_min_r,
  share_max_r,
  match_probability,
  chain_l,
  chain_r,
  statement_ids,
  basis_l,
  basis_r,
  jurisdictions_l,
  jurisdictions_r,
  match_probability_combined,
  merges,
  statement_ids_l,
  statement_ids_r,
  row_number() OVER (
    ORDER BY
      registers_needed DESC, match_probability DESC, least(share_min_l, share_min_r) DESC,
      least(share_max_l, share_max_r) DESC, owner_party_id, company_l_party_id, company_r_party_id
  ) AS rank
FROM
  own_hidden_arrow
ORDER BY
  rank;
