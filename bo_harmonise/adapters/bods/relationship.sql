-- Statements about interests of a party in a subject.
-- An exclusive bound is a number of its own from 0.4 on and a flag on the bound before.
WITH entry AS (
    SELECT
        bods_mapped.*,
        bods_code('unspecifiedReason', subject_reason) AS subject_code,
        bods_code('unspecifiedReason', party_reason) AS party_code,
        coalesce(body, record) AS said,
        -- A reference does not say what it points to. Where the delivery lacks the record, a declared beneficial
        -- owner is a person and anyone else is taken for an entity.
        CASE
            WHEN party_key IS NULL THEN 'unspecified'
            WHEN party_kind IS NOT NULL THEN party_kind
            WHEN party.is_person THEN 'person'
            WHEN party.is_entity THEN 'entity'
            WHEN len(list_filter(interests, lambda item: lower(item.beneficialOwnershipOrControl) = 'true')) > 0 THEN 'person'
            ELSE 'entity'
        END AS party_type
    FROM bods_mapped
    LEFT JOIN bods_record AS party ON party.record_key = party_key
    WHERE kind = 'relationship'
),
kept AS (
    SELECT
        *,
        json_object(
                'isComponent', CASE WHEN try_cast(isComponent AS BOOLEAN) IS NULL THEN json_extract(said, '$.isComponent') END,
                'subject', bods_kept(CASE
                    WHEN subject_key IS NULL AND subject_code IS NULL THEN json_extract(said, '$.subject')
                    WHEN json_type(said, '$.subject') = 'OBJECT' THEN json_merge_patch(
                        json_extract(said, '$.subject'), '{"reason": null, "description": null, "describedByEntityStatement": null}'
                    )
                END),
                'interestedParty', bods_kept(CASE
                    WHEN party_key IS NULL AND party_code IS NULL THEN json_extract(said, '$.interestedParty')
                    WHEN json_type(said, '$.interestedParty') = 'OBJECT' THEN json_merge_patch(
                        json_merge_patch(json_extract(said, '$.interestedParty'), '{
                            "reason": null, "description": null, "describedByEntityStatement": null,
                            "describedByPersonStatement": null, "unspecified": null
                        }'),
                        json_object('unspecified', bods_kept(
                            bods_rest(json_extract(said, '$.interestedParty.unspecified'), '{"reason": null, "description": null}')
                        ))
                    )
                END),
                'interests', bods_some(list_transform(
                    json_extract(said, '$.interests[*]'),
                    lambda item: bods_rest_of_interest(item)
                ))
            ) AS rest
    FROM entry
)
SELECT
    record_id,
    status AS record_status,
    statement_date,
    declaration_subject,
    kept.source_file,
    statement_key AS source_key,
    kept.source_row,
    is_component,
    bods_id('entity', subject_key) AS subject_record_id,
    CASE WHEN subject_key IS NULL THEN coalesce(subject_code, 'unknown') END AS subject_reason,
    subject_description,
    bods_id(party_type, party_key) AS interested_party_record_id,
    party_type AS interested_party_type,
    CASE WHEN party_key IS NULL THEN coalesce(party_code, 'unknown') END AS interested_party_reason,
    party_description AS interested_party_description,
    component_records,
    list_transform(interests, lambda item: {
        'type': coalesce(bods_code('interestType', item.type), 'unknownInterest'),
        'direct_or_indirect': bods_code('directOrIndirect', coalesce(item.directOrIndirect, item.interestLevel)),
        'beneficial_ownership_or_control': try_cast(item.beneficialOwnershipOrControl AS BOOLEAN),
        'share_exact': bods_percent(item.share.exact),
        'share_min': coalesce(bods_percent(item.share.exclusiveMinimum), bods_percent(item.share.minimum)),
        'share_max': coalesce(bods_percent(item.share.exclusiveMaximum), bods_percent(item.share.maximum)),
        'share_min_exclusive': CASE
            WHEN bods_percent(item.share.exclusiveMinimum) IS NOT NULL OR item.share.exclusiveMinimum = 'true' THEN true
            WHEN bods_percent(item.share.minimum) IS NOT NULL THEN false
        END,
        'share_max_exclusive': CASE
            WHEN bods_percent(item.share.exclusiveMaximum) IS NOT NULL OR item.share.exclusiveMaximum = 'true' THEN true
            WHEN bods_percent(item.share.maximum) IS NOT NULL THEN false
        END,
        'start_date': bods_day(item.startDate),
        'end_date': bods_day(item.endDate),
        'details': CASE
            WHEN bods_code('interestType', item.type) IS NULL THEN one_line([item.type, item.details], ': ')
            ELSE item.details
        END
    }) AS interests,
    declaration,
    annotations,
    bods_extra(
        CASE WHEN body IS NULL THEN json_merge_patch(head, getvariable('bods_relationship_held')) ELSE head END,
        CASE WHEN body IS NOT NULL THEN json_merge_patch(body, getvariable('bods_relationship_held')) END,
        rest
    ) AS extra
FROM kept
LEFT JOIN bods_component AS component
    ON component.source_file = kept.source_file AND component.source_row = kept.source_row
