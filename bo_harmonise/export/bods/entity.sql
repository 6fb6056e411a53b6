-- Details of entities.
CREATE OR REPLACE TEMP VIEW export_entity AS
WITH statement AS (
    SELECT
        *,
        CASE WHEN is_native THEN try_cast(extra AS JSON) END AS own,
        CASE WHEN is_native THEN rest_of(try_cast(extra AS JSON)) END AS rest
    FROM exported_entity
    JOIN export_source USING (source_id)
)
SELECT
    'entity' AS kind,
    statement.statement_id,
    statement.record_id,
    statement.source_id,
    statement.source_key,
    statement.source_file,
    statement.source_row,
    statement.is_component,
    statement.declaration,
    statement.declaration_subject,
    statement.annotations,
    own,
    record_id AS own_subject,
    list_filter([
        CASE WHEN as_uri(uri) IS NULL THEN 'uri as published: ' || uri END,
        CASE WHEN json_type(public_listing, '$.hasPublicListing') <> 'BOOLEAN'
            THEN 'publicListing as published: ' || public_listing END,
        CASE WHEN is_native THEN 'As published: ' || some_of({
            'entityType': json_extract(rest, '$.entityType.type'),
            'entitySubtype': json_extract(rest, '$.entitySubtype'),
            'unspecifiedEntityDetails': json_extract(rest, '$.unspecifiedEntityDetails'),
            'foundingDate': json_extract(rest, '$.foundingDate'),
            'dissolutionDate': json_extract(rest, '$.dissolutionDate')
        }) END
    ], lambda text: text IS NOT NULL) AS comments,
    json_merge_patch(
        coalesce(json_merge_patch(rest, '{
            "isComponent": null, "entityType": null, "entitySubtype": null, "unspecifiedEntityDetails": null,
            "foundingDate": null, "dissolutionDate": null, "jurisdiction": null, "identifiers": null, "addresses": null,
            "interestedParty": null, "subject": null
        }'), '{}'),
        json_strip_nulls(to_json({
            'isComponent': is_component,
            'entityType': {
                'type': entity_type,
                'subtype': CASE
                    WHEN entity_subtype = 'other'
                        OR entity_type = 'arrangement' AND entity_subtype IN ('trust', 'nomination')
                        OR entity_type = 'legalEntity' AND entity_subtype = 'trust'
                        OR entity_type = 'stateBody' AND entity_subtype IN ('governmentDepartment', 'stateAgency')
                        THEN entity_subtype
                END,
                'details': coalesce(entity_type_details, legal_form_native)
            },
            'unspecifiedEntityDetails': CASE
                WHEN unspecified_reason IS NOT NULL OR unspecified_description IS NOT NULL
                    THEN {'reason': coalesce(unspecified_reason, 'unknown'), 'description': unspecified_description}
            END,
            'name': name,
            'alternateNames': CASE WHEN len(alternate_names) > 0 THEN alternate_names END,
            'jurisdiction': CASE
                WHEN jurisdiction IS NULL THEN CASE
                    WHEN json_type(rest, '$.jurisdiction.name') = 'VARCHAR'
                        THEN to_json({'name': rest ->> '$.jurisdiction.name'})
                END
                WHEN length(jurisdiction) = 2 THEN as_country(jurisdiction, json_extract(rest, '$.jurisdiction.name'))
                ELSE to_json({
                    'name': coalesce(
                        as_text(json_extract(rest, '$.jurisdiction.name')),
                        concat(look_up(getvariable('country_titles'), left(jurisdiction, 2)), ' (', jurisdiction, ')')
                    ),
                    'code': jurisdiction
                })
            END,
            'identifiers': some_of(as_identifiers(identifiers, json_extract(rest, '$.identifiers'), false, publisher)),
            'foundingDate': founding_date,
            'dissolutionDate': dissolution_date,
            'addresses': some_of(as_addresses(
                addresses, json_extract(rest, '$.addresses'), ['registered', 'business', 'alternative']
            )),
            'uri': as_uri(uri),
            'publicListing': CASE
                WHEN json_type(public_listing, '$.hasPublicListing') = 'BOOLEAN' THEN public_listing::JSON
            END,
            'formedByStatute': CASE WHEN json_type(formed_by_statute) = 'OBJECT' THEN formed_by_statute::JSON END
        }))
    ) AS details
FROM statement;
