-- Lines that belong to a party: sanctions, documents, addresses, links that say nothing of ownership, things it owns.
SELECT source_file, source_row
FROM (SELECT source_file, source_row, unnest(properties.entity) AS id FROM raw_entity WHERE schema = 'Sanction') AS sanction
SEMI JOIN ftm_party USING (id)
UNION ALL
SELECT source_file, source_row
FROM (
    SELECT source_file, source_row, unnest(properties.holder) AS id
    FROM raw_entity
    WHERE schema IN (SELECT schema FROM schemata WHERE kind = 'document')
) AS document
SEMI JOIN ftm_party USING (id)
UNION ALL
SELECT source_file, source_row
FROM raw_entity
SEMI JOIN (SELECT DISTINCT unnest(place_ids) AS id FROM ftm_place) AS place USING (id)
WHERE schema = 'Address'
UNION ALL
SELECT source_file, source_row FROM ftm_link_end SEMI JOIN ftm_party USING (id)
UNION ALL
SELECT thing.source_file, thing.source_row
FROM ftm_thing AS thing
SEMI JOIN (SELECT target AS id FROM ftm_edge WHERE source_kind IS NOT NULL) AS owned USING (id)
