-- Details of persons.
CREATE OR REPLACE TEMP VIEW export_person AS
WITH statement AS (
    SELECT
        *,
        CASE WHEN is_native THEN try_cast(extra AS JSON) END AS own,
        CASE WHEN is_native THEN rest_of(try_cast(extra AS JSON)) END AS rest
    FROM exported_person
    JOIN export_source USING (source_id)
)
SELECT
    'person' AS kind,
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
    coalesce(export_holding.subject, statement.record_id) AS own_subject,
    list_filter([
        CASE WHEN political_exposure = 'isNotPep' OR json_type(political_exposure_details) <> 'ARRAY'
            THEN 'politicalExposure/details as published: ' || political_exposure_details END,
        CASE WHEN is_native THEN 'As published: ' || some_of({
            'personType': json_extract(rest, '$.personType'),
            'unspecifiedPersonDetails': json_extract(rest, '$.unspecifiedPersonDetails'),
            'birthDate': json_extract(rest, '$.birthDate'),
            'deathDate': json_extract(rest, '$.deathDate'),
            'politicalExposure': json_extract(rest, '$.politicalExposure.status')
        }) END
    ], lambda text: text IS NOT NULL) AS comments,
    json_merge_patch(
        coalesce(json_merge_patch(rest, '{
            "isComponent": null, "personType": null, "unspecifiedPersonDetails": null, "names": null, "birthDate": null,
            "deathDate": null, "nationalities": null, "taxResidencies": null, "identifiers": null, "addresses": null,
            "placeOfBirth": null, "placeOfResidence": null, "politicalExposure": null
        }'), '{}'),
        json_strip_nulls(to_json({
            'isComponent': is_component,
            'personType': person_type,
            'unspecifiedPersonDetails': CASE
                WHEN unspecified_reason IS NOT NULL OR unspecified_description IS NOT NULL
                    THEN {'reason': coalesce(unspecified_reason, 'unknown'), 'description': unspecified_description}
            END,
            'names': some_of(with_rest(
                list_transform(list_filter(names, lambda item: item.full_name IS NOT NULL), lambda item: {
                    'type': item.type, 'fullName': item.full_name, 'familyName': item.family_name,
                    'givenName': item.given_name, 'patronymicName': item.patronymic_name
                }),
                CASE WHEN len(list_filter(names, lambda item: item.full_name IS NULL)) = 0 THEN json_extract(rest, '$.names') END,
                '{"type": null, "fullName": null, "familyName": null, "givenName": null, "patronymicName": null}'
            )),
            'identifiers': some_of(as_identifiers(identifiers, json_extract(rest, '$.identifiers'), true, publisher)),
            'nationalities': some_of(with_uncoded(
                as_countries(nationalities, json_extract(rest, '$.nationalities')), json_extract(rest, '$.nationalities')
            )),
            'taxResidencies': some_of(with_uncoded(
                as_countries(tax_residencies, json_extract(rest, '$.taxResidencies')), json_extract(rest, '$.taxResidencies')
            )),
            'placeOfBirth': CASE
                WHEN birth_place IS NOT NULL OR birth_country IS NOT NULL OR json_type(rest, '$.placeOfBirth') = 'OBJECT'
                    THEN with_rest(
                        [{
                            'type': 'placeOfBirth', 'address': birth_place,
                            'country': coalesce(
                                as_country(birth_country, json_extract(rest, '$.placeOfBirth.country.name')),
                                CASE WHEN json_type(rest, '$.placeOfBirth.country.name') = 'VARCHAR'
                                    THEN to_json({'name': rest ->> '$.placeOfBirth.country.name'}) END
                            )
                        }],
                        to_json([json_extract(rest, '$.placeOfBirth')]),
                        '{"type": null, "address": null, "country": null}'
                    )[1]
            END,
            'birthDate': birth_date,
            'deathDate': death_date,
            'addresses': some_of(as_addresses(
                addresses, json_extract(rest, '$.addresses'), ['residence', 'service', 'alternative']
            )),
            'politicalExposure': CASE WHEN political_exposure IS NOT NULL OR political_exposure_details IS NOT NULL
                THEN with_rest(
                    [{
                        'status': coalesce(political_exposure, 'unknown'),
                        'details': CASE
                            WHEN json_type(political_exposure_details) = 'ARRAY' AND political_exposure IS DISTINCT FROM 'isNotPep'
                                THEN political_exposure_details::JSON
                        END
                    }],
                    to_json([json_extract(rest, '$.politicalExposure')]),
                    '{"status": null, "details": null}'
                )[1]
            END
        }))
    ) AS details
FROM statement
LEFT JOIN export_holding ON export_holding.record_id = statement.record_id;
