-- Hidden common owners from $first (left out) to $last in rank, the most telling first: more registers to open, surer
-- identity, larger stake (own_ranked).
WITH
  chosen AS (
    SELECT
      k.*,
      h.* EXCLUDE (owner, company_l, company_r)
    FROM
      own_ranked AS k
      JOIN own_hidden AS h ON h.owner = k.owner AND h.company_l = k.company_l AND h.company_r = k.company_r
    WHERE
      k.rank > $first
      AND k.rank <= $last
  ),
  shown AS (
    SELECT
      m.mask,
      list(b.register ORDER BY b.register) AS registers
    FROM
      (SELECT DISTINCT mask FROM chosen) AS m
      JOIN own_bit AS b ON b.bit & m.mask <> 0
    GROUP BY
      m.mask
  )
SELECT
  o.party_id AS owner_party_id,
  o.name AS owner_name,
  l.party_id AS company_l_party_id,
  r.party_id AS company_r_party_id,
  l.name AS company_l_name,
  r.name AS company_r_name,
  g.registers,
  CAST(h.registers_needed AS BIGINT) AS registers_needed,
  h.share_min_l,
  h.share_max_l,
  h.share_min_r,
  h.share_max_r,
  h.match_probability,
  a.chain AS chain_l,
  b.chain AS chain_r,
  list_sort(list_distinct(list_concat(a.statement_ids, b.statement_ids))) AS statement_ids,
  h.basis_l,
  h.basis_r,
  pl.jurisdictions AS jurisdictions_l,
  pr.jurisdictions AS jurisdictions_r,
  h.match_probability_combined,
  list_sort(list_distinct(list_concat(
    CASE
      WHEN h.is_merge THEN coalesce(
        h.path,
        [{'record_id_l': a.start_record, 'record_id_r': b.start_record, 'match_probability': h.probability}]
      )
      ELSE []
    END,
    a.merges,
    b.merges
  ))) AS merges,
  a.statement_ids AS statement_ids_l,
  b.statement_ids AS statement_ids_r,
  h.rank
FROM
  chosen AS h
  JOIN shown AS g ON g.mask = h.mask
  JOIN own_leg AS a ON a.leg = h.leg_l
  JOIN own_leg AS b ON b.leg = h.leg_r
  JOIN own_party AS o ON o.party = h.owner
  JOIN own_party AS l ON l.party = h.company_l
  JOIN own_party AS r ON r.party = h.company_r
  JOIN party AS pl ON pl.party_id = l.party_id
  JOIN party AS pr ON pr.party_id = r.party_id
ORDER BY
  h.rank;
