-- What is known of each resolved party? Needs party_record_new (party_id, record_no). Clusters go by number until the end.

CREATE OR REPLACE TEMP TABLE party_said AS
SELECT
    c.cluster_no,
    s.*
FROM (
    SELECT
        record_id,
        list_concat(
            CASE WHEN name IS NULL THEN [] ELSE [{'name': name, 'is_main': true}] END,
            list_transform(alternate_names, lambda n: {'name': n, 'is_main': false})
        ) AS names,
        CAST(NULL AS VARCHAR) AS birth_date,
        [jurisdiction] AS places,
        list_transform(identifiers, lambda i: coalesce(i.scheme, i.scheme_name) || ':' || i.id) AS identifiers
    FROM current_entity
    UNION ALL
    SELECT
        record_id,
        list_transform(names, lambda n, i: {'name': n.full_name, 'is_main': i = 1}),
        birth_date,
        list_concat(nationalities, residence_countries),
        list_transform(identifiers, lambda i: coalesce(i.scheme, i.scheme_name) || ':' || i.id)
    FROM current_person
) AS s
JOIN resolve_record AS r USING (record_id)
JOIN resolve_cluster AS c USING (record_no);

CREATE OR REPLACE TEMP TABLE party_name AS
SELECT
    cluster_no,
    n.name AS name,
    count(*) FILTER (n.is_main) AS main_count,
    count(*) AS name_count
FROM (SELECT cluster_no, unnest(names) AS n FROM party_said)
WHERE n.name IS NOT NULL
GROUP BY cluster_no, n.name;

CREATE OR REPLACE TEMP TABLE party_birth AS
WITH dates AS (
    SELECT cluster_no, birth_date, count(*) AS supporters
    FROM party_said
    WHERE birth_date IS NOT NULL
    GROUP BY cluster_no, birth_date
),
agreed AS (
    SELECT a.cluster_no, a.birth_date, sum(b.supporters) AS supporters
    FROM dates AS a
    JOIN dates AS b ON
        a.cluster_no = b.cluster_no
        AND (starts_with(a.birth_date, b.birth_date) OR starts_with(b.birth_date, a.birth_date))
    GROUP BY a.cluster_no, a.birth_date
)
SELECT cluster_no, min((-supporters, -length(birth_date), birth_date))[3] AS birth_date
FROM agreed
GROUP BY cluster_no;

CREATE OR REPLACE TEMP TABLE party_place AS
SELECT cluster_no, list_sort(list(DISTINCT place)) AS places
FROM (SELECT cluster_no, unnest(places) AS place FROM party_said)
WHERE place IS NOT NULL
GROUP BY cluster_no;

CREATE OR REPLACE TEMP TABLE party_identifier AS
SELECT cluster_no, list_sort(list(DISTINCT identifier)) AS identifiers
FROM (SELECT cluster_no, unnest(identifiers) AS identifier FROM party_said)
WHERE identifier IS NOT NULL
GROUP BY cluster_no;

DROP TABLE party_said;

CREATE OR REPLACE TEMP TABLE party_new AS
WITH head AS (
    SELECT
        c.cluster_no,
        any_value(r.kind) AS kind,
        list_sort(list(DISTINCT r.register)) AS registers,
        count(*) AS record_count
    FROM resolve_cluster AS c
    JOIN resolve_record AS r USING (record_no)
    GROUP BY c.cluster_no
),
-- Most have one name, which needs no sorting.
single AS (SELECT cluster_no, any_value(name) AS name FROM party_name GROUP BY cluster_no HAVING count(*) = 1),
named AS (
    SELECT cluster_no, name, [name] AS names FROM single
    UNION ALL
    SELECT
        cluster_no,
        min((-main_count, -length(name), name))[3],
        list_transform(list_sort(list((-main_count, -name_count, name))), lambda n: n[3])
    FROM party_name
    WHERE cluster_no NOT IN (SELECT cluster_no FROM single)
    GROUP BY cluster_no
)
SELECT
    p.party_id,
    h.kind,
    n.name,
    coalesce(n.names, []) AS names,
    coalesce(j.places, []) AS jurisdictions,
    b.birth_date,
    coalesce(i.identifiers, []) AS identifiers,
    h.registers,
    h.record_count
FROM head AS h
JOIN party_named AS p USING (cluster_no)
LEFT JOIN named AS n USING (cluster_no)
LEFT JOIN party_place AS j USING (cluster_no)
LEFT JOIN party_birth AS b USING (cluster_no)
LEFT JOIN party_identifier AS i USING (cluster_no);

DROP TABLE party_name;

DROP TABLE party_birth;

DROP TABLE party_place;

DROP TABLE party_identifier;
