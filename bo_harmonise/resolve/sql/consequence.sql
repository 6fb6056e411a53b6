-- What hangs on each uncertain pair? Needs review_pair and review_side.
--
-- A decision connects, or parts, the two sides. Who stands above one side then has, or loses, a common interest in what
-- is below the other, over chains of any length: pairs of companies with a common owner that no register
-- shows, since each register knows the sides as two. What is below a company in the same registers
-- follows from it and does not count again.

CREATE OR REPLACE TEMP TABLE review_edge AS
WITH register AS (
    SELECT register, dense_rank() OVER (ORDER BY register) - 1 AS place
    FROM (SELECT DISTINCT split_part(source_id, '@', 1) AS register FROM current_relationship)
)
SELECT DISTINCT
    s.interested_party_record_id AS owner_record,
    o.party_id AS owner,
    s.subject_record_id AS owned_record,
    c.party_id AS owned,
    CAST(1 AS HUGEINT) << CAST(g.place % 120 AS INTEGER) AS bit
FROM current_relationship AS s
JOIN register AS g ON g.register = split_part(s.source_id, '@', 1)
JOIN read_parquet($party_record) AS o ON o.record_id = s.interested_party_record_id
JOIN read_parquet($party_record) AS c ON c.record_id = s.subject_record_id
WHERE o.party_id <> c.party_id;

-- What is below each side and, for companies, who is above it whom nobody owns.
CREATE OR REPLACE TEMP TABLE review_above AS
WITH RECURSIVE above AS (
    SELECT s.side, e.owner AS party
    FROM review_side AS s
    JOIN review_edge AS e ON e.owned_record = s.record_id
    UNION
    SELECT a.side, e.owner
    FROM above AS a
    JOIN review_edge AS e ON e.owned = a.party
)
SELECT side, list(party ORDER BY party) AS owners
FROM above
WHERE party NOT IN (SELECT owned FROM review_edge)
GROUP BY side;

CREATE OR REPLACE TEMP TABLE review_start AS
SELECT DISTINCT s.side, e.owned AS company, e.bit
FROM review_side AS s
JOIN review_edge AS e ON e.owner_record = s.record_id
UNION
SELECT e.owner, e.owned, e.bit
FROM review_edge AS e
WHERE e.owner IN (SELECT unnest(owners) FROM review_above);

CREATE OR REPLACE TEMP TABLE review_below AS
WITH RECURSIVE below AS (
    SELECT side, company, bit AS mask, true AS counts FROM review_start
    UNION
    SELECT b.side, e.owned, b.mask | e.bit, (b.mask | e.bit) <> b.mask
    FROM below AS b
    JOIN review_edge AS e ON e.owner = b.company
),
best AS (
    SELECT side, company, counts
    FROM below
    QUALIFY bit_count(mask) = min(bit_count(mask)) OVER (PARTITION BY side, company)
)
SELECT side, list(DISTINCT company ORDER BY company) AS companies
FROM best
WHERE counts
GROUP BY side;

-- Which companies does each owner above a side have?
CREATE OR REPLACE TEMP TABLE review_reach AS
SELECT a.side, a.owner, b.companies
FROM (SELECT side, unnest(owners) AS owner FROM review_above) AS a
JOIN review_below AS b ON b.side = a.owner;

WITH sided AS (
    SELECT
        *,
        CASE WHEN is_joined THEN record_id_l || ' ' || record_id_r || ' l' ELSE party_l END AS side_l,
        CASE WHEN is_joined THEN record_id_l || ' ' || record_id_r || ' r' ELSE party_r END AS side_r
    FROM review_pair
),
found AS (
    SELECT
        s.*,
        list_filter(coalesce(bl.companies, []), lambda c: c NOT IN (s.party_l, s.party_r)) AS all_l,
        list_filter(coalesce(br.companies, []), lambda c: c NOT IN (s.party_l, s.party_r)) AS all_r,
        coalesce(al.owners, []) AS owners_l,
        coalesce(ar.owners, []) AS owners_r
    FROM sided AS s
    LEFT JOIN review_below AS bl ON bl.side = s.side_l
    LEFT JOIN review_below AS br ON br.side = s.side_r
    LEFT JOIN review_above AS al ON al.side = s.side_l
    LEFT JOIN review_above AS ar ON ar.side = s.side_r
),
apart AS (
    SELECT
        *,
        len(all_l) - len(list_intersect(all_l, all_r)) AS below_l,
        len(all_r) - len(list_intersect(all_l, all_r)) AS below_r,
        list_filter(owners_l, lambda o: NOT list_contains(owners_r, o)) AS only_l,
        list_filter(owners_r, lambda o: NOT list_contains(owners_l, o)) AS only_r
    FROM found
),
-- The company itself and what is below it are no other companies of those above it.
outside AS (
    SELECT
        a.record_id_l,
        a.record_id_r,
        r.side = a.side_l AS is_left,
        len(r.companies)
        - len(list_intersect(r.companies, list_concat(a.all_l, a.all_r, [a.party_l, a.party_r]))) AS companies
    FROM apart AS a
    JOIN review_reach AS r
        ON (r.side = a.side_l AND list_contains(a.only_l, r.owner))
        OR (r.side = a.side_r AND list_contains(a.only_r, r.owner))
),
others AS (
    SELECT
        record_id_l,
        record_id_r,
        sum(companies) FILTER (is_left) AS others_l,
        sum(companies) FILTER (NOT is_left) AS others_r
    FROM outside
    GROUP BY record_id_l, record_id_r
),
name AS (
    SELECT record_id, names[1].full_name AS name FROM current_person
    UNION ALL
    SELECT record_id, name FROM current_entity
),
-- Of two pairs on which as much hangs, the one of a listed party goes first: a screening would miss it.
listed AS (
    SELECT DISTINCT p.party_id
    FROM (
        SELECT record_id FROM current_person WHERE len(listings) > 0
        UNION ALL
        SELECT record_id FROM current_entity WHERE len(listings) > 0
    )
    JOIN read_parquet($party_record) AS p USING (record_id)
),
weighed AS (
    SELECT
        a.*,
        CAST(
            a.below_l * a.below_r + coalesce(o.others_l, 0) * a.below_r + coalesce(o.others_r, 0) * a.below_l
            AS BIGINT
        ) AS connections,
        CAST(len(a.only_l) * (1 + a.below_r) + len(a.only_r) * (1 + a.below_l) AS BIGINT) AS owners
    FROM apart AS a
    LEFT JOIN others AS o USING (record_id_l, record_id_r)
)
SELECT
    w.record_id_l,
    w.record_id_r,
    w.kind,
    nl.name AS name_l,
    nr.name AS name_r,
    w.match_weight,
    w.match_probability,
    w.is_joined,
    w.refused,
    w.connections,
    w.owners
FROM weighed AS w
LEFT JOIN name AS nl ON nl.record_id = w.record_id_l
LEFT JOIN name AS nr ON nr.record_id = w.record_id_r
ORDER BY
    w.connections + w.owners DESC,
    (w.party_l IN (SELECT party_id FROM listed) OR w.party_r IN (SELECT party_id FROM listed)) DESC,
    abs(w.match_probability - 0.5),
    w.record_id_l,
    w.record_id_r;
