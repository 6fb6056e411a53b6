-- Which dates are impossible or implausible?
WITH dated AS (
    SELECT
        row,
        record_type,
        day(json ->> '$.statementDate') AS stated,
        day(json ->> '$.publicationDetails.publicationDate') AS published,
        day(json ->> '$.source.retrievedAt') AS retrieved,
        day(json ->> '$.recordDetails.birthDate') AS born,
        day(json ->> '$.recordDetails.deathDate') AS died,
        length(json ->> '$.recordDetails.deathDate') AS died_digits,
        length(json ->> '$.recordDetails.birthDate') AS born_digits,
        day(json ->> '$.recordDetails.foundingDate') AS founded,
        day(json ->> '$.recordDetails.dissolutionDate') AS dissolved
    FROM statement
),
annotated AS (
    SELECT row, unnest(dates) AS date, generate_subscripts(dates, 1) - 1 AS position
    FROM (SELECT row, json_extract_string(json, '$.annotations[*].creationDate') AS dates FROM statement)
),
held AS (
    SELECT row, position, day(item ->> '$.startDate') AS started, day(item ->> '$.endDate') AS ended FROM interest
)
SELECT row, 'statement-date-in-future', 'error', '/statementDate', stated || ' is in the future.'
FROM dated WHERE stated > $today
UNION ALL
SELECT row, 'publication-date-in-future', 'error', '/publicationDetails/publicationDate', published || ' is in the future.'
FROM dated WHERE published > $today
UNION ALL
SELECT row, 'retrieved-in-future', 'error', '/source/retrievedAt', retrieved || ' is in the future.'
FROM dated WHERE retrieved > $today
UNION ALL
SELECT row, 'annotation-date-in-future', 'error', '/annotations', day(date) || ' is in the future.'
FROM annotated WHERE day(date) > $today
UNION ALL
SELECT row, 'birth-date-in-future', 'error', '/recordDetails/birthDate', born || ' is in the future.'
FROM dated WHERE record_type = 'person' AND born > $today
UNION ALL
SELECT row, 'birth-date-too-early', 'warning', '/recordDetails/birthDate', born || ' is before 1800.'
FROM dated WHERE record_type = 'person' AND born < DATE '1800-01-01'
UNION ALL
SELECT row, 'death-date-implausible', 'warning', '/recordDetails/deathDate',
    CASE
        WHEN died > $today THEN died || ' is in the future.'
        WHEN died < DATE '1800-01-01' THEN died || ' is before 1800.'
        WHEN died < born THEN died || ' is before the date of birth, ' || born || '.'
        ELSE died || ' is more than 120 years after the date of birth, ' || born || '.'
    END
FROM dated
WHERE record_type = 'person' AND (
    died > $today OR died < DATE '1800-01-01' OR died > born + INTERVAL 43830 DAY
    -- A year alone may be the year of birth.
    OR died < born AND died_digits >= born_digits
)
UNION ALL
SELECT row, 'dissolved-before-founded', 'error', '/recordDetails/dissolutionDate',
    dissolved || ' is before the founding date, ' || founded || '.'
FROM dated WHERE record_type = 'entity' AND dissolved < founded
UNION ALL
SELECT row, 'interest-ends-before-it-starts', 'error', '/recordDetails/interests/' || position || '/endDate',
    ended || ' is before the start date, ' || started || '.'
FROM held WHERE ended < started
