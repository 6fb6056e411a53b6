-- Codes that the tables of this adapter do not have.
SELECT 'hovedtype / organisationsNavn' AS field, concat_ws(' / ', dk_role.main_type, organisation) AS code, count(*) AS records
FROM dk_role
LEFT JOIN organisations ON organisations.main_type = dk_role.main_type AND organisations.name = lower(organisation)
WHERE organisations.role IS NULL
GROUP BY ALL
UNION ALL
SELECT 'FUNKTION', text, count(*)
FROM dk_value
JOIN (SELECT record_id, min(lower(organisation)) AS organisation FROM dk_role GROUP BY record_id) AS role USING (record_id)
WHERE type = 'FUNKTION' AND lower(text) NOT IN (SELECT "function" FROM functions)
    AND lower(text) NOT IN (role.organisation, 'reel ejer')
GROUP BY ALL
UNION ALL
SELECT type, coalesce(text, 'none'), count(*)
FROM dk_value
WHERE type IN ('EJERANDEL_PROCENT', 'EJERANDEL_STEMMERET_PROCENT')
    AND coalesce(try_cast(text AS DOUBLE) NOT BETWEEN 0 AND 1, true)
GROUP BY ALL
UNION ALL
SELECT 'SÆRLIGE_EJERFORHOLD', text, count(*)
FROM dk_value
WHERE type = 'SÆRLIGE_EJERFORHOLD' AND text <> 'Har indirekte besiddelser'
GROUP BY ALL
UNION ALL
SELECT 'medlemsData.attributter.type', type, count(*)
FROM dk_value
WHERE type NOT IN (
    'EJERANDEL_PROCENT', 'EJERANDEL_STEMMERET_PROCENT', 'EJERANDEL_MEDDELELSE_DATO', 'EJERANDEL_KAPITALKLASSE',
    'SÆRLIGE_EJERFORHOLD', 'FUNKTION', 'VALGFORM', 'STIFTELSESINFORMATION', 'KOMPLEMENTAR_INDSKUDSKAPITAL',
    'KOMPLEMENTAR_INDSKUDSVALUTA'
)
GROUP BY ALL
UNION ALL
SELECT 'virksomhedsstatus.status', status, count(*)
FROM (SELECT dk_latest(company.virksomhedsstatus).status AS status FROM dk_company)
WHERE status NOT IN (SELECT native FROM statuses)
GROUP BY ALL
UNION ALL
SELECT 'deltager.enhedstype', deltager.enhedstype, count(*)
FROM dk_company_side
WHERE deltager.enhedstype NOT IN ('PERSON', 'VIRKSOMHED', 'ANDEN_DELTAGER')
GROUP BY ALL
