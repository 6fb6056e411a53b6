-- Stakes of members and stockholders, holders of joint stakes, beneficial owners, officers.
WITH stake AS (
    SELECT
        concat('lv_ur:relationship:', role, '/', subject, '/', party_key) AS record_id,
        concat_ws('/', role, subject, party_key) AS source_key,
        source_file,
        source_row,
        stated_on,
        subject_record_id,
        party_kind,
        party_record_id,
        [{
            'type': 'shareholding',
            'direct_or_indirect': 'direct',
            'beneficial_ownership_or_control': false,
            'share_exact': share,
            'start_date': start_date,
            'details': details
        }] || CASE WHEN vote_share IS NULL THEN [] ELSE [{
            'type': 'votingRights',
            'direct_or_indirect': 'direct',
            'beneficial_ownership_or_control': false,
            'share_exact': vote_share,
            'start_date': start_date,
            'details': vote_details
        }] END AS interests,
        json_object('entries', to_json(list_transform(entries, lambda entry: json_merge_patch('{}', to_json(entry))))) AS extra
    FROM lv_stake
),
-- Each holds the joint stake with the others; the register gives no parts, and BODS has no interest "joint".
joint_owner AS (
    SELECT
        concat('lv_ur:relationship:', subject, '/', coalesce(id, party_key)) AS record_id,
        concat_ws('/', subject, coalesce(id, party_key)) AS source_key,
        source_file,
        source_row,
        stated_on,
        subject_record_id,
        party_kind,
        party_record_id,
        [{
            'type': 'shareholding',
            'direct_or_indirect': 'direct',
            'beneficial_ownership_or_control': false,
            'share_exact': NULL::DOUBLE,
            'start_date': try_cast(registered_on AS DATE),
            'details': 'joint owner'
        }] AS interests,
        CASE WHEN clean(uri) IS NOT NULL THEN json_object('uri', uri) END AS extra
    FROM lv_party
    WHERE role = 'joint_owner'
),
-- The file says that they are beneficial owners, not by what right or through whom.
beneficial_owner AS (
    SELECT
        concat('lv_ur:relationship:beneficial_owner/', coalesce(id, concat(subject, '/', party_key))) AS record_id,
        coalesce(id, concat(subject, '/', party_key)) AS source_key,
        source_file,
        source_row,
        stated_on,
        subject_record_id,
        party_kind,
        party_record_id,
        [{
            'type': 'unknownInterest',
            'direct_or_indirect': 'unknown',
            'beneficial_ownership_or_control': true,
            'share_exact': NULL::DOUBLE,
            'start_date': try_cast(registered_on AS DATE),
            'details': 'beneficial owner (patiesais labuma guvējs)'
        }] AS interests,
        NULL::JSON AS extra
    FROM lv_party
    WHERE role = 'beneficial_owner'
),
officer AS (
    SELECT
        concat('lv_ur:relationship:officer/', coalesce(id, concat_ws('/', subject, party_key, party.position))) AS record_id,
        coalesce(id, concat_ws('/', subject, party_key, party.position)) AS source_key,
        source_file,
        source_row,
        stated_on,
        subject_record_id,
        party_kind,
        party_record_id,
        [{
            -- The position says more than the body; an owner (of an individual merchant, a farm, a partnership) holds
            -- a stake whose size no file tells.
            'type': coalesce(positions.type, body.type, 'unknownInterest'),
            'direct_or_indirect': CASE
                WHEN coalesce(positions.type, body.type) IS NULL THEN 'unknown' ELSE 'direct'
            END,
            'beneficial_ownership_or_control': false,
            'share_exact': NULL::DOUBLE,
            'start_date': try_cast(registered_on AS DATE),
            'details': concat_ws(
                '; ', party.position, nullif(party.governing_body, party.position),
                'represents ' || nullif(concat_ws(' ', rights_of_representation_type, representation_with_at_least), '')
            )
        }] AS interests,
        CASE WHEN clean(uri) IS NOT NULL THEN json_object('uri', uri) END AS extra
    FROM lv_party AS party
    LEFT JOIN positions ON positions.position = party.position
    LEFT JOIN governing_bodies AS body ON body.governing_body = party.governing_body
    WHERE role = 'officer'
),
stated AS (
    SELECT * FROM stake
    UNION ALL BY NAME
    SELECT * FROM joint_owner
    UNION ALL BY NAME
    SELECT * FROM beneficial_owner
    UNION ALL BY NAME
    SELECT * FROM officer
)
SELECT
    record_id,
    source_key,
    source_file,
    source_row,
    stated_on AS statement_date,
    subject_record_id AS declaration_subject,
    subject_record_id,
    party_record_id AS interested_party_record_id,
    CASE party_kind WHEN 'joint' THEN 'entity' ELSE party_kind END AS interested_party_type,
    CASE party_kind WHEN 'unspecified' THEN 'informationUnknownToPublisher' END AS interested_party_reason,
    CASE party_kind WHEN 'unspecified' THEN 'the entry names nobody' END AS interested_party_description,
    interests,
    extra
FROM stated
