-- Codes that no version of the standard has.
WITH coded AS (
    SELECT unnest(list_concat(
        [
            {'codelist': 'entityType', 'native': entityType.type},
            {'codelist': 'entitySubtype', 'native': entityType.subtype},
            {'codelist': 'personType', 'native': personType},
            {'codelist': 'unspecifiedReason', 'native': unspecifiedEntityDetails.reason},
            {'codelist': 'unspecifiedReason', 'native': unspecifiedPersonDetails.reason},
            {'codelist': 'unspecifiedReason', 'native': subject_reason},
            {'codelist': 'unspecifiedReason', 'native': party_reason},
            {'codelist': 'politicalExposureStatus', 'native': politicalExposure.status}
        ],
        list_transform(names, lambda item: {'codelist': 'nameType', 'native': item.type}),
        list_transform(addresses, lambda item: {'codelist': 'addressType', 'native': item.type}),
        list_transform(interests, lambda item: {'codelist': 'interestType', 'native': item.type}),
        list_transform(interests, lambda item: {
            'codelist': 'directOrIndirect', 'native': coalesce(item.directOrIndirect, item.interestLevel)
        })
    )) AS seen
    FROM bods_statement
),
seen AS (
    SELECT seen.codelist, trim(seen.native) AS native FROM coded
    UNION ALL
    SELECT 'recordStatus', recordStatus FROM raw_statement
),
known AS (
    SELECT DISTINCT codelist, native FROM codes
)
SELECT seen.codelist AS field, seen.native AS code, count(*) AS records
FROM seen
LEFT JOIN known ON known.codelist = seen.codelist AND known.native = seen.native
WHERE seen.native IS NOT NULL AND known.native IS NULL
GROUP BY seen.codelist, seen.native
