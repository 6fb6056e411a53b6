-- The edges as they go into the database, from own_stake and what was decided about each (own_settled).
CREATE OR REPLACE TEMP TABLE own_edge AS
SELECT
  s.owner,
  s.owned,
  o.party_id AS owner_party_id,
  c.party_id AS owned_party_id,
  s.dimension,
  d.share_min,
  d.share_max,
  s.is_quantified,
  s.start_date,
  s.end_date,
  s.registers,
  s.statement_ids,
  s.share_min_exclusive,
  s.share_max_exclusive,
  s.types,
  CASE WHEN s.is_conclusion THEN 'indirect' WHEN s.is_assumed THEN 'assumed' ELSE 'direct' END AS basis,
  s.is_disputed,
  d.is_free
FROM
  own_stake AS s
  JOIN own_settled AS d USING (stake)
  JOIN own_party AS o ON o.party = s.owner
  JOIN own_party AS c ON c.party = s.owned
WHERE
  d.is_used
ORDER BY
  s.owner,
  s.owned,
  s.dimension;

-- What a register concludes about a chain, beside what the chains give.
CREATE OR REPLACE TEMP TABLE own_conclusion AS
SELECT
  o.party_id AS owner_party_id,
  c.party_id AS company_party_id,
  s.dimension,
  s.share_min AS declared_min,
  s.share_max AS declared_max,
  s.is_quantified,
  CASE WHEN isnan(d.chain_min) THEN NULL ELSE d.chain_min END AS chain_min,
  CASE WHEN isnan(d.chain_max) THEN NULL ELSE d.chain_max END AS chain_max,
  d.is_explained,
  d.is_used,
  s.registers,
  s.statement_ids
FROM
  own_stake AS s
  JOIN own_settled AS d USING (stake)
  JOIN own_party AS o ON o.party = s.owner
  JOIN own_party AS c ON c.party = s.owned
WHERE
  s.is_conclusion
  OR (s.is_assumed AND (NOT d.is_used OR NOT isnan(d.chain_min)))
ORDER BY
  o.party_id,
  c.party_id,
  s.dimension,
  s.is_conclusion;

-- What each register declares: this person is a beneficial owner of this company, by these interests.
CREATE OR REPLACE TEMP TABLE own_declared AS
SELECT
  o.party_id AS owner_party_id,
  c.party_id AS company_party_id,
  i.register,
  i.statement_id,
  list_sort(list_distinct(list(i.type))) AS types,
  list_sort(list_distinct(list(i.details) FILTER (i.details IS NOT NULL))) AS details,
  list_sort(list_distinct(list(coalesce(i.directness, 'unknown')))) AS directness,
  min(i.stated_min) FILTER (i.is_quantified) AS share_min,
  max(i.stated_max) FILTER (i.is_quantified) AS share_max,
  min(i.start_date) AS start_date,
  any_value(i.statement_date) AS statement_date,
  any_value(d.definition) AS definition,
  any_value(u.rule) AS rule
FROM
  own_interest AS i
  LEFT JOIN own_definition AS d ON d.register = i.register
  LEFT JOIN own_rule AS u ON u.register = i.register
  JOIN own_party AS o ON o.party = i.owner
  JOIN own_party AS c ON c.party = i.owned
WHERE
  i.is_beneficial
GROUP BY
  o.party_id,
  c.party_id,
  i.register,
  i.statement_id
ORDER BY
  o.party_id,
  c.party_id,
  i.register,
  i.statement_id;

DROP TABLE own_stake;
