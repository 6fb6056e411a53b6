-- The statements of a chain, in its order: who states what about whom, and where it can be looked up. The first of each
-- step is the one that the chain rests on; the others speak of the same two parties, and the figures rest on all.
WITH
  step AS (
    SELECT
      CAST($chain AS VARCHAR[])[position] AS owner,
      CAST($chain AS VARCHAR[])[position + 1] AS company,
      position,
      CAST($statement_ids AS VARCHAR[])[position] AS chosen
    FROM
      range(1, len(CAST($statement_ids AS VARCHAR[])) + 1) AS r(position)
  ),
  said AS (
    SELECT position, owner, company, chosen AS statement_id, true AS is_chosen FROM step
    UNION
    SELECT s.position, s.owner, s.company, e.statement_id, false
    FROM
      step AS s
      JOIN (
        SELECT owner_party_id, owned_party_id, unnest(statement_ids) AS statement_id FROM ownership_edge
      ) AS e ON e.owner_party_id = s.owner AND e.owned_party_id = s.company AND e.statement_id <> s.chosen
  )
SELECT
  c.position,
  c.is_chosen,
  coalesce(o.name, o.identifiers[1], '(name withheld)') AS owner_name,
  coalesce(p.name, p.identifiers[1], '(name withheld)') AS company_name,
  s.statement_id,
  s.source_id,
  s.source_key,
  s.statement_date,
  list_transform(
    coalesce(s.interests, []),
    lambda i: concat_ws(
      ' ',
      i.type,
      CASE
        WHEN i.share_exact IS NOT NULL THEN format('{:.6g} %', i.share_exact)
        WHEN i.share_min IS NOT NULL OR i.share_max IS NOT NULL
          THEN concat_ws(
            ' ',
            CASE WHEN i.share_min_exclusive THEN 'more than' ELSE 'from' END,
            format('{:.6g}', coalesce(i.share_min, 0)),
            CASE WHEN i.share_max_exclusive THEN 'to less than' ELSE 'to' END,
            format('{:.6g} %', coalesce(i.share_max, 100))
          )
      END,
      CASE WHEN i.direct_or_indirect = 'indirect' THEN '(indirect)' END,
      CASE WHEN i.details IS NOT NULL THEN '"' || i.details || '"' END
    )
  ) AS interests
FROM
  said AS c
  JOIN current_relationship AS s USING (statement_id)
  LEFT JOIN party AS o ON o.party_id = c.owner
  LEFT JOIN party AS p ON p.party_id = c.company
ORDER BY
  c.position,
  c.is_chosen DESC,
  s.source_id,
  s.statement_id;
