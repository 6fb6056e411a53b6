-- What all statements of the export need: source, place in the series of the record, resolved identity, references.
-- Input: views exported_{entity,person,relationship}, tables country_title (code, name) and licence_link (name, url).

-- A URI as RFC 3986 writes it; null for anything else, which the standard would refuse.
CREATE OR REPLACE TEMP MACRO as_uri(text) AS
    list_filter([text], lambda t: regexp_full_match(t, '[A-Za-z][A-Za-z0-9+.-]*:(%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#@!$&''()*+,;=-])+'))[1];

CREATE OR REPLACE TEMP MACRO as_moment(text) AS
    list_filter([text], lambda t: try_cast(left(t, 10) AS DATE) IS NOT NULL AND regexp_full_match(
        t, '[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[+-][0-2][0-9]:[0-5][0-9]))?'
    ))[1];

-- An object without its null members; null when nothing is left.
CREATE OR REPLACE TEMP MACRO some_of(value) AS
    list_filter([json_strip_nulls(to_json(value))], lambda v: v NOT IN ('{}', '[]'))[1];

CREATE OR REPLACE TEMP MACRO as_text(value) AS CASE WHEN json_type(value) = 'VARCHAR' THEN value ->> '$' END;

-- Registers that are published in this standard keep in `extra` what no column holds, under the standard's names.
CREATE OR REPLACE TEMP TABLE export_source AS
SELECT
    source_id,
    any_value(register) AS register,
    bool_or(split_part(adapter_version, ' ', 1) = 'bods') AS is_native,
    any_value(snapshot_date) AS snapshot_date,
    any_value(source.title) AS title,
    any_value(publisher) AS publisher,
    any_value(retrieved_at) AS retrieved_at,
    any_value(as_uri(source.url)) AS link,
    coalesce(any_value(as_uri(licence)), any_value(licence_link.url)) AS license,
    any_value(licence) AS licence
FROM source
LEFT JOIN licence_link ON lower(licence_link.name) = lower(licence)
GROUP BY source_id;

-- All versions of a record in order: a record begins once and ends last.
CREATE OR REPLACE TEMP TABLE export_series AS
SELECT
    statement_id,
    kind,
    statement_date,
    CASE
        WHEN record_status = 'new' AND number > 1 OR record_status = 'closed' AND number < versions THEN 'updated'
        ELSE record_status
    END AS record_status
FROM (
    SELECT
        statement_id,
        kind,
        record_status,
        coalesce(as_moment(statement_date), CAST(export_source.snapshot_date AS VARCHAR)) AS statement_date,
        row_number() OVER (
            PARTITION BY kind, record_id
            ORDER BY try_cast(coalesce(as_moment(statement_date), CAST(export_source.snapshot_date AS VARCHAR)) AS TIMESTAMPTZ),
                export_source.snapshot_date, source_file, source_row, statement_id
        ) AS number,
        count(*) OVER (PARTITION BY kind, record_id) AS versions
    FROM (
        SELECT 'entity' AS kind, statement_id, record_id, record_status, statement_date, source_id, source_file, source_row
        FROM exported_entity
        UNION ALL
        SELECT 'person', statement_id, record_id, record_status, statement_date, source_id, source_file, source_row
        FROM exported_person
        UNION ALL
        SELECT 'relationship', statement_id, record_id, record_status, statement_date, source_id, source_file, source_row
        FROM exported_relationship
    )
    JOIN export_source USING (source_id)
);

