-- By which pairs of records are the classes of a party one? By those of the surest path between them: own_tree (both
-- directions) is the spanning tree of the surest pairs of own_direct, and holds for every two classes the path whose
-- weakest pair is the strongest. Records that are together only through others are as sure as the pairs that join them,
-- not as the pair of the two, which may be far below the threshold.
--
-- own_many       parties of several classes; the weakest pair of the tree stands in where no path is followed
-- own_path       the surest path between two classes: its weakest pair, all pairs together, the pairs
-- own_link       classes that merges join, and the registers of the records between (see hidden_link.sql); several rows a
--                pair, where different registers serve
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
  LEFT JOIN (SELECT party, min(probability) AS weakest FROM own_tree GROUP BY party) AS d USING (party);

CREATE OR REPLACE TEMP TABLE own_path AS
WITH RECURSIVE
  pair AS (
    SELECT
      t.party,
      t.class_l,
      t.class_r,
      t.probability,
      {'record_id_l': t.record_id_l, 'record_id_r': t.record_id_r, 'match_probability': t.probability} AS merge
    FROM
      own_tree AS t
      JOIN own_many AS m USING (party)
    WHERE
      m.classes <= $linked_classes
  ),
  path AS (
    SELECT party, class_l, class_r, class_l AS before, probability, probability AS combined, [merge] AS merges FROM pair
    UNION ALL
    SELECT
      p.party,
      p.class_l,
      t.class_r,
      p.class_r,
      least(p.probability, t.probability),
      p.combined * t.probability,
      list_append(p.merges, t.merge)
    FROM
      path AS p
      JOIN pair AS t ON t.party = p.party AND t.class_l = p.class_r AND t.class_r <> p.before
  )
SELECT party, class_l, class_r, probability, combined, merges FROM path;

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
