-- What would registers have published, had they published these labelled records?

CREATE OR REPLACE TEMP TABLE labelled AS
WITH raw AS (
    SELECT
        * EXCLUDE (name, other_names),
        coalesce(name, nullif(concat_ws(' ', given_name, family_name), '')) AS name,
        flatten(list(list_concat([name], other_names)) OVER (PARTITION BY record_id ORDER BY place DESC)) AS all_names
    FROM labelled_raw
    QUALIFY place = min(place) OVER (PARTITION BY record_id)
)
SELECT
    record_id,
    coalesce(source, 'records') AS source,
    coalesce(kind, 'person') AS kind,
    name,
    given_name,
    family_name,
    list_distinct(list_filter(all_names, lambda n: n <> name)) AS other_names,
    list_distinct(
        list_concat(
            [regexp_replace(birth_date, '^(\d{4})(\d\d)(\d\d)$', '\1-\2-\3')], coalesce(birth_dates, [])
        )
    ) AS birth_dates,
    list_transform(coalesce(countries, []), lambda c: upper(c)) AS countries,
    list_filter(
        list_concat(
            list_transform(
                coalesce(address, []),
                lambda a: {
                    'address': a, 'locality': CAST(NULL AS VARCHAR), 'post_code': CAST(NULL AS VARCHAR),
                    'country': CAST(NULL AS VARCHAR)
                }
            ),
            [{
                -- No country is stated, without which a post code cannot be read: it stays in the line.
                'address': nullif(concat_ws(' ', street_number, street, post_code), ''),
                'locality': locality,
                'post_code': post_code,
                'country': NULL
            }]
        ),
        lambda a: coalesce(a.address, a.locality, a.post_code) IS NOT NULL
    ) AS addresses,
    -- A printed identifier often has its kind in words before it; the number is the part with figures.
    list_distinct(
        list_filter(
            flatten(
                list_transform(
                    list_concat(coalesce(identifiers, []), [number]),
                    lambda i: regexp_extract_all(i, '[0-9A-Za-z./-]*[0-9][0-9A-Za-z./-]*')
                )
            ),
            lambda i: length(i) >= 5
        )
    ) AS identifiers,
    gold_id,
    native_script,
    within
FROM raw;

INSERT INTO current_person BY NAME
SELECT
    record_id AS statement_id,
    record_id,
    'new' AS record_status,
    source AS source_id,
    source AS source_file,
    record_id AS source_key,
    row_number() OVER () AS source_row,
    false AS is_component,
    'knownPerson' AS person_type,
    list_concat(
        [{
            'type': 'legal', 'full_name': name, 'given_name': given_name, 'family_name': family_name,
            'patronymic_name': NULL
        }],
        list_transform(
            other_names,
            lambda n: {
                'type': 'alternative', 'full_name': n, 'given_name': NULL, 'family_name': NULL,
                'patronymic_name': NULL
            }
        )
    ) AS names,
    birth_dates[1] AS birth_date,
    birth_dates,
    countries AS nationalities,
    list_transform(
        identifiers, lambda i: {'scheme': NULL, 'scheme_name': NULL, 'id': i, 'uri': NULL, 'is_valid': NULL}
    ) AS identifiers,
    list_transform(
        addresses,
        lambda a: {
            'type': 'residence', 'address': a.address, 'locality': a.locality, 'region': NULL,
            'post_code': a.post_code, 'country': a.country
        }
    ) AS addresses
FROM labelled
WHERE kind = 'person';

INSERT INTO current_entity BY NAME
SELECT
    record_id AS statement_id,
    record_id,
    'new' AS record_status,
    source AS source_id,
    source AS source_file,
    record_id AS source_key,
    row_number() OVER () AS source_row,
    false AS is_component,
    false AS is_reference,
    'legalEntity' AS entity_type,
    name,
    other_names AS alternate_names,
    countries[1] AS jurisdiction,
    list_transform(
        identifiers, lambda i: {'scheme': NULL, 'scheme_name': NULL, 'id': i, 'uri': NULL, 'is_valid': NULL}
    ) AS identifiers,
    list_transform(
        list_concat(
            addresses,
            list_transform(
                countries[2:],
                lambda c: {
                    'address': CAST(NULL AS VARCHAR), 'locality': CAST(NULL AS VARCHAR),
                    'post_code': CAST(NULL AS VARCHAR), 'country': c
                }
            )
        ),
        lambda a: {
            'type': 'registered', 'address': a.address, 'locality': a.locality, 'region': NULL,
            'post_code': a.post_code, 'country': a.country
        }
    ) AS addresses
FROM labelled
WHERE kind = 'entity';
