-- What the mapping files share: one shape for XML and CSV, registration numbers as the national registers write them.
--
-- gleif_lei           LEI records
-- gleif_repex         reporting exceptions

-- A date of the files. They carry impossible years (9940, 3032): those are no date.
CREATE OR REPLACE TEMP MACRO gleif_date(moment) AS
    CASE WHEN left(moment, 10) BETWEEN '1000-01-01' AND '2199-12-31' THEN try_cast(left(moment, 10) AS DATE) END;

CREATE OR REPLACE TEMP MACRO without_nulls(object) AS nullif(json_merge_patch('{}', object), '{}'::JSON);

-- Each value once, in the order in which they stand.
CREATE OR REPLACE TEMP MACRO each_once(list) AS list_filter(list, lambda item, n: list_position(list, item) = n);

-- House number and routing are said again in the first line where the issuer split them off.
CREATE OR REPLACE TEMP MACRO gleif_address(kind, a) AS {
    'type': kind,
    'address': one_line(list_filter(
        [CASE WHEN NOT contains(lower(coalesce(a.first, '')), lower(a.routing)) THEN a.routing END, a.first]
        || [CASE WHEN NOT contains(coalesce(a.first, ''), a.number) THEN a.number END]
        || [CASE WHEN NOT contains(coalesce(a.first, ''), a.within) THEN a.within END]
        || a.more,
        lambda line: line IS NOT NULL
    )),
    'locality': a.city,
    'region': a.region,
    'post_code': a.post_code,
    'country': upper(a.country)
};

-- Registration number in the form of the national scheme: issuers write it with blanks, points, prefixes and
-- without leading zeros. `digits`: only digits, padded to the length; `alnum`: without punctuation; `as_is`.
CREATE OR REPLACE TEMP MACRO gleif_bare(number) AS nullif(regexp_replace(upper(number), '[^A-Z0-9]', '', 'g'), '');

CREATE OR REPLACE TEMP MACRO gleif_figures(number) AS regexp_replace(number, '[^0-9]', '', 'g');

CREATE OR REPLACE TEMP MACRO gleif_number(number, scheme, form, digits) AS
    CASE
        WHEN scheme = 'GB-COH' AND regexp_full_match(gleif_bare(number), '[0-9]{1,7}')
            THEN lpad(gleif_bare(number), 8, '0')
        WHEN scheme = 'GB-COH' AND regexp_full_match(gleif_bare(number), '[A-Z]{2}[0-9]{1,5}')
            THEN left(gleif_bare(number), 2) || lpad(substr(gleif_bare(number), 3), 6, '0')
        WHEN form = 'digits' AND regexp_full_match(gleif_bare(number), '[0-9]+')
            AND length(gleif_bare(number)) < digits
            THEN lpad(gleif_bare(number), digits, '0')
        WHEN form = 'digits' AND length(gleif_bare(number)) <> digits AND length(gleif_figures(number)) = digits
            THEN gleif_figures(number)
        WHEN form IN ('digits', 'alnum') THEN coalesce(gleif_bare(number), number)
        ELSE trim(number)
    END;

