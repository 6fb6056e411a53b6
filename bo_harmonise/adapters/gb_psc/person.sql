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
-- The fields are taken out of `data` before any join: a join that carries `data` reads and copies all of it.
entry AS (
    SELECT
        source_file,
        source_row,
        gb_entry(data.links.self) AS entry,
        concat('gb_psc:entity:', gb_number(company_number)) AS subject,
        contains(data.kind, 'super-secure') AS is_protected,
        data.links.self AS self,
        data.etag AS etag,
        data.notified_on AS notified_on,
        data.ceased_on AS ceased_on,
        data.ceased AS ceased,
        data.is_sanctioned AS is_sanctioned,
        data.description AS description,
        data.name AS name,
        nullif(concat_ws(' ', data.name_elements.forename,
            coalesce(data.name_elements.middle_name, data.name_elements.other_forenames)), '') AS given_name,
        data.name_elements.surname AS surname,
        gb_birth_date(data.date_of_birth.year, data.date_of_birth.month, data.date_of_birth.day) AS birth_date,
        data.nationality AS nationality,
        data.country_of_residence AS country_of_residence,
        data.address IS NOT NULL AS has_address,
        nullif(concat_ws(', ', data.address.care_of, data.address.po_box, data.address.premises,
            data.address.address_line_1, data.address.address_line_2), '') AS address,
        data.address.locality AS locality,
        data.address.region AS region,
        data.address.postal_code AS post_code,
        data.address.country AS country
    FROM raw_psc
    -- As `role` in views.sql, so that a kind of person that is new has its person too.
    WHERE (data.kind LIKE 'individual-%' OR data.kind LIKE 'super-secure-%') AND company_number IS NOT NULL AND data.links.self IS NOT NULL
)
SELECT
    concat('gb_psc:person:', entry) AS record_id,
    self AS source_key,
    etag AS content_key,
    source_file,
    source_row,
    CASE WHEN ceased_on IS NOT NULL OR ceased = 'true' THEN 'closed' ELSE 'new' END AS record_status,
    coalesce(ceased_on, notified_on) AS statement_date,
    subject AS declaration_subject,
    CASE WHEN is_protected THEN 'anonymousPerson' ELSE 'knownPerson' END AS person_type,
    CASE WHEN is_protected THEN 'interestedPartyExemptFromDisclosure' END AS unspecified_reason,
    CASE WHEN is_protected THEN description END AS unspecified_description,
    CASE WHEN NOT is_protected THEN [{
        'type': 'legal',
        'full_name': coalesce(nullif(concat_ws(' ', given_name, surname), ''), name),
        'given_name': given_name,
        'family_name': surname
    }] END AS names,
    birth_date,
    nationality.codes AS nationalities,
    CASE WHEN residence.code IS NOT NULL THEN [residence.code] END AS residence_countries,
    CASE WHEN has_address THEN [{
        'type': 'service',
        'address': address,
        'locality': locality,
        'region': region,
        'post_code': post_code,
        'country': address_country.code
    }] END AS addresses,
    CASE WHEN is_sanctioned = 'true' OR entry.nationality IS NOT NULL AND nationality.codes IS NULL
        OR country_of_residence IS NOT NULL AND residence.code IS NULL
    THEN json_object(
        'is_sanctioned', is_sanctioned,
        'nationality', entry.nationality,
        'country_of_residence', country_of_residence
    ) END AS extra
FROM entry
LEFT JOIN nationality ON nationality.nationality = entry.nationality
LEFT JOIN country AS residence ON residence.spelling = country_of_residence
LEFT JOIN country AS address_country ON address_country.spelling = entry.country
