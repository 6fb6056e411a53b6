-- Question: Which statements, files and rows say what a party is and holds?
-- Columns: table, statement, file, row, date, the register's term.
-- Parameter: who
-- Example: bo-harmonise query evidence --param who=LV-RE:40299000484 -w WS
WITH record AS (
    SELECT record_id FROM party_record WHERE party_id IN (SELECT party_id FROM find_party($who))
)
SELECT 'entity' AS table_name, statement_id, record_id, source_file, source_row, statement_date, name AS says
FROM current_entity
WHERE record_id IN (FROM record)
UNION ALL
SELECT 'person', statement_id, record_id, source_file, source_row, statement_date, names[1].full_name
FROM current_person
WHERE record_id IN (FROM record)
UNION ALL
SELECT 'relationship', statement_id, record_id, source_file, source_row, statement_date,
    array_to_string(list_transform(interests, lambda item: coalesce(item.details, item.type)), '; ')
FROM current_relationship
WHERE subject_record_id IN (FROM record) OR interested_party_record_id IN (FROM record)
ORDER BY table_name, record_id, statement_id;
