-- Entries that name nobody.
SELECT
    source_file,
    source_row,
    'no-partner' AS code,
    concat(
        'expected PartneriVerejnehoSektora or KonecniUzivateliaVyhod with a name or an Ico, found none (Id ',
        coalesce(Id, 'missing'), ')'
    ) AS message
FROM raw_entry
