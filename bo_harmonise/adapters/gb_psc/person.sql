-- People with significant control and individual beneficial owners of overseas entities.
-- One person record an entry: the register has no person number, `links.self` names the entry.
WITH nationality AS (
    SELECT nationality, list(DISTINCT code ORDER BY code) AS codes
    FROM (
        SELECT nationality, unnest(regexp_split_to_array(lower(nationality), '\s*(,|/|;| and | & )\s*')) AS part
        FROM (SELECT DISTINCT data.nationality AS nationality FROM raw_psc)
    )
    JOIN country_name ON country_name.text = trim(part)
    GROUP BY nationality
),
country AS (
    SELECT spelling, code
    FROM (
        SELECT DISTINCT data.country_of_residence AS spelling FROM raw_psc
        UNION
        SELECT DISTINCT data.address.country FROM raw_psc
        UNION
        SELECT DISTINCT data.principal_office_address.country FROM raw_psc
    )
    JOIN country_name ON country_name.text = lower(trim(spelling))
),
entry AS (
    SELECT
        *,
        {'company': split_part(data.links.self, '/', 3), 'id': split_part(data.links.self, '/', -1)} AS link,
        contains(data.kind, 'super-secure') AS is_protected
    FROM raw_psc
    -- As `role` in views.sql, so that a kind of person that is new has its person too.
    WHERE (data.kind LIKE 'individual-%' OR data.kind LIKE 'super-secure-%') AND company_number IS NOT NULL AND data.links.self IS NOT NULL
)
SELECT
    concat('gb_psc:person:', link.company, '/', link.id) AS record_id,
    data.links.self AS source_key,
    data.etag AS content_key,
    entry.source_file,
    entry.source_row,
    CASE WHEN data.ceased_on IS NOT NULL OR data.ceased = 'true' THEN 'closed' ELSE 'new' END AS record_status,
    coalesce(data.ceased_on, data.notified_on) AS statement_date,
    concat('gb_psc:entity:', gb_number(company_number)) AS declaration_subject,
    CASE WHEN is_protected THEN 'anonymousPerson' ELSE 'knownPerson' END AS person_type,
    CASE WHEN is_protected THEN 'interestedPartyExemptFromDisclosure' END AS unspecified_reason,
    CASE WHEN is_protected THEN data.description END AS unspecified_description,
    CASE WHEN NOT is_protected THEN [{
        'type': 'legal',
        'full_name': coalesce(
            nullif(concat_ws(' ', data.name_elements.forename,
                coalesce(data.name_elements.middle_name, data.name_elements.other_forenames),
                data.name_elements.surname), ''),
            data.name
        ),
        'given_name': nullif(concat_ws(' ', data.name_elements.forename,
            coalesce(data.name_elements.middle_name, data.name_elements.other_forenames)), ''),
        'family_name': data.name_elements.surname
    }] END AS names,
    CASE WHEN data.date_of_birth.year IS NOT NULL THEN concat_ws(
        '-',
        data.date_of_birth.year,
        lpad(data.date_of_birth.month, 2, '0'),
        CASE WHEN data.date_of_birth.month IS NOT NULL THEN lpad(data.date_of_birth.day, 2, '0') END
    ) END AS birth_date,
    nationality.codes AS nationalities,
    CASE WHEN residence.code IS NOT NULL THEN [residence.code] END AS residence_countries,
    CASE WHEN data.address IS NOT NULL THEN [{
        'type': 'service',
        'address': nullif(concat_ws(', ', data.address.care_of, data.address.po_box, data.address.premises,
            data.address.address_line_1, data.address.address_line_2), ''),
        'locality': data.address.locality,
        'region': data.address.region,
        'post_code': data.address.postal_code,
        'country': address_country.code
    }] END AS addresses,
    CASE WHEN data.is_sanctioned = 'true' OR data.nationality IS NOT NULL AND nationality.codes IS NULL
        OR data.country_of_residence IS NOT NULL AND residence.code IS NULL
    THEN json_object(
        'is_sanctioned', data.is_sanctioned,
        'nationality', data.nationality,
        'country_of_residence', data.country_of_residence
    ) END AS extra
FROM entry
LEFT JOIN nationality ON nationality.nationality = data.nationality
LEFT JOIN country AS residence ON residence.spelling = data.country_of_residence
LEFT JOIN country AS address_country ON address_country.spelling = data.address.country
