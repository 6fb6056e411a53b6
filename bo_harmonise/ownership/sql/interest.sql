-- Which interests hold at $as_of, between which resolved parties?
--
-- own_party     every resolved party with a number in the order of its party_id
-- own_record    record -> party, register
-- own_ceased    parties that no longer exist at $as_of: a register says so and none says that they are active
-- own_interest  one row an interest: parties, register, dates, interval, what it speaks about, and its basis:
--               direct    a stake of its own
--               assumed   a person declared as beneficial owner without a word on intermediaries: a stake,
--                         unless a chain leads to the same company
--               indirect  a conclusion of the register over a chain, not a stake
CREATE OR REPLACE TEMP TABLE own_party AS
SELECT
  CAST(row_number() OVER (ORDER BY party_id) - 1 AS BIGINT) AS party,
  party_id,
  kind,
  name
FROM
  party;

CREATE OR REPLACE TEMP TABLE own_record AS
SELECT
  r.record_id,
  p.party,
  r.register
FROM
  party_record AS r
  JOIN own_party AS p USING (party_id);

CREATE OR REPLACE TEMP TABLE own_ceased AS
SELECT
  r.party
FROM
  current_entity AS e
  JOIN own_record AS r USING (record_id)
GROUP BY
  r.party
HAVING
  coalesce(bool_or(
    CASE
      WHEN e.dissolution_date IS NOT NULL THEN e.dissolution_date <= CAST($as_of AS DATE)
      WHEN e.status = 'ceased' OR e.record_status = 'closed'
        THEN coalesce(TRY_CAST(left(e.statement_date, 10) AS DATE) <= CAST($as_of AS DATE), true)
      ELSE false
    END
  ), false)
  AND NOT coalesce(bool_or(
    e.status = 'active' AND e.record_status <> 'closed'
    AND (e.dissolution_date IS NULL OR e.dissolution_date > CAST($as_of AS DATE))
  ), false);

CREATE OR REPLACE TEMP TABLE own_arrangement AS
SELECT DISTINCT
  r.party
FROM
  current_entity AS e
  JOIN own_record AS r USING (record_id)
WHERE
  e.entity_type = 'arrangement'
  AND coalesce(e.entity_subtype, 'other') <> 'trust';

-- Stakes that several hold together, of which the register gives no parts (own_joint): an arrangement that it calls joint.
-- Latvia has them (JOINT_OWNERS), and a publisher of BODS can state them so; the formats of the other registers have no
-- word for them (UK natures "as firm" and "as trust" are stakes through a firm or trust that the person controls).
CREATE OR REPLACE TEMP TABLE own_joint AS
SELECT DISTINCT
  a.party
FROM
  own_arrangement AS a
  JOIN own_record AS r ON r.party = a.party
  JOIN current_entity AS e ON e.record_id = r.record_id
WHERE
  regexp_matches(lower(concat_ws(' ', e.entity_type_details, e.name)), '\bjoint(ly|_owners)?\b')
  AND NOT regexp_matches(lower(concat_ws(' ', e.entity_type_details, e.name)), '\bjoint[ -]venture');

CREATE OR REPLACE TEMP TABLE own_stated AS
SELECT
  s.statement_id,
  s.record_id,
  s.source_id,
  split_part(s.source_id, '@', 1) AS register,
  TRY_CAST(left(s.statement_date, 10) AS DATE) AS statement_date,
  s.record_status,
  s.is_component,
  coalesce(len(s.component_records), 0) > 0 AS has_components,
  s.interested_party_record_id AS owner_record,
  s.subject_record_id AS owned_record,
  o.party AS owner,
  c.party AS owned,
  o_p.kind AS owner_kind,
  unnest(
    CASE
      WHEN coalesce(len(s.interests), 0) = 0 THEN [{
        'type': 'unknownInterest', 'direct_or_indirect': NULL, 'beneficial_ownership_or_control': NULL,
        'share_exact': NULL, 'share_min': NULL, 'share_max': NULL, 'share_min_exclusive': NULL,
        'share_max_exclusive': NULL, 'start_date': NULL, 'end_date': NULL, 'details': NULL
      }]
      ELSE s.interests
    END
  ) AS interest
FROM
  current_relationship AS s
  JOIN own_record AS o ON o.record_id = s.interested_party_record_id
  JOIN own_record AS c ON c.record_id = s.subject_record_id
  JOIN own_party AS o_p ON o_p.party = o.party;

CREATE OR REPLACE TEMP TABLE own_interest_ever AS
SELECT
  s.* EXCLUDE (interest),
  coalesce(s.interest.type, 'unknownInterest') AS type,
  s.interest.direct_or_indirect AS directness,
  coalesce(s.interest.beneficial_ownership_or_control, false) AS is_beneficial,
  s.interest.details AS details,
  s.interest.start_date AS start_date,
  -- A closed statement ends what it states on its own date, where the interest has no end of its own.
  CASE
    WHEN s.record_status = 'closed'
      THEN coalesce(s.interest.end_date, s.statement_date, DATE '0001-01-01')
    ELSE s.interest.end_date
  END AS end_date,
  coalesce(s.interest.share_exact, s.interest.share_min, s.interest.share_max) IS NOT NULL AS is_quantified,
  least(greatest(coalesce(s.interest.share_exact, s.interest.share_min, 0), 0), 100) AS stated_min,
  least(greatest(coalesce(s.interest.share_exact, s.interest.share_max, 100), 0), 100) AS stated_max,
  s.interest.share_exact IS NULL AND coalesce(s.interest.share_min_exclusive, false) AS min_exclusive,
  s.interest.share_exact IS NULL AND coalesce(s.interest.share_max_exclusive, false) AS max_exclusive,
  CASE
    WHEN s.is_component THEN 'direct'
    WHEN s.interest.direct_or_indirect = 'indirect' THEN 'indirect'
    WHEN s.interest.direct_or_indirect = 'direct' THEN 'direct'
    WHEN s.has_components THEN 'indirect'
    WHEN s.owner_kind = 'person' AND coalesce(s.interest.beneficial_ownership_or_control, false) THEN 'assumed'
    ELSE 'direct'
  END AS basis
FROM
  own_stated AS s;

-- An interest without a start is taken to hold from its statement on; without either, always.
CREATE OR REPLACE TEMP TABLE own_interest AS
SELECT
  i.* REPLACE (
    least(i.stated_min, i.stated_max) AS stated_min,
    greatest(i.stated_min, i.stated_max) AS stated_max
  )
FROM
  own_interest_ever AS i
WHERE
  (coalesce(i.start_date, i.statement_date) IS NULL OR coalesce(i.start_date, i.statement_date) <= CAST($as_of AS DATE))
  AND (i.end_date IS NULL OR i.end_date > CAST($as_of AS DATE))
  AND i.owned NOT IN (SELECT party FROM own_ceased);

-- These hold every statement of all time: gigabytes, where there are a million.
DROP TABLE own_stated;
DROP TABLE own_interest_ever;
