-- Question: Which persons and companies hold a direct stake in 50 companies or more?
-- Kind: context
-- Columns: party_id; evidence: number of companies, whether they are 100 or more, kind of party, and what says that the
-- party holds for others (an agent, told apart from owners): a role that a register states, or its name; none known is []
-- Example: a formation agent, a nominee, a holding company, or namesakes taken for one person
WITH
  many AS (
    SELECT
      e.owner_party_id AS party_id,
      count(DISTINCT e.owned_party_id) AS companies
    FROM
      ownership_edge AS e
    GROUP BY
      e.owner_party_id
    HAVING
      count(DISTINCT e.owned_party_id) >= 50
  ),
  -- What registers say of the role: it counts where it is said of a tenth of the companies or more.
  role AS (
    SELECT
      party_id,
      role
    FROM
      (
        SELECT
          r.party_id,
          s.subject_record_id,
          unnest(list_distinct(list_transform(
            s.interests,
            lambda i: CASE
              WHEN i.type IN ('nominee', 'trustee') THEN 'registered as ' || i.type
              WHEN regexp_matches(lower(coalesce(i.details, '')), 'nominee') THEN 'registered as nominee'
            END
          ))) AS role
        FROM
          many AS m
          JOIN party_record AS r ON r.party_id = m.party_id
          JOIN current_relationship AS s ON s.interested_party_record_id = r.record_id
        WHERE
          s.record_status <> 'closed'
      )
      JOIN many USING (party_id)
    WHERE
      role IS NOT NULL
    GROUP BY
      party_id,
      role
    HAVING
      count(DISTINCT subject_record_id) * 10 >= any_value(companies)
    UNION ALL
    SELECT
      party_id,
      'named so: ' || regexp_extract(lower(p.name), '\b(nominees?|trustees?|fiduciar(y|ies)|custod(y|ians?)|depositar(y|ies)|secretar(y|ies|ial)|formations?|incorporations?|registered agents?|(company|corporate) services?)\b')
    FROM
      many
      JOIN party AS p USING (party_id)
    WHERE
      p.kind = 'entity'
      AND regexp_matches(lower(p.name), '\b(nominees?|trustees?|fiduciar(y|ies)|custod(y|ians?)|depositar(y|ies)|secretar(y|ies|ial)|formations?|incorporations?|registered agents?|(company|corporate) services?)\b')
  )
SELECT
  m.party_id,
  to_json({
    'companies': m.companies,
    'hundred_or_more': m.companies >= 100,
    'kind': p.kind,
    'agent': coalesce((SELECT list(role ORDER BY role) FROM role AS r WHERE r.party_id = m.party_id), [])
  }) AS evidence
FROM
  many AS m
  JOIN party AS p ON p.party_id = m.party_id;
