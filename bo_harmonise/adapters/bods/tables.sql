-- One view of all statements, whatever the version: record keys, references by record key, members under one name.

-- Up to 0.3 a statement replaces older ones by their ids: the chain is one record, named by its first statement.
-- A statement that says to replace itself, in a ring, stands for itself.
CREATE OR REPLACE TABLE bods_chain AS
WITH RECURSIVE link AS (
    SELECT statementID AS statement, min(replacesStatements[1]) AS replaced
    FROM raw_flat
    WHERE replacesStatements[1] IS NOT NULL
    GROUP BY statementID
),
chain AS (
    SELECT DISTINCT replaced AS statement, replaced AS record_key
    FROM link
    WHERE replaced NOT IN (SELECT statement FROM link WHERE statement IS NOT NULL)
    UNION ALL
    SELECT link.statement, chain.record_key
    FROM link
    JOIN chain ON chain.statement = link.replaced
)
SELECT statement, min(record_key) AS record_key FROM chain GROUP BY statement;

CREATE OR REPLACE VIEW bods_flat AS
SELECT
    raw_flat.source_file,
    raw_flat.source_row,
    record,
    NULL::JSON AS body,
    CASE statementType
        WHEN 'entityStatement' THEN 'entity'
        WHEN 'personStatement' THEN 'person'
        WHEN 'ownershipOrControlStatement' THEN 'relationship'
    END AS kind,
    statementID AS statement_key,
    coalesce(chain.record_key, statementID) AS record_key,
    CASE WHEN len(replacesStatements) > 0 THEN 'updated' ELSE 'new' END AS record_status,
    bods_moment(statementDate) AS statement_date,
    coalesce(declared.record_key, subject.describedByEntityStatement) AS declaration_key,
    NULL::VARCHAR AS declaration,
    annotations,
    isComponent,
    {
        'type': entityType,
        'subtype': regexp_replace(entitySubtype.generalCategory, '^.*-', ''),
        'details': entitySubtype.localTerm
    } AS entityType,
    unspecifiedEntityDetails,
    unspecifiedPersonDetails,
    missingInfoReason,
    name,
    alternateNames,
    coalesce(jurisdiction, incorporatedInJurisdiction) AS jurisdiction,
    identifiers,
    foundingDate,
    dissolutionDate,
    addresses,
    uri,
    publicListing,
    formedByStatute,
    personType,
    names,
    nationalities,
    taxResidencies,
    birthDate,
    deathDate,
    placeOfBirth,
    placeOfResidence,
    politicalExposure,
    hasPepStatus,
    pepStatusDetails,
    coalesce(declared.record_key, subject.describedByEntityStatement) AS subject_key,
    NULL::VARCHAR AS subject_reason,
    NULL::VARCHAR AS subject_description,
    coalesce(owner.record_key, interestedParty.describedByPersonStatement, interestedParty.describedByEntityStatement)
        AS party_key,
    CASE
        WHEN interestedParty.describedByPersonStatement IS NOT NULL THEN 'person'
        WHEN interestedParty.describedByEntityStatement IS NOT NULL THEN 'entity'
    END AS party_kind,
    interestedParty.unspecified.reason AS party_reason,
    interestedParty.unspecified.description AS party_description,
    componentStatementIDs AS component_keys,
    interests
FROM raw_flat
LEFT JOIN bods_chain AS chain ON chain.statement = statementID
LEFT JOIN bods_chain AS declared ON declared.statement = subject.describedByEntityStatement
LEFT JOIN bods_chain AS owner
    ON owner.statement
        = coalesce(interestedParty.describedByPersonStatement, interestedParty.describedByEntityStatement);

