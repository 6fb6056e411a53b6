-- Accounting parents, and the reasons that are given where none is reported.
--
-- IS_DIRECTLY / IS_ULTIMATELY_CONSOLIDATED_BY: the end node consolidates the accounts of the start node, which takes
-- control and mostly, not always, more than half of the shares. No share is read into it: an interval of 50 to 100
-- would be an invention where control comes from contract or from a majority on the board. The direct parent holds
-- its control directly; of the ultimate parent only the result of the chain is known.
WITH parent AS (
    SELECT
        *,
        -- The standard does not say whether 75 % is 75 or 0.75. A consolidated company at 1 % or less would be
        -- a contradiction, so what is not above 1 is read as a fraction.
        CASE WHEN percentage > 0 AND percentage <= 1 THEN percentage * 100
            WHEN percentage <= 100 AND percentage > 0 THEN percentage END AS share,
        concat_ws(
            '; ', type,
            nullif(array_to_string(list_transform(qualifiers, lambda item: item.category), ', '), ''),
            nullif(array_to_string(
                list_transform(quantifiers, lambda item: concat_ws(' ', item.method, item.amount, item.units)), ', '
            ), '')
        ) AS details
    FROM (
        SELECT
            *,
            try_cast(
                list_filter(quantifiers, lambda item: item.units = 'PERCENTAGE')[1].amount AS DOUBLE
            ) AS percentage
        FROM gleif_rr
        WHERE kind <> 'other'
    )
),
exception AS (
    SELECT
        repex.*,
        list_filter(
            list_transform(reasons, lambda reason: known.by_reason[reason]), lambda item: item IS NOT NULL
        )[1] AS reason
    FROM gleif_repex AS repex
    CROSS JOIN (
        SELECT map(list(reason ORDER BY reason), list(unspecified_reason ORDER BY reason)) AS by_reason
        FROM exception_reasons
    ) AS known
)
SELECT
    concat('gleif:relationship:', start_node, '/', type, '/', end_node) AS record_id,
    concat_ws('/', start_node, type, end_node) AS source_key,
    source_file,
    source_row,
    CASE
        WHEN status = 'INACTIVE' OR deleted_at IS NOT NULL
            OR registration_status IN ('ANNULLED', 'DUPLICATE', 'CANCELLED', 'RETIRED')
            OR gleif_date(period.end_date) <= CAST(getvariable('snapshot_date') AS DATE)
            THEN 'closed'
        ELSE 'new'
    END AS record_status,
    coalesce(updated_at, deleted_at) AS statement_date,
    concat('gleif:entity:', start_node) AS declaration_subject,
    concat('gleif:entity:', start_node) AS subject_record_id,
    concat('gleif:entity:', end_node) AS interested_party_record_id,
    'entity' AS interested_party_type,
    NULL AS interested_party_reason,
    NULL AS interested_party_description,
    [{
        'type': CASE kind WHEN 'consolidation' THEN 'otherInfluenceOrControl' ELSE 'unknownInterest' END,
        'direct_or_indirect': direct_or_indirect,
        'beneficial_ownership_or_control': false,
        'share_exact': NULL,
        'start_date': gleif_date(period.start_date),
        'end_date': gleif_date(period.end_date),
        'details': details
    }] || CASE WHEN share IS NULL THEN [] ELSE [{
        'type': 'shareholding',
        'direct_or_indirect': direct_or_indirect,
        'beneficial_ownership_or_control': false,
        'share_exact': share,
        'start_date': gleif_date(period.start_date),
        'end_date': gleif_date(period.end_date),
        'details': details
    }] END AS interests,
    without_nulls(json_object(
        'status', status,
        'registration_status', registration_status,
        'periods', CASE WHEN len(periods) > 0 THEN to_json(periods) END,
        'initial_registration', registered_at,
        'next_renewal', renewal_at,
        'managing_lou', managing_lou,
        'validation_sources', validation_sources,
        'validation_documents', validation_documents,
        'validation_reference', validation_reference,
        'deleted_at', deleted_at
    )) AS extra
FROM parent
UNION ALL BY NAME
SELECT
    concat('gleif:relationship:', lei, '/', category) AS record_id,
    concat_ws('/', lei, category) AS source_key,
    source_file,
    source_row,
    CASE WHEN deleted_at IS NOT NULL THEN 'closed' ELSE 'new' END AS record_status,
    deleted_at AS statement_date,
    concat('gleif:entity:', lei) AS declaration_subject,
    concat('gleif:entity:', lei) AS subject_record_id,
    NULL AS interested_party_record_id,
    'unspecified' AS interested_party_type,
    coalesce(reason, 'unknown') AS interested_party_reason,
    concat_ws(
        ': ', category, nullif(array_to_string(reasons, ', '), ''), nullif(array_to_string("references", '; '), '')
    ) AS interested_party_description,
    [] AS interests,
    without_nulls(json_object('deleted_at', deleted_at)) AS extra
FROM exception
