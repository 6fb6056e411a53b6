-- One statement further down: from the record at which a walk stands, over the merges of its party, to the next
-- company. A walk is kept when no other from the same record of the owner comes there with no more registers.
CREATE OR REPLACE TEMP TABLE own_walk_next AS
WITH
  onward AS (
    SELECT
      w.*,
      e.owned AS to_party,
      e.owned_class AS to_class,
      e.owned_record AS to_record,
      e.owner_record AS from_record,
      e.statement_id,
      e.has_figure,
      e.bit,
      CASE WHEN e.owner_class = w.at_class THEN 1.0 ELSE coalesce(l.probability, m.weakest, 1.0) END AS probability,
      CASE WHEN e.owner_class = w.at_class THEN CAST(0 AS HUGEINT) ELSE coalesce(l.between_mask, CAST(0 AS HUGEINT)) END
        AS between_mask,
      CASE WHEN e.owner_class = w.at_class THEN 1.0 ELSE coalesce(l.combined, m.weakest, 1.0) END AS together,
      l.merges AS path,
      e.owner_class <> w.at_class AS is_merge
    FROM
      own_walk AS w
      JOIN own_walkable AS e ON e.owner = w.company AND e.owned <> w.owner
      LEFT JOIN own_link_all AS l ON l.class_l = w.at_class AND l.class_r = e.owner_class
      LEFT JOIN own_many AS m ON m.party = w.company
    WHERE
      w.depth = $depth
      AND NOT list_contains(w.chain, e.owned)
  ),
  scored AS (
    SELECT
      owner,
      start_class,
      start_record,
      to_party AS company,
      to_class AS at_class,
      to_record AS at_record,
      mask | bit | between_mask AS mask,
      least(weakest, probability) AS weakest,
      combined * together AS combined,
      list_append(chain, to_party) AS chain,
      list_append(statement_ids, statement_id) AS statement_ids,
      CASE
        WHEN is_merge THEN list_concat(
          merges,
          coalesce(
            path, [{'record_id_l': at_record, 'record_id_r': from_record, 'match_probability': probability}]
          )
        )
        ELSE merges
      END AS merges,
      depth + 1 AS depth,
      has_figure
    FROM
      onward
  )
SELECT
  s.* EXCLUDE (has_figure)
FROM
  scored AS s
QUALIFY
  row_number() OVER (
    PARTITION BY s.owner, s.start_class, s.at_class, s.mask
    ORDER BY s.weakest DESC, s.combined DESC, s.has_figure DESC, s.statement_ids
  ) = 1;

CREATE OR REPLACE TEMP TABLE own_walk_new AS
SELECT
  n.*
FROM
  own_walk_next AS n
WHERE
  NOT EXISTS (
    SELECT 1
    FROM own_walk AS w
    WHERE
      w.owner = n.owner
      AND w.start_class = n.start_class
      AND w.at_class = n.at_class
      AND w.mask & n.mask = w.mask
  )
  AND NOT EXISTS (
    SELECT 1
    FROM own_walk_next AS w
    WHERE
      w.owner = n.owner
      AND w.start_class = n.start_class
      AND w.at_class = n.at_class
      AND w.mask & n.mask = w.mask
      AND w.mask <> n.mask
  );

INSERT INTO own_walk FROM own_walk_new;

SELECT count(*) FROM own_walk_new;
