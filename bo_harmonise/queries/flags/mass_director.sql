-- Question: Who sits on the boards of fifty companies or more?
-- Kind: context
-- Columns: party_id; evidence: companies, and the weight of this director in bits (a director of very many says little)
-- Example: a professional nominee director
WITH
  office AS (
    SELECT DISTINCT
      o.party_id AS officer,
      c.party_id AS company
    FROM
      current_relationship AS s
      JOIN party_record AS o ON o.record_id = s.interested_party_record_id
      JOIN party_record AS c ON c.record_id = s.subject_record_id
    WHERE
      s.record_status <> 'closed'
      AND len(list_filter(
        s.interests,
        lambda i: i.type IN ('boardMember', 'boardChair', 'seniorManagingOfficial')
          AND (i.end_date IS NULL OR i.end_date > CAST($as_of AS DATE))
      )) > 0
  )
SELECT
  officer AS party_id,
  to_json({
    'companies': count(*), 'weight_bits': round(log2((SELECT count(DISTINCT company) FROM office) / count(*)), 2)
  }) AS evidence
FROM
  office
GROUP BY
  officer
HAVING
  count(*) >= 50;
