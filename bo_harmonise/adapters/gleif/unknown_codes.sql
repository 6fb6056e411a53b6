-- Codes that the tables of this adapter do not have.
SELECT 'EntityCategory' AS field, category AS code, count(*) AS records
FROM gleif_lei
WHERE category NOT IN (SELECT category FROM entity_categories)
GROUP BY ALL
UNION ALL
SELECT 'EntityStatus', status, count(*)
FROM gleif_lei
WHERE status NOT IN ('ACTIVE', 'INACTIVE', 'NULL')
GROUP BY ALL
UNION ALL
SELECT 'Registration.RegistrationStatus', registration_status, count(*)
FROM (
    SELECT registration_status FROM gleif_lei
    UNION ALL
    SELECT registration_status FROM gleif_rr
)
WHERE registration_status NOT IN (
    'ISSUED', 'PUBLISHED', 'LAPSED', 'RETIRED', 'DUPLICATE', 'ANNULLED', 'MERGED', 'CANCELLED', 'TRANSFERRED',
    'PENDING_TRANSFER', 'PENDING_ARCHIVAL', 'PENDING_VALIDATION'
)
GROUP BY ALL
UNION ALL
SELECT 'RelationshipType', type, count(*) FROM gleif_rr WHERE kind = 'unknown' GROUP BY ALL
UNION ALL
SELECT 'RelationshipStatus', status, count(*)
FROM gleif_rr
WHERE status NOT IN ('ACTIVE', 'INACTIVE', 'NULL')
GROUP BY ALL
UNION ALL
SELECT 'ExceptionCategory', category, count(*)
FROM gleif_repex
WHERE category NOT IN ('DIRECT_ACCOUNTING_CONSOLIDATION_PARENT', 'ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT')
GROUP BY ALL
UNION ALL
SELECT 'ExceptionReason', reason, count(*)
FROM (SELECT unnest(reasons) AS reason FROM gleif_repex)
WHERE reason NOT IN (SELECT reason FROM exception_reasons)
GROUP BY ALL
