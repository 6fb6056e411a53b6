-- Which two companies have an owner in common, and which registers must one open to see it?
--
-- own_leg         best walks of an owner to each company, numbered in a fixed order; `place` ranks the companies of the owner
--                 that the same registers show
-- own_pair        one row an (owner, pair of companies): the two walks that need the fewest registers together
-- own_pair_limit  owners of so many companies that not every two of them were compared
--
-- Of each owner the $companies_per_group largest companies of each set of registers are compared with each other, and every
-- further company with the largest of each set: the pairs grow with the companies, not with their square, and no company
-- is left without a pair.
CREATE OR REPLACE TEMP TABLE own_leg AS
WITH
  ends AS (
    SELECT
      w.*,
      coalesce(s.share_max, 1) AS share_max,
      coalesce(s.share_min, 0) AS share_min
    FROM
      own_walk AS w
      LEFT JOIN own_top_share AS s ON s.owner = w.owner AND s.company = w.company
    WHERE
      w.company NOT IN (SELECT party FROM own_not_company)
  ),
  shown AS (
    SELECT
      *,
      first_value(mask) OVER (PARTITION BY owner, company ORDER BY bit_count(mask), mask) AS best_mask
    FROM
      ends
  )
SELECT
  * EXCLUDE (share_min, share_max, best_mask, depth),
  dense_rank() OVER (PARTITION BY owner, best_mask ORDER BY share_min DESC, share_max DESC, company) AS place,
  CAST(
    row_number() OVER (ORDER BY owner, company, len(chain), statement_ids, start_class, at_class, mask) AS BIGINT
  ) AS leg
FROM
  shown;

DROP TABLE own_walk;

CREATE OR REPLACE TEMP TABLE own_pair AS
WITH
  walk AS (
    SELECT owner, company, start_class, mask, weakest, combined, len(chain) AS length, place, leg FROM own_leg
  ),
  near AS (
    SELECT * FROM walk WHERE place <= $companies_per_group
  ),
  further AS (
    SELECT * FROM walk WHERE place > $companies_per_group
  ),
  largest AS (
    SELECT * FROM walk WHERE place = 1
  ),
  compared AS (
    SELECT l, r FROM near AS l JOIN near AS r ON r.owner = l.owner AND r.company > l.company
    UNION ALL
    SELECT l, r FROM further AS l JOIN largest AS r ON r.owner = l.owner AND r.company > l.company
    UNION ALL
    SELECT l, r FROM largest AS l JOIN further AS r ON r.owner = l.owner AND r.company > l.company
  ),
  met AS (
    SELECT
      c.l.owner AS owner,
      c.l.company AS company_l,
      c.r.company AS company_r,
      c.l.mask | c.r.mask
      | CASE WHEN c.l.start_class = c.r.start_class THEN CAST(0 AS HUGEINT) ELSE coalesce(k.between_mask, CAST(0 AS HUGEINT)) END
        AS mask,
      CASE WHEN c.l.start_class = c.r.start_class THEN 1.0 ELSE coalesce(k.probability, m.weakest, 1.0) END AS probability,
      CASE WHEN c.l.start_class = c.r.start_class THEN 1.0 ELSE coalesce(k.combined, m.weakest, 1.0) END AS together,
      k.merges AS path,
      c.l.start_class <> c.r.start_class AS is_merge,
      least(c.l.weakest, c.r.weakest) AS weakest,
      c.l.combined * c.r.combined AS combined,
      c.l.length + c.r.length AS length,
      c.l.leg AS leg_l,
      c.r.leg AS leg_r
    FROM
      compared AS c
      LEFT JOIN own_link_all AS k ON k.class_l = c.l.start_class AND k.class_r = c.r.start_class
      LEFT JOIN own_many AS m ON m.party = c.l.owner
  )
SELECT
  owner,
  company_l,
  company_r,
  mask,
  probability,
  path,
  is_merge,
  least(probability, weakest) AS match_probability,
  together * combined AS match_probability_combined,
  leg_l,
  leg_r
FROM
  met
QUALIFY
  row_number() OVER (
    PARTITION BY owner, company_l, company_r
    ORDER BY bit_count(mask), least(probability, weakest) DESC, together * combined DESC, length, mask, leg_l, leg_r
  ) = 1;

CREATE OR REPLACE TEMP TABLE own_pair_limit AS
WITH
  counted AS (
    SELECT
      owner,
      count(DISTINCT company) AS companies,
      count(DISTINCT company) FILTER (place <= $companies_per_group) AS near,
      count(DISTINCT company) FILTER (place = 1) AS largest
    FROM
      own_leg
    GROUP BY
      owner
  )
SELECT
  p.party_id AS owner_party_id,
  p.name AS owner_name,
  c.companies,
  c.near AS companies_paired,
  (c.companies * (c.companies - 1) - c.near * (c.near - 1)) // 2 - (c.companies - c.near) * c.largest AS pairs_left_out
FROM
  counted AS c
  JOIN own_party AS p ON p.party = c.owner
WHERE
  c.companies > c.near
ORDER BY
  p.party_id;
