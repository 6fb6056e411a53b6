-- Interests of participants in companies, one record a company, participant and organisation; companies in which nobody
-- holds 5 %.
WITH organisation AS (
    SELECT
        record_id,
        bool_and(is_company_side) AS is_company_side,
        min({'file': source_file, 'row': source_row}) AS origin,
        any_value(subject_record_id) AS subject_record_id,
        any_value(party_record_id) AS party_record_id,
        any_value(party_type) AS party_type,
        min(main_type) AS main_type,
        min(organisation) AS name
    FROM dk_role
    GROUP BY record_id
),
role AS (
    SELECT organisation.*, coalesce(organisations.role, 'unknown') AS role, organisations.interest
    FROM organisation
    LEFT JOIN organisations
        ON organisations.main_type = organisation.main_type AND organisations.name = lower(organisation.name)
),
-- A block may stand twice, and a corrected value beside the one it corrects: of values that begin on one day the last
-- written counts.
share AS (
    SELECT
        record_id, type, series, start_date,
        max({
            'updated': updated, 'end_date': coalesce(end_date, DATE '9999-12-31'), 'text': text, 'share_class': share_class
        }) AS last,
        bool_or(is_indirect) AS is_indirect
    FROM dk_value
    WHERE type IN ('EJERANDEL_PROCENT', 'EJERANDEL_STEMMERET_PROCENT')
    GROUP BY record_id, type, series, start_date
),
-- A share ends at the latest when the next of its class begins: a history never gives two shares for one day.
period AS (
    SELECT
        record_id, type, start_date, is_indirect, last.text AS text, last.share_class AS share_class,
        last.end_date AS stated_end,
        CASE
            WHEN lead(start_date) OVER history < last.end_date THEN lead(start_date) OVER history - 1
            ELSE last.end_date
        END AS end_date
    FROM share
    WINDOW history AS (PARTITION BY record_id, type, series ORDER BY start_date NULLS FIRST)
),
-- Legal owners are registered in bands, of which the lower limit is published. Whether the figures of beneficial
-- owners are bands too could not be settled: a limit of a band is read as that band, and `details` says so; any
-- other value is no limit and is exact.
share_interest AS (
    SELECT
        record_id,
        CASE type WHEN 'EJERANDEL_PROCENT' THEN 'shareholding' ELSE 'votingRights' END AS type,
        CASE
            WHEN is_indirect THEN 'indirect'
            WHEN role.role = 'legal owner' THEN 'direct'
            ELSE 'unknown'
        END AS direct_or_indirect,
        role.role = 'beneficial owner' AS is_declared,
        CASE
            WHEN bands.fraction IS NULL AND period.fraction BETWEEN 0 AND 1 THEN round(period.fraction * 100, 6)
            ELSE bands.share_exact
        END AS share_exact,
        bands.share_min,
        bands.share_max,
        CASE WHEN bands.share_min IS NOT NULL THEN false END AS share_min_exclusive,
        bands.share_max_exclusive,
        period.start_date,
        nullif(period.end_date, DATE '9999-12-31') AS end_date,
        concat(
            role.name, ': ', period.type, ' ', period.text,
            ' (' || share_class || ')',
            CASE
                WHEN role.role <> 'legal owner' AND bands.share_min IS NOT NULL
                    THEN ' (read as the lower limit of a band, as for legal owners)'
            END,
            CASE
                WHEN period.end_date < stated_end AND stated_end < DATE '9999-12-31'
                    THEN ' (stated until ' || stated_end || ', replaced before)'
            END
        ) AS details
    FROM (SELECT *, try_cast(text AS DOUBLE) AS fraction FROM period) AS period
    JOIN role USING (record_id)
    LEFT JOIN bands ON bands.fraction = period.fraction
),
-- A function that has the name of its organisation is plain membership.
function_interest AS (
    SELECT
        record_id,
        coalesce(functions.interest, CASE WHEN lower(held.text) = lower(role.name) THEN role.interest END, 'unknownInterest') AS type,
        CASE WHEN role.role = 'beneficial owner' THEN 'unknown' ELSE 'direct' END AS direct_or_indirect,
        role.role = 'beneficial owner' AS is_declared,
        held.start_date,
        held.end_date,
        concat(role.name, ': ', held.text) AS details
    FROM (SELECT DISTINCT record_id, text, start_date, end_date FROM dk_value WHERE type = 'FUNKTION') AS held
    JOIN role USING (record_id)
    LEFT JOIN functions ON functions."function" = lower(held.text)
    LEFT JOIN (
        SELECT record_id, max(coalesce(end_date, DATE '9999-12-31')) AS until FROM share_interest GROUP BY record_id
    ) AS shares USING (record_id)
    -- "Reel ejer" adds nothing to the shares of the beneficial owner, as long as they hold.
    WHERE role.role <> 'beneficial owner' OR shares.until IS NULL
        OR shares.until < coalesce(held.end_date, DATE '9999-12-31')
),
stated AS (
    SELECT * FROM share_interest
    UNION ALL BY NAME
    SELECT * FROM function_interest
),
-- Membership without share and function: the interest is what the organisation says.
member_interest AS (
    SELECT
        record_id,
        coalesce(any_value(role.interest), 'unknownInterest') AS type,
        CASE any_value(role.role) WHEN 'beneficial owner' THEN 'unknown' ELSE 'direct' END AS direct_or_indirect,
        any_value(role.role) = 'beneficial owner' AS is_declared,
        min(dk_value.start_date) AS start_date,
        CASE WHEN count(dk_value.type) = count(dk_value.end_date) THEN max(dk_value.end_date) END AS end_date,
        any_value(role.name) AS details
    FROM role
    LEFT JOIN dk_value USING (record_id)
    WHERE record_id NOT IN (SELECT record_id FROM stated)
    GROUP BY record_id
),
interest AS (
    SELECT
        record_id,
        list({
            'type': type,
            'direct_or_indirect': direct_or_indirect,
            'beneficial_ownership_or_control': is_declared,
            'share_exact': share_exact,
            'share_min': share_min,
            'share_max': share_max,
            'share_min_exclusive': share_min_exclusive,
            'share_max_exclusive': share_max_exclusive,
            'start_date': start_date,
            'end_date': end_date,
            'details': details
        } ORDER BY start_date NULLS FIRST, type, end_date NULLS LAST, details) AS interests,
        bool_and(coalesce(end_date <= getvariable('snapshot_date')::DATE, false)) AS is_closed
    FROM (
        SELECT * FROM stated
        UNION ALL BY NAME
        SELECT * FROM member_interest
    )
    GROUP BY record_id
),
remainder AS (
    SELECT
        record_id,
        coalesce(left(max(updated), 10), max(start_date)::VARCHAR) AS statement_date,
        list(DISTINCT {
            'type': type, 'vaerdi': text, 'gyldigFra': start_date, 'gyldigTil': end_date
        } ORDER BY {'type': type, 'vaerdi': text, 'gyldigFra': start_date, 'gyldigTil': end_date})
            FILTER (type NOT IN ('EJERANDEL_PROCENT', 'EJERANDEL_STEMMERET_PROCENT', 'FUNKTION')) AS attributes
    FROM dk_value
    GROUP BY record_id
),
nobody AS (
    SELECT
        source_file, source_row, record_id AS subject_record_id, company.cvrNummer AS cvr,
        list_filter(
            flatten(list_transform(
                list_filter(company.attributter, lambda item: item.type = 'EJERREGISTRERING_UNDER_5_PROCENT'),
                lambda item: item.vaerdier
            )),
            lambda value: lower(value.vaerdi) = 'true'
        ) AS values
    FROM dk_company
)
SELECT
    role.record_id,
    replace(role.record_id, 'dk_cvr:relationship:', '') AS source_key,
    role.origin.file AS source_file,
    role.origin.row AS source_row,
    CASE WHEN is_closed THEN 'closed' ELSE 'new' END AS record_status,
    statement_date,
    subject_record_id AS declaration_subject,
    subject_record_id,
    party_record_id AS interested_party_record_id,
    party_type AS interested_party_type,
    CASE WHEN party_record_id IS NULL THEN 'unknown' END AS interested_party_reason,
    NULL::VARCHAR AS interested_party_description,
    interests,
    CASE WHEN attributes IS NOT NULL THEN json_object('attributter', attributes) END AS extra
FROM role
JOIN interest USING (record_id)
LEFT JOIN remainder USING (record_id)
UNION ALL BY NAME
-- Owners there are, but the register has none of them: a different thing from a company without owners.
SELECT
    'dk_cvr:relationship:' || replace(subject_record_id, 'dk_cvr:entity:', '') || '/under-5-procent' AS record_id,
    cvr || '/EJERREGISTRERING_UNDER_5_PROCENT' AS source_key,
    source_file,
    source_row,
    CASE WHEN len(list_filter(values, lambda value: dk_holds(value.periode))) = 0 THEN 'closed' ELSE 'new' END AS record_status,
    list_max(list_transform(values, lambda value: coalesce(value.periode.gyldigTil, value.periode.gyldigFra))) AS statement_date,
    subject_record_id AS declaration_subject,
    subject_record_id,
    'unspecified' AS interested_party_type,
    'informationUnknownToPublisher' AS interested_party_reason,
    'EJERREGISTRERING_UNDER_5_PROCENT: no owner of 5 % or more is registered' AS interested_party_description,
    [] AS interests,
    json_object('EJERREGISTRERING_UNDER_5_PROCENT', list_transform(values, lambda value: value.periode)) AS extra
FROM nobody
WHERE len(values) > 0
