-- The totals line says how many records the snapshot holds.
WITH total AS (
    SELECT
        sum(data.persons_of_significant_control_count) AS persons,
        sum(data.statements_count) AS statements,
        sum(data.exemptions_count) AS exemptions
    FROM raw_psc
    WHERE data.kind LIKE 'totals#%'
),
seen AS (
    SELECT
        count(*) FILTER (WHERE data.kind LIKE '%person-with-significant-control' OR data.kind LIKE '%beneficial-owner') AS persons,
        count(*) FILTER (WHERE data.kind = 'persons-with-significant-control-statement') AS statements,
        count(*) FILTER (WHERE data.kind = 'exemptions') AS exemptions
    FROM raw_psc
)
SELECT name, expected, found
FROM (
    SELECT 'persons with significant control' AS name, total.persons AS expected, seen.persons AS found FROM total, seen
    UNION ALL SELECT 'statements', total.statements, seen.statements FROM total, seen
    UNION ALL SELECT 'exemptions', total.exemptions, seen.exemptions FROM total, seen
)
