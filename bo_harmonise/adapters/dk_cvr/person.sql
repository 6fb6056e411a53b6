-- People who take part in companies: their own records, else what the first company that names them tells.
-- The register publishes neither birth dates nor nationalities; the country is that of the address.
WITH own AS (
    SELECT
        record_id, source_file, source_row, unit.enhedsNummer AS unit_number, unit.navne AS navne,
        unit.beliggenhedsadresse AS home,
        list_concat(dk_addresses('service', unit.forretningsadresse), dk_addresses('service', unit.postadresse)) AS more,
        left(unit.sidstOpdateret, 10) AS statement_date,
        list_filter(flatten(list_transform(unit.virksomhedSummariskRelation, lambda relation:
            list_transform(
                list_filter(relation.organisationer, lambda item: NOT dk_is_interest(item.hovedtype)),
                lambda item: {
                    'cvrNummer': relation.virksomhed.cvrNummer, 'hovedtype': item.hovedtype, 'medlemsData': item.medlemsData
                }
            )
        )), lambda item: item IS NOT NULL) AS other_roles,
        unit.stilling AS stilling, unit.statusKode AS status_code, unit.attributter AS attributes
    FROM dk_participant
    WHERE is_person
),
first_mention AS (
    SELECT party_record_id, min({'file': source_file, 'row': source_row, 'position': position}) AS origin
    FROM dk_role
    WHERE is_company_side AND party_type = 'person'
    GROUP BY party_record_id
),
mentioned AS (
    SELECT
        side.party_record_id AS record_id, side.source_file, side.source_row,
        side.deltager.enhedsNummer AS unit_number, side.deltager.navne AS navne,
        side.deltager.beliggenhedsadresse AS home
    FROM dk_company_side AS side
    JOIN first_mention
        ON first_mention.origin.file = side.source_file AND first_mention.origin.row = side.source_row
        AND first_mention.origin.position = side.position
    WHERE side.party_record_id NOT IN (SELECT record_id FROM dk_participant)
),
party AS (
    SELECT * FROM own
    UNION ALL BY NAME
    SELECT * FROM mentioned
),
told AS (
    SELECT *, dk_current_name(navne) AS full_name, dk_addresses('residence', home) AS homes
    FROM party
)
SELECT
    record_id,
    unit_number AS source_key,
    source_file,
    source_row,
    statement_date,
    -- A participant without a name is one whose name is not given out; the register does not say why.
    CASE WHEN full_name IS NULL THEN 'anonymousPerson' ELSE 'knownPerson' END AS person_type,
    CASE WHEN full_name IS NULL THEN 'unknown' END AS unspecified_reason,
    CASE WHEN full_name IS NOT NULL THEN list_concat(
        [{'type': 'legal', 'full_name': full_name}],
        list_transform(coalesce(dk_other_names(full_name, navne, NULL), []), lambda name: {'type': 'former', 'full_name': name})
    ) END AS names,
    CASE WHEN homes[1].country IS NOT NULL THEN [homes[1].country] END AS residence_countries,
    [{'scheme': NULL, 'scheme_name': 'CVR enhedsNummer', 'id': unit_number}] AS identifiers,
    nullif(list_concat(homes, coalesce(more, [])), []) AS addresses,
    CASE WHEN len(other_roles) > 0 OR len(attributes) > 0 OR stilling IS NOT NULL OR status_code IS NOT NULL THEN json_merge_patch('{}', json_object(
        'stilling', stilling, 'statusKode', status_code, 'attributter', nullif(attributes, []),
        'virksomhedSummariskRelation', nullif(other_roles, [])
    )) END AS extra
FROM told
