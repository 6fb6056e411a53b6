-- Which parties are listed on $as_of, on one of $lists (on any, where none is named)?
SELECT
  r.party_id,
  p.name,
  p.kind,
  list_sort(list_distinct(list(x.listing.list))) AS lists,
  min(x.listing.start_date) AS listed_since
FROM
  (
    SELECT record_id, unnest(listings) AS listing FROM current_person WHERE record_status <> 'closed'
    UNION ALL
    SELECT record_id, unnest(listings) AS listing FROM current_entity WHERE record_status <> 'closed'
  ) AS x
  JOIN party_record AS r USING (record_id)
  JOIN party AS p ON p.party_id = r.party_id
WHERE
  (x.listing.start_date IS NULL OR x.listing.start_date <= CAST($as_of AS DATE))
  AND (x.listing.end_date IS NULL OR x.listing.end_date > CAST($as_of AS DATE))
  AND (len(CAST($lists AS VARCHAR[])) = 0 OR list_contains(CAST($lists AS VARCHAR[]), x.listing.list))
GROUP BY
  r.party_id,
  p.name,
  p.kind
ORDER BY
  r.party_id;
