-- What lines that are no party say about one: gathered by the id of the party.
--
-- ftm_party     id -> person or entity        ftm_thing  id -> schema, caption of things
-- ftm_edge      one row an owner and asset (controller, director …), with the kinds of both
-- ftm_listing   sanctions      ftm_document  numbers of identity documents
-- ftm_place     addresses      ftm_link      links that say nothing of ownership, at each end

CREATE OR REPLACE TABLE ftm_party AS
SELECT raw.id, any_value(schemata.kind) AS kind
FROM raw_entity AS raw
JOIN schemata USING (schema)
WHERE schemata.kind IN ('person', 'entity') AND raw.id IS NOT NULL
GROUP BY raw.id;

CREATE OR REPLACE TABLE ftm_thing AS
SELECT raw.id, raw.schema, raw.caption, raw.source_file, raw.source_row
FROM raw_entity AS raw
JOIN schemata USING (schema)
WHERE schemata.kind IN ('thing', 'post', 'text') AND raw.id IS NOT NULL;

CREATE OR REPLACE TABLE ftm_edge AS
WITH pair AS (
    SELECT
        raw.id, raw.source_file, raw.source_row, schemata.kind,
        coalesce(properties.owner, properties.controller, properties.director) AS sources,
        coalesce(properties.asset, properties.controlled, properties.organization) AS targets
    FROM raw_entity AS raw
    JOIN schemata USING (schema)
    WHERE schemata.kind IN ('ownership', 'control', 'office') AND raw.id IS NOT NULL
),
edge AS (
    SELECT id, source_file, source_row, kind, unnest(coalesce(nullif(sources, []), [NULL])) AS source, target
    FROM (SELECT * EXCLUDE (targets), unnest(targets) AS target FROM pair)
)
SELECT
    edge.*,
    source.kind AS source_kind,
    target.kind AS target_kind,
    thing.schema AS target_schema,
    thing.caption AS target_caption,
    row_number() OVER (
        PARTITION BY edge.source_file, edge.source_row ORDER BY edge.source, edge.target
    ) AS number
FROM edge
LEFT JOIN ftm_party AS source ON source.id = edge.source
LEFT JOIN ftm_party AS target ON target.id = edge.target
LEFT JOIN (
    SELECT id, min(schema) AS schema, min(caption) AS caption FROM ftm_thing GROUP BY id
) AS thing ON thing.id = edge.target;

-- A listing begins on the first day that the list names: `listingDate` is that of the notice, and of its latest version
-- in some lists, `startDate` that of its effect. Where it has ended and no day is given, it had ended by the export.
CREATE OR REPLACE TABLE ftm_listing AS
SELECT
    party AS id,
    list({
        'list': array_to_string(list_sort(datasets), ', '),
        'authority': one_line(list_sort(properties.authority), '; '),
        'programme': one_line(list_sort(coalesce(properties.programId, properties.program)), '; '),
        'reason': one_line(list_sort(properties.reason), '; '),
        'start_date': ftm_days(list_concat(properties.listingDate, properties.startDate))[1],
        'end_date': coalesce(ftm_end(properties.startDate, properties.endDate), CASE
            WHEN list_bool_or(list_transform(
                properties.status, lambda item: list_contains(getvariable('ftm_ended'), lower(trim(item)))
            )) THEN coalesce(ftm_days(properties.modifiedAt)[-1], CAST(getvariable('snapshot_date') AS DATE))
        END)
    } ORDER BY sanction_id, source_file, source_row) AS listings,
    to_json(list(json_merge_patch(
        json_object('id', sanction_id),
        coalesce(ftm_rest(record, '{"entity": null, "authority": null, "reason": null}'), '{}')
    ) ORDER BY sanction_id, source_file, source_row)) AS sanctions
FROM (
    SELECT raw.* EXCLUDE (id), raw.id AS sanction_id, unnest(list_distinct(properties.entity)) AS party
    FROM raw_entity AS raw
    WHERE schema = 'Sanction'
)
GROUP BY party;

