-- Which records are there? One number a record, in the order of record_id.
CREATE OR REPLACE TEMP TABLE resolve_record AS
SELECT CAST(row_number() OVER (ORDER BY record_id) - 1 AS INTEGER) AS record_no, *
FROM (
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
);