CREATE OR REPLACE VIEW bods_nested AS
SELECT
    source_file,
    source_row,
    record,
    json_extract(record, '$.recordDetails') AS body,
    CASE WHEN recordType IN ('entity', 'person', 'relationship') THEN recordType END AS kind,
    statementId AS statement_key,
    recordId AS record_key,
    bods_code('recordStatus', recordStatus) AS record_status,
    bods_moment(statementDate) AS statement_date,
    declarationSubject AS declaration_key,
    declaration,
    annotations,
    recordDetails.isComponent,
    recordDetails.entityType,
    recordDetails.unspecifiedEntityDetails,
    recordDetails.unspecifiedPersonDetails,
    NULL::VARCHAR AS missingInfoReason,
    recordDetails.name,
    recordDetails.alternateNames,
    coalesce(recordDetails.jurisdiction, recordDetails.incorporatedInJurisdiction) AS jurisdiction,
    recordDetails.identifiers,
    recordDetails.foundingDate,
    recordDetails.dissolutionDate,
    recordDetails.addresses,
    recordDetails.uri,
    recordDetails.publicListing,
    recordDetails.formedByStatute,
    recordDetails.personType,
    recordDetails.names,
    recordDetails.nationalities,
    recordDetails.taxResidencies,
    recordDetails.birthDate,
    recordDetails.deathDate,
    recordDetails.placeOfBirth,
    recordDetails.placeOfResidence,
    recordDetails.politicalExposure,
    recordDetails.hasPepStatus,
    recordDetails.pepStatusDetails,
    CASE json_type(recordDetails.subject) WHEN 'VARCHAR' THEN recordDetails.subject ->> '$' END AS subject_key,
    CASE json_type(recordDetails.subject) WHEN 'OBJECT' THEN recordDetails.subject ->> 'reason' END AS subject_reason,
    CASE json_type(recordDetails.subject) WHEN 'OBJECT' THEN recordDetails.subject ->> 'description' END
        AS subject_description,
    CASE json_type(recordDetails.interestedParty) WHEN 'VARCHAR' THEN recordDetails.interestedParty ->> '$' END
        AS party_key,
    NULL::VARCHAR AS party_kind,
    CASE json_type(recordDetails.interestedParty) WHEN 'OBJECT' THEN recordDetails.interestedParty ->> 'reason' END
        AS party_reason,
    CASE json_type(recordDetails.interestedParty) WHEN 'OBJECT' THEN recordDetails.interestedParty ->> 'description' END
        AS party_description,
    recordDetails.componentRecords AS component_keys,
    recordDetails.interests
FROM raw_statement
WHERE json_type(record, '$.recordDetails') = 'OBJECT';

CREATE OR REPLACE VIEW bods_statement AS
SELECT * FROM bods_nested WHERE kind IS NOT NULL AND record_key IS NOT NULL AND statement_key IS NOT NULL
UNION ALL BY NAME
SELECT * FROM bods_flat WHERE kind IS NOT NULL AND record_key IS NOT NULL;

-- What each record is, for references that do not say it, and its first statement.
CREATE OR REPLACE TABLE bods_record AS
SELECT
    record_key,
    bool_or(kind = 'entity') AS is_entity,
    bool_or(kind = 'person') AS is_person,
    bool_or(kind = 'relationship') AS is_relationship,
    min({'date': coalesce(statement_date, ''), 'file': source_file, 'row': source_row}) AS first
FROM bods_statement
GROUP BY record_key;

-- Components of indirect relationships may be records of any kind.
CREATE OR REPLACE TABLE bods_component AS
SELECT
    part.source_file,
    part.source_row,
    list(bods_id(
        CASE
            WHEN bods_record.is_relationship THEN 'relationship'
            WHEN bods_record.is_person THEN 'person'
            WHEN bods_record.is_entity THEN 'entity'
            ELSE 'relationship'
        END,
        coalesce(chain.record_key, part.key)
    ) ORDER BY part.position) AS component_records
FROM (
    SELECT source_file, source_row, unnest(component_keys) AS key, generate_subscripts(component_keys, 1) AS position
    FROM bods_statement
    WHERE len(component_keys) > 0
) AS part
LEFT JOIN bods_chain AS chain ON chain.statement = part.key
LEFT JOIN bods_record ON bods_record.record_key = coalesce(chain.record_key, part.key)
GROUP BY part.source_file, part.source_row;

-- Columns that all kinds of statement share. A statement without recordStatus is the first of its record or a later one.
CREATE OR REPLACE VIEW bods_mapped AS
SELECT
    statement.*,
    bods_id(statement.kind, statement.record_key) AS record_id,
    coalesce(statement.record_status, CASE
        WHEN own.first = {'date': coalesce(statement.statement_date, ''), 'file': statement.source_file, 'row': statement.source_row}
            THEN 'new'
        ELSE 'updated'
    END) AS status,
    bods_id(CASE WHEN declared.is_person AND NOT declared.is_entity THEN 'person' ELSE 'entity' END, declaration_key)
        AS declaration_subject,
    coalesce(try_cast(isComponent AS BOOLEAN), false) AS is_component,
    bods_rest(record, CAST(json_object(
        'statementId', NULL, 'statementID', NULL, 'statementType', NULL, 'declarationSubject', NULL,
        'declaration', NULL, 'recordId', NULL, 'recordType', NULL, 'recordDetails', NULL, 'annotations', NULL,
        'statementDate', CASE WHEN statement.statement_date IS NULL THEN json_extract(record, '$.statementDate') END,
        'recordStatus', CASE WHEN statement.record_status IS NULL THEN json_extract(record, '$.recordStatus') END
    ) AS VARCHAR)) AS head
FROM bods_statement AS statement
LEFT JOIN bods_record AS own ON own.record_key = statement.record_key
LEFT JOIN bods_record AS declared ON declared.record_key = statement.declaration_key;
