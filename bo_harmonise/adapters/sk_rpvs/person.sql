-- End users of benefits who are people, and natural persons who are partners themselves. One record a row: the register
-- has no number for people, and each change of a person closes a row and adds another.
WITH party AS (
    SELECT
        record_id, source_file, source_row, row_key, item, country, start_date, end_date, deletion, officials,
        item.JeVerejnyCinitel = 'true' AS is_official
    FROM sk_end_user
    WHERE kind = 'person'
    UNION ALL BY NAME
    SELECT
        record_id, partner.source_file, partner.source_row, replace(record_id, 'sk_rpvs:person:', '') AS row_key, item,
        start_date, end_date, deletion, item.FormaOsoby AS partner_form, facts
    FROM sk_partner AS partner
    JOIN sk_entry ON sk_entry.source_file = partner.source_file AND sk_entry.source_row = partner.source_row
    WHERE kind = 'person'
),
told AS (
    SELECT *, sk_full_name(item) AS full_name, sk_addresses('residence', item.Adresa) AS addresses
    FROM party
)
SELECT
    record_id,
    row_key AS source_key,
    source_file,
    source_row,
    sk_status(sk_is_past(end_date), deletion) AS record_status,
    CASE WHEN sk_is_past(end_date) THEN end_date ELSE start_date END::VARCHAR AS statement_date,
    CASE WHEN full_name IS NULL THEN 'unknownPerson' ELSE 'knownPerson' END AS person_type,
    CASE WHEN full_name IS NULL THEN 'unknown' END AS unspecified_reason,
    CASE WHEN full_name IS NOT NULL THEN [{
        'type': 'legal', 'full_name': full_name, 'given_name': clean(item.Meno), 'family_name': clean(item.Priezvisko)
    }] END AS names,
    sk_date(item.DatumNarodenia)::VARCHAR AS birth_date,
    CASE WHEN country IS NOT NULL THEN [country] END AS nationalities,
    CASE WHEN addresses[1].country IS NOT NULL THEN [addresses[1].country] END AS residence_countries,
    addresses,
    -- False says that the person is no public official in the sense of one Slovak act, which is less than "no PEP".
    CASE WHEN is_official THEN 'isPep' END AS political_exposure,
    CASE WHEN is_official THEN nullif(list_transform(
        list_filter(officials, lambda official: lower(sk_full_name(official)) = lower(full_name)),
        lambda official: json_merge_patch('{}', json_object(
            'reason', 'verejný funkcionár', 'startDate', sk_date(official.PlatnostOd)::VARCHAR, 'endDate', sk_date(official.PlatnostDo)::VARCHAR
        ))
    ), [])::JSON END AS political_exposure_details,
    nullif(json_merge_patch('{}', json_object(
        'TitulPred', item.TitulPred, 'TitulZa', item.TitulZa, 'ObchodneMeno', item.ObchodneMeno, 'Ico', item.Ico,
        'StatnaPrislusnost', CASE WHEN country IS NULL THEN item.StatnaPrislusnost.Meno END,
        'FormaOsoby', partner_form, 'Partneri', facts
    )), '{}'::JSON) AS extra
FROM told