-- Records that were joined with others, and by what at best.
CREATE OR REPLACE TEMP TABLE export_identity AS
WITH shared AS (
    SELECT party_id, count(*) AS records FROM party_record GROUP BY party_id HAVING count(*) > 1
),
link AS (
    SELECT record_id_l AS record_id, record_id_r AS other, method, match_probability FROM match WHERE is_joined
    UNION ALL
    SELECT record_id_r, record_id_l, method, match_probability FROM match WHERE is_joined
),
best AS (
    SELECT DISTINCT ON (record_id) record_id, other, method, match_probability
    FROM link
    ORDER BY record_id, match_probability DESC NULLS LAST, method, other
)
SELECT
    party_record.record_id,
    json_strip_nulls(to_json({
        'statementPointerTarget': '',
        'motivation': 'identifying',
        'description': concat(
            'Resolved across registers: one of ', shared.records, ' records taken to be the party ', party_record.party_id,
            CASE WHEN best.method IS NOT NULL THEN concat('; joined with ', best.other, ' by ', best.method) END,
            CASE WHEN best.match_probability IS NOT NULL
                THEN concat(', match probability ', round(best.match_probability, 4)) END,
            '.'
        ),
        'createdBy': {'name': 'bo_harmonise'},
        'partyId': party_record.party_id,
        'recordCount': shared.records,
        'method': best.method,
        'matchedRecordId': best.other,
        'matchProbability': best.match_probability
    })) AS annotation
FROM party_record
JOIN shared USING (party_id)
LEFT JOIN best USING (record_id);

CREATE OR REPLACE TEMP TABLE export_record AS
SELECT DISTINCT record_id FROM exported_entity
UNION
SELECT DISTINCT record_id FROM exported_person
UNION
SELECT DISTINCT record_id FROM exported_relationship;

-- A person's statement belongs to the network of an entity in which the person holds something.
CREATE OR REPLACE TEMP TABLE export_holding AS
SELECT interested_party_record_id AS record_id, min(subject_record_id) AS subject
FROM exported_relationship
WHERE interested_party_type = 'person' AND subject_record_id IS NOT NULL
GROUP BY interested_party_record_id;

-- Annotations as published; one that breaks the standard is told in a comment.
CREATE OR REPLACE TEMP MACRO as_annotation(item) AS
    CASE
        WHEN json_type(item, '$.statementPointerTarget') = 'VARCHAR'
            AND (item ->> '$.motivation') IN ('commenting', 'correcting', 'identifying', 'linking', 'transformation')
            AND ((item ->> '$.motivation') <> 'linking' OR as_uri(item ->> '$.url') IS NOT NULL)
            AND ((item ->> '$.motivation') = 'transformation' OR coalesce(item ->> '$.transformedContent', '') = '')
            AND (coalesce(json_type(item, '$.creationDate'), 'NULL') = 'NULL' OR as_moment(item ->> '$.creationDate') IS NOT NULL)
            AND (coalesce(json_type(item, '$.url'), 'NULL') = 'NULL' OR as_uri(item ->> '$.url') IS NOT NULL)
            AND coalesce(json_type(item, '$.description'), 'NULL') IN ('NULL', 'VARCHAR')
            AND coalesce(json_type(item, '$.transformedContent'), 'NULL') IN ('NULL', 'VARCHAR')
            AND coalesce(json_type(item, '$.createdBy'), 'NULL') IN ('NULL', 'OBJECT')
            AND coalesce(json_type(item, '$.createdBy.name'), 'NULL') IN ('NULL', 'VARCHAR')
            AND (coalesce(json_type(item, '$.createdBy.uri'), 'NULL') = 'NULL' OR as_uri(item ->> '$.createdBy.uri') IS NOT NULL)
            THEN item
        ELSE to_json({
            'statementPointerTarget': '', 'motivation': 'commenting',
            'description': concat('Annotation as published: ', item), 'createdBy': {'name': 'bo_harmonise'}
        })
    END;

CREATE OR REPLACE TEMP MACRO as_comment(text) AS
    to_json({
        'statementPointerTarget': '', 'motivation': 'commenting', 'description': text,
        'createdBy': {'name': 'bo_harmonise'}
    });

-- Items of a list with the members that only the publisher knows, which `rest` holds in the same places.
CREATE OR REPLACE TEMP MACRO with_rest(items, rest, known) AS
    CASE
        WHEN json_type(rest) = 'ARRAY' THEN list_transform(items, lambda item, place:
            CASE json_type(json_extract(rest, '$[*]')[place])
                WHEN 'OBJECT' THEN json_merge_patch(
                    json_merge_patch(json_extract(rest, '$[*]')[place], known), json_strip_nulls(to_json(item))
                )
                ELSE json_strip_nulls(to_json(item))
            END)
        ELSE list_transform(items, lambda item: json_strip_nulls(to_json(item)))
    END;

