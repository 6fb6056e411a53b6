-- Question: Which companies share their address with fifty others or more?
-- Kind: context
-- Columns: party_id; evidence: address, companies there, and its weight in bits (the rarer the address, the more a shared
-- one says; an agent's address is worth little)
-- Example: the office of a formation agent
WITH
  place AS (
    SELECT
      r.party_id,
      a.post_code,
      a.address,
      regexp_replace(lower(strip_accents(concat_ws('', a.address, a.locality, a.post_code, a.country))), '[^\p{L}\p{N}]', '', 'g')
        AS place
    FROM
      (SELECT record_id, unnest(addresses) AS a FROM current_entity) AS e
      JOIN party_record AS r USING (record_id)
    WHERE
      a.address IS NOT NULL
  ),
  shared AS (
    SELECT place, count(DISTINCT party_id) AS companies FROM place GROUP BY place HAVING count(DISTINCT party_id) > 50
  )
SELECT
  p.party_id,
  to_json({
    'address': min(concat_ws(', ', p.address, p.post_code)),
    'companies': any_value(s.companies),
    'weight_bits': round(log2((SELECT count(DISTINCT party_id) FROM place) / any_value(s.companies)), 2)
  }) AS evidence
FROM
  place AS p
  JOIN shared AS s USING (place)
GROUP BY
  p.party_id,
  p.place;
