-- Which two companies have an owner in common, and which registers must one open to see it?
--
-- own_leg   best walks of an owner to each company
-- own_pair  one row an (owner, pair of companies): the two walks that need the fewest registers together
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
  *,
  dense_rank() OVER (PARTITION BY owner, best_mask ORDER BY share_min DESC, share_max DESC, company) AS place
FROM
  shown;

CREATE OR REPLACE TEMP TABLE own_pair AS
WITH
  kept AS (
    SELECT * FROM own_leg WHERE place <= $companies_per_group
  ),
  met AS (
    SELECT
      a.owner,
      a.company AS company_l,
      b.company AS company_r,
      a.mask | b.mask
      | CASE WHEN a.start_class = b.start_class THEN CAST(0 AS HUGEINT) ELSE coalesce(l.between_mask, CAST(0 AS HUGEINT)) END
        AS mask,
      CASE WHEN a.start_class = b.start_class THEN 1.0 ELSE coalesce(l.probability, m.weakest, 1.0) END AS probability,
      a.start_class <> b.start_class AS is_merge,
      a.start_record AS record_l,
      b.start_record AS record_r,
      a.weakest AS weakest_l,
      b.weakest AS weakest_r,
      a.combined * b.combined AS combined,
      a.chain AS chain_l,
      b.chain AS chain_r,
      a.statement_ids AS statements_l,
      b.statement_ids AS statements_r,
      a.merges AS merges_l,
      b.merges AS merges_r
    FROM
      kept AS a
      JOIN kept AS b ON b.owner = a.owner AND b.company > a.company
      LEFT JOIN own_link_all AS l ON l.class_l = a.start_class AND l.class_r = b.start_class
      LEFT JOIN own_many AS m ON m.party = a.owner
  )
SELECT
  owner,
  company_l,
  company_r,
  mask,
  least(probability, weakest_l, weakest_r) AS match_probability,
  probability * combined AS match_probability_combined,
  chain_l,
  chain_r,
  list_sort(list_distinct(list_concat(statements_l, statements_r))) AS statement_ids,
  list_sort(list_distinct(list_concat(
    CASE
      WHEN is_merge THEN [{
        'record_id_l': record_l, 'record_id_r': record_r, 'match_probability': probability
      }]
      ELSE []
    END,
    merges_l,
    merges_r
  ))) AS merges,
  statements_l AS statement_ids_l,
  statements_r AS statement_ids_r
FROM
  met
QUALIFY
  row_number() OVER (
    PARTITION BY owner, company_l, company_r
    ORDER BY
      bit_count(mask), least(probability, weakest_l, weakest_r) DESC, probability * combined DESC,
      len(chain_l) + len(chain_r), mask, statements_l, statements_r
  ) = 1;

-- Owners of so many companies that not all of them were paired: what was left out, by owner.
CREATE OR REPLACE TEMP TABLE own_pair_limit AS
SELECT
  p.party_id AS owner_party_id,
  p.name AS owner_name,
  count(DISTINCT g.company) AS companies,
  count(DISTINCT g.company) FILTER (g.place <= $companies_per_group) AS companies_paired
FROM
  own_leg AS g
  JOIN own_party AS p ON p.party = g.owner
GROUP BY
  p.party_id,
  p.name
HAVING
  count(DISTINCT g.company) > count(DISTINCT g.company) FILTER (g.place <= $companies_per_group)
ORDER BY
  p.party_id;
