-- Codes that the tables of this adapter do not have.
SELECT 'register.type' AS field, type AS code, count(*) AS records
FROM lv_company
WHERE type NOT IN (SELECT type FROM legal_forms)
GROUP BY ALL
UNION ALL
SELECT 'register.closed', closed, count(*)
FROM lv_company
WHERE closed NOT IN ('L', 'R')
GROUP BY ALL
UNION ALL
SELECT concat(role, '.entity_type'), entity_type, count(*)
FROM lv_party
WHERE entity_type NOT IN ('NATURAL_PERSON', 'LEGAL_ENTITY', 'FOREIGN_ENTITY', 'JOINT_OWNERS')
GROUP BY ALL
UNION ALL
SELECT 'officer.position', position, count(*)
FROM raw_officer
WHERE position NOT IN (SELECT position FROM positions)
GROUP BY ALL
UNION ALL
SELECT 'officer.governing_body', governing_body, count(*)
FROM raw_officer
WHERE governing_body NOT IN (SELECT governing_body FROM governing_bodies)
GROUP BY ALL
