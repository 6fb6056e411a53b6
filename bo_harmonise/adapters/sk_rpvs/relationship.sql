-- End users of benefits of each partner. The register publishes neither shares nor the nature of the interest.
-- An entry may hold several rows of the partner (its history). They are nearly always one company, and one record.
-- Where they are not, the end user belongs to the partner whose row holds with his; of several to the one that holds now,
-- then to the latest.
WITH pair AS (
    SELECT
        sk_end_user.source_file, sk_end_user.source_row, row_key, sk_end_user.kind AS party_type,
        sk_end_user.record_id AS party_record_id, sk_end_user.start_date, sk_end_user.end_date, sk_end_user.deletion,
        coalesce(entry_number, sk_end_user.entry_id) AS entry, country, partner.record_id AS subject_record_id, partner.kind AS subject_kind,
        sk_full_name(partner.item) AS subject_name,
        row_number() OVER (
            PARTITION BY sk_end_user.source_file, sk_end_user.source_row, row_key
            ORDER BY
                coalesce(partner.start_date <= sk_end_user.end_date, true) AND coalesce(sk_end_user.start_date <= partner.end_date, true) DESC,
                partner.end_date IS NULL DESC,
                partner.start_date DESC NULLS LAST,
                partner.item.Id DESC
        ) AS place
    FROM sk_end_user
    LEFT JOIN (SELECT * EXCLUDE (entry_number) FROM sk_partner) AS partner
        ON partner.source_file = sk_end_user.source_file AND partner.source_row = sk_end_user.source_row
)
SELECT
    'sk_rpvs:relationship:' || row_key AS record_id,
    row_key AS source_key,
    source_file,
    source_row,
    sk_status(sk_is_past(end_date), deletion) AS record_status,
    CASE WHEN sk_is_past(end_date) THEN end_date ELSE start_date END::VARCHAR AS statement_date,
    subject_record_id AS declaration_subject,
    CASE WHEN subject_kind = 'entity' THEN subject_record_id END AS subject_record_id,
    -- What is owned is an entity: where the partner is a natural person there is none to name, and the end users are kept
    -- with a subject that is not specified.
    CASE WHEN subject_kind IS DISTINCT FROM 'entity' THEN 'informationUnknownToPublisher' END AS subject_reason,
    CASE
        WHEN subject_kind = 'person' THEN concat('vložka ', entry, ': the partner is a natural person, ', subject_name, ' (', subject_record_id, ')')
        WHEN subject_kind IS NULL THEN concat('vložka ', entry, ': the partner is not in the delivery')
    END AS subject_description,
    party_record_id AS interested_party_record_id,
    party_type AS interested_party_type,
    [{
        'type': 'unknownInterest',
        'direct_or_indirect': 'unknown',
        'beneficial_ownership_or_control': true,
        'start_date': start_date,
        'end_date': end_date,
        'details': 'konečný užívateľ výhod'
    }] AS interests,
    CASE WHEN subject_kind IS NULL THEN json_object('Partneri', facts) END AS extra
FROM pair
JOIN sk_entry USING (source_file, source_row)
WHERE place = 1
