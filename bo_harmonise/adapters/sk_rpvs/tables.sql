-- Partners, end users and entries, which all three mapping files ask for.

-- Rows of the partner itself: the company in its periods, an entrepreneur, or a natural person. Who has a number or a
-- business name is an entity; a partner abroad without a number is known by its entry and name.
CREATE OR REPLACE TABLE sk_partner AS
SELECT
    source_file, source_row, entry_id, entry_number, item, Vymaz AS deletion,
    CASE
        WHEN ico IS NOT NULL OR clean(item.ObchodneMeno) IS NOT NULL THEN 'entity'
        WHEN sk_full_name(item) IS NOT NULL THEN 'person'
    END AS kind,
    CASE kind
        WHEN 'entity' THEN 'sk_rpvs:entity:' || coalesce(
            ico, coalesce(entry_number, entry_id) || '/' || md5(lower(clean(item.ObchodneMeno)))
        )
        WHEN 'person' THEN 'sk_rpvs:person:partner-' || coalesce(item.Id, coalesce(entry_number, entry_id) || '/' || md5(sk_full_name(item)))
    END AS record_id,
    ico,
    sk_date(item.PlatnostOd) AS start_date,
    sk_date(item.PlatnostDo) AS end_date
FROM (
    SELECT *, sk_ico(item.Ico) AS ico
    FROM (
        SELECT
            source_file, source_row, Id AS entry_id, CisloVlozky AS entry_number, Vymaz,
            unnest(PartneriVerejnehoSektora) AS item
        FROM raw_entry
    )
)
WHERE kind IS NOT NULL;

-- Rows of end users of benefits (beneficial owners): people; a fund or company where no name of a person is given.
CREATE OR REPLACE TABLE sk_end_user AS
SELECT
    source_file, source_row, entry_id, entry_number, officials, item, row_key, ico, deletion,
    CASE WHEN sk_full_name(item) IS NULL AND coalesce(ico, clean(item.ObchodneMeno)) IS NOT NULL THEN 'entity' ELSE 'person' END AS kind,
    CASE WHEN kind = 'entity' THEN 'sk_rpvs:entity:' || coalesce(ico, 'kuv-' || row_key) ELSE 'sk_rpvs:person:' || row_key END AS record_id,
    country_numbers.code AS country,
    sk_date(item.PlatnostOd) AS start_date,
    sk_date(item.PlatnostDo) AS end_date
FROM (
    SELECT
        *, sk_ico(item.Ico) AS ico,
        coalesce(item.Id, md5(concat_ws(
            '|', coalesce(entry_number, entry_id), item.Meno, item.Priezvisko, item.ObchodneMeno, item.DatumNarodenia, item.PlatnostOd
        ))) AS row_key
    FROM (
        SELECT
            source_file, source_row, Id AS entry_id, CisloVlozky AS entry_number, VerejniFunkcionari AS officials,
            Vymaz AS deletion, unnest(KonecniUzivateliaVyhod) AS item
        FROM raw_entry
    )
)
LEFT JOIN country_numbers ON country_numbers.number = try_cast(item.StatnaPrislusnost.StatistickyKod AS INTEGER);

-- What an entry says beside partners and end users: deletion, fine, verification, authorised persons, reports, and public
-- officials who are not marked among the end users of the entry (they have a name only: no person can be told by it).
CREATE OR REPLACE TABLE sk_entry AS
WITH official AS (
    SELECT source_file, source_row, list(official ORDER BY position) AS officials
    FROM (
        SELECT source_file, source_row, unnest(VerejniFunkcionari) AS official, generate_subscripts(VerejniFunkcionari, 1) AS position
        FROM raw_entry
    )
    WHERE (source_file, source_row, lower(sk_full_name(official))) NOT IN (
        SELECT (source_file, source_row, lower(sk_full_name(item)))
        FROM sk_end_user
        WHERE item.JeVerejnyCinitel = 'true' AND sk_full_name(item) IS NOT NULL
    )
    GROUP BY source_file, source_row
)
SELECT
    raw_entry.source_file, raw_entry.source_row,
    json_merge_patch('{}', json_object(
        'Id', Id, 'CisloVlozky', CisloVlozky, 'Vymaz', Vymaz, 'Pokuta', Pokuta,
        'OverenieIdentifikacieKUV', nullif(OverenieIdentifikacieKUV, '[]'::JSON),
        'OpravneneOsoby', nullif(OpravneneOsoby, '[]'::JSON),
        'KvalifikovanePodnety', nullif(KvalifikovanePodnety, '[]'::JSON),
        'VerejniFunkcionari', official.officials
    )) AS facts
FROM raw_entry
LEFT JOIN official ON official.source_file = raw_entry.source_file AND official.source_row = raw_entry.source_row;
