-- What is known of each resolved party? Needs party_record_new (party_id, record_no).

CREATE OR REPLACE TEMP TABLE party_name AS
WITH named AS (
    SELECT record_id, name, true AS is_main FROM current_entity WHERE name IS NOT NULL
    UNION ALL
    SELECT record_id, unnest(alternate_names), false FROM current_entity
    UNION ALL
    SELECT record_id, n.full_name, i = 1
    FROM (
        SELECT record_id, unnest(names) AS n, generate_subscripts(names, 1) AS i FROM current_person
    )
)
SELECT
    p.party_id,
    n.name,
    count(*) FILTER (n.is_main) AS main_count,
    count(*) AS name_count
FROM named AS n
JOIN resolve_record AS r USING (record_id)
JOIN party_record_new AS p USING (record_no)
WHERE n.name IS NOT NULL
GROUP BY p.party_id, n.name;

CREATE OR REPLACE TEMP TABLE party_birth AS
WITH dates AS (
    SELECT p.party_id, s.birth_date, count(*) AS supporters
    FROM current_person AS s
    JOIN resolve_record AS r USING (record_id)
    JOIN party_record_new AS p USING (record_no)
    WHERE s.birth_date IS NOT NULL
    GROUP BY p.party_id, s.birth_date
),
agreed AS (
    SELECT a.party_id, a.birth_date, sum(b.supporters) AS supporters
    FROM dates AS a
    JOIN dates AS b ON
        a.party_id = b.party_id
        AND (starts_with(a.birth_date, b.birth_date) OR starts_with(b.birth_date, a.birth_date))
    GROUP BY a.party_id, a.birth_date
)
SELECT party_id, first(birth_date ORDER BY supporters DESC, length(birth_date) DESC, birth_date) AS birth_date
FROM agreed
GROUP BY party_id;

CREATE OR REPLACE TEMP TABLE party_place AS
WITH places AS (
    SELECT record_id, jurisdiction AS place FROM current_entity
    UNION ALL
    SELECT record_id, unnest(nationalities) FROM current_person
    UNION ALL
    SELECT record_id, unnest(residence_countries) FROM current_person
)
SELECT p.party_id, list(DISTINCT s.place ORDER BY s.place) AS places
FROM places AS s
JOIN resolve_record AS r USING (record_id)
JOIN party_record_new AS p USING (record_no)
WHERE s.place IS NOT NULL
GROUP BY p.party_id;

CREATE OR REPLACE TEMP TABLE party_identifier AS
WITH printed AS (
    SELECT record_id, unnest(identifiers) AS i FROM current_entity
    UNION ALL
    SELECT record_id, unnest(identifiers) FROM current_person
),
keyed AS (
    SELECT record_id, coalesce(i.scheme, i.scheme_name) || ':' || i.id AS identifier FROM printed
)
SELECT p.party_id, list(DISTINCT s.identifier ORDER BY s.identifier) AS identifiers
FROM keyed AS s
JOIN resolve_record AS r USING (record_id)
JOIN party_record_new AS p USING (record_no)
WHERE s.identifier IS NOT NULL
GROUP BY p.party_id;

CREATE OR REPLACE TEMP TABLE party_new AS
WITH head AS (
    SELECT
        p.party_id,
        any_value(r.kind) AS kind,
        list(DISTINCT r.register ORDER BY r.register) AS registers,
        count(*) AS record_count
    FROM party_record_new AS p
    JOIN resolve_record AS r USING (record_no)
    GROUP BY p.party_id
),
named AS (
    SELECT
        party_id,
        first(name ORDER BY main_count DESC, length(name) DESC, name) AS name,
        list(name ORDER BY main_count DESC, name_count DESC, name) AS names
    FROM party_name
    GROUP BY party_id
)
SELECT
    h.party_id,
    h.kind,
    n.name,
    coalesce(n.names, []) AS names,
    coalesce(j.places, []) AS jurisdictions,
    b.birth_date,
    coalesce(i.identifiers, []) AS identifiers,
    h.registers,
    h.record_count
FROM head AS h
LEFT JOIN named AS n USING (party_id)
LEFT JOIN party_place AS j USING (party_id)
LEFT JOIN party_birth AS b USING (party_id)
LEFT JOIN party_identifier AS i USING (party_id);

DROP TABLE party_name;

DROP TABLE party_birth;

DROP TABLE party_place;

DROP TABLE party_identifier;
