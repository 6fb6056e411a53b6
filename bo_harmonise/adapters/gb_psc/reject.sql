-- Lines that cannot be a record of this register.
SELECT
    source_file,
    source_row,
    CASE WHEN company_number IS NULL THEN 'no-company-number' WHEN data.links.self IS NULL THEN 'no-key' ELSE 'unknown-kind' END AS code,
    CASE
        WHEN company_number IS NULL THEN 'expected company_number, found none (kind ' || coalesce(data.kind, 'missing') || ')'
        WHEN data.links.self IS NULL THEN 'expected data.links.self, the key of the entry, found none'
        ELSE 'expected a known data.kind, found ' || coalesce(data.kind, 'none')
    END AS message
FROM raw_psc
WHERE data.kind IS NULL OR data.kind NOT LIKE 'totals#%'
UNION ALL
SELECT source_file, source_row, 'no-company-number', 'expected CompanyNumber, found none'
FROM raw_company
WHERE CompanyNumber IS NULL
