-- Bare recursion over stakes, as one would write it without the engine: no bounds, no loops, no control. Chains end after
-- twelve stakes, so that a loop ends.
CREATE OR REPLACE TEMP TABLE bare AS
WITH RECURSIVE edge AS (
    SELECT owner_party_id AS owner, owned_party_id AS company, share_max / 100 AS share
    FROM ownership_edge
    WHERE dimension = 'economic'
),
walk AS (
    SELECT owner, company, share, 1 AS steps FROM edge
    UNION ALL
    SELECT w.owner, e.company, w.share * e.share, w.steps + 1
    FROM walk AS w
    JOIN edge AS e ON e.owner = w.company
    WHERE w.steps < 12
)
SELECT owner, company, sum(share) AS share FROM walk GROUP BY owner, company;

SELECT count(*) FROM bare;
