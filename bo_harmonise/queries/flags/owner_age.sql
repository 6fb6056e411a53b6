-- Question: Which owners are under 18 or over 90 years old?
-- Kind: risk
-- Columns: party_id; evidence: birth date, age in full years by the latest reading of it, companies
-- Example: a child, or a person long dead, who stands in for somebody
SELECT
  p.party_id,
  to_json({
    'birth_date': p.birth_date,
    'age': date_diff('year', TRY_CAST(rpad(p.birth_date, 10, '-01-01') AS DATE), CAST($as_of AS DATE)),
    'companies': list(DISTINCT e.owned_party_id ORDER BY e.owned_party_id)
  }) AS evidence
FROM
  party AS p
  JOIN ownership_edge AS e ON e.owner_party_id = p.party_id
WHERE
  p.kind = 'person'
  AND (
    -- A year or month alone is read so that the person is as old (or as young) as possible before being flagged.
    CASE len(p.birth_date)
      WHEN 4 THEN make_date(CAST(p.birth_date AS INTEGER), 1, 1)
      WHEN 7 THEN TRY_CAST(p.birth_date || '-01' AS DATE)
      ELSE TRY_CAST(p.birth_date AS DATE)
    END > CAST($as_of AS DATE) - INTERVAL 18 YEAR
    OR CASE len(p.birth_date)
      WHEN 4 THEN make_date(CAST(p.birth_date AS INTEGER), 12, 31)
      WHEN 7 THEN last_day(TRY_CAST(p.birth_date || '-01' AS DATE))
      ELSE TRY_CAST(p.birth_date AS DATE)
    END <= CAST($as_of AS DATE) - INTERVAL 91 YEAR
  )
GROUP BY
  p.party_id,
  p.birth_date;
