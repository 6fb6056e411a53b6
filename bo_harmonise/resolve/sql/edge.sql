-- Which pairs are edges, strongest evidence first? Rank 2: judged the same; 1: a shared identifier;
-- 0: the score. A pair that a person judged different is never an edge.
CREATE OR REPLACE TEMP TABLE resolve_edge AS
SELECT
    CASE
        WHEN j.judgement = 'same' THEN 2
        WHEN m.identifier_level = 3 THEN 1
        ELSE 0
    END AS rank,
    m.match_weight,
    m.l,
    m.r
FROM resolve_match AS m
LEFT JOIN judged AS j ON j.l = m.l AND j.r = m.r
WHERE
    m.kind = $kind
    AND coalesce(j.judgement, '') <> 'different'
    AND (j.judgement = 'same' OR m.match_weight >= $threshold_weight);