SET VARIABLE country_titles = (
    SELECT concat(chr(10), string_agg(concat(code, '=', name), chr(10) ORDER BY code), chr(10)) FROM country_title
);

-- Value of a key in a text of lines `key=value`; a map would be copied into every expression that uses it.
CREATE OR REPLACE TEMP MACRO look_up(lines, key) AS
    split_part(string_split(lines, chr(10) || key || '=')[2], chr(10), 1);

-- Country by code, with the name that the publisher gave in the same place of `rest`, else its name in ISO 3166.
CREATE OR REPLACE TEMP MACRO as_country(code, published) AS
    CASE WHEN code IS NOT NULL THEN to_json({
        'name': coalesce(as_text(published), look_up(getvariable('country_titles'), code), code), 'code': code
    }) END;

CREATE OR REPLACE TEMP MACRO as_countries(codes, published) AS
    list_transform(codes, lambda code, place: as_country(
        code,
        CASE
            WHEN json_type(published) = 'ARRAY' AND json_array_length(published) = len(codes)
                THEN json_extract(json_extract(published, '$[*]')[place], '$.name')
        END
    ));

-- Where a country had no code, the list stands in `rest` as it was published, names without a code among them.
CREATE OR REPLACE TEMP MACRO with_uncoded(countries, published) AS
    CASE
        WHEN json_type(published) = 'ARRAY' AND json_array_length(published) > coalesce(len(countries), 0)
            THEN list_concat(countries, list_filter(
                json_extract(published, '$[*]'),
                lambda item: json_type(item, '$.name') = 'VARCHAR' AND NOT list_contains(
                    list_transform(countries, lambda country: country ->> '$.name'), item ->> '$.name'
                ) AND item ->> '$.code' IS NULL
            ))
        ELSE countries
    END;

CREATE OR REPLACE TEMP MACRO as_addresses(addresses, published, types) AS
    list_filter(with_rest(
        list_transform(addresses, lambda item, place: {
            'type': list_filter([item.type], lambda t: list_contains(types, t))[1],
            'address': list_filter([array_to_string(list_filter(
                [item.address, item.locality, item.region], lambda part: part IS NOT NULL AND part <> ''
            ), ', ')], lambda line: line <> '')[1],
            'postCode': item.post_code,
            'country': as_country(
                item.country, json_extract(json_extract(published, '$[*]')[place], '$.country.name')
            )
        }),
        published, '{"type": null, "address": null, "postCode": null, "country": null}'
    ), lambda item: item <> '{}');

-- Identifiers need a scheme or its name. National numbers are keyed hashes here: they are in no scheme any more.
CREATE OR REPLACE TEMP MACRO as_identifiers(identifiers, published, is_person, publisher) AS
    with_rest(
        list_transform(identifiers, lambda item: {
            'id': item.id,
            'scheme': CASE WHEN NOT is_person THEN item.scheme END,
            'schemeName': CASE
                WHEN is_person AND regexp_full_match(item.scheme, '[A-Z]{3}-(PASSPORT|TAXID|IDCARD)')
                    THEN concat(item.scheme, ' (keyed hash)', CASE WHEN item.scheme_name IS NOT NULL THEN ', ' END, item.scheme_name)
                WHEN is_person THEN coalesce(item.scheme_name, item.scheme, concat(publisher, '-person'))
                WHEN item.scheme IS NULL THEN coalesce(item.scheme_name, concat(publisher, '-entity'))
                ELSE item.scheme_name
            END,
            'uri': as_uri(item.uri)
        }),
        published, '{"id": null, "scheme": null, "schemeName": null, "uri": null}'
    );

-- The publisher's own members of recordDetails, wherever the version of the standard had them.
CREATE OR REPLACE TEMP MACRO rest_of(own) AS
    CASE
        WHEN json_type(own, '$.recordDetails') = 'OBJECT' THEN json_extract(own, '$.recordDetails')
        WHEN starts_with(own ->> '$.publicationDetails.bodsVersion', '0.4') THEN '{}'::JSON
        ELSE json_merge_patch(own, '{
            "publicationDetails": null, "source": null, "statementDate": null, "replacesStatements": null
        }')
    END;
