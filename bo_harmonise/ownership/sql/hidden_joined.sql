-- Which classes of one party are joined, and how surely? Only for the parties that walks begin at or pass through.
--
-- own_direct     classes that one merge joins, with the best match probability
-- own_many       parties of several classes; the weakest merge in them stands in where no path of merges is followed
-- own_link       classes that a path of merges joins (see hidden_link.sql); the registers of the records between
CREATE OR REPLACE TEMP TABLE own_passed AS
SELECT owner AS party FROM own_top
UNION
SELECT DISTINCT w.owner FROM own_walkable AS w SEMI JOIN own_walkable AS e ON e.owned = w.owner;

CREATE OR REPLACE TEMP TABLE own_direct AS
WITH
  carried AS (
    SELECT DISTINCT
      n.party,
      n.class,
      n.bit,
      i.identifier
    FROM
      own_identifier AS i
      JOIN own_native AS n USING (record_id)
      SEMI JOIN own_passed AS q ON q.party = n.party
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
      SEMI JOIN own_passed AS q ON q.party = l.party
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

CREATE OR REPLACE TEMP TABLE own_many AS
SELECT
  n.party,
  n.classes,
  coalesce(d.weakest, 1.0) AS weakest
FROM
  (
    SELECT party, count(DISTINCT class) AS classes
    FROM own_native SEMI JOIN own_passed USING (party)
    GROUP BY party
    HAVING count(DISTINCT class) > 1
  ) AS n
  LEFT JOIN (SELECT party, min(probability) AS weakest FROM own_direct GROUP BY party) AS d USING (party);

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
