-- What differs between the stakes before and after, and which effective shares crossed one of $thresholds?
--
-- A dimension of which only one of the two days says something is unknown on the other where the owner has an interest in
-- the company on that day too (a chain that states shares and no votes), and nothing where it has none.
WITH
  pair AS (
    SELECT DISTINCT 'before' AS day, owner, owned FROM own_edge_before
    UNION ALL
    SELECT DISTINCT 'after', owner, owned FROM own_edge_after
  ),
  direct AS (
    SELECT
      CASE
        WHEN b.owner IS NOT NULL AND a.owner IS NOT NULL THEN 'share_changed'
        WHEN pb.owner IS NULL THEN 'owner_new'
        WHEN pa.owner IS NULL THEN 'owner_gone'
        WHEN x.dimension IN ('economic', 'voting') THEN 'share_changed'
        WHEN b.owner IS NULL THEN 'interest_new'
        ELSE 'interest_gone'
      END AS kind,
      x.owner,
      x.owned AS company,
      x.dimension,
      NULL::DOUBLE AS threshold,
      coalesce(b.share_min, CASE WHEN pb.owner IS NOT NULL AND x.dimension IN ('economic', 'voting') THEN 0 END) AS before_min,
      coalesce(b.share_max, CASE WHEN pb.owner IS NOT NULL AND x.dimension IN ('economic', 'voting') THEN 100 END) AS before_max,
      coalesce(a.share_min, CASE WHEN pa.owner IS NOT NULL AND x.dimension IN ('economic', 'voting') THEN 0 END) AS after_min,
      coalesce(a.share_max, CASE WHEN pa.owner IS NOT NULL AND x.dimension IN ('economic', 'voting') THEN 100 END) AS after_max,
      list_sort(list_distinct(list_concat(coalesce(b.statement_ids, []), coalesce(a.statement_ids, [])))) AS statement_ids
    FROM
      (
        SELECT owner, owned, dimension FROM own_edge_before
        UNION
        SELECT owner, owned, dimension FROM own_edge_after
      ) AS x
      LEFT JOIN own_edge_before AS b ON b.owner = x.owner AND b.owned = x.owned AND b.dimension = x.dimension
      LEFT JOIN own_edge_after AS a ON a.owner = x.owner AND a.owned = x.owned AND a.dimension = x.dimension
      LEFT JOIN pair AS pb ON pb.day = 'before' AND pb.owner = x.owner AND pb.owned = x.owned
      LEFT JOIN pair AS pa ON pa.day = 'after' AND pa.owner = x.owner AND pa.owned = x.owned
    WHERE
      b.owner IS NULL
      OR a.owner IS NULL
      OR a.share_min <> b.share_min
      OR a.share_max <> b.share_max
  ),
  share AS (
    SELECT
      x.owner,
      x.company,
      x.dimension,
      coalesce(b.share_min, 0) AS before_min,
      coalesce(b.share_max, CASE WHEN rb.owner IS NULL THEN 0 ELSE 100 END) AS before_max,
      coalesce(a.share_min, 0) AS after_min,
      coalesce(a.share_max, CASE WHEN ra.owner IS NULL THEN 0 ELSE 100 END) AS after_max
    FROM
      (
        SELECT owner, company, dimension FROM own_share_before
        UNION
        SELECT owner, company, dimension FROM own_share_after
      ) AS x
      LEFT JOIN own_share_before AS b ON b.owner = x.owner AND b.company = x.company AND b.dimension = x.dimension
      LEFT JOIN own_share_after AS a ON a.owner = x.owner AND a.company = x.company AND a.dimension = x.dimension
      LEFT JOIN own_reach_before AS rb ON rb.owner = x.owner AND rb.company = x.company
      LEFT JOIN own_reach_after AS ra ON ra.owner = x.owner AND ra.company = x.company
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
  coalesce(o.name, p.identifiers[1], '(name withheld)') AS owner_name,
  c.party_id AS company_party_id,
  coalesce(c.name, q.identifiers[1], '(name withheld)') AS company_name,
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
  JOIN party AS p ON p.party_id = o.party_id
  JOIN party AS q ON q.party_id = c.party_id
WHERE
  -- First unknown, then stated without a figure: nothing is known that was not known before, or the other way round.
  NOT (x.kind = 'share_changed' AND x.before_min = x.after_min AND x.before_max = x.after_max)
ORDER BY
  c.party_id,
  o.party_id,
  x.dimension,
  x.kind,
  x.threshold;
