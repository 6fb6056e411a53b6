-- Companies: their own entries in BasicCompanyData, and references to them as subject or owner in PSC lines (tables.sql
-- says which lines). A reference is kept only as long as the delivery has no entry of the company.
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
-- The fields are taken out of `data` before the join, which would else carry all of it.
line AS (
    SELECT
        source_file,
        source_row,
        company_number,
        data.links.self AS self,
        gb_entry(data.links.self) AS entry,
        data.etag AS etag,
        data.kind AS kind,
        data.name AS name,
        data.notified_on AS notified_on,
        data.is_sanctioned AS is_sanctioned,
        data.identification AS identification,
        data.address AS service,
        lower(trim(data.address.country)) AS service_country,
        data.principal_office_address AS principal,
        lower(trim(data.principal_office_address.country)) AS principal_country
    FROM raw_psc
),
named AS (
    SELECT line.*, psc_entity.* EXCLUDE (line, parts), unnest(parts) = 'owner' AS is_owner
    FROM line
    -- No inner joins: they hold small chunks of rows back, and the order of the file is lost.
    LEFT JOIN psc_file USING (source_file)
    LEFT JOIN psc_entity ON psc_entity.line = gb_line(file, source_row)
),
mentioned AS (
    SELECT
        concat('gb_psc:entity:', CASE
            WHEN NOT is_owner THEN gb_number(company_number)
            WHEN owner_scheme = 'GB-COH' THEN owner_number
            ELSE entry
        END) AS record_id,
        CASE WHEN is_owner THEN self ELSE company_number END AS source_key,
        CASE WHEN is_owner THEN etag ELSE coalesce(subject_extra, '') END AS content_key,
        source_file,
        source_row,
        true AS is_reference,
        CASE WHEN is_owner THEN notified_on END AS statement_date,
        CASE WHEN is_owner AND kind LIKE 'legal-%' THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        CASE WHEN is_owner THEN name END AS name,
        CASE
            WHEN is_owner THEN owner_country
            WHEN NOT starts_with(company_number, 'OE') THEN 'GB'
        END AS jurisdiction,
        'unknown' AS status,
        CASE WHEN is_owner THEN identification.legal_form END AS legal_form_native,
        CASE
            WHEN NOT is_owner THEN [{
                'scheme': 'GB-COH', 'scheme_name': 'Companies House', 'id': gb_number(company_number),
                'uri': NULL, 'is_valid': valid_gb_coh(gb_number(company_number))
            }]
            WHEN owner_number IS NOT NULL THEN [{
                'scheme': owner_scheme,
                'scheme_name': CASE
                    WHEN owner_scheme IS NULL
                        THEN nullif(concat_ws(', ', identification.place_registered, identification.country_registered), '')
                END,
                'id': owner_number,
                'uri': NULL,
                'is_valid': valid_identifier(owner_scheme, owner_number)
            }]
        END AS identifiers,
        CASE WHEN is_owner THEN list_filter([
            {
                'type': 'business',
                'address': nullif(concat_ws(', ', service.care_of, service.po_box, service.premises,
                    service.address_line_1, service.address_line_2), ''),
                'locality': service.locality,
                'region': service.region,
                'post_code': service.postal_code,
                'country': service_place.code
            },
            {
                'type': 'registered',
                'address': nullif(concat_ws(', ', principal.care_of, principal.po_box, principal.premises,
                    principal.address_line_1, principal.address_line_2), ''),
                'locality': principal.locality,
                'region': principal.region,
                'post_code': principal.postal_code,
                'country': principal_place.code
            }
        ], lambda item: item.address IS NOT NULL OR item.locality IS NOT NULL OR item.post_code IS NOT NULL) END AS addresses,
        CASE
            WHEN NOT is_owner THEN subject_extra
            WHEN identification IS NOT NULL OR is_sanctioned IS NOT NULL
                THEN CAST(json_object('identification', identification, 'is_sanctioned', is_sanctioned) AS VARCHAR)
        END AS extra
    FROM named
    LEFT JOIN country_name AS service_place ON service_place.text = service_country
    LEFT JOIN country_name AS principal_place ON principal_place.text = principal_country
)
SELECT * FROM company
UNION ALL BY NAME
SELECT * FROM mentioned
