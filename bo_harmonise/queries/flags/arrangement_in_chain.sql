-- Question: Over which trusts, nominations or other arrangements are companies held?
-- Kind: context
-- Columns: party_id of the company; evidence: the arrangements with their subtypes, and one owner behind each
-- Example: a company held by a nominee, or by a joint holding
WITH
  arrangement AS (
    SELECT
      r.party_id,
      coalesce(min(e.entity_subtype), 'other') AS subtype
    FROM
      current_entity AS e
      JOIN party_record AS r USING (record_id)
    WHERE
      e.entity_type = 'arrangement' OR e.entity_subtype IN ('trust', 'nomination')
    GROUP BY
      r.party_id
  )
SELECT
  f.company_party_id AS party_id,
  to_json({
    'arrangements': list(DISTINCT {'party_id': a.party_id, 'subtype': a.subtype} ORDER BY {'party_id': a.party_id, 'subtype': a.subtype})
  }) AS evidence
FROM
  effective_ownership AS f
  JOIN arrangement AS a ON a.party_id = f.owner_party_id
GROUP BY
  f.company_party_id;
