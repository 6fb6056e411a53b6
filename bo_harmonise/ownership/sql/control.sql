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
    WHEN v.before_verdict IN ('possible', 'unknown')
      THEN 'whether ' || o.party_id || ' has ' || $link || ' of ' || b.party_id || ', or control of it'
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
  END AS missing
FROM
  own_verdict AS v
  JOIN own_party AS o ON o.party = v.controller
  JOIN own_party AS c ON c.party = v.company
  JOIN own_party AS b ON b.party = v.before
ORDER BY
  o.party_id,
  c.party_id;
