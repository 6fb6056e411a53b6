-- Natural persons. Numbers of a person are never kept in `extra`: they may be national numbers.
WITH entry AS (
    SELECT
        raw.*,
        list_filter(
            [caption], lambda item: list_contains(properties.name, item) OR len(coalesce(properties.name, [])) = 0
        )[1] AS chosen,
        ftm_partial_dates(properties.birthDate) AS born,
        ftm_partial_dates(properties.deathDate) AS died,
        ftm_countries(list_concat(properties.nationality, properties.citizenship)) AS nationalities,
        coalesce(
            ftm_country(list_concat(properties.nationality, properties.citizenship)), ftm_country(properties.country)
        ) AS home,
        list_contains(properties.topics, 'role.pep') AS is_pep
    FROM raw_entity AS raw
    JOIN schemata ON schemata.schema = raw.schema
    WHERE schemata.kind = 'person' AND raw.id IS NOT NULL
),
called AS (
    SELECT
        entry.*,
        list_concat(
            list_transform(
                list_concat(
                    list_filter([coalesce(chosen, list_sort(properties.name)[1])], lambda item: item IS NOT NULL),
                    list_sort(properties.name)
                ),
                lambda item: {'type': 'legal', 'full_name': item}
            ),
            list_transform(
                list_sort(list_concat(properties.alias, properties.weakAlias)),
                lambda item: {'type': 'alternative', 'full_name': item}
            ),
            list_transform(list_sort(properties.previousName), lambda item: {'type': 'former', 'full_name': item})
        ) AS full_names,
        list_concat(
            coalesce(document.numbers, []),
            ftm_numbers(ftm_number_scheme(home, 'PASSPORT'), properties.passportNumber),
            ftm_numbers(ftm_number_scheme(home, 'IDCARD'), list_concat(properties.idNumber, properties.registrationNumber)),
            ftm_numbers(ftm_number_scheme(home, 'TAXID'), list_concat(properties.taxNumber, properties.vatCode)),
            ftm_numbers('RUS-TAXID', properties.innCode),
            ftm_numbers('USA-TAXID', properties.socialSecurityNumber)
        ) AS numbers,
        document.documents
    FROM entry
    LEFT JOIN ftm_document AS document ON document.id = entry.id
),
parted AS (
    SELECT
        *,
        list_transform(ftm_once(full_names), lambda item: {
            'type': item.type,
            'full_name': item.full_name,
            'given': ftm_part(item.full_name, properties.firstName),
            'middle': ftm_part(item.full_name, list_concat(properties.secondName, properties.middleName)),
            'family': ftm_part(item.full_name, properties.lastName),
            'patronymic': ftm_part(item.full_name, properties.fatherName)
        }) AS parts
    FROM called
)
SELECT
    concat('ftm:person:', parted.id) AS record_id,
    parted.id AS source_key,
    parted.source_file,
    parted.source_row,
    left(last_change, 10) AS statement_date,
    'knownPerson' AS person_type,
    -- Given and family names are sets, in every script and spelling: of each full name those that stand in it.
    list_transform(parts, lambda item: {
        'type': item.type,
        'full_name': item.full_name,
        'given_name': CASE
            WHEN item.middle IS NULL OR contains(
                ftm_words(concat_ws(' ', item.given, item.family, item.patronymic)), ftm_words(item.middle)
            ) THEN item.given
            ELSE concat_ws(' ', item.given, item.middle)
        END,
        'family_name': item.family,
        'patronymic_name': item.patronymic
    }) AS names,
    -- Dates that contradict each other are all kept, and none is preferred.
    CASE WHEN len(born) = 1 THEN born[1] END AS birth_date,
    CASE WHEN len(born) > 1 THEN born END AS birth_dates,
    CASE WHEN len(died) = 1 THEN died[1] END AS death_date,
    one_line(list_sort(properties.birthPlace), '; ') AS birth_place,
    ftm_country(properties.birthCountry) AS birth_country,
    nationalities,
    list_transform(
        ftm_once(numbers),
        lambda item: {'scheme': item.scheme, 'scheme_name': NULL, 'id': item.id, 'uri': NULL, 'is_valid': NULL}
    ) AS identifiers,
    nullif(list_concat(
        list_transform(place.places, lambda item: {
            'address': item.address, 'locality': item.locality, 'region': item.region, 'post_code': item.post_code,
            'country': item.country
        }),
        list_transform(
            list_filter(list_sort(properties.address), lambda item: NOT list_contains(
                list_transform(coalesce(place.places, []), lambda known: coalesce(known.full, '')), item
            )),
            lambda item: {'address': item, 'locality': NULL, 'region': NULL, 'post_code': NULL, 'country': NULL}
        )
    ), []) AS addresses,
    CASE WHEN is_pep THEN 'isPep' END AS political_exposure,
    CASE WHEN is_pep AND len(properties.position) > 0
        THEN to_json(list_transform(list_sort(properties.position), lambda item: {'reason': item})) END
        AS political_exposure_details,
    coalesce(listing.listings, ftm_topic_listings(properties.topics, properties.programId, datasets)) AS listings,
    ftm_extra(json_object(
        'datasets', list_sort(datasets),
        -- Ids of some datasets are made of a personal number.
        'referents', nullif(list_filter(list_sort(referents), lambda item: NOT regexp_matches(item, '[0-9]{9}')), []),
        'first_seen', first_seen,
        'properties', ftm_rest(
            parted.record, getvariable('ftm_person_held'), json_object(
                'notes', ftm_masked(ftm_values(record, 'notes')),
                'summary', ftm_masked(ftm_values(record, 'summary')),
                'description', ftm_masked(ftm_values(record, 'description')),
                'birthDate', CASE WHEN len(born) = 0 THEN properties.birthDate END,
                'deathDate', CASE WHEN len(died) <> 1 THEN properties.deathDate END,
                'birthCountry', CASE WHEN ftm_country(properties.birthCountry) IS NULL THEN properties.birthCountry END,
                'position', CASE WHEN NOT coalesce(is_pep, false) THEN properties.position END
            )
        ),
        'sanctions', listing.sanctions,
        'documents', documents,
        'links', link.links
    )) AS extra
FROM parted
LEFT JOIN ftm_listing AS listing ON listing.id = parted.id
LEFT JOIN ftm_place AS place ON place.id = parted.id
LEFT JOIN ftm_link AS link ON link.id = parted.id
