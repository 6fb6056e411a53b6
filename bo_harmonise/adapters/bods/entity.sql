-- Statements about entities.
WITH entry AS (
    SELECT
        *,
        bods_code('entityType', entityType.type) AS type_code,
        bods_code('entitySubtype', entityType.subtype) AS subtype_code,
        bods_code('unspecifiedReason', unspecifiedEntityDetails.reason) AS reason_code,
        bods_jurisdiction(jurisdiction) AS jurisdiction_code,
        bods_day(foundingDate) AS founded,
        bods_day(dissolutionDate) AS dissolved,
        coalesce(body, record) AS said
    FROM bods_mapped
    WHERE kind = 'entity'
),
kept AS (
    SELECT
        *,
        json_object(
                'isComponent', CASE WHEN try_cast(isComponent AS BOOLEAN) IS NULL THEN json_extract(said, '$.isComponent') END,
                'entityType', bods_kept(CASE
                    WHEN type_code IS NULL OR entityType.subtype IS NOT NULL AND subtype_code IS NULL THEN json_extract(said, '$.entityType')
                    WHEN body IS NOT NULL THEN bods_rest(json_extract(body, '$.entityType'), '{"type": null, "subtype": null, "details": null}')
                END),
                'entitySubtype', CASE
                    WHEN entityType.subtype IS NOT NULL AND subtype_code IS NULL THEN json_extract(said, '$.entitySubtype')
                END,
                'unspecifiedEntityDetails', bods_kept(CASE
                    WHEN unspecifiedEntityDetails.reason IS NOT NULL AND reason_code IS NULL THEN json_extract(said, '$.unspecifiedEntityDetails')
                    ELSE bods_rest(json_extract(said, '$.unspecifiedEntityDetails'), '{"reason": null, "description": null}')
                END),
                'jurisdiction', bods_kept(bods_rest_of_place(jurisdiction, jurisdiction_code)),
                'foundingDate', CASE WHEN founded IS NULL OR length(foundingDate) <> 10 THEN foundingDate END,
                'dissolutionDate', CASE WHEN dissolved IS NULL OR length(dissolutionDate) <> 10 THEN dissolutionDate END,
                'identifiers', bods_some(list_transform(
                    json_extract(said, '$.identifiers[*]'),
                    lambda item: bods_rest(item, '{"id": null, "scheme": null, "schemeName": null, "uri": null}')
                )),
                'addresses', bods_rest_of_addresses(json_extract(said, '$.addresses'))
            ) AS rest
    FROM entry
)
SELECT
    record_id,
    status AS record_status,
    statement_date,
    declaration_subject,
    source_file,
    statement_key AS source_key,
    source_row,
    is_component,
    coalesce(type_code, 'unknownEntity') AS entity_type,
    subtype_code AS entity_subtype,
    coalesce(entityType.details, CASE WHEN type_code IS NULL THEN entityType.type END) AS entity_type_details,
    CASE
        WHEN reason_code IS NOT NULL THEN reason_code
        WHEN unspecifiedEntityDetails.reason IS NOT NULL THEN 'unknown'
    END AS unspecified_reason,
    coalesce(unspecifiedEntityDetails.description, missingInfoReason) AS unspecified_description,
    name,
    alternateNames AS alternate_names,
    jurisdiction_code AS jurisdiction,
    founded AS founding_date,
    dissolved AS dissolution_date,
    CASE WHEN dissolved IS NOT NULL THEN 'ceased' ELSE 'unknown' END AS status,
    list_transform(identifiers, lambda item: {
        'scheme': item.scheme,
        'scheme_name': item.schemeName,
        'id': item.id,
        'uri': item.uri,
        'is_valid': valid_identifier(item.scheme, item.id)
    }) AS identifiers,
    bods_addresses(addresses) AS addresses,
    uri,
    publicListing AS public_listing,
    formedByStatute AS formed_by_statute,
    declaration,
    annotations,
    bods_extra(
        CASE WHEN body IS NULL THEN json_merge_patch(head, getvariable('bods_entity_held')) ELSE head END,
        CASE WHEN body IS NOT NULL THEN json_merge_patch(body, getvariable('bods_entity_held')) END,
        rest
    ) AS extra
FROM kept
