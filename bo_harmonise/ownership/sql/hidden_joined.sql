-- Which classes of one party are joined, and how surely? Only for the parties that walks begin at or pass through.
--
-- own_direct     classes that one merge joins, with the best match probability and the two records that have it
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
      i.identifier,
      i.record_id
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
      CASE WHEN m.method = 'judgement' THEN 1.0 ELSE coalesce(m.match_probability, 1.0) END AS probability,
      m.record_id_l,
      m.record_id_r
    FROM
      match AS m
      JOIN own_native AS l ON l.record_id = m.record_id_l
      JOIN own_native AS r ON r.record_id = m.record_id_r
      SEMI JOIN own_passed AS q ON q.party = l.party
    WHERE
      m.is_joined
      AND l.party = r.party
      AND l.class <> r.class
  )
SELECT
  party,
  class_l,
  class_r,
  bit_r,
  max(probability) AS probability,
  arg_min({'l': record_id_l, 'r': record_id_r}, (-probability, record_id_l, record_id_r)) AS records
FROM
  (
    SELECT party, class_l, class_r, bit_r, probability, record_id_l, record_id_r FROM joined
    UNION ALL
    -- The same identifier in two registers joins their records without a third.
    SELECT l.party, l.class, r.class, r.bit, 1.0, least(l.record_id, r.record_id), greatest(l.record_id, r.record_id)
    FROM carried AS l JOIN carried AS r ON r.party = l.party AND r.identifier = l.identifier AND r.class <> l.class
    UNION ALL
    SELECT party, class_r, class_l, bit_l, probability, record_id_l, record_id_r FROM joined
  )
GROUP BY
  ALL;
