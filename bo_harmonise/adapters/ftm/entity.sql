-- Companies, organisations, public bodies, trusts, and parties of which the export does not say what they are.
WITH entry AS (
    SELECT
        raw.*,
        schemata.entity_type,
        schemata.entity_subtype,
        coalesce(ftm_country(properties.jurisdiction), ftm_country(properties.mainCountry)) AS jurisdiction,
        -- A number is of the register of the country, where only one is named.
        coalesce(
            ftm_country(properties.jurisdiction), ftm_country(properties.mainCountry), ftm_country(properties.country)
        ) AS home,
        list_filter(
            [caption], lambda item: list_contains(properties.name, item) OR len(coalesce(properties.name, [])) = 0
        )[1] AS chosen,
        ftm_days(properties.incorporationDate)[1] AS founding_date,
        ftm_days(properties.dissolutionDate)[-1] AS dissolution_date
    FROM raw_entity AS raw
    JOIN schemata ON schemata.schema = raw.schema
    WHERE schemata.kind = 'entity' AND raw.id IS NOT NULL
),
named AS (
    SELECT
        *,
        coalesce(chosen, list_sort(properties.name)[1]) AS main_name,
        list_transform(
            properties.registrationNumber, lambda item: regexp_replace(upper(item), '[^\p{L}\p{N}]', '', 'g')
        ) AS register_numbers
    FROM entry
),
numbered AS (
    SELECT
        named.*,
        list_concat(
            list_transform(register_numbers, lambda item: {
                'scheme': national_schemes.scheme,
                'id': CASE
                    WHEN regexp_full_match(item, '[0-9]+') AND length(item) <= national_schemes.digits
                        THEN lpad(item, national_schemes.digits::INTEGER, '0')
                    ELSE item
                END
            }),
            ftm_numbers('XI-LEI', properties.leiCode),
            ftm_numbers('RU-OGRN', properties.ogrnCode),
            ftm_numbers('RU-INN', properties.innCode),
            ftm_numbers('CN-USCC', properties.uscCode),
            ftm_numbers('BIC', properties.swiftBic),
            ftm_numbers('ISIN', properties.isinCode),
            ftm_numbers('US-EIN', properties.irsCode),
            ftm_numbers('HR-MBS', properties.mbsCode)
        ) AS numbers
    FROM named
    LEFT JOIN national_schemes ON national_schemes.country = named.home
),
identified AS (
    SELECT
        *,
        -- A number that fails the test of the country's register is of another register; one without a scheme that
        -- another property repeats with one is that number.
        list_filter(
            list_transform(numbers, lambda item: {
                'scheme': CASE WHEN item.scheme = 'XI-LEI' OR coalesce(valid_identifier(item.scheme, item.id), true) THEN item.scheme END,
                'id': item.id
            }),
            lambda item: item.scheme IS NOT NULL OR NOT list_contains(list_transform(
                list_slice(numbers, len(coalesce(register_numbers, [])) + 1, len(numbers)), lambda other: other.id
            ), item.id)
        ) AS identified
    FROM numbered
)
SELECT
    concat('ftm:entity:', identified.id) AS record_id,
    identified.id AS source_key,
    identified.source_file,
    identified.source_row,
    left(last_change, 10) AS statement_date,
    entity_type,
    entity_subtype,
    identified.schema AS entity_type_details,
    main_name AS name,
    list_sort(list_distinct(list_filter(
        list_concat(
            properties.name, properties.alias, properties.weakAlias, properties.previousName, properties.abbreviation
        ),
        lambda item: item <> main_name
    ))) AS alternate_names,
    jurisdiction,
    founding_date,
    dissolution_date,
    CASE
        WHEN dissolution_date IS NOT NULL THEN 'ceased'
        WHEN list_bool_or(list_transform(properties.status, lambda item: regexp_matches(
            lower(item), 'dissol|liquidated|struck off|ceased|closed|ликвидирован|прекращ|припинен'
        ))) THEN 'ceased'
        WHEN list_bool_or(list_transform(properties.status, lambda item: regexp_full_match(
            lower(trim(item)), 'active|действующ\w*|live|registered'
        ))) THEN 'active'
        ELSE 'unknown'
    END AS status,
    one_line(list_sort(properties.status), '; ') AS status_native,
    one_line(list_sort(properties.legalForm), '; ') AS legal_form_native,
    list_transform(ftm_once(identified.identified), lambda item: {
        'scheme': item.scheme, 'scheme_name': NULL, 'id': item.id, 'uri': NULL, 'is_valid': valid_identifier(item.scheme, item.id)
    }) AS identifiers,
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
    list_sort(properties.opencorporatesUrl)[1] AS uri,
    coalesce(listing.listings, ftm_topic_listings(properties.topics, properties.programId, datasets)) AS listings,
    ftm_extra(json_object(
        'caption', CASE WHEN caption <> main_name THEN caption END,
        'datasets', list_sort(datasets),
        'referents', nullif(list_sort(referents), []),
        'first_seen', first_seen,
        'properties', ftm_rest(
            identified.record, getvariable('ftm_entity_held'), json_object(
                'jurisdiction', CASE WHEN len(properties.jurisdiction) > 1 OR jurisdiction IS NULL THEN properties.jurisdiction END,
                'incorporationDate', CASE WHEN len(properties.incorporationDate) > 1 OR founding_date IS NULL THEN properties.incorporationDate END,
                'dissolutionDate', CASE WHEN len(properties.dissolutionDate) > 1 OR dissolution_date IS NULL THEN properties.dissolutionDate END
            )
        ),
        'sanctions', listing.sanctions,
        'links', link.links
    )) AS extra
FROM identified
LEFT JOIN ftm_listing AS listing ON listing.id = identified.id
LEFT JOIN ftm_place AS place ON place.id = identified.id
LEFT JOIN ftm_link AS link ON link.id = identified.id
