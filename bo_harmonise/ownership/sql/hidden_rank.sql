-- Which pairs are worth a row? Those that one register alone does not show, between companies of which neither holds
-- the other (own_related), unless the same registers show already that the owner holds the company before one of the
-- two on its chain: then the pair follows from that row and is counted there.
CREATE OR REPLACE TEMP TABLE own_hidden AS
SELECT
  p.*,
  bit_count(p.mask) AS registers_needed,
  CASE WHEN len(l.chain) > 2 THEN l.chain[-2] END AS before_l,
  CASE WHEN len(r.chain) > 2 THEN r.chain[-2] END AS before_r
FROM
  own_pair AS p
  ANTI JOIN own_related AS x ON x.company_l = p.company_l AND x.company_r = p.company_r
  JOIN own_leg AS l ON l.leg = p.leg_l
  JOIN own_leg AS r ON r.leg = p.leg_r
WHERE
  bit_count(p.mask) > 1;

CREATE OR REPLACE TEMP TABLE own_hidden_follows AS
WITH
  nearer AS (
    SELECT owner, company_l, company_r, mask, before_l AS before, company_r AS other FROM own_hidden WHERE before_l IS NOT NULL
    UNION ALL
    SELECT owner, company_l, company_r, mask, before_r AS before, company_l AS other FROM own_hidden WHERE before_r IS NOT NULL
  )
SELECT DISTINCT
  n.owner,
  n.company_l,
  n.company_r
FROM
  nearer AS n
  JOIN own_hidden AS h
    ON h.owner = n.owner
    AND h.company_l = least(n.before, n.other)
    AND h.company_r = greatest(n.before, n.other)
    AND h.mask = n.mask;

DROP TABLE own_pair;

-- What the rank looks at, of the pairs that have a row; the rows themselves are made in that order (hidden_table.sql).
SELECT
  h.owner,
  h.company_l,
  h.company_r,
  CAST(h.registers_needed AS BIGINT) AS registers_needed,
  h.match_probability
FROM
  own_hidden AS h
  ANTI JOIN own_hidden_follows AS f
    ON f.owner = h.owner AND f.company_l = h.company_l AND f.company_r = h.company_r
ORDER BY
  h.owner,
  h.company_l,
  h.company_r;
