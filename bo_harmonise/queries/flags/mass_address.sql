-- Question: Which companies share their address with fifty others or more?
-- Kind: context
-- Columns: party_id; evidence: address, companies there, its weight in bits (the rarer the address, the more a shared
-- one says; an agent's address is worth little), and what says that it is an agent's, told apart from other addresses:
-- "care of" in it, or a company there that is named so; none known is []
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
    SELECT
      place,
      count(DISTINCT party_id) AS companies,
      bool_or(regexp_matches(lower(address), '(^|\W)(c/o|care of)\W')) AS is_care_of
    FROM
      place
    GROUP BY
      place
    HAVING
      count(DISTINCT party_id) > 50
  ),
  agent AS (
    SELECT
      place,
      min(party.name) AS name
    FROM
      place
      JOIN shared USING (place)
      JOIN party USING (party_id)
    WHERE
      regexp_matches(lower(party.name), '\b(nominees?|trustees?|fiduciar(y|ies)|custod(y|ians?)|depositar(y|ies)|secretar(y|ies|ial)|formations?|incorporations?|registered agents?|(company|corporate) services?)\b')
    GROUP BY
      place
  )
SELECT
  p.party_id,
  to_json({
    'address': min(concat_ws(', ', p.address, p.post_code)),
    'companies': any_value(s.companies),
    'weight_bits': round(log2((SELECT count(DISTINCT party_id) FROM place) / any_value(s.companies)), 2),
    'agent': list_filter(
      [
        CASE WHEN any_value(s.is_care_of) THEN 'the address says care of' END,
        'at this address: ' || any_value(a.name)
      ],
      lambda reason: reason IS NOT NULL
    )
  }) AS evidence
FROM
  place AS p
  JOIN shared AS s USING (place)
  LEFT JOIN agent AS a USING (place)
GROUP BY
  p.party_id,
  p.place;
