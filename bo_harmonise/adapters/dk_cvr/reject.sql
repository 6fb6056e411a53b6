-- Units that cannot be a record of this register.
SELECT
    source_file,
    source_row,
    CASE
        WHEN company IS NOT NULL THEN 'no-cvr-number'
        WHEN coalesce(person, other) IS NOT NULL THEN 'no-unit-number'
        ELSE 'unknown-kind'
    END AS code,
    CASE
        WHEN company IS NOT NULL THEN 'expected Vrvirksomhed.cvrNummer, found none'
        WHEN coalesce(person, other) IS NOT NULL THEN 'expected enhedsNummer, found none'
        ELSE 'expected Vrvirksomhed, Vrdeltagerperson, Vrdeltager or VrproduktionsEnhed, found none of them'
    END AS message
FROM dk_unit