CREATE OR REPLACE TEMP VIEW gleif_lei AS
WITH csv AS (
    SELECT
        source_file,
        source_row,
        LEI AS lei,
        "Entity.LegalName" AS name,
        list_value(*COLUMNS('^Entity\.OtherEntityNames\.OtherEntityName\.[1-5]$')) AS other_value,
        list_value(*COLUMNS('^Entity\.OtherEntityNames\.OtherEntityName\.[1-5]\.xmllang$')) AS other_language,
        list_value(*COLUMNS('^Entity\.OtherEntityNames\.OtherEntityName\.[1-5]\.type$')) AS other_type,
        list_value(*COLUMNS('^Entity\.Trans.*EntityNames\.Trans.*EntityName\.[1-5]$')) AS ascii_value,
        list_value(*COLUMNS('^Entity\.Trans.*EntityNames\.Trans.*EntityName\.[1-5]\.xmllang$')) AS ascii_language,
        list_value(*COLUMNS('^Entity\.Trans.*EntityNames\.Trans.*EntityName\.[1-5]\.type$')) AS ascii_type,
        -- Addresses in this order: legal, headquarters, five others, five transliterated ones.
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.FirstAddressLine$')) AS first,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.AddressNumber$')) AS number,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.AddressNumberWithinBuilding$')) AS within,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.MailRouting$')) AS routing,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.AdditionalAddressLine\.1$')) AS more_1,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.AdditionalAddressLine\.2$')) AS more_2,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.AdditionalAddressLine\.3$')) AS more_3,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.City$')) AS city,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.Region$')) AS region,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.Country$')) AS country,
        list_value(*COLUMNS('^Entity\..*Address(\.[1-5])?\.PostalCode$')) AS post_code,
        "Entity.RegistrationAuthority.RegistrationAuthorityID" AS authority,
        "Entity.RegistrationAuthority.OtherRegistrationAuthorityID" AS other_authority,
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID" AS authority_number,
        "Entity.LegalJurisdiction" AS jurisdiction,
        "Entity.EntityCategory" AS category,
        "Entity.EntitySubCategory" AS subcategory,
        "Entity.LegalForm.EntityLegalFormCode" AS form_code,
        "Entity.LegalForm.OtherLegalForm" AS form_text,
        "Entity.AssociatedEntity.type" AS associated_type,
        "Entity.AssociatedEntity.AssociatedLEI" AS associated_lei,
        "Entity.AssociatedEntity.AssociatedEntityName" AS associated_name,
        "Entity.EntityStatus" AS status,
        "Entity.EntityCreationDate" AS created,
        "Entity.EntityExpirationDate" AS expired,
        "Entity.EntityExpirationReason" AS expiration_reason,
        list_value(*COLUMNS('^Entity\.SuccessorEntity\.[1-5]\.SuccessorLEI$')) AS successor_lei,
        list_value(*COLUMNS('^Entity\.SuccessorEntity\.[1-5]\.SuccessorEntityName$')) AS successor_name,
        "Registration.InitialRegistrationDate" AS registered_at,
        "Registration.LastUpdateDate" AS updated_at,
        "Registration.RegistrationStatus" AS registration_status,
        "Registration.NextRenewalDate" AS renewal_at,
        "Registration.ManagingLOU" AS managing_lou,
        "Registration.ValidationSources" AS validation_sources,
        DeletedAt AS deleted_at
    FROM raw_lei_csv
),
csv_structured AS (
    SELECT
        csv.*,
        list_transform(range(1, 13), lambda n: {
            'type': NULL::VARCHAR, 'first': first[n], 'number': number[n], 'within': within[n],
            'routing': routing[n],
            'more': list_filter([more_1[n], more_2[n], more_3[n]], lambda line: line IS NOT NULL),
            'city': city[n], 'region': region[n], 'country': country[n], 'post_code': post_code[n]
        }) AS address
    FROM csv
),
joined AS (
    SELECT
        * EXCLUDE (legal_address, headquarters, other_addresses, transliterated_addresses, deleted_at, deletion),
        legal_address[1] AS legal_address,
        headquarters[1] AS headquarters,
        other_addresses || transliterated_addresses AS further_addresses,
        coalesce(deleted_at, deletion) AS deleted_at
    FROM raw_lei_xml
    UNION ALL BY NAME
    SELECT
        * EXCLUDE (
            other_value, other_language, other_type, ascii_value, ascii_language, ascii_type, first, number, within,
            routing, more_1, more_2, more_3, city, region, country, post_code, successor_lei, successor_name, address
        ),
        list_transform(range(1, 6), lambda n: {
            'value': other_value[n], 'language': other_language[n], 'type': other_type[n]
        }) AS other_names,
        list_transform(range(1, 6), lambda n: {
            'value': ascii_value[n], 'language': ascii_language[n], 'type': ascii_type[n]
        }) AS transliterated_names,
        address[1] AS legal_address,
        address[2] AS headquarters,
        address[3:] AS further_addresses,
        list_transform(range(1, 6), lambda n: {'lei': successor_lei[n], 'name': successor_name[n]}) AS successors
    FROM csv_structured
)
SELECT
    * EXCLUDE (other_names, transliterated_names, further_addresses, successors),
    list_filter(other_names || transliterated_names, lambda item: item.value IS NOT NULL) AS other_names,
    list_filter(further_addresses, lambda item: coalesce(item.first, item.city) IS NOT NULL) AS further_addresses,
    list_filter(successors, lambda item: coalesce(item.lei, item.name) IS NOT NULL) AS successors
FROM joined;

CREATE OR REPLACE TEMP VIEW gleif_repex AS
WITH joined AS (
    SELECT * EXCLUDE (deletion) REPLACE (coalesce(deleted_at, deletion) AS deleted_at) FROM raw_repex_xml
    UNION ALL BY NAME
    SELECT
        source_file,
        source_row,
        LEI AS lei,
        "Exception.Category" AS category,
        list_value(*COLUMNS('^Exception\.Reason\.[1-5]$')) AS reasons,
        list_value(*COLUMNS('^Exception\.Reference\.[1-5]$')) AS "references",
        DeletedAt AS deleted_at
    FROM raw_repex_csv
)
SELECT
    source_file,
    source_row,
    lei,
    category,
    list_filter(reasons, lambda item: item IS NOT NULL) AS reasons,
    list_filter("references", lambda item: item IS NOT NULL) AS "references",
    deleted_at
FROM joined
WHERE lei IS NOT NULL AND category IS NOT NULL;
