-- Statements that name no missing owner: kept in `extra` of the company's entity statement.
SELECT raw_psc.source_file, raw_psc.source_row
FROM raw_psc
JOIN statements ON statements.slug = data.statement
WHERE statements.reason IS NULL AND company_number IS NOT NULL
