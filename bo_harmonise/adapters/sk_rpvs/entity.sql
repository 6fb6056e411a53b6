-- Partners of the public sector, one record a company over all its rows and entries; companies and funds that are
-- entered as end users.
-- The row that holds, and of several the latest, tells the company; the others its former names.
WITH ranked AS (
    SELECT
        *,
        sk_status(sk_is_past(end_date), deletion) = 'new' AS is_open,
        row_number() OVER (
            PARTITION BY record_id
            ORDER BY is_open DESC, start_date DESC NULLS LAST, item.Id DESC, source_file, source_row
        ) AS place
    FROM sk_partner
    WHERE kind = 'entity'
),
partner AS (
    SELECT
        record_id,
        min({'file': ranked.source_file, 'row': ranked.source_row}) AS origin,
        bool_or(is_open) AS is_open,
        min(start_date) AS first_day,
        max(greatest(start_date, CASE WHEN sk_is_past(end_date) THEN end_date END)) AS last_day,
        any_value(ico) AS ico,
        any_value(item) FILTER (place = 1) AS item,
        list(DISTINCT coalesce(clean(item.ObchodneMeno), sk_full_name(item))) AS names,
        list(DISTINCT facts) AS entries
    FROM ranked
    JOIN sk_entry AS entry ON entry.source_file = ranked.source_file AND entry.source_row = ranked.source_row
    GROUP BY record_id
),
owner AS (
    SELECT
        record_id,
        min({'file': source_file, 'row': source_row}) AS origin,
        any_value(ico) AS ico,
        max({'since': start_date, 'item': item, 'country': country}) AS last,
        list(DISTINCT clean(item.ObchodneMeno)) AS names
    FROM sk_end_user
    WHERE kind = 'entity' AND record_id NOT IN (SELECT record_id FROM partner)
    GROUP BY record_id
),
told AS (
    SELECT
        record_id, origin, false AS is_reference, CASE WHEN is_open THEN 'new' ELSE 'closed' END AS record_status,
        last_day, ico, names, NULL::VARCHAR AS country,
        coalesce(clean(item.ObchodneMeno), sk_full_name(item)) AS name,
        item.PravnaForma AS form,
        sk_addresses('registered', item.Adresa) AS addresses,
        json_merge_patch('{}', json_object(
            'FormaOsoby', item.FormaOsoby,
            'Meno', item.Meno, 'Priezvisko', item.Priezvisko, 'DatumNarodenia', sk_date(item.DatumNarodenia)::VARCHAR,
            'TitulPred', item.TitulPred, 'TitulZa', item.TitulZa,
            'PravnaForma', item.PravnaForma.StatistickyKod,
            'PlatnostOd', first_day::VARCHAR,
            'Partneri', list_sort(entries)
        )) AS extra
    FROM partner
    UNION ALL BY NAME
    SELECT
        record_id, origin, true AS is_reference, 'new' AS record_status,
        last.since AS last_day, ico, names, last.country AS country,
        clean(last.item.ObchodneMeno) AS name,
        last.item.PravnaForma AS form,
        sk_addresses('registered', last.item.Adresa) AS addresses,
        NULL AS extra
    FROM owner
)
SELECT
    record_id,
    replace(record_id, 'sk_rpvs:entity:', '') AS source_key,
    origin.file AS source_file,
    origin.row AS source_row,
    record_status,
    is_reference,
    last_day::VARCHAR AS statement_date,
    -- A partner abroad without a number: the register does not say whether it is registered.
    CASE WHEN ico IS NULL THEN 'legalEntity' ELSE 'registeredEntity' END AS entity_type,
    told.name,
    nullif(list_sort(list_filter(names, lambda other: other <> told.name)), []) AS alternate_names,
    coalesce(country, CASE WHEN regexp_full_match(ico, '[0-9]{8}') THEN 'SK' END) AS jurisdiction,
    'unknown' AS status,
    form.Meno AS legal_form_native,
    legal_forms.code AS legal_form_code,
    sk_identifiers(ico) AS identifiers,
    addresses,
    extra
FROM told
LEFT JOIN legal_forms ON legal_forms.name = form.Meno
