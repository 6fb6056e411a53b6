-- Why a line is no statement and belongs to none.
SELECT
    raw.source_file,
    raw.source_row,
    CASE
        WHEN raw.id IS NULL THEN 'no-id'
        WHEN schemata.schema IS NULL THEN 'unknown-schema'
        ELSE 'no-party'
    END AS code,
    CASE
        WHEN raw.id IS NULL THEN 'expected id, found none'
        WHEN schemata.schema IS NULL THEN 'expected a schema of FollowTheMoney, found ' || coalesce(raw.schema, 'none')
        ELSE concat('the ', raw.schema, ' is about an entity that the export does not have: ', coalesce(
            nullif(array_to_string(coalesce(
                properties.entity, properties.holder, properties.asset, properties.controlled, properties.organization
            ), ', '), ''),
            'none is named'
        ))
    END AS message
FROM raw_entity AS raw
LEFT JOIN schemata USING (schema)
