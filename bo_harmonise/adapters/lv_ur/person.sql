-- People: beneficial owners, members, stockholders, officers. One record for the same name and day of birth.
WITH row_of AS (
    SELECT
        *,
        lv_words(name) AS spelling,
        regexp_split_to_array(name, '\s+') AS words_in_order
    FROM lv_party
    WHERE party_kind = 'person'
),
-- Spellings of one person that differ by diacritics ("Lūsis", "Lusis"); a mere change of order is none.
spelled AS (
    SELECT
        party_record_id,
        spelling,
        min(place) AS place,
        -- "Surname Forename" in one column: with two words it is clear which is which.
        arg_min(
            {
                'full_name': name,
                'given_name': CASE
                    WHEN role = 'beneficial_owner' THEN clean(forename)
                    WHEN len(words_in_order) = 2 THEN words_in_order[2]
                END,
                'family_name': CASE
                    WHEN role = 'beneficial_owner' THEN clean(surname)
                    WHEN len(words_in_order) = 2 THEN words_in_order[1]
                END
            },
            place
        ) AS name
    FROM row_of
    GROUP BY party_record_id, spelling
),
named AS (
    SELECT
        party_record_id,
        list_transform(list_sort(list({'place': place, 'name': name})), lambda item: item.name) AS names
    FROM spelled
    GROUP BY party_record_id
),
gathered AS (
    SELECT
        party_record_id,
        party_key,
        arg_min(source_file, place) AS source_file,
        arg_min(source_row, place) AS source_row,
        max(stated_on) AS statement_date,
        min(code) AS code,
        min(birth_date) AS birth_date,
        coalesce(min(try_cast(registered_on AS DATE)), CAST(getvariable('snapshot_date') AS DATE)) AS first_entry,
        nullif(array_to_string(list_sort(list_distinct(list(clean(nationality)))), ';'), '') AS nationality,
        nullif(array_to_string(list_sort(list_distinct(list(clean(residence)))), ';'), '') AS residence
    FROM row_of
    GROUP BY party_record_id, party_key
),
country AS (
    SELECT spelling, list(DISTINCT code ORDER BY code) AS codes
    FROM (
        SELECT spelling, unnest(regexp_split_to_array(lower(spelling), '\s*[;,/]\s*')) AS part
        FROM (SELECT DISTINCT nationality AS spelling FROM gathered UNION SELECT DISTINCT residence FROM gathered)
    )
    JOIN country_name ON country_name.text = part
    GROUP BY spelling
),
dated AS (
    SELECT
        *,
        CASE
            WHEN regexp_full_match(birth_date, '[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?') THEN birth_date
            ELSE lv_birth_date(code, first_entry, CAST(getvariable('snapshot_date') AS DATE))
        END AS born
    FROM gathered
)
SELECT
    dated.party_record_id AS record_id,
    dated.party_key AS source_key,
    dated.source_file,
    dated.source_row,
    dated.statement_date,
    'knownPerson' AS person_type,
    list_transform(named.names, lambda name, n: {
        'type': CASE n WHEN 1 THEN 'legal' ELSE 'alternative' END,
        'full_name': name.full_name,
        'given_name': name.given_name,
        'family_name': name.family_name
    }) AS names,
    dated.born AS birth_date,
    nationality.codes AS nationalities,
    residence.codes AS residence_countries,
    -- Not a number of one person: hundreds share each masked code. It has no scheme, and proves nothing alone.
    CASE WHEN dated.code IS NOT NULL THEN [{
        'scheme': NULL, 'scheme_name': 'Uzņēmumu reģistrs masked personal code', 'id': dated.code, 'uri': NULL,
        'is_valid': NULL
    }] END AS identifiers,
    nullif(json_merge_patch('{}', json_object(
        'latvian_identity_number_masked', CASE WHEN dated.born IS NULL THEN dated.code END,
        'birth_date', CASE WHEN dated.born IS DISTINCT FROM dated.birth_date THEN dated.birth_date END,
        'nationality', CASE WHEN nationality.codes IS NULL THEN dated.nationality END,
        'residence', CASE WHEN residence.codes IS NULL THEN dated.residence END
    )), '{}'::JSON) AS extra
FROM dated
JOIN named ON named.party_record_id = dated.party_record_id
LEFT JOIN country AS nationality ON nationality.spelling = dated.nationality
LEFT JOIN country AS residence ON residence.spelling = dated.residence
