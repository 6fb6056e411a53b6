-- Companies: their own entries in BasicCompanyData, and references to them as subject or owner in PSC lines.
-- A reference is kept only as long as the delivery has no entry of the company.
WITH company AS (
    SELECT
        concat('gb_psc:entity:', gb_number(CompanyNumber)) AS record_id,
        CompanyNumber AS source_key,
        source_file,
        source_row,
        false AS is_reference,
        CASE
            WHEN try_strptime(DissolutionDate, '%d/%m/%Y') IS NOT NULL
                THEN strftime(try_strptime(DissolutionDate, '%d/%m/%Y'), '%Y-%m-%d')
        END AS statement_date,
        'registeredEntity' AS entity_type,
        CompanyName AS name,
        list_distinct(list_filter([
            "PreviousName_1.CompanyName", "PreviousName_2.CompanyName", "PreviousName_3.CompanyName",
            "PreviousName_4.CompanyName", "PreviousName_5.CompanyName", "PreviousName_6.CompanyName",
            "PreviousName_7.CompanyName", "PreviousName_8.CompanyName", "PreviousName_9.CompanyName",
            "PreviousName_10.CompanyName"
        ], lambda former: former IS NOT NULL)) AS alternate_names,
        coalesce(origin.code, CASE WHEN CountryOfOrigin IS NULL AND NOT starts_with(CompanyNumber, 'OE') THEN 'GB' END)
            AS jurisdiction,
        try_strptime(IncorporationDate, '%d/%m/%Y')::DATE AS founding_date,
        try_strptime(DissolutionDate, '%d/%m/%Y')::DATE AS dissolution_date,
        -- The product holds live companies; "Active - Proposal to Strike off" and insolvency states still exist.
        CASE
            WHEN DissolutionDate IS NOT NULL OR lower(CompanyStatus) IN ('dissolved', 'converted / closed', 'removed', 'closed')
                THEN 'ceased'
            WHEN CompanyStatus IS NULL THEN 'unknown'
            ELSE 'active'
        END AS status,
        CompanyStatus AS status_native,
        CompanyCategory AS legal_form_native,
        [{
            'scheme': 'GB-COH', 'scheme_name': 'Companies House', 'id': gb_number(CompanyNumber), 'uri': URI,
            'is_valid': valid_gb_coh(gb_number(CompanyNumber))
        }] AS identifiers,
        CASE WHEN nullif(concat_ws(', ', "RegAddress.AddressLine1", "RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.PostCode"), '') IS NOT NULL THEN [{
            'type': 'registered',
            'address': nullif(concat_ws(', ', "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", "RegAddress.AddressLine2"), ''),
            'locality': "RegAddress.PostTown",
            'region': "RegAddress.County",
            'post_code': "RegAddress.PostCode",
            'country': coalesce(located.code, CASE WHEN NOT starts_with(CompanyNumber, 'OE') THEN 'GB' END)
        }] END AS addresses,
        URI AS uri,
        NULL::VARCHAR AS extra
    FROM raw_company
    LEFT JOIN country_name AS origin ON origin.text = lower(trim(CountryOfOrigin))
    LEFT JOIN country_name AS located ON located.text = lower(trim("RegAddress.Country"))
    WHERE CompanyNumber IS NOT NULL
),
owner AS (
    SELECT owner_record_id, source_file, min(source_row) AS source_row
    FROM psc_party
    WHERE role = 'entity'
    GROUP BY owner_record_id, source_file
),
first AS (
    SELECT owner_record_id, source_file, source_row, owner_country, owner_scheme, owner_number
    FROM psc_party
    SEMI JOIN owner USING (owner_record_id, source_file, source_row)
),
owner_entity AS (
    SELECT
        owner_record_id AS record_id,
        data.links.self AS source_key,
        data.etag AS content_key,
        source_file,
        source_row,
        true AS is_reference,
        data.notified_on AS statement_date,
        CASE WHEN data.kind LIKE 'legal-%' THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        data.name AS name,
        NULL::VARCHAR[] AS alternate_names,
        owner_country AS jurisdiction,
        NULL::DATE AS founding_date,
        NULL::DATE AS dissolution_date,
        'unknown' AS status,
        NULL::VARCHAR AS status_native,
        data.identification.legal_form AS legal_form_native,
        CASE WHEN owner_number IS NOT NULL THEN [{
            'scheme': owner_scheme,
            'scheme_name': CASE
                WHEN owner_scheme IS NULL THEN nullif(concat_ws(', ', data.identification.place_registered, data.identification.country_registered), '')
            END,
            'id': owner_number,
            'uri': NULL,
            'is_valid': valid_identifier(owner_scheme, owner_number)
        }] END AS identifiers,
        list_filter([
            {
                'type': 'business',
                'address': nullif(concat_ws(', ', data.address.care_of, data.address.po_box, data.address.premises,
                    data.address.address_line_1, data.address.address_line_2), ''),
                'locality': data.address.locality,
                'region': data.address.region,
                'post_code': data.address.postal_code,
                'country': service.code
            },
            {
                'type': 'registered',
                'address': nullif(concat_ws(', ', data.principal_office_address.care_of, data.principal_office_address.po_box,
                    data.principal_office_address.premises,
                    data.principal_office_address.address_line_1,
                    data.principal_office_address.address_line_2), ''),
                'locality': data.principal_office_address.locality,
                'region': data.principal_office_address.region,
                'post_code': data.principal_office_address.postal_code,
                'country': principal.code
            }
        ], lambda item: item.address IS NOT NULL OR item.locality IS NOT NULL OR item.post_code IS NOT NULL) AS addresses,
        NULL::VARCHAR AS uri,
        CASE WHEN data.identification IS NOT NULL OR data.is_sanctioned IS NOT NULL THEN json_object(
            'identification', data.identification, 'is_sanctioned', data.is_sanctioned
        ) END AS extra
    FROM (SELECT * FROM raw_psc WHERE data.kind LIKE 'corporate-%' OR data.kind LIKE 'legal-%')
    JOIN first USING (source_file, source_row)
    LEFT JOIN country_name AS service ON service.text = lower(trim(data.address.country))
    LEFT JOIN country_name AS principal
        ON principal.text = lower(trim(data.principal_office_address.country))
),
-- Statements that name no missing owner ("nobody has become a beneficial owner in the period") are facts about the
-- company: they stay with it.
noted AS (
    SELECT company_number, json_object('statements', list({
        'statement': data.statement, 'notified_on': data.notified_on, 'ceased_on': data.ceased_on
    } ORDER BY source_row)) AS extra
    FROM raw_psc
    JOIN statements ON statements.slug = data.statement
    WHERE statements.reason IS NULL
    GROUP BY company_number
),
subject AS (
    SELECT
        concat('gb_psc:entity:', gb_number(company_number)) AS record_id,
        company_number AS source_key,
        coalesce(CAST(noted.extra AS VARCHAR), '') AS content_key,
        source_file,
        source_row,
        true AS is_reference,
        'registeredEntity' AS entity_type,
        CASE WHEN NOT starts_with(company_number, 'OE') THEN 'GB' END AS jurisdiction,
        'unknown' AS status,
        [{
            'scheme': 'GB-COH', 'scheme_name': 'Companies House', 'id': gb_number(company_number),
            'uri': NULL, 'is_valid': valid_gb_coh(gb_number(company_number))
        }] AS identifiers,
        noted.extra
    FROM (
        SELECT company_number, arg_min(source_file, source_row) AS source_file, min(source_row) AS source_row
        FROM raw_psc
        WHERE company_number IS NOT NULL
        GROUP BY company_number
    )
    LEFT JOIN noted USING (company_number)
)
SELECT * FROM company
UNION ALL BY NAME
SELECT * FROM owner_entity ANTI JOIN company USING (record_id)
UNION ALL BY NAME
SELECT subject.*
FROM subject
LEFT JOIN (SELECT record_id, true AS has_entry FROM company) USING (record_id)
LEFT JOIN (SELECT DISTINCT owner_record_id AS record_id, true AS is_owner FROM owner) USING (record_id)
WHERE extra IS NOT NULL OR (has_entry IS NULL AND is_owner IS NULL)
-- Grouping loses the order of the files; sorted here, the statements are written once.
ORDER BY source_file, source_row, record_id
