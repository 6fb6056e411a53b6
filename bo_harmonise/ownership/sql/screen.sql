-- Companies that listed parties own or control, or nearly, as a rule sees it; the worst first.
SELECT
  c.party_id AS company_party_id,
  c.name AS company_name,
  v.listed_party_id,
  l.name AS listed_name,
  $rule AS rule,
  v.verdict,
  v.verdict IN ('possible', 'unknown') OR (v.verdict = 'no' AND (v.share_max >= $near OR v.missing IS NOT NULL))
    AS is_near_miss,
  v.share_min,
  v.share_max,
  v.multiplied_min,
  v.multiplied_max,
  v.test,
  v.missing,
  v.deciding_chain,
  v.listed_holders,
  coalesce(
    (SELECT min(w.match_probability) FROM own_weakest AS w WHERE list_contains(v.deciding_chain, w.party_id)), 1
  ) AS match_probability,
  (
    SELECT list(DISTINCT s ORDER BY s)
    FROM (
      SELECT unnest(e.statement_ids) AS s
      FROM own_edge AS e, range(1, len(v.deciding_chain)) AS step (n)
      WHERE e.owner_party_id = v.deciding_chain[n] AND e.owned_party_id = v.deciding_chain[n + 1]
    )
  ) AS statement_ids
FROM
  own_screened AS v
  JOIN own_party AS c ON c.party_id = v.company_party_id
  JOIN own_party AS l ON l.party_id = v.listed_party_id
WHERE
  v.verdict <> 'no'
  OR v.share_max >= $near
  OR v.missing IS NOT NULL
ORDER BY
  list_position(['yes', 'possible', 'unknown', 'no'], v.verdict),
  v.share_min DESC,
  v.share_max DESC,
  c.party_id,
  v.listed_party_id;
