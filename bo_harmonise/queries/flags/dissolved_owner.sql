-- Question: Which companies have an owner that no longer exists?
-- Kind: risk
-- Columns: party_id of the company; evidence: the owner, its end, the statements
-- Example: a holding struck off while it still stands as owner
SELECT
  e.owned_party_id AS party_id,
  to_json({
    'owner': e.owner_party_id,
    'dissolved': min(x.dissolution_date),
    'dimensions': list(DISTINCT e.dimension ORDER BY e.dimension),
    'statement_ids': list_sort(list_distinct(flatten(list(e.statement_ids))))
  }) AS evidence
FROM
  ownership_edge AS e
  JOIN party_record AS r ON r.party_id = e.owner_party_id
  JOIN current_entity AS x ON x.record_id = r.record_id
WHERE
  x.status = 'ceased'
  OR x.dissolution_date <= CAST($as_of AS DATE)
GROUP BY
  e.owned_party_id,
  e.owner_party_id;
