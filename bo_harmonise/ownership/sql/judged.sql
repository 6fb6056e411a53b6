-- Verdicts of a rule on one company (or one owner), with names, the strongest first.
SELECT
  v.controller_party_id AS owner_party_id,
  o.name AS owner_name,
  o.kind,
  v.company_party_id,
  c.name AS company_name,
  v.rule,
  v.verdict,
  v.share_min,
  v.share_max,
  v.level_min,
  v.level_max,
  v.multiplied_min,
  v.multiplied_max,
  v.test,
  v.way,
  v.through_party_id,
  v.through_min,
  v.through_max,
  -- Interests that give control, or may, in the last step of the chain.
  (
    SELECT list_sort(list_distinct(flatten(list(list_filter(e.types, lambda t: list_contains($control, t))))))
    FROM own_edge AS e
    WHERE
      v.test = 'control'
      AND e.dimension IN ('board', 'control')
      AND e.owner_party_id = v.deciding_chain[-2]
      AND e.owned_party_id = v.deciding_chain[-1]
  ) AS control_types,
  v.missing,
  v.deciding_chain,
  (
    SELECT list(DISTINCT d.register ORDER BY d.register)
    FROM declared AS d
    WHERE d.owner_party_id = v.controller_party_id AND d.company_party_id = v.company_party_id
  ) AS declared_by
FROM
  own_judged AS v
  JOIN own_party AS o ON o.party_id = v.controller_party_id
  JOIN own_party AS c ON c.party_id = v.company_party_id
WHERE
  ($owners = 'any' OR o.kind = 'person')
  AND (v.company_party_id = $party OR v.controller_party_id = $party)
ORDER BY
  list_position(['yes', 'possible', 'unknown', 'no'], v.verdict),
  v.share_min DESC,
  v.share_max DESC,
  owner_party_id,
  v.company_party_id;
