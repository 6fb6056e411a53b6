-- The statements of a chain, in its order: who states what about whom, and where it can be looked up.
SELECT
  c.position,
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
  (
    SELECT
      unnest(CAST($statement_ids AS VARCHAR[])) AS statement_id,
      unnest(range(1, len(CAST($statement_ids AS VARCHAR[])) + 1)) AS position
  ) AS c
  JOIN current_relationship AS s USING (statement_id)
  LEFT JOIN party AS o ON o.party_id = CAST($chain AS VARCHAR[])[c.position]
  LEFT JOIN party AS p ON p.party_id = CAST($chain AS VARCHAR[])[c.position + 1]
ORDER BY
  c.position;
