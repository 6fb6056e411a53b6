-- Which identifiers do the records carry, and which records of one register carry the same?
CREATE OR REPLACE TEMP TABLE own_identifier AS
SELECT DISTINCT
  n.position,
  n.record_id,
  n.register,
  i.scheme || ':' || i.id AS identifier
FROM
  (
    SELECT record_id, register, CAST(row_number() OVER (ORDER BY record_id) - 1 AS BIGINT) AS position FROM own_record
  ) AS n
  JOIN (
    SELECT record_id, unnest(identifiers, recursive := true) FROM current_entity
    UNION ALL BY NAME
    SELECT record_id, unnest(identifiers, recursive := true) FROM current_person
  ) AS i USING (record_id)
WHERE
  i.scheme IS NOT NULL
  AND i.id IS NOT NULL
  AND coalesce(i.is_valid, true);

SELECT
  position,
  min(position) OVER (PARTITION BY register, identifier) AS anchor
FROM
  own_identifier
ORDER BY
  position,
  anchor;
