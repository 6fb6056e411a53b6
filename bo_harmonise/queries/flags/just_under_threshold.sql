-- Question: Which exact stakes lie just under a quarter, where beneficial ownership is declared from?
-- Kind: context
-- Columns: party_id of the company; evidence: holder, share, and in all data the stakes found from 24 to 25 and those
-- that the neighbouring per cents (22 to 24, 25 to 27 without 25 itself) would let one expect
-- Example: four holders with 24.9 % each
WITH
  exact AS (
    SELECT * FROM ownership_edge WHERE share_min = share_max AND dimension = 'economic' AND basis = 'direct'
  ),
  bunching AS (
    SELECT
      count(*) FILTER (share_min >= 24 AND share_min < 25) AS observed,
      count(*) FILTER ((share_min >= 22 AND share_min < 24) OR (share_min > 25 AND share_min < 27)) / 4.0 AS expected
    FROM
      exact
  )
SELECT
  e.owned_party_id AS party_id,
  to_json({
    'holder': e.owner_party_id,
    'share': e.share_min,
    'observed_24_to_25': b.observed,
    'expected_24_to_25': b.expected,
    'statement_ids': e.statement_ids
  }) AS evidence
FROM
  exact AS e
  CROSS JOIN bunching AS b
WHERE
  e.share_min >= 24
  AND e.share_min < 25;
