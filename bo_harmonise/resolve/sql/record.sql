-- Which records are there? One number a record, in the order of record_id.
CREATE OR REPLACE TEMP TABLE resolve_record AS
WITH known AS (
    SELECT
        record_id,
        'entity' AS kind,
        source_id,
        split_part(source_id, '@', 1) AS register,
        entity_type NOT IN ('anonymousEntity', 'unknownEntity') AS is_known
    FROM current_entity
    UNION ALL
    SELECT
        record_id,
        'person' AS kind,
        source_id,
        split_part(source_id, '@', 1) AS register,
        person_type = 'knownPerson' AS is_known
    FROM current_person
),
-- How rare a word is, is counted on the deliveries that brought most of the records (four fifths of a kind).
-- What the others add hardly changes a rarity, and old scores can stand: docs/decisions/0003-increments.md.
brought AS (
    SELECT
        kind,
        delivery,
        sum(records) OVER (PARTITION BY kind ORDER BY records DESC, delivery) - records AS before,
        sum(records) OVER (PARTITION BY kind) AS total
    FROM (
        SELECT k.kind, coalesce(s.first_source_id, '') AS delivery, count(*) AS records
        FROM known AS k
        LEFT JOIN current_seen AS s USING (record_id)
        GROUP BY ALL
    )
)
SELECT
    CAST(row_number() OVER (ORDER BY k.record_id) - 1 AS INTEGER) AS record_no,
    k.*,
    5 * b.before < 4 * b.total AS is_reference
FROM known AS k
LEFT JOIN current_seen AS s USING (record_id)
JOIN brought AS b ON b.kind = k.kind AND b.delivery = coalesce(s.first_source_id, '');
