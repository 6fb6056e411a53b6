-- Interests of people, companies and other legal persons; statements that nobody is registered, and why.
WITH nature AS (
    SELECT
        natures,
        list({
            'type': coalesce(code.type, 'unknownInterest'),
            'direct_or_indirect': coalesce(code.direct_or_indirect, 'unknown'),
            'share_min': code.share_min,
            'share_max': code.share_max,
            'share_min_exclusive': code.share_min_exclusive,
            'details': slug
        } ORDER BY position) AS interests
    FROM (
        SELECT natures, unnest(natures) AS slug, generate_subscripts(natures, 1) AS position
        FROM (SELECT DISTINCT data.natures_of_control AS natures FROM raw_psc)
    )
    LEFT JOIN natures_of_control AS code USING (slug)
    GROUP BY natures
)
SELECT
    concat('gb_psc:relationship:', company, '/', entry_id) AS record_id,
    self AS source_key,
    etag AS content_key,
    party.source_file,
    party.source_row,
    CASE WHEN ceased_on IS NOT NULL OR ceased = 'true' THEN 'closed' ELSE 'new' END AS record_status,
    coalesce(ceased_on, notified_on) AS statement_date,
    concat('gb_psc:entity:', company) AS declaration_subject,
    concat('gb_psc:entity:', company) AS subject_record_id,
    CASE role
        WHEN 'person' THEN concat('gb_psc:person:', entry)
        WHEN 'entity' THEN owner_record_id
    END AS interested_party_record_id,
    coalesce(role, 'unspecified') AS interested_party_type,
    CASE
        WHEN kind = 'exemptions' THEN 'subjectExemptFromDisclosure'
        WHEN role IS NULL THEN coalesce(statements.reason, 'unknown')
    END AS interested_party_reason,
    CASE
        WHEN kind = 'exemptions' THEN array_to_string(list_sort(json_keys(exemptions)), ', ')
        WHEN role IS NULL THEN nullif(concat_ws(': ', statement, linked_psc_name, restrictions_notice_withdrawal_reason), '')
    END AS interested_party_description,
    CASE
        WHEN role IS NULL THEN []
        WHEN nature.interests IS NOT NULL THEN list_transform(nature.interests, lambda item: {
            'type': item.type,
            'direct_or_indirect': item.direct_or_indirect,
            'beneficial_ownership_or_control': role = 'person',
            'share_min': item.share_min,
            'share_max': item.share_max,
            'share_min_exclusive': item.share_min_exclusive,
            'start_date': try_cast(notified_on AS DATE),
            'end_date': try_cast(ceased_on AS DATE),
            'details': item.details
        })
        ELSE [{
            'type': CASE WHEN contains(kind, 'super-secure') THEN 'unpublishedInterest' ELSE 'unknownInterest' END,
            'direct_or_indirect': 'unknown',
            'beneficial_ownership_or_control': role = 'person',
            'share_min': NULL,
            'share_max': NULL,
            'share_min_exclusive': NULL,
            'start_date': try_cast(notified_on AS DATE),
            'end_date': try_cast(ceased_on AS DATE),
            'details': description
        }]
    END AS interests,
    CASE WHEN role IS NULL THEN json_object(
        'notified_on', notified_on, 'ceased_on', ceased_on, 'exemptions', exemptions,
        'linked_statement', linked_statement
    ) END AS extra
FROM (SELECT *, gb_number(company_number) AS company FROM psc_party) AS party
LEFT JOIN nature ON nature.natures = party.natures_of_control
LEFT JOIN statements ON statements.slug = party.statement
WHERE role IS NOT NULL OR kind = 'exemptions' OR statements.reason IS NOT NULL OR statements.slug IS NULL
