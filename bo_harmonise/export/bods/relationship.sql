-- Details of relationships.
CREATE OR REPLACE TEMP TABLE export_component AS
SELECT
    statement_id,
    list(part.record_id ORDER BY position) FILTER (WHERE export_record.record_id IS NOT NULL) AS records,
    list(part.record_id ORDER BY position) FILTER (WHERE export_record.record_id IS NULL) AS absent
FROM (
    SELECT statement_id, unnest(component_records) AS record_id, generate_subscripts(component_records, 1) AS position
    FROM exported_relationship
    WHERE NOT is_component
) AS part
LEFT JOIN export_record ON export_record.record_id = part.record_id
GROUP BY statement_id;

CREATE OR REPLACE TEMP VIEW export_relationship AS
WITH statement AS (
    SELECT
        *,
        CASE WHEN is_native THEN try_cast(extra AS JSON) END AS own,
        CASE WHEN is_native THEN rest_of(try_cast(extra AS JSON)) END AS rest
    FROM exported_relationship
    JOIN export_source USING (source_id)
)
SELECT
    'relationship' AS kind,
    statement.statement_id,
    statement.record_id,
    statement.source_id,
    statement.source_key,
    statement.source_file,
    statement.source_row,
    statement.is_component,
    statement.declaration,
    statement.declaration_subject,
    statement.annotations,
    own,
    coalesce(subject_record_id, interested_party_record_id, statement.record_id) AS own_subject,
    list_filter([
        CASE WHEN len(export_component.absent) > 0
            THEN 'componentRecords that no delivery describes: ' || array_to_string(export_component.absent, ', ') END,
        CASE WHEN is_native THEN 'As published: ' || some_of({
            'subject': json_extract(rest, '$.subject'),
            'interestedParty': json_extract(rest, '$.interestedParty'),
            'interests': CASE WHEN regexp_matches(
                CAST(json_extract(rest, '$.interests') AS VARCHAR),
                '"(type|directOrIndirect|interestLevel|beneficialOwnershipOrControl|share|startDate|endDate)":'
            ) THEN json_extract(rest, '$.interests') END
        }) END
    ], lambda text: text IS NOT NULL) AS comments,
    json_merge_patch(
        coalesce(json_merge_patch(rest, '{
            "isComponent": null, "subject": null, "interestedParty": null, "interests": null
        }'), '{}'),
        json_strip_nulls(to_json({
            'isComponent': is_component,
            'componentRecords': export_component.records,
            'subject': CASE
                WHEN subject_record_id IS NOT NULL THEN to_json(subject_record_id)
                ELSE to_json({'reason': coalesce(subject_reason, 'unknown'), 'description': subject_description})
            END,
            'interestedParty': CASE
                WHEN interested_party_record_id IS NOT NULL THEN to_json(interested_party_record_id)
                ELSE to_json({
                    'reason': coalesce(interested_party_reason, 'unknown'), 'description': interested_party_description
                })
            END,
            'interests': with_rest(
                list_transform(interests, lambda item: {
                    'type': item.type,
                    'directOrIndirect': item.direct_or_indirect,
                    'beneficialOwnershipOrControl': CASE
                        WHEN interested_party_type = 'person' OR NOT item.beneficial_ownership_or_control
                            THEN item.beneficial_ownership_or_control
                    END,
                    'details': item.details,
                    'share': some_of({
                        'exact': item.share_exact,
                        -- Bounds that repeat the exact share, as 0.3 asked for, are left out.
                        'minimum': CASE
                            WHEN item.share_min IS DISTINCT FROM item.share_exact AND NOT coalesce(item.share_min_exclusive, false)
                                THEN item.share_min
                        END,
                        'exclusiveMinimum': CASE WHEN item.share_min_exclusive THEN item.share_min END,
                        'maximum': CASE
                            WHEN item.share_max IS DISTINCT FROM item.share_exact AND NOT coalesce(item.share_max_exclusive, false)
                                THEN item.share_max
                        END,
                        'exclusiveMaximum': CASE WHEN item.share_max_exclusive THEN item.share_max END
                    }),
                    'startDate': item.start_date,
                    'endDate': item.end_date
                }),
                json_extract(rest, '$.interests'),
                '{
                    "type": null, "directOrIndirect": null, "interestLevel": null, "beneficialOwnershipOrControl": null,
                    "details": null, "share": null, "startDate": null, "endDate": null
                }'
            )
        }))
    ) AS details
FROM statement
LEFT JOIN export_component ON export_component.statement_id = statement.statement_id;
