-- Question: Which exact stakes lie less than one per cent under a threshold from which they would have to be declared, or would be
-- frozen, under a rule that is made for the company?
-- Kind: context
-- Columns: party_id of the company; evidence: holder, share, threshold, the rules that have it, and in all data the stakes found in
-- that last per cent and those that its neighbours (two per cent below it, two above the threshold) would let one expect. A stake of
-- exactly the threshold is left out, though "more than" lets it pass: quarters and halves are what partners agree on.
-- Example: four holders with 24.9 % each; 49.9 % beside a listed person
WITH
  exact AS (
    SELECT * FROM ownership_edge WHERE share_min = share_max AND dimension = 'economic' AND basis = 'direct'
  ),
  bunching AS (
    SELECT
      t.threshold,
      count(*) FILTER (e.share_min >= t.threshold - 1 AND e.share_min < t.threshold) AS observed,
      count(*) FILTER (
        (e.share_min >= t.threshold - 3 AND e.share_min < t.threshold - 1)
        OR (e.share_min > t.threshold AND e.share_min < t.threshold + 2)
      ) / 4.0 AS expected
    FROM
      (SELECT DISTINCT threshold FROM rule_threshold) AS t
      JOIN exact AS e ON e.share_min >= t.threshold - 3 AND e.share_min < t.threshold + 2
    GROUP BY
      t.threshold
  )
SELECT
  e.owned_party_id AS party_id,
  to_json({
    'holder': e.owner_party_id,
    'share': e.share_min,
    'threshold': t.threshold,
    'rules': list(t.rule ORDER BY t.rule),
    'observed': any_value(b.observed),
    'expected': any_value(b.expected),
    'statement_ids': e.statement_ids
  }) AS evidence
FROM
  exact AS e
  JOIN party AS c ON c.party_id = e.owned_party_id
  JOIN rule_threshold AS t
    ON e.share_min >= t.threshold - 1
    AND e.share_min < t.threshold
    AND (
      (len(t.jurisdictions) = 0 AND len(t.registers) = 0)
      OR list_has_any(t.jurisdictions, list_transform(c.jurisdictions, lambda place: left(place, 2)))
      OR list_has_any(t.registers, e.registers)
    )
  JOIN bunching AS b ON b.threshold = t.threshold
GROUP BY
  e.owner_party_id,
  e.owned_party_id,
  e.share_min,
  t.threshold,
  e.statement_ids;
