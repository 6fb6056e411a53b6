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
        CASE WHEN one_line([
            "RegAddress.AddressLine1", "RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.PostCode"
        ]) IS NOT NULL THEN [{
            'type': 'registered',
            'address': one_line([
                "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", "RegAddress.AddressLine2"
            ]),
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
    SELECT
        owner_record_id AS record_id,
        arg_min(party, party.source_row) AS first
    FROM psc_party AS party
    WHERE role = 'entity'
    GROUP BY owner_record_id
),
owner_entity AS (
    SELECT
        record_id,
        first.data.links.self AS source_key,
        first.source_file AS source_file,
        first.source_row AS source_row,
        true AS is_reference,
        first.data.notified_on AS statement_date,
        CASE WHEN first.data.kind LIKE 'legal-%' THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        first.data.name AS name,
        NULL::VARCHAR[] AS alternate_names,
        first.owner_country AS jurisdiction,
        NULL::DATE AS founding_date,
        NULL::DATE AS dissolution_date,
        'unknown' AS status,
        NULL::VARCHAR AS status_native,
        first.data.identification.legal_form AS legal_form_native,
        CASE WHEN first.owner_number IS NOT NULL THEN [{
            'scheme': first.owner_scheme,
            'scheme_name': CASE
                WHEN first.owner_scheme IS NULL THEN one_line([
                    first.data.identification.place_registered, first.data.identification.country_registered
                ])
            END,
            'id': first.owner_number,
            'uri': NULL,
            'is_valid': valid_identifier(first.owner_scheme, first.owner_number)
        }] END AS identifiers,
        list_filter([
            {
                'type': 'business',
                'address': one_line([
                    first.data.address.care_of, first.data.address.po_box, first.data.address.premises,
                    first.data.address.address_line_1, first.data.address.address_line_2
                ]),
                'locality': first.data.address.locality,
                'region': first.data.address.region,
                'post_code': first.data.address.postal_code,
                'country': service.code
            },
            {
                'type': 'registered',
                'address': one_line([
                    first.data.principal_office_address.care_of, first.data.principal_office_address.po_box,
                    first.data.principal_office_address.premises,
                    first.data.principal_office_address.address_line_1,
                    first.data.principal_office_address.address_line_2
                ]),
                'locality': first.data.principal_office_address.locality,
                'region': first.data.principal_office_address.region,
                'post_code': first.data.principal_office_address.postal_code,
                'country': principal.code
            }
        ], lambda item: item.address IS NOT NULL OR item.locality IS NOT NULL OR item.post_code IS NOT NULL) AS addresses,
        NULL::VARCHAR AS uri,
        CASE WHEN first.data.identification IS NOT NULL OR first.data.is_sanctioned IS NOT NULL THEN json_object(
            'identification', first.data.identification, 'is_sanctioned', first.data.is_sanctioned
        ) END AS extra
    FROM owner
    LEFT JOIN country_name AS service ON service.text = lower(trim(first.data.address.country))
    LEFT JOIN country_name AS principal
        ON principal.text = lower(trim(first.data.principal_office_address.country))
),
-- Statements that name no missing owner ("nobody has become a beneficial owner in the period") are facts about the
-- company: they stay with it.
subject AS (
    SELECT
        concat('gb_psc:entity:', gb_number(company_number)) AS record_id,
        any_value(company_number) AS source_key,
        arg_min(source_file, source_row) AS source_file,
        min(source_row) AS source_row,
        true AS is_reference,
        NULL::VARCHAR AS statement_date,
        'registeredEntity' AS entity_type,
        NULL::VARCHAR AS name,
        NULL::VARCHAR[] AS alternate_names,
        CASE WHEN NOT starts_with(any_value(company_number), 'OE') THEN 'GB' END AS jurisdiction,
        NULL::DATE AS founding_date,
        NULL::DATE AS dissolution_date,
        'unknown' AS status,
        NULL::VARCHAR AS status_native,
        NULL::VARCHAR AS legal_form_native,
        [{
            'scheme': 'GB-COH', 'scheme_name': 'Companies House', 'id': gb_number(any_value(company_number)),
            'uri': NULL, 'is_valid': valid_gb_coh(gb_number(any_value(company_number)))
        }] AS identifiers,
        NULL AS addresses,
        NULL::VARCHAR AS uri,
        CASE WHEN count(statements.slug) FILTER (WHERE statements.reason IS NULL) > 0 THEN json_object(
            'statements', list({
                'statement': data.statement, 'notified_on': data.notified_on, 'ceased_on': data.ceased_on
            } ORDER BY source_row) FILTER (WHERE statements.slug IS NOT NULL AND statements.reason IS NULL)
        ) END AS extra
    FROM raw_psc
    LEFT JOIN statements ON statements.slug = data.statement
    WHERE company_number IS NOT NULL
    GROUP BY gb_number(company_number)
),
reference AS (
    SELECT * FROM owner_entity
    UNION ALL BY NAME
    SELECT * FROM subject WHERE extra IS NULL AND record_id NOT IN (SELECT record_id FROM owner_entity)
)
SELECT * FROM company
UNION ALL BY NAME
SELECT * FROM reference WHERE record_id NOT IN (SELECT record_id FROM company)
UNION ALL BY NAME
SELECT * FROM subject WHERE extra IS NOT NULL
