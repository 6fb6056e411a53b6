-- Stakes, control and offices between parties of the export.
WITH stated AS (
    SELECT
        edge.*,
        raw.record,
        raw.first_seen,
        raw.datasets,
        raw.referents,
        properties,
        concat_ws('/', edge.id, CASE WHEN max(number) OVER (PARTITION BY edge.source_file, edge.source_row) > 1 THEN number END)
            AS key,
        lower(array_to_string(list_concat(properties.role, properties.ownershipType, properties.controlType), ' ')) AS words,
        list_transform(properties.percentage, lambda item: ftm_share(item)) AS shares,
        ftm_end(properties.startDate, properties.endDate) AS end_date
    FROM raw_entity AS raw
    JOIN ftm_edge AS edge USING (source_file, source_row)
    WHERE edge.target_kind = 'entity'
),
judged AS (
    SELECT
        *,
        CASE kind
            WHEN 'ownership' THEN 'shareholding'
            WHEN 'control' THEN CASE
                WHEN regexp_matches(words, '\bvot') THEN 'votingRights'
                WHEN regexp_matches(words, '\bappoint') THEN 'appointmentOfBoard'
                WHEN regexp_matches(words, '\bnominee') THEN 'nominee'
                WHEN regexp_matches(words, '\bcontract') THEN 'rightsGrantedByContract'
                ELSE 'otherInfluenceOrControl'
            END
            -- Roles are free text in many languages; a director without a word more is a member of the board.
            ELSE CASE
                WHEN regexp_matches(words, '\bchair(man|woman|person)?\b|председател|голова') THEN 'boardChair'
                WHEN regexp_matches(words, 'general director|managing director|chief|\bceo\b|\bhead\b|president|leader|manager|secretary|officer|генеральн|руководител|керівник|управля')
                    THEN 'seniorManagingOfficial'
                ELSE 'boardMember'
            END
        END AS type,
        -- Several figures for one stake give the band that holds them all; one that is no share leaves it open.
        len(shares) > 0 AND list_bool_and(list_transform(shares, lambda item: item IS NOT NULL)) AS is_figured,
        list_min(list_transform(shares, lambda item: item.low)) AS low,
        list_max(list_transform(shares, lambda item: item.high)) AS high
    FROM stated
)
SELECT
    concat('ftm:relationship:', key) AS record_id,
    key AS source_key,
    source_file,
    source_row,
    left(first_seen, 10) AS statement_date,
    concat('ftm:entity:', target) AS declaration_subject,
    concat('ftm:entity:', target) AS subject_record_id,
    CASE WHEN source_kind IS NOT NULL THEN concat('ftm:', source_kind, ':', source) END AS interested_party_record_id,
    coalesce(source_kind, 'unspecified') AS interested_party_type,
    CASE WHEN source_kind IS NULL THEN 'informationUnknownToPublisher' END AS interested_party_reason,
    CASE WHEN source_kind IS NULL THEN coalesce('the export has no entity ' || source, 'the entry names nobody') END
        AS interested_party_description,
    [{
        'type': type,
        'direct_or_indirect': CASE
            WHEN regexp_matches(words, 'indirect|косвен|непрям|опосредован') THEN 'indirect'
            WHEN regexp_matches(words, '\bdirect\b') THEN 'direct'
            ELSE 'unknown'
        END,
        'beneficial_ownership_or_control': CASE
            WHEN regexp_matches(words, 'beneficial owner|\bubo\b|significant control|бенефициар|бенефіціар') THEN source_kind = 'person'
        END,
        'share_exact': CASE WHEN is_figured AND low = high THEN low END,
        'share_min': CASE WHEN is_figured AND low < high THEN low END,
        'share_max': CASE WHEN is_figured AND low < high THEN high END,
        'share_min_exclusive': CASE WHEN is_figured AND low < high
            THEN list_bool_and(list_transform(shares, lambda item: item.above OR item.low > low)) END,
        'share_max_exclusive': CASE WHEN is_figured AND low < high
            THEN list_bool_and(list_transform(shares, lambda item: item.below OR item.high < high)) END,
        -- Of a stake that was given up and taken again, the period that runs.
        'start_date': CASE
            WHEN len(properties.endDate) > 0 AND end_date IS NULL THEN ftm_days(properties.startDate)[-1]
            ELSE ftm_days(properties.startDate)[1]
        END,
        'end_date': end_date,
        'details': one_line(list_concat(
            list_sort(properties.role), list_sort(properties.ownershipType), list_sort(properties.controlType),
            list_sort(properties.percentage)
        ), '; ')
    }] AS interests,
    ftm_extra(json_object(
        'datasets', list_sort(datasets),
        'referents', nullif(list_sort(referents), []),
        'first_seen', first_seen,
        'properties', ftm_rest(
            record, getvariable('ftm_edge_held'), json_object(
                'startDate', CASE WHEN len(ftm_days(properties.startDate)) <> 1 OR len(properties.startDate) > 1 THEN properties.startDate END,
                'endDate', CASE WHEN end_date IS NULL OR len(properties.endDate) > 1 THEN properties.endDate END
            )
        )
    )) AS extra
FROM judged
