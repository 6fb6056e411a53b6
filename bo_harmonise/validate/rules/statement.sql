-- What the rules ask of each statement, once. A member of the wrong type is null here: the schema reports it.
CREATE TABLE statement AS
SELECT
    row,
    json,
    field[1] AS statement_id,
    field[2] AS declaration_subject,
    field[3] AS record_id,
    CASE WHEN field[4] IN ('entity', 'person', 'relationship') THEN field[4] END AS record_type,
    field[5] AS record_status,
    try_cast(field[6] AS TIMESTAMPTZ) AS statement_time,
    field[7] = 'true' AS is_component,
    CASE WHEN json_type(json, '$.recordDetails.subject') = 'VARCHAR' THEN field[8] END AS subject,
    CASE WHEN json_type(json, '$.recordDetails.interestedParty') = 'VARCHAR' THEN field[9] END AS party,
    field[10] AS version
FROM (
    SELECT
        row,
        json,
        json_extract_string(json, [
            '$.statementId', '$.declarationSubject', '$.recordId', '$.recordType', '$.recordStatus',
            '$.statementDate', '$.recordDetails.isComponent', '$.recordDetails.subject',
            '$.recordDetails.interestedParty', '$.publicationDetails.bodsVersion'
        ]) AS field
    FROM record
);

CREATE TABLE record_index AS
SELECT
    record_id,
    min(row) AS first_row,
    bool_or(record_type = 'entity') AS is_entity,
    bool_or(record_type = 'person') AS is_person,
    bool_or(record_type = 'relationship') AS is_relationship
FROM statement
WHERE record_id IS NOT NULL
GROUP BY record_id;

CREATE TABLE component AS
SELECT
    row,
    generate_subscripts(ids, 1) - 1 AS position,
    unnest(ids) AS record_id
FROM (
    SELECT row, json_extract_string(json, '$.recordDetails.componentRecords[*]') AS ids
    FROM statement
    WHERE record_type = 'relationship' AND json_type(json, '$.recordDetails.componentRecords') = 'ARRAY'
);

CREATE TABLE interest AS
SELECT
    row,
    record_type,
    generate_subscripts(items, 1) - 1 AS position,
    unnest(items) AS item
FROM (
    SELECT row, record_type, json_extract(json, '$.recordDetails.interests[*]') AS items
    FROM statement
    WHERE record_type = 'relationship' AND json_type(json, '$.recordDetails.interests') = 'ARRAY'
);

CREATE TEMP MACRO day(text) AS CASE
    WHEN regexp_matches(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN try_cast(left(text, 10) AS DATE)
    WHEN regexp_full_match(text, '[0-9]{4}-[0-9]{2}') THEN try_cast(text || '-01' AS DATE)
    WHEN regexp_full_match(text, '[0-9]{4}') THEN try_cast(text || '-01-01' AS DATE)
END;

CREATE TEMP MACRO number(value, path) AS
    CASE WHEN json_type(value, path) IN ('BIGINT', 'UBIGINT', 'DOUBLE', 'HUGEINT') THEN CAST(value ->> path AS DOUBLE) END;
