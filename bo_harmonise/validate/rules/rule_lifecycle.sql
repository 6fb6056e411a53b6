-- Which statements break the series of their record?
WITH series AS (
    SELECT
        row,
        record_id,
        record_status,
        statement_time,
        row_number() OVER (PARTITION BY record_id, record_status ORDER BY row) AS nth,
        min(statement_time) OVER (PARTITION BY record_id) AS earliest,
        max(statement_time) OVER (PARTITION BY record_id) AS latest,
        record_type,
        first_value(record_type) OVER (PARTITION BY record_id ORDER BY row) AS first_type
    FROM statement
    WHERE record_id IS NOT NULL
),
repeated AS (
    SELECT row, statement_id, row_number() OVER (PARTITION BY statement_id ORDER BY row) AS nth
    FROM statement
    WHERE statement_id IS NOT NULL
)
SELECT row, 'duplicate-statement-id', 'error', '/statementId', statement_id || ' stands in the file more than once.'
FROM repeated WHERE nth > 1
UNION ALL
SELECT row, 'several-new', 'error', '/recordStatus', 'record ' || record_id || ' has more than one statement that is new.'
FROM series WHERE record_status = 'new' AND nth > 1
UNION ALL
SELECT row, 'several-closed', 'error', '/recordStatus', 'record ' || record_id || ' is closed more than once.'
FROM series WHERE record_status = 'closed' AND nth > 1
UNION ALL
SELECT row, 'new-not-first', 'error', '/recordStatus', 'record ' || record_id || ' has an earlier statement than its new one.'
FROM series WHERE record_status = 'new' AND statement_time > earliest
UNION ALL
SELECT row, 'closed-not-last', 'error', '/recordStatus', 'record ' || record_id || ' has a later statement than its closing.'
FROM series WHERE record_status = 'closed' AND statement_time < latest
UNION ALL
SELECT row, 'record-of-several-types', 'error', '/recordType', 'record ' || record_id || ' was ' || first_type || ' before.'
FROM series WHERE record_type <> first_type
UNION ALL
SELECT row, 'other-version', 'error', '/publicationDetails/bodsVersion', 'expected 0.4, found ' || version || '.'
FROM statement WHERE version <> '0.4'