CREATE OR REPLACE TABLE ftm_document AS
SELECT
    holder AS id,
    flatten(list(ftm_numbers(
        ftm_number_scheme(ftm_country(properties.country), CASE
            WHEN schema = 'Passport' OR list_bool_or(list_transform(properties.type, lambda item: item ILIKE '%passport%'))
                THEN 'PASSPORT'
            WHEN list_bool_or(list_transform(properties.type, lambda item: item ILIKE '%tax%')) THEN 'TAXID'
            ELSE 'IDCARD'
        END),
        list_concat(properties.number, properties.passportNumber)
    ) ORDER BY source_file, source_row)) AS numbers,
    to_json(list(
        ftm_rest(record, '{"holder": null, "number": null, "passportNumber": null, "summary": null, "description": null}')
        ORDER BY source_file, source_row
    )) AS documents
FROM (
    SELECT raw.*, unnest(list_distinct(properties.holder)) AS holder
    FROM raw_entity AS raw
    JOIN schemata USING (schema)
    WHERE kind = 'document'
)
GROUP BY holder;

CREATE OR REPLACE TABLE ftm_place AS
WITH place AS (
    SELECT
        id,
        
        any_value({
            'full': properties.full[1],
            'address': coalesce(
                one_line(list_concat(
                    list_sort(properties.street), list_sort(properties.street2), list_sort(properties.place),
                    list_sort(properties.postOfficeBox)
                )),
                properties.full[1], properties.remarks[1]
            ),
            'locality': one_line(list_sort(properties.city)),
            'region': one_line(list_sort(coalesce(properties.region, properties.state))),
            'post_code': properties.postalCode[1],
            'country': ftm_country(properties.country)
        }) AS place
    FROM raw_entity
    WHERE schema = 'Address' AND id IS NOT NULL
    GROUP BY id
)
SELECT party.id, list(DISTINCT place.id ORDER BY place.id) AS place_ids, list(place.place ORDER BY place.id) AS places
FROM (
    SELECT DISTINCT raw.id, unnest(properties.addressEntity) AS place_id
    FROM raw_entity AS raw
    JOIN schemata USING (schema)
    WHERE kind IN ('person', 'entity')
) AS party
JOIN place ON place.id = party.place_id
GROUP BY party.id;

-- Which end of a link is which differs from schema to schema.
CREATE OR REPLACE TABLE ftm_link_end AS
WITH link AS (
    SELECT
        raw.source_file, raw.source_row, raw.id AS link_id, raw.record, raw.schema,
        CAST(json_extract(record, '$.properties.' || schemata.source) AS VARCHAR[]) AS sources,
        CAST(json_extract(record, '$.properties.' || schemata.target) AS VARCHAR[]) AS targets
    FROM raw_entity AS raw
    JOIN schemata USING (schema)
    WHERE kind = 'link'
)
SELECT source_file, source_row, link_id, record, schema, unnest(list_distinct(coalesce(list_concat(sources, targets), []))) AS id
FROM link
UNION ALL
-- An office, stake or control whose subject is no entity, and the thing that is owned, stay with the party that has it.
SELECT edge.source_file, edge.source_row, edge.id, raw.record, raw.schema, edge.source
FROM ftm_edge AS edge
JOIN raw_entity AS raw USING (source_file, source_row)
WHERE edge.target_kind IS DISTINCT FROM 'entity' AND edge.source IS NOT NULL
    AND (edge.target_kind = 'person' OR edge.target_schema IS NOT NULL);

CREATE OR REPLACE TABLE ftm_link AS
SELECT
    id,
    to_json(list(json_merge_patch(
        json_object('id', link_id, 'schema', schema), coalesce(ftm_rest(record, '{}'), '{}')
    ) ORDER BY link_id, source_file, source_row)) AS links
FROM ftm_link_end
GROUP BY id;

CREATE OR REPLACE TABLE ftm_thing_link AS
SELECT DISTINCT link.source_file, link.source_row
FROM ftm_link_end AS link
SEMI JOIN ftm_thing USING (id);
