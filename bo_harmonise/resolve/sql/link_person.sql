-- What do the interests say of each person? Looks at the records of all.

-- Companies that the person has an interest in, as resolved, and the other parties that have one. A company is
-- named by its smallest record, whose number changes with the records that there are.
CREATE OR REPLACE TEMP TABLE company AS
SELECT c.record_no, hash(r.record_id) AS company
FROM resolve_cluster AS c
JOIN resolve_record AS r ON r.record_no = c.cluster_no;

CREATE OR REPLACE TEMP TABLE held AS
SELECT DISTINCT p.record_no, p.kind, c.company
FROM current_relationship AS s
JOIN resolve_record AS p ON p.record_id = s.interested_party_record_id
JOIN resolve_record AS e ON e.record_id = s.subject_record_id
JOIN company AS c ON c.record_no = e.record_no;

CREATE OR REPLACE TEMP TABLE compare_company AS
SELECT record_no, list_sort(list(company)) AS companies
FROM (
    SELECT record_no, company FROM held
    WHERE kind = 'person'
    QUALIFY row_number() OVER (PARTITION BY record_no ORDER BY company) <= 100
)
GROUP BY record_no;

-- A co-owner is known by the company it is, or by its name; owners of very many companies tell nothing.
CREATE OR REPLACE TEMP TABLE compare_owner AS
WITH owner AS (
    SELECT h.company, h.record_no, 'c' || c.company AS owner
    FROM held AS h
    JOIN company AS c USING (record_no)
    WHERE h.kind = 'entity'
    UNION ALL
    SELECT h.company, h.record_no, 'p' || array_to_string(f.names[1].tokens, ' ')
    FROM held AS h
    JOIN feature AS f USING (record_no)
    WHERE len(f.names) > 0 AND len(f.names[1].tokens) > 1
),
telling AS (
    SELECT company, record_no, owner FROM owner
    WHERE owner IN (SELECT owner FROM owner GROUP BY owner HAVING count(DISTINCT company) <= 20)
)
SELECT record_no, list_sort(list_distinct(list(owner))) AS owners
FROM (
    SELECT h.record_no, o.owner
    FROM held AS h
    JOIN telling AS o USING (company)
    WHERE h.kind = 'person' AND o.record_no <> h.record_no
    QUALIFY row_number() OVER (PARTITION BY h.record_no ORDER BY o.owner, o.record_no) <= 100
)
GROUP BY record_no;
