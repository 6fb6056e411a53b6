-- Codes that the tables of this adapter do not have.
SELECT 'data.kind' AS field, data.kind AS code, count(*) AS records
FROM raw_psc
WHERE data.kind NOT IN (
    'individual-person-with-significant-control', 'corporate-entity-person-with-significant-control',
    'legal-person-person-with-significant-control', 'super-secure-person-with-significant-control',
    'persons-with-significant-control-statement', 'exemptions', 'individual-beneficial-owner',
    'corporate-entity-beneficial-owner', 'legal-person-beneficial-owner', 'super-secure-beneficial-owner',
    'totals#persons-of-significant-control-snapshot'
)
GROUP BY ALL
UNION ALL
SELECT 'data.natures_of_control', slug, count(*)
FROM (SELECT unnest(data.natures_of_control) AS slug FROM raw_psc)
WHERE slug NOT IN (SELECT slug FROM natures_of_control)
GROUP BY ALL
UNION ALL
SELECT 'data.statement', data.statement, count(*)
FROM raw_psc
WHERE data.statement IS NOT NULL AND data.statement NOT IN (SELECT slug FROM statements)
GROUP BY ALL
UNION ALL
-- No such day: birth dates of which the year is kept at most.
SELECT 'data.date_of_birth', concat_ws('-', born.year, born.month, born.day), count(*)
FROM (SELECT data.date_of_birth AS born FROM raw_psc)
WHERE length(coalesce(gb_birth_date(born.year, born.month, born.day), '')) < CASE
    WHEN born.month IS NOT NULL THEN 7 WHEN born.year IS NOT NULL THEN 4 ELSE 0
END
GROUP BY ALL
