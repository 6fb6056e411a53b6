-- What does each register show by itself, and what joins its records to those of others?
--
-- own_native     record -> class: records that one register links itself (equal identifier); own_anchor gives the links
-- own_bit        register -> bit in a set of registers
-- own_walkable   statements that connect an owner to a company, between classes
-- own_direct     classes of one party that resolution joined, with the best match probability
CREATE OR REPLACE TEMP TABLE own_bit AS
SELECT
  register,
  CAST(1 AS HUGEINT) << CAST(row_number() OVER (ORDER BY register) - 1 AS INTEGER) AS bit
FROM
  (SELECT DISTINCT register FROM own_record UNION SELECT DISTINCT register FROM own_interest);

CREATE OR REPLACE TEMP TABLE own_native AS
SELECT
  r.record_id,
  r.party,
  r.register,
  b.bit,
  n.class
FROM
  own_record AS r
  JOIN own_bit AS b USING (register)
  JOIN own_class AS n USING (record_id);

CREATE OR REPLACE TEMP TABLE own_walkable AS
SELECT DISTINCT
  o.party AS owner,
  c.party AS owned,
  o.class AS owner_class,
  c.class AS owned_class,
  i.owner_record,
  i.owned_record,
  b.bit,
  i.statement_id
FROM
  own_interest AS i
  JOIN own_bit AS b ON b.register = i.register
  JOIN own_native AS o ON o.record_id = i.owner_record
  JOIN own_native AS c ON c.record_id = i.owned_record
WHERE
  o.party <> c.party
  AND i.type IN (SELECT type FROM own_dimension);

CREATE OR REPLACE TEMP TABLE own_direct AS
WITH
  carried AS (
    SELECT DISTINCT n.party, n.class, n.bit, i.identifier FROM own_identifier AS i JOIN own_native AS n USING (record_id)
  ),
  joined AS (
    SELECT
      l.party,
      l.class AS class_l,
      l.bit AS bit_l,
      r.class AS class_r,
      r.bit AS bit_r,
      -- What a person judged the same is certain, whatever the model says.
      max(CASE WHEN m.method = 'judgement' THEN 1.0 ELSE coalesce(m.match_probability, 1.0) END) AS probability
    FROM
      match AS m
      JOIN own_native AS l ON l.record_id = m.record_id_l
      JOIN own_native AS r ON r.record_id = m.record_id_r
    WHERE
      m.is_joined
      AND l.party = r.party
      AND l.class <> r.class
    GROUP BY
      ALL
  )
SELECT
  party,
  class_l,
  class_r,
  bit_r,
  max(probability) AS probability
FROM
  (
    SELECT party, class_l, class_r, bit_r, probability FROM joined
    UNION ALL
    -- The same identifier in two registers joins their records without a third.
    SELECT l.party, l.class, r.class, r.bit, 1.0
    FROM carried AS l JOIN carried AS r ON r.party = l.party AND r.identifier = l.identifier AND r.class <> l.class
    UNION ALL
    SELECT party, class_r, class_l, bit_l, probability FROM joined
  )
GROUP BY
  ALL;

-- Classes of a party that has several; the weakest merge in it stands in where no path of merges is followed.
CREATE OR REPLACE TEMP TABLE own_many AS
SELECT
  party,
  count(DISTINCT class) AS classes,
  coalesce((SELECT min(d.probability) FROM own_direct AS d WHERE d.party = n.party), 1.0) AS weakest
FROM
  own_native AS n
GROUP BY
  party
HAVING
  count(DISTINCT class) > 1;

CREATE OR REPLACE TEMP TABLE own_link AS
SELECT
  d.party,
  d.class_l,
  d.class_r,
  CAST(0 AS HUGEINT) AS between_mask,
  d.probability
FROM
  own_direct AS d
  JOIN own_many AS m USING (party)
WHERE
  m.classes <= $linked_classes;
