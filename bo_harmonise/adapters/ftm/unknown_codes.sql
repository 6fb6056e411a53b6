-- Schemata and countries that the tables of this adapter do not have.
SELECT 'schema' AS field, schema AS code, count(*) AS records
FROM raw_entity
ANTI JOIN schemata USING (schema)
WHERE schema IS NOT NULL
GROUP BY schema
UNION ALL
SELECT 'country', code, count(*)
FROM (
    SELECT lower(unnest(list_concat(
        properties.country, properties.nationality, properties.citizenship, properties.jurisdiction,
        properties.mainCountry, properties.birthCountry
    ))) AS code
    FROM raw_entity
)
-- The European Union, and "global", are no countries.
WHERE coalesce(ftm_territory(code), '') = '' AND code NOT IN ('eu', 'zz')
GROUP BY code
