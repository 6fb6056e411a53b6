-- Which pairs are uncertain, and what hangs on each? The companies that one side has an interest in times
-- those of the other: so many pairs of companies would get, or lose, a common owner. The sides of a pair that is
-- joined are its two records; of one that is not, their parties.
WITH uncertain AS (
    SELECT record_id_l, record_id_r, kind, match_weight, match_probability, is_joined, refused
    FROM read_parquet($pair)
    WHERE judgement IS NULL AND (match_probability BETWEEN $low AND $high OR refused IS NOT NULL)
),
-- Whom a party or record stands for when it is a side: the party itself, or the record alone.
stands AS (
    SELECT record_id, party_id AS side FROM read_parquet($party_record)
    UNION ALL
    SELECT record_id, record_id FROM read_parquet($party_record)
),
held AS (
    SELECT DISTINCT o.side AS owner, c.party_id AS company
    FROM current_relationship AS s
    JOIN stands AS o ON o.record_id = s.interested_party_record_id
    JOIN read_parquet($party_record) AS c ON c.record_id = s.subject_record_id
),
holdings AS (SELECT owner, list(company ORDER BY company) AS companies FROM held GROUP BY owner),
owned AS (
    SELECT DISTINCT o.party_id AS owner, c.side AS company
    FROM current_relationship AS s
    JOIN read_parquet($party_record) AS o ON o.record_id = s.interested_party_record_id
    JOIN stands AS c ON c.record_id = s.subject_record_id
),
owners AS (SELECT company, count(*) AS owners FROM owned GROUP BY company),
name AS (
    SELECT record_id, names[1].full_name AS name FROM current_person
    UNION ALL
    SELECT record_id, name FROM current_entity
)
SELECT
    u.record_id_l,
    u.record_id_r,
    u.kind,
    nl.name AS name_l,
    nr.name AS name_r,
    u.match_weight,
    u.match_probability,
    u.is_joined,
    u.refused,
    CAST(
        len(list_filter(coalesce(hl.companies, []), lambda c: NOT list_contains(coalesce(hr.companies, []), c)))
        * len(list_filter(coalesce(hr.companies, []), lambda c: NOT list_contains(coalesce(hl.companies, []), c)))
        + coalesce(ol.owners, 0) * coalesce(wr.owners, 0)
        AS BIGINT
    ) AS consequence
FROM uncertain AS u
JOIN read_parquet($party_record) AS pl ON pl.record_id = u.record_id_l
JOIN read_parquet($party_record) AS pr ON pr.record_id = u.record_id_r
LEFT JOIN holdings AS hl ON hl.owner = CASE WHEN u.is_joined THEN u.record_id_l ELSE pl.party_id END
LEFT JOIN holdings AS hr ON hr.owner = CASE WHEN u.is_joined THEN u.record_id_r ELSE pr.party_id END
LEFT JOIN owners AS ol ON ol.company = CASE WHEN u.is_joined THEN u.record_id_l ELSE pl.party_id END
LEFT JOIN owners AS wr ON wr.company = CASE WHEN u.is_joined THEN u.record_id_r ELSE pr.party_id END
LEFT JOIN name AS nl ON nl.record_id = u.record_id_l
LEFT JOIN name AS nr ON nr.record_id = u.record_id_r
ORDER BY consequence DESC, abs(u.match_probability - 0.5), u.record_id_l, u.record_id_r;
