-- Question: Which people and companies are known to more than one register, and under which names?
-- Columns: party_id, kind, name, registers, names, number of records.
-- Example: bo-harmonise query parties-in-several-registers -w WS
SELECT party_id, kind, name_or_number(name, identifiers) AS name, registers, names, birth_date, jurisdictions, record_count
FROM party
WHERE len(registers) > 1
ORDER BY len(registers) DESC, record_count DESC, name, party_id;
