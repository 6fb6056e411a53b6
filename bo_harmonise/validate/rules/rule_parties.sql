-- Which interests, identifiers and listings do not fit the party they are about?
WITH claimed AS (
    SELECT
        interest.row,
        '/recordDetails/interests/' || position AS pointer,
        item ->> '$.type' AS type,
        item ->> '$.beneficialOwnershipOrControl' = 'true' AS is_beneficial,
        subject,
        party
    FROM interest
    JOIN statement USING (row)
),
arrangement AS (
    SELECT
        record_id,
        bool_or(json ->> '$.recordDetails.entityType.subtype' = 'trust') AS is_trust,
        bool_or(
            json ->> '$.recordDetails.entityType.type' = 'arrangement'
            AND json ->> '$.recordDetails.entityType.subtype' = 'nomination'
        ) AS is_nomination
    FROM statement
    WHERE record_type = 'entity'
    GROUP BY record_id
),
identified AS (
    SELECT row, unnest(schemes) AS scheme
    FROM (
        SELECT row, json_extract_string(json, '$.recordDetails.identifiers[*].scheme') AS schemes
        FROM statement
        WHERE record_type = 'person'
    )
),
exposed AS (
    SELECT
        row,
        json ->> '$.recordDetails.politicalExposure.status' AS status,
        len(json_extract(json, '$.recordDetails.politicalExposure.details[*]')) AS details,
        len(json_extract(json, '$.recordDetails.politicalExposure.details[*].missingInfoReason')) AS missing
    FROM statement
    WHERE record_type = 'person'
),
listed AS (
    SELECT
        row,
        json ->> '$.recordDetails.publicListing.hasPublicListing' AS has_listing,
        len(json_extract(json, '$.recordDetails.publicListing.companyFilingsURLs[*]')) AS filings,
        json_extract(json, '$.recordDetails.publicListing.securitiesListings[*]') AS listings
    FROM statement
    WHERE record_type = 'entity'
),
security AS (
    SELECT row, unnest(listings) AS listing, generate_subscripts(listings, 1) - 1 AS position FROM listed
)
SELECT row, 'beneficial-owner-not-a-person', 'error', pointer || '/beneficialOwnershipOrControl',
    'only a natural person is a beneficial owner; record ' || party || ' is an entity.'
FROM claimed
JOIN record_index ON record_index.record_id = party
WHERE is_beneficial AND is_entity AND NOT coalesce(is_person, false)
UNION ALL
SELECT row, 'subject-not-a-nomination', 'error', pointer || '/type',
    'an interest of type ' || type || ' is held in an arrangement of subtype nomination.'
FROM claimed
JOIN arrangement ON arrangement.record_id = subject
WHERE type IN ('nominee', 'nominator') AND NOT coalesce(is_nomination, false)
UNION ALL
SELECT row, 'subject-not-a-trust', 'error', pointer || '/type',
    'an interest of type ' || type || ' is held in an entity of subtype trust.'
FROM claimed
JOIN arrangement ON arrangement.record_id = subject
WHERE type IN ('settlor', 'trustee', 'protector') AND NOT coalesce(is_trust, false)
UNION ALL
SELECT row, 'person-identifier-scheme', 'error', '/recordDetails/identifiers',
    'expected a country (ISO 3166-1 alpha-3) and PASSPORT, TAXID or IDCARD, found ' || scheme || '.'
FROM identified
WHERE scheme IS NOT NULL AND NOT (
    list_contains($alpha3, split_part(scheme, '-', 1))
    AND regexp_full_match(scheme, '[A-Z]+-(PASSPORT|TAXID|IDCARD)')
)
UNION ALL
SELECT row, 'missing-exposure-but-status-known', 'error', '/recordDetails/politicalExposure/status',
    'missingInfoReason goes with the status unknown, found ' || coalesce(status, 'none') || '.'
FROM exposed WHERE missing > 0 AND status IS DISTINCT FROM 'unknown'
UNION ALL
SELECT row, 'exposure-details-but-not-exposed', 'error', '/recordDetails/politicalExposure/status',
    'details go with the status isPep or unknown, found ' || coalesce(status, 'none') || '.'
FROM exposed WHERE details > 0 AND missing = 0 AND (status IS NULL OR status = 'isNotPep')
UNION ALL
SELECT row, 'listing-but-not-listed', 'error', '/recordDetails/publicListing/hasPublicListing',
    'filings or listings are given while hasPublicListing is false.'
FROM listed WHERE has_listing = 'false' AND (filings > 0 OR len(listings) > 0)
UNION ALL
SELECT row, 'one-market-code-only', 'error', '/recordDetails/publicListing/securitiesListings/' || position,
    'marketIdentifierCode and operatingMarketIdentifierCode go together.'
FROM security
WHERE (listing ->> '$.marketIdentifierCode' IS NULL) <> (listing ->> '$.operatingMarketIdentifierCode' IS NULL)
