-- Rows without the number of the company, or of the joint stake, that they are about.
SELECT source_file, source_row, 'no-regcode' AS code, 'expected regcode, found none' AS message
FROM raw_register
WHERE lv_number(regcode) IS NULL
UNION ALL
SELECT source_file, source_row, 'no-former-name', 'expected regcode and name, found ' || coalesce(regcode, 'none') || ', '
    || coalesce(name, 'none')
FROM raw_name_history
UNION ALL
SELECT source_file, source_row, 'no-company', 'expected legal_entity_registration_number, the company, found none'
FROM raw_beneficial_owner
WHERE lv_number(legal_entity_registration_number) IS NULL
UNION ALL
SELECT source_file, source_row, 'no-company', 'expected at_legal_entity_registration_number, the company, found none'
FROM (
    SELECT source_file, source_row, at_legal_entity_registration_number FROM raw_member
    UNION ALL
    SELECT source_file, source_row, at_legal_entity_registration_number FROM raw_stockholder
    UNION ALL
    SELECT source_file, source_row, at_legal_entity_registration_number FROM raw_officer
)
WHERE lv_number(at_legal_entity_registration_number) IS NULL
UNION ALL
SELECT source_file, source_row, 'no-stake', 'expected member_id, the joint stake, found none'
FROM (
    SELECT source_file, source_row, member_id FROM raw_member_joint_owner
    UNION ALL
    SELECT source_file, source_row, coalesce(stockholder_id, member_id) FROM raw_stockholder_joint_owner
)
WHERE clean(member_id) IS NULL
