-- Question: Who sits on the boards of fifty companies or more?
-- Kind: context
-- Columns: party_id; evidence: companies, the weight of this director in bits (a director of very many says little), and
-- what says that it is an agent, told apart from other directors: its name, or that a company holds the office; else []
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
    'companies': count(*),
    'weight_bits': round(log2((SELECT count(DISTINCT company) FROM office) / count(*)), 2),
    'agent': list_filter(
      [
        CASE WHEN any_value(p.kind) = 'entity' THEN 'a company as director' END,
        CASE
          WHEN any_value(p.kind) = 'entity' AND regexp_matches(lower(any_value(p.name)), '\b(nominees?|trustees?|fiduciar(y|ies)|custod(y|ians?)|depositar(y|ies)|secretar(y|ies|ial)|formations?|incorporations?|registered agents?|(company|corporate) services?)\b')
            THEN 'named so: ' || regexp_extract(lower(any_value(p.name)), '\b(nominees?|trustees?|fiduciar(y|ies)|custod(y|ians?)|depositar(y|ies)|secretar(y|ies|ial)|formations?|incorporations?|registered agents?|(company|corporate) services?)\b')
        END
      ],
      lambda reason: reason IS NOT NULL
    )
  }) AS evidence
FROM
  office
  JOIN party AS p ON p.party_id = officer
GROUP BY
  officer
HAVING
  count(*) >= 50;
