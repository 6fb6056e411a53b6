-- Intervals of natural persons in companies, beside the true share.
--
-- judged_share   one row a row of effective_ownership (economic, natural persons): decided where the interval says more
--                than "something"; the true share is 0 where the person holds nothing of the company
CREATE OR REPLACE TEMP TABLE judged_share AS
SELECT
  o.truth AS owner,
  c.truth AS company,
  e.share_min,
  e.share_max,
  coalesce(t.share, 0.0) AS share,
  e.share_max - e.share_min AS width,
  e.share_max - e.share_min < 100 - $tolerance AS is_decided,
  coalesce(t.share, 0.0) BETWEEN e.share_min - $tolerance AND e.share_max + $tolerance AS is_inside,
  c_p.pattern
FROM
  effective_ownership AS e
  JOIN true_name AS o ON o.found = e.owner_party_id
  JOIN true_name AS c ON c.found = e.company_party_id
  JOIN true_party AS o_p ON o_p.party_id = o.truth AND o_p.kind = 'person'
  -- Arrangements are links of chains, not companies.
  JOIN true_party AS c_p ON c_p.party_id = c.truth AND NOT starts_with(c.truth, 'A')
  LEFT JOIN true_ultimate_owner AS t ON t.owner = o.truth AND t.company = c.truth
WHERE
  e.dimension = 'economic'
  AND e.is_ultimate;

-- True stakes of people that some register shows, and whether the tool gives an interval for them.
CREATE OR REPLACE TEMP TABLE wanted_share AS
SELECT
  t.*,
  EXISTS (SELECT 1 FROM judged_share AS j WHERE j.owner = t.owner AND j.company = t.company) AS is_found
FROM
  true_ultimate_owner AS t
WHERE
  t.is_shown;
