-- Statements about natural persons. An identifier's id is never kept in `extra`: it may be a national number.
WITH entry AS (
    SELECT
        *,
        bods_code('personType', personType) AS type_code,
        bods_code('unspecifiedReason', unspecifiedPersonDetails.reason) AS reason_code,
        bods_code('politicalExposureStatus', politicalExposure.status) AS pep_code,
        bods_partial_date(birthDate) AS born,
        bods_partial_date(deathDate) AS died,
        bods_country(placeOfBirth.country) AS birth_country,
        bods_countries_of(nationalities) AS nationality_codes,
        bods_countries_of(taxResidencies) AS tax_codes,
        coalesce(body, record) AS said
    FROM bods_mapped
    WHERE kind = 'person'
),
placed AS (
    SELECT
        *,
        CASE
            WHEN placeOfResidence IS NULL THEN bods_addresses(addresses)
            ELSE list_concat(bods_addresses(addresses), list_transform(
                bods_addresses([placeOfResidence]),
                lambda item: {
                    'type': 'residence', 'address': item.address, 'post_code': item.post_code, 'country': item.country
                }
            ))
        END AS places
    FROM entry
),
kept AS (
    SELECT
        *,
        json_object(
                'isComponent', CASE WHEN try_cast(isComponent AS BOOLEAN) IS NULL THEN json_extract(said, '$.isComponent') END,
                'personType', CASE WHEN type_code IS NULL THEN json_extract(said, '$.personType') END,
                'unspecifiedPersonDetails', bods_kept(CASE
                    WHEN unspecifiedPersonDetails.reason IS NOT NULL AND reason_code IS NULL THEN json_extract(said, '$.unspecifiedPersonDetails')
                    ELSE bods_rest(json_extract(said, '$.unspecifiedPersonDetails'), '{"reason": null, "description": null}')
                END),
                'names', bods_some(list_transform(
                    json_extract(said, '$.names[*]'),
                    lambda item: bods_rest(item, CASE
                        WHEN bods_code('nameType', item ->> 'type') IS NULL
                            THEN '{"fullName": null, "familyName": null, "givenName": null, "patronymicName": null}'
                        ELSE '{"type": null, "fullName": null, "familyName": null, "givenName": null, "patronymicName": null}'
                    END)
                )),
                'birthDate', CASE WHEN born IS NULL THEN birthDate END,
                'deathDate', CASE WHEN died IS NULL THEN deathDate END,
                'placeOfBirth', bods_kept(json_merge_patch(
                    coalesce(bods_rest(
                        json_extract(said, '$.placeOfBirth'), '{"type": null, "address": null, "country": null}'
                    ), '{}'),
                    json_object('country', bods_kept(bods_rest_of_place(placeOfBirth.country, birth_country)))
                )),
                'placeOfResidence', bods_kept(bods_rest(bods_rest_of_address(json_extract(said, '$.placeOfResidence')), '{"type": null}')),
                'nationalities', bods_rest_of_countries(nationalities, nationality_codes),
                'taxResidencies', bods_rest_of_countries(taxResidencies, tax_codes),
                'identifiers', bods_some(list_transform(
                    json_extract(said, '$.identifiers[*]'),
                    lambda item: bods_rest(item, '{"id": null, "scheme": null, "schemeName": null, "uri": null}')
                )),
                'addresses', bods_rest_of_addresses(json_extract(said, '$.addresses')),
                'politicalExposure', bods_kept(CASE
                    WHEN politicalExposure.status IS NOT NULL AND pep_code IS NULL THEN bods_rest(json_extract(said, '$.politicalExposure'), '{"details": null}')
                    ELSE bods_rest(json_extract(said, '$.politicalExposure'), '{"status": null, "details": null}')
                END)
            ) AS rest
    FROM placed
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
    coalesce(type_code, CASE WHEN len(names) > 0 THEN 'knownPerson' ELSE 'unknownPerson' END) AS person_type,
    CASE
        WHEN reason_code IS NOT NULL THEN reason_code
        WHEN unspecifiedPersonDetails.reason IS NOT NULL THEN 'unknown'
    END AS unspecified_reason,
    coalesce(unspecifiedPersonDetails.description, missingInfoReason) AS unspecified_description,
    list_transform(names, lambda item: {
        'type': bods_code('nameType', item.type),
        'full_name': coalesce(item.fullName, one_line([item.givenName, item.patronymicName, item.familyName], ' ')),
        'given_name': item.givenName,
        'family_name': item.familyName,
        'patronymic_name': item.patronymicName
    }) AS names,
    born AS birth_date,
    died AS death_date,
    placeOfBirth.address AS birth_place,
    birth_country,
    nationality_codes AS nationalities,
    tax_codes AS tax_residencies,
    list_distinct(list_transform(
        list_filter(places, lambda item: item.type = 'residence' AND item.country IS NOT NULL), lambda item: item.country
    )) AS residence_countries,
    list_transform(identifiers, lambda item: {
        'scheme': item.scheme,
        'scheme_name': item.schemeName,
        'id': item.id,
        'uri': item.uri,
        'is_valid': valid_identifier(item.scheme, item.id)
    }) AS identifiers,
    places AS addresses,
    coalesce(pep_code, CASE lower(hasPepStatus) WHEN 'true' THEN 'isPep' WHEN 'false' THEN 'isNotPep' END)
        AS political_exposure,
    coalesce(politicalExposure.details, pepStatusDetails) AS political_exposure_details,
    declaration,
    annotations,
    bods_extra(
        CASE WHEN body IS NULL THEN json_merge_patch(head, getvariable('bods_person_held')) ELSE head END,
        CASE WHEN body IS NOT NULL THEN json_merge_patch(body, getvariable('bods_person_held')) END,
        rest
    ) AS extra
FROM kept
