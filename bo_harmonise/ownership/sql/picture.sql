-- The part of the graph that a question needs: $parties, what they hold ($direction = 'down') or who holds them
-- ('up') over any chain, and every stake in those companies, so that what others hold is known too.
CREATE OR REPLACE TEMP TABLE own_seen AS
WITH RECURSIVE
  link AS (
    SELECT DISTINCT
      CASE WHEN $direction = 'down' THEN owner_party_id ELSE owned_party_id END AS here,
      CASE WHEN $direction = 'down' THEN owned_party_id ELSE owner_party_id END AS there
    FROM
      ownership_edge
  ),
  seen AS (
    SELECT unnest(CAST($parties AS VARCHAR[])) AS party_id
    UNION
    SELECT l.there FROM seen AS s JOIN link AS l ON l.here = s.party_id
  )
SELECT party_id FROM seen;

CREATE OR REPLACE TEMP TABLE own_party AS
SELECT
  CAST(row_number() OVER (ORDER BY n.party_id) - 1 AS BIGINT) AS party,
  n.party_id,
  p.kind,
  p.name
FROM
  (
    SELECT party_id FROM own_seen
    UNION
    SELECT owner_party_id FROM ownership_edge WHERE owned_party_id IN (SELECT party_id FROM own_seen)
  ) AS n
  LEFT JOIN party AS p ON p.party_id = n.party_id;

CREATE OR REPLACE TEMP TABLE own_edge AS
SELECT
  o.party AS owner,
  c.party AS owned,
  e.*,
  -- Stakes that what others hold does not bound (see edges.py).
  (e.basis = 'assumed' AND NOT e.is_quantified) OR list_has_any(e.types, ['unknownInterest', 'unpublishedInterest'])
    AS is_free
FROM
  ownership_edge AS e
  JOIN own_party AS o ON o.party_id = e.owner_party_id
  JOIN own_party AS c ON c.party_id = e.owned_party_id
WHERE
  e.owned_party_id IN (SELECT party_id FROM own_seen);

-- Stakes that several hold together (see interest.sql).
CREATE OR REPLACE TEMP TABLE own_joint AS
SELECT DISTINCT
  p.party
FROM
  own_party AS p
  JOIN party_record AS r ON r.party_id = p.party_id
  JOIN current_entity AS e ON e.record_id = r.record_id
WHERE
  e.entity_type = 'arrangement'
  AND coalesce(e.entity_subtype, 'other') <> 'trust'
  AND regexp_matches(lower(concat_ws(' ', e.entity_type_details, e.name)), '\bjoint(ly|_owners)?\b')
  AND NOT regexp_matches(lower(concat_ws(' ', e.entity_type_details, e.name)), '\bjoint[ -]venture');
