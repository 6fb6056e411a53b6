-- Codes that the tables of this adapter do not have.
SELECT 'StatnaPrislusnost.StatistickyKod' AS field, item.StatnaPrislusnost.StatistickyKod AS code, count(*) AS records
FROM sk_end_user
WHERE country IS NULL AND item.StatnaPrislusnost.StatistickyKod IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT 'FormaOsoby', item.FormaOsoby, count(*)
FROM sk_partner
WHERE item.FormaOsoby NOT IN ('PravnickaOsoba', 'FyzickaOsoba', 'FyzickaOsobaPodnikatel')
GROUP BY ALL
