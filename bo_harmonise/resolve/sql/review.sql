-- Which pairs are uncertain, and nobody has judged them yet? With the parties that their records are in.
CREATE OR REPLACE TEMP TABLE review_pair AS
SELECT
    u.record_id_l,
    u.record_id_r,
    u.kind,
    u.match_weight,
    u.match_probability,
    u.is_joined,
    u.refused,
    pl.party_id AS party_l,
    pr.party_id AS party_r
FROM read_parquet($pair) AS u
JOIN read_parquet($party_record) AS pl ON pl.record_id = u.record_id_l
JOIN read_parquet($party_record) AS pr ON pr.record_id = u.record_id_r
WHERE u.judgement IS NULL AND (u.match_probability BETWEEN $low AND $high OR u.refused IS NOT NULL);

-- The two sides of a pair. Of one that is not joined they are the parties; of one that is, the parts into which its
-- party would fall, which `consequence.split` fills in: until then the two records alone.
CREATE OR REPLACE TEMP TABLE review_side AS
SELECT DISTINCT p.party_id AS side, p.party_id, p.record_id
FROM read_parquet($party_record) AS p
WHERE
    p.party_id IN (SELECT party_l FROM review_pair WHERE NOT is_joined)
    OR p.party_id IN (SELECT party_r FROM review_pair WHERE NOT is_joined)
UNION ALL
SELECT DISTINCT record_id_l || ' ' || record_id_r || ' ' || s.which, party_l, s.record_id
FROM review_pair, unnest([{'which': 'l', 'record_id': record_id_l}, {'which': 'r', 'record_id': record_id_r}]) AS t(s)
WHERE is_joined;

-- What holds the parties of the joined pairs together, the strongest first.
SELECT p.party_id, m.record_id_l, m.record_id_r
FROM read_parquet($pair) AS m
JOIN read_parquet($party_record) AS p ON p.record_id = m.record_id_l
WHERE
    m.is_joined
    AND p.party_id IN (
        SELECT party_id FROM read_parquet($party_record)
        WHERE party_id IN (SELECT party_l FROM review_pair WHERE is_joined)
        GROUP BY party_id
        HAVING count(*) BETWEEN 3 AND $largest
    )
ORDER BY p.party_id, coalesce(m.judgement = 'same', false) DESC, m.match_weight DESC, m.record_id_l, m.record_id_r;
