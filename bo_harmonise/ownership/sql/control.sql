-- Verdicts of one rule as they go into the database, with what is missing to decide.
SELECT
  o.party_id AS controller_party_id,
  c.party_id AS company_party_id,
  $rule AS rule,
  v.verdict,
  v.deciding_chain,
  v.share_min,
  v.share_max,
  v.test,
  CASE
    WHEN v.verdict IN ('yes', 'no') THEN NULL
    -- The first link of the chain that is not sure: those after it depend on it.
    WHEN f.party_id IS NOT NULL
      THEN 'whether ' || o.party_id || ' has ' || $link || ' of ' || f.party_id || ', or control of it'
    WHEN v.test = 'control' AND v.verdict = 'unknown' THEN 'what kind of interest ' || b.party_id || ' has in ' || c.party_id
    WHEN v.test = 'control' THEN 'whether the influence of ' || b.party_id || ' over ' || c.party_id || ' is control'
    WHEN v.verdict = 'unknown' AND EXISTS (
      SELECT 1
      FROM own_edge AS e
      WHERE
        e.owner = v.before
        AND e.owned = v.company
        AND list_has_any(e.types, ['unknownInterest', 'unpublishedInterest'])
        AND NOT e.is_quantified
    )
      THEN 'what kind of interest ' || b.party_id || ' has in ' || c.party_id || ', and a figure if it is shares or votes ('
        || $stake || ' decides)'
    WHEN v.verdict = 'unknown'
      THEN 'a figure for the ' || v.test || ' of ' || b.party_id || ' in ' || c.party_id || ' (' || $stake || ' decides)'
    ELSE 'where between ' || format('{:.6g} and {:.6g}', v.share_min, v.share_max) || ' % the ' || v.test || ' in '
      || c.party_id || ' lie (' || $stake || ' decides)'
  END AS missing,
  v.way,
  v.level_min,
  v.level_max,
  v.multiplied_min,
  v.multiplied_max,
  t.party_id AS through_party_id,
  v.through_min,
  v.through_max
FROM
  own_verdict AS v
  JOIN own_party AS o ON o.party = v.controller
  JOIN own_party AS c ON c.party = v.company
  JOIN own_party AS b ON b.party = v.before
  LEFT JOIN own_party AS t ON t.party = v.through
  LEFT JOIN own_party AS f ON f.party = v.open
ORDER BY
  o.party_id,
  c.party_id;
