-- Statements as JSON, entities and persons before the relationships that name them, components before what they detail.
WITH described AS (
    SELECT * FROM export_entity
    UNION ALL
    SELECT * FROM export_person
    UNION ALL
    SELECT * FROM export_relationship
),
placed AS (
    SELECT
        described.*,
        export_series.statement_date,
        export_series.record_status,
        export_source.* EXCLUDE (source_id),
        export_identity.annotation AS identity,
        coalesce(declaration_subject, own_subject) AS subject,
        list_concat(
            list_transform(json_extract(described.annotations::JSON, '$[*]'), lambda item: as_annotation(item)),
            list_transform(comments, lambda text: as_comment(text)),
            CASE WHEN is_native THEN [as_comment('Published as statement ' || source_key || '.')] END,
            CASE WHEN export_identity.annotation IS NOT NULL THEN [export_identity.annotation] END
        ) AS remarks
    FROM described
    JOIN export_source ON export_source.source_id = described.source_id
    JOIN export_series ON export_series.statement_id = described.statement_id AND export_series.kind = described.kind
    LEFT JOIN export_identity ON export_identity.record_id = described.record_id
),
-- A record that statements refer to and nobody describes is an unknown entity or person of its own.
missing AS (
    SELECT
        record_id,
        split_part(record_id, ':', 2) = 'person' AS is_person,
        min(snapshot_date) AS snapshot_date,
        {
            'reason': 'informationUnknownToPublisher',
            'description': 'Statements refer to this record; none of the deliveries describes it.'
        } AS reason
    FROM (
        SELECT unnest([
            details ->> '$.subject', details ->> '$.interestedParty', subject
        ]) AS record_id, snapshot_date
        FROM placed
    )
    WHERE record_id NOT IN (SELECT record_id FROM export_record) AND NOT starts_with(record_id, '{')
    GROUP BY record_id
),
written AS (
    SELECT
        CASE WHEN kind = 'relationship' THEN 2 ELSE 1 END AS place,
        CASE WHEN is_component THEN 0 ELSE 1 END AS part,
        record_id,
        statement_date,
        CASE record_status WHEN 'new' THEN 0 WHEN 'updated' THEN 1 ELSE 2 END AS stage,
        statement_id,
        json_merge_patch(
            coalesce(json_merge_patch(
                CASE WHEN json_type(own, '$.recordDetails') = 'OBJECT' OR starts_with(own ->> '$.publicationDetails.bodsVersion', '0.4')
                    THEN own END,
                '{"recordDetails": null, "publicationDetails": null, "source": null, "statementDate": null, "recordStatus": null}'
            ), '{}'),
            json_strip_nulls(to_json({
                -- A statement is never published again with other content: what is added to it makes it another one.
                'statementId': CASE
                    WHEN identity IS NULL THEN statement_id ELSE md5(statement_id || CAST(identity AS VARCHAR))
                END,
                'declarationSubject': subject,
                'statementDate': statement_date,
                'declaration': declaration,
                'publicationDetails': json_merge_patch(
                    coalesce(CASE WHEN json_type(own, '$.publicationDetails') = 'OBJECT'
                        THEN json_extract(own, '$.publicationDetails') END, '{}'),
                    json_object(
                        'publicationDate', coalesce(
                            as_moment(own ->> '$.publicationDetails.publicationDate'), CAST(snapshot_date AS VARCHAR)
                        ),
                        'bodsVersion', '0.4',
                        'license', CASE
                            WHEN is_native THEN as_uri(own ->> '$.publicationDetails.license') ELSE license
                        END,
                        'publisher', CASE
                            WHEN json_type(own, '$.publicationDetails.publisher.name') = 'VARCHAR'
                                THEN json_merge_patch(json_extract(own, '$.publicationDetails.publisher'), json_object(
                                    'url', as_uri(own ->> '$.publicationDetails.publisher.url')
                                ))
                            ELSE json_strip_nulls(json_object('name', publisher, 'url', link))
                        END
                    )
                ),
                'source': CASE
                    WHEN json_type(own, '$.source') = 'OBJECT' THEN json_extract(own, '$.source')
                    ELSE json_strip_nulls(to_json({
                        'type': CASE WHEN NOT is_native THEN ['officialRegister'] END,
                        'description': concat(
                            title, ', delivery ', placed.source_id, ': ', source_file, ', record ', source_row, ', ', source_key,
                            CASE WHEN license IS NULL AND licence IS NOT NULL AND NOT is_native
                                THEN concat('. Licence: ', licence) END
                        ),
                        'url': link,
                        'retrievedAt': as_moment(retrieved_at),
                        'assertedBy': CASE WHEN NOT is_native THEN [{'name': publisher}] END
                    }))
                END,
                'annotations': CASE WHEN len(remarks) > 0 THEN remarks END,
                'recordId': record_id,
                'recordStatus': record_status,
                'recordType': kind,
                'recordDetails': details
            }))
        ) AS json
    FROM placed
    UNION ALL
    SELECT
        0,
        1,
        record_id,
        CAST(snapshot_date AS VARCHAR),
        0,
        md5(record_id),
        to_json({
            'statementId': md5('missing' || record_id),
            'declarationSubject': record_id,
            'statementDate': snapshot_date,
            'publicationDetails': {
                'publicationDate': snapshot_date, 'bodsVersion': '0.4', 'publisher': {'name': 'bo_harmonise'}
            },
            'recordId': record_id,
            'recordStatus': 'new',
            'recordType': CASE WHEN is_person THEN 'person' ELSE 'entity' END,
            'recordDetails': json_strip_nulls(to_json({
                'isComponent': false,
                'entityType': CASE WHEN NOT is_person THEN {'type': 'unknownEntity'} END,
                'unspecifiedEntityDetails': CASE WHEN NOT is_person THEN reason END,
                'personType': CASE WHEN is_person THEN 'unknownPerson' END,
                'unspecifiedPersonDetails': CASE WHEN is_person THEN reason END
            }))
        })
    FROM missing
)
SELECT json FROM written ORDER BY place, part, record_id, statement_date, stage, statement_id
