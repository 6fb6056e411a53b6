-- What do the interests say of each entity? Looks at the records of all.

-- Who has an interest in the entity, by name and month of birth; owners of very many tell nothing.
CREATE OR REPLACE TEMP TABLE compare_owner AS
WITH owner AS (
    SELECT DISTINCT
        e.record_no,
        list_aggregate(list_sort(string_split(lower(p.names[1].full_name), ' ')), 'string_agg', ' ')
        || ' ' || p.birth_date[:7] AS owner
    FROM current_relationship AS s
    JOIN current_person AS p ON p.record_id = s.interested_party_record_id
    JOIN resolve_record AS e ON e.record_id = s.subject_record_id
    WHERE p.birth_date IS NOT NULL AND len(p.names) > 0
)
SELECT record_no, list_sort(list(owner))[:20] AS owners
FROM owner
WHERE owner IN (SELECT owner FROM owner GROUP BY owner HAVING count(*) <= 20)
GROUP BY record_no;
