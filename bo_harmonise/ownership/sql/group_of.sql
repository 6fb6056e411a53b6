-- Which companies belong to one group with $party: controlled, under $rule, by whoever controls it from the top?
WITH
  controller AS (
    SELECT controller_party_id FROM control WHERE rule = $rule AND verdict = 'yes' AND company_party_id = $party
  ),
  top AS (
    SELECT controller_party_id AS party_id
    FROM controller
    WHERE controller_party_id NOT IN (SELECT company_party_id FROM control WHERE rule = $rule AND verdict = 'yes')
    UNION
    SELECT $party WHERE NOT EXISTS (
      FROM controller
      WHERE controller_party_id NOT IN (SELECT company_party_id FROM control WHERE rule = $rule AND verdict = 'yes')
    )
  ),
  member AS (
    SELECT t.party_id AS top_party_id, t.party_id, 'yes' AS verdict, [t.party_id] AS chain FROM top AS t
    UNION ALL
    SELECT t.party_id, c.company_party_id, c.verdict, c.deciding_chain
    FROM top AS t JOIN control AS c ON c.controller_party_id = t.party_id
    WHERE c.rule = $rule AND c.verdict IN ('yes', 'possible')
  )
SELECT
  m.top_party_id,
  t.name AS top_name,
  m.party_id,
  p.name,
  p.kind,
  p.jurisdictions,
  m.verdict,
  m.chain
FROM
  member AS m
  JOIN party AS p ON p.party_id = m.party_id
  JOIN party AS t ON t.party_id = m.top_party_id
ORDER BY
  m.top_party_id,
  len(m.chain),
  m.verdict DESC,
  m.party_id;
