-- LEI records, and references to LEIs whose record the delivery does not hold.
WITH own AS (
    SELECT
        concat('gleif:entity:', lei.lei) AS record_id,
        lei.lei AS source_key,
        lei.source_file,
        lei.source_row,
        false AS is_reference,
        -- What GLEIF withdrew is no record of an entity any more: the same entity under another LEI, or an error.
        -- LAPSED means that nobody renewed the LEI, RETIRED that the entity has ended: both remain records.
        CASE
            WHEN deleted_at IS NOT NULL OR registration_status IN ('ANNULLED', 'DUPLICATE', 'CANCELLED') THEN 'closed'
            ELSE 'new'
        END AS record_status,
        coalesce(updated_at, deleted_at) AS statement_date,
        -- A sole proprietor, a branch or a fund is registered where it has a number of its own in a register; a
        -- fund without one is a contract of its investors and manager.
        CASE
            WHEN authority_number IS NOT NULL THEN coalesce(category_type.registered_type, 'registeredEntity')
            ELSE coalesce(category_type.unregistered_type, 'legalEntity')
        END AS entity_type,
        category_type.subtype AS entity_subtype,
        one_line([lei.category, subcategory]) AS entity_type_details,
        name,
        each_once(list_transform(other_names, lambda item: item.value)) AS alternate_names,
        upper(jurisdiction) AS jurisdiction,
        gleif_date(created) AS founding_date,
        gleif_date(expired) AS dissolution_date,
        CASE status WHEN 'ACTIVE' THEN 'active' WHEN 'INACTIVE' THEN 'ceased' ELSE 'unknown' END AS status,
        -- Status of the entity (which may be the text NULL) and of its LEI.
        concat_ws(' / ', status, registration_status) AS status_native,
        form_text AS legal_form_native,
        -- 8888 is "no code exists", 9999 "not applicable": no codes of ISO 20275.
        CASE WHEN form_code NOT IN ('8888', '9999') THEN form_code END AS legal_form_code,
        [{
            'scheme': 'XI-LEI', 'scheme_name': 'Global Legal Entity Identifier Index', 'id': lei.lei,
            'uri': NULL, 'is_valid': valid_lei(lei.lei)
        }] || CASE WHEN authority_number IS NULL THEN [] ELSE [{
            'scheme': register.scheme,
            -- RA888888 is any authority that the list lacks, RA999999 none at all.
            'scheme_name': coalesce(
                register.title,
                CASE WHEN lei.authority IN ('RA888888', 'RA999999') THEN other_authority END,
                lei.authority
            ),
            'id': gleif_number(authority_number, register.scheme, register.form, register.digits::INTEGER),
            'uri': NULL,
            'is_valid': valid_identifier(
                register.scheme,
                gleif_number(authority_number, register.scheme, register.form, register.digits::INTEGER)
            )
        }] END AS identifiers,
        list_filter(
            [gleif_address('registered', legal_address), gleif_address('business', headquarters)]
            || list_transform(further_addresses, lambda item: gleif_address('alternative', item)),
            lambda item: coalesce(item.address, item.locality, item.country) IS NOT NULL
        ) AS addresses,
        concat('https://search.gleif.org/#/record/', lei.lei) AS uri,
        without_nulls(json_object(
            'registration_authority', lei.authority,
            'registration_authority_entity_id', authority_number,
            'other_registration_authority', other_authority,
            'legal_form', CASE WHEN form_code IN ('8888', '9999') THEN form_code END,
            'creation_date', CASE WHEN gleif_date(created) IS NULL THEN created END,
            'expiration_date', CASE WHEN gleif_date(expired) IS NULL THEN expired END,
            'expiration_reason', expiration_reason,
            'other_names', CASE WHEN len(other_names) > 0 THEN to_json(other_names) END,
            'successors', CASE WHEN len(successors) > 0 THEN to_json(successors) END,
            'associated_entity', CASE WHEN coalesce(associated_type, associated_lei, associated_name) IS NOT NULL THEN
                json_object('type', associated_type, 'lei', associated_lei, 'name', associated_name) END,
            'initial_registration', registered_at,
            'next_renewal', renewal_at,
            'managing_lou', managing_lou,
            'validation_sources', validation_sources,
            'deleted_at', deleted_at,
            'relationships', link.links
        )) AS extra
    FROM gleif_lei AS lei
    LEFT JOIN entity_categories AS category_type ON category_type.category = lei.category
    LEFT JOIN registration_authorities AS register ON register.authority = lei.authority
    LEFT JOIN gleif_other_link AS link ON link.start_node = lei.lei
    WHERE lei.lei IS NOT NULL
),
reference AS (
    SELECT
        concat('gleif:entity:', node) AS record_id,
        node AS source_key,
        first.file AS source_file,
        first.row AS source_row,
        true AS is_reference,
        'legalEntity' AS entity_type,
        'unknown' AS status,
        [{
            'scheme': CASE WHEN coalesce(first.type, 'LEI') = 'LEI' THEN 'XI-LEI' END,
            'scheme_name': CASE
                WHEN coalesce(first.type, 'LEI') = 'LEI' THEN 'Global Legal Entity Identifier Index' ELSE first.type
            END,
            'id': node,
            'uri': NULL,
            'is_valid': CASE WHEN coalesce(first.type, 'LEI') = 'LEI' THEN valid_lei(node) END
        }] AS identifiers,
        CASE WHEN link.links IS NOT NULL THEN json_object('relationships', link.links) END AS extra
    FROM gleif_node
    ANTI JOIN own ON own.source_key = node
    LEFT JOIN gleif_other_link AS link ON link.start_node = node
)
SELECT * FROM own
UNION ALL BY NAME
SELECT * FROM reference
