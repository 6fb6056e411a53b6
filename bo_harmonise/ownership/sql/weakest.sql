-- How sure is the identity of each party? The weakest match probability among the merges that join its records, where
-- for each record its surest merge counts; 1 for a party of one record, and for what a person judged the same.
CREATE OR REPLACE TEMP TABLE own_weakest AS
WITH
  joined AS (
    SELECT record_id_l AS record_id, CASE WHEN method = 'judgement' THEN 1 ELSE coalesce(match_probability, 1) END AS probability FROM match WHERE is_joined
    UNION ALL
    SELECT record_id_r, CASE WHEN method = 'judgement' THEN 1 ELSE coalesce(match_probability, 1) END FROM match WHERE is_joined
  ),
  surest AS (
    SELECT record_id, max(probability) AS probability FROM joined GROUP BY record_id
  )
SELECT
  r.party_id,
  min(s.probability) AS match_probability
FROM
  party_record AS r
  JOIN surest AS s USING (record_id)
GROUP BY
  r.party_id;
