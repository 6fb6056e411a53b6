-- Why a statement is no statement of the standard.
SELECT
    source_file,
    source_row,
    CASE
        WHEN statementId IS NULL THEN 'no-statement-id'
        WHEN recordId IS NULL THEN 'no-record-id'
        WHEN recordType IS NULL OR recordType NOT IN ('entity', 'person', 'relationship') THEN 'unknown-record-type'
        ELSE 'no-record-details'
    END AS code,
    CASE
        WHEN statementId IS NULL THEN 'expected statementId, found none'
        WHEN recordId IS NULL THEN 'expected recordId, found none'
        WHEN recordType IS NULL OR recordType NOT IN ('entity', 'person', 'relationship')
            THEN 'expected recordType entity, person or relationship, found ' || coalesce(recordType, 'none')
        ELSE 'expected recordDetails, found none'
    END AS message
FROM raw_statement
UNION ALL
SELECT
    source_file,
    source_row,
    CASE WHEN statementID IS NULL THEN 'no-statement-id' ELSE 'unknown-statement-type' END,
    CASE
        WHEN statementID IS NULL THEN 'expected statementID, found none'
        ELSE 'expected statementType entityStatement, personStatement or ownershipOrControlStatement, found '
            || coalesce(statementType, 'none')
    END
FROM raw_flat
