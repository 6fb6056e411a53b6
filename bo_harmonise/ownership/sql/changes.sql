-- What differs between the stakes before and after, and which effective shares crossed one of $thresholds?
WITH
  direct AS (
    SELECT
      CASE WHEN b.owner IS NULL THEN 'owner_new' WHEN a.owner IS NULL THEN 'owner_gone' ELSE 'share_changed' END AS kind,
      coalesce(b.owner, a.owner) AS owner,
      coalesce(b.owned, a.owned) AS company,
      coalesce(b.dimension, a.dimension) AS dimension,
      NULL::DOUBLE AS threshold,
      b.share_min AS before_min,
      b.share_max AS before_max,
      a.share_min AS after_min,
      a.share_max AS after_max,
      list_sort(list_distinct(list_concat(coalesce(b.statement_ids, []), coalesce(a.statement_ids, [])))) AS statement_ids
    FROM
      own_edge_before AS b
      FULL JOIN own_edge_after AS a ON a.owner = b.owner AND a.owned = b.owned AND a.dimension = b.dimension
    WHERE
      b.owner IS NULL
      OR a.owner IS NULL
      OR a.share_min <> b.share_min
      OR a.share_max <> b.share_max
  ),
  share AS (
    SELECT
      coalesce(b.owner, a.owner) AS owner,
      coalesce(b.company, a.company) AS company,
      coalesce(b.dimension, a.dimension) AS dimension,
      coalesce(b.share_min, 0) AS before_min,
      coalesce(b.share_max, 0) AS before_max,
      coalesce(a.share_min, 0) AS after_min,
      coalesce(a.share_max, 0) AS after_max
    FROM
      own_share_before AS b
      FULL JOIN own_share_after AS a ON a.owner = b.owner AND a.company = b.company AND a.dimension = b.dimension
  ),
  crossed AS (
    SELECT
      'threshold_crossed' AS kind,
      s.owner,
      s.company,
      s.dimension,
      t.threshold,
      s.before_min,
      s.before_max,
      s.after_min,
      s.after_max,
      CAST([] AS VARCHAR[]) AS statement_ids
    FROM
      share AS s
      JOIN (SELECT unnest(CAST($thresholds AS DOUBLE[])) AS threshold) AS t
        ON (s.before_max < t.threshold AND s.after_min >= t.threshold)
        OR (s.before_min >= t.threshold AND s.after_max < t.threshold)
  )
SELECT
  x.kind,
  o.party_id AS owner_party_id,
  o.name AS owner_name,
  c.party_id AS company_party_id,
  c.name AS company_name,
  x.dimension,
  x.threshold,
  x.before_min,
  x.before_max,
  x.after_min,
  x.after_max,
  x.statement_ids
FROM
  (FROM direct UNION ALL FROM crossed) AS x
  JOIN own_party AS o ON o.party = x.owner
  JOIN own_party AS c ON c.party = x.company
ORDER BY
  c.party_id,
  o.party_id,
  x.dimension,
  x.kind,
  x.threshold;
