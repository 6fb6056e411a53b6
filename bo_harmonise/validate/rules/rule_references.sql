-- Which references lead to nothing, to the wrong kind of record, or forward?
WITH referring AS (
    SELECT row, 'subject' AS name, '/recordDetails/subject' AS pointer, subject AS target FROM statement
    WHERE record_type = 'relationship' AND subject IS NOT NULL
    UNION ALL
    SELECT row, 'interested party', '/recordDetails/interestedParty', party FROM statement
    WHERE record_type = 'relationship' AND party IS NOT NULL
    UNION ALL
    SELECT row, 'declaration subject', '/declarationSubject', declaration_subject FROM statement
    WHERE declaration_subject IS NOT NULL
),
found AS (
    SELECT referring.*, record_index.first_row, is_entity, is_person, is_relationship
    FROM referring
    LEFT JOIN record_index ON record_index.record_id = target
),
listed AS (
    SELECT record_id, min(row) AS primary_row FROM component GROUP BY record_id
)
SELECT row, replace(name, ' ', '-') || '-unknown', 'error', pointer, 'no statement of the file is about record ' || target || '.'
FROM found WHERE first_row IS NULL
UNION ALL
SELECT row, replace(name, ' ', '-') || '-of-wrong-type', 'error', pointer,
    'record ' || target || ' is no ' || CASE WHEN name = 'subject' THEN 'entity.' ELSE 'entity or person.' END
FROM found
WHERE first_row IS NOT NULL AND NOT coalesce(is_entity, false) AND (name = 'subject' OR NOT coalesce(is_person, false))
UNION ALL
SELECT row, replace(name, ' ', '-') || '-stands-later', 'error', pointer,
    'record ' || target || ' must stand before this statement; it stands in row ' || first_row || '.'
FROM found WHERE name <> 'declaration subject' AND first_row > row
UNION ALL
SELECT component.row, CASE WHEN named.statement_id IS NULL THEN 'component-unknown' ELSE 'component-is-a-statement-id' END,
    'error', '/recordDetails/componentRecords/' || position,
    CASE
        WHEN named.statement_id IS NULL THEN 'no statement of the file is about record ' || component.record_id || '.'
        ELSE 'expected a recordId, found the statementId ' || component.record_id || '.'
    END
FROM component
LEFT JOIN record_index ON record_index.record_id = component.record_id
LEFT JOIN (SELECT DISTINCT statement_id FROM statement) AS named ON named.statement_id = component.record_id
WHERE record_index.record_id IS NULL AND component.record_id IS NOT NULL
UNION ALL
SELECT row, 'component-not-listed', 'error', '/recordDetails/isComponent',
    'no relationship of the file lists record ' || statement.record_id || ' as its component.'
FROM statement
LEFT JOIN listed ON listed.record_id = statement.record_id
WHERE is_component AND listed.record_id IS NULL
UNION ALL
SELECT first_row, 'component-stands-later', 'error', '/recordDetails/isComponent',
    'a component must stand before its primary relationship, which stands in row ' || primary_row || '.'
FROM listed
JOIN record_index ON record_index.record_id = listed.record_id
WHERE first_row > primary_row
