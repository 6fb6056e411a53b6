-- Where do the walks of the owners in own_top begin? With each statement of theirs, at the record it names.
CREATE OR REPLACE TEMP TABLE own_link_all AS
SELECT
  l.party,
  l.class_l,
  l.class_r,
  l.between_mask,
  p.probability,
  p.combined,
  p.merges
FROM
  own_link AS l
  JOIN own_path AS p ON p.party = l.party AND p.class_l = l.class_l AND p.class_r = l.class_r
UNION ALL
-- Classes that merges do not connect (or of parties with very many records): joined, as the party says, by
-- merges of which the weakest is taken.
SELECT
  l.party,
  l.class,
  r.class,
  CAST(0 AS HUGEINT),
  m.weakest,
  m.weakest,
  NULL
FROM
  own_many AS m
  JOIN (SELECT DISTINCT party, class FROM own_native) AS l ON l.party = m.party
  JOIN (SELECT DISTINCT party, class FROM own_native) AS r ON r.party = m.party AND r.class <> l.class
  ANTI JOIN own_link AS known ON known.class_l = l.class AND known.class_r = r.class
WHERE
  m.classes <= $linked_classes;

CREATE OR REPLACE TEMP TABLE own_walk AS
SELECT
  w.owner,
  w.owner_class AS start_class,
  any_value(w.owner_record ORDER BY w.has_figure DESC, w.statement_id) AS start_record,
  w.owned AS company,
  w.owned_class AS at_class,
  any_value(w.owned_record ORDER BY w.has_figure DESC, w.statement_id) AS at_record,
  w.bit AS mask,
  1.0::DOUBLE AS weakest,
  1.0::DOUBLE AS combined,
  [w.owner, w.owned] AS chain,
  [any_value(w.statement_id ORDER BY w.has_figure DESC, w.statement_id)] AS statement_ids,
  CAST([] AS STRUCT(record_id_l VARCHAR, record_id_r VARCHAR, match_probability DOUBLE)[]) AS merges,
  1 AS depth
FROM
  own_walkable AS w
  JOIN own_top AS t ON t.owner = w.owner
GROUP BY
  w.owner,
  w.owner_class,
  w.owned,
  w.owned_class,
  w.bit;
