-- Companies of register.csv with their former names; companies that only other files name; joint holdings.
WITH former AS (
    SELECT
        lv_number(regcode) AS regcode,
        list(clean(name) ORDER BY date_to, source_file, source_row) AS names,
        to_json(list({'name': clean(name), 'date_to': date_to} ORDER BY date_to, source_file, source_row)) AS history,
        min({'file': source_file, 'row': source_row}) AS first
    FROM raw_name_history
    WHERE clean(name) IS NOT NULL
    GROUP BY lv_number(regcode)
),
company AS (
    SELECT
        concat('lv_ur:entity:', company.regcode) AS record_id,
        company.regcode AS source_key,
        company.source_file,
        company.source_row,
        false AS is_reference,
        coalesce(terminated, registered) AS statement_date,
        'registeredEntity' AS entity_type,
        form.subtype AS entity_subtype,
        regtype_text AS entity_type_details,
        clean(company.name) AS name,
        list_filter(former.names, lambda name, n: name <> clean(company.name) AND list_position(former.names, name) = n)
            AS alternate_names,
        'LV' AS jurisdiction,
        try_cast(registered AS DATE) AS founding_date,
        try_cast(terminated AS DATE) AS dissolution_date,
        CASE WHEN terminated IS NOT NULL OR closed IN ('L', 'R') THEN 'ceased' ELSE 'active' END AS status,
        -- L liquidated, R reorganised.
        closed AS status_native,
        coalesce(type_text, company.type) AS legal_form_native,
        form.elf AS legal_form_code,
        [{
            'scheme': 'LV-RE', 'scheme_name': 'Uzņēmumu reģistrs', 'id': company.regcode,
            'uri': NULL, 'is_valid': lv_valid(company.regcode)
        }] AS identifiers,
        CASE WHEN clean(address) IS NOT NULL THEN [{
            'type': 'registered', 'address': clean(address), 'post_code': "index", 'country': 'LV'
        }] END AS addresses,
        json_merge_patch('{}', json_object(
            'type', company.type,
            'regtype', regtype,
            'reregistration_term', clean(reregistration_term),
            'name_history', former.history
        )) AS extra
    FROM lv_company AS company
    LEFT JOIN former ON former.regcode = company.regcode
    LEFT JOIN legal_forms AS form ON form.type = company.type
),
-- Companies that own or manage others: Latvian ones by number (unless the register file has them), others by name.
party AS (
    SELECT
        party_record_id AS record_id,
        party_key AS source_key,
        arg_min(party, place) AS first
    FROM lv_party AS party
    WHERE party_kind = 'entity'
    GROUP BY party_record_id, party_key
),
party_entity AS (
    SELECT
        record_id,
        source_key,
        first.source_file AS source_file,
        first.source_row AS source_row,
        true AS is_reference,
        first.stated_on AS statement_date,
        CASE WHEN first.number IS NULL THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
        first.entity_type AS entity_type_details,
        first.name AS name,
        CASE WHEN first.is_latvian OR first.entity_type = 'LEGAL_ENTITY' THEN 'LV' END AS jurisdiction,
        'unknown' AS status,
        CASE WHEN first.number IS NOT NULL THEN [{
            'scheme': CASE WHEN first.is_latvian THEN 'LV-RE' END,
            'scheme_name': CASE
                WHEN first.is_latvian THEN 'Uzņēmumu reģistrs'
                ELSE 'number in a register that Uzņēmumu reģistrs does not name'
            END,
            'id': CASE WHEN first.is_latvian THEN lv_number(first.number) ELSE first.number END,
            'uri': NULL,
            'is_valid': CASE WHEN first.is_latvian THEN lv_valid(lv_number(first.number)) END
        }] END AS identifiers
    FROM party
    ANTI JOIN company ON company.record_id = party.record_id
),
-- One stake that several hold together: an arrangement holds it, and they hold the arrangement. So it is counted once.
joint AS (
    SELECT
        stake.party_record_id AS record_id,
        stake.party_key AS source_key,
        stake.source_file,
        stake.source_row,
        true AS is_reference,
        stake.stated_on AS statement_date,
        'arrangement' AS entity_type,
        'other' AS entity_subtype,
        'JOINT_OWNERS' AS entity_type_details,
        owners.names AS name,
        'LV' AS jurisdiction,
        'unknown' AS status
    FROM lv_party AS stake
    LEFT JOIN (
        SELECT subject, string_agg(name, ' & ' ORDER BY place) AS names
        FROM lv_party
        WHERE role = 'joint_owner'
        GROUP BY subject
    ) AS owners ON owners.subject = stake.party_key
    WHERE stake.party_kind = 'joint'
),
known AS (
    SELECT * FROM company
    UNION ALL BY NAME
    SELECT * FROM party_entity
    UNION ALL BY NAME
    SELECT * FROM joint
),
-- Subjects that no other row describes: the delivery lacks their entry or the stake.
subject AS (
    SELECT
        concat('lv_ur:entity:', key) AS record_id,
        key AS source_key,
        min(place) AS first
    FROM (
        SELECT subject AS key, {'rank': rank, 'file': source_file, 'row': source_row} AS place FROM lv_party
        UNION ALL
        SELECT regcode, {'rank': 9, 'file': first.file, 'row': first.row} FROM former WHERE regcode IS NOT NULL
    )
    GROUP BY key
)
SELECT * FROM known
UNION ALL BY NAME
SELECT
    subject.record_id,
    subject.source_key,
    subject.first.file AS source_file,
    subject.first.row AS source_row,
    true AS is_reference,
    CASE WHEN starts_with(subject.source_key, 'joint/') THEN 'arrangement' ELSE 'registeredEntity' END AS entity_type,
    CASE WHEN starts_with(subject.source_key, 'joint/') THEN 'JOINT_OWNERS' END AS entity_type_details,
    former.names AS alternate_names,
    'LV' AS jurisdiction,
    'unknown' AS status,
    CASE WHEN NOT starts_with(subject.source_key, 'joint/') THEN [{
        'scheme': 'LV-RE', 'scheme_name': 'Uzņēmumu reģistrs', 'id': subject.source_key,
        'uri': NULL, 'is_valid': lv_valid(subject.source_key)
    }] END AS identifiers,
    CASE WHEN former.history IS NOT NULL THEN json_object('name_history', former.history) END AS extra
FROM subject
ANTI JOIN known ON known.record_id = subject.record_id
LEFT JOIN former ON former.regcode = subject.source_key
