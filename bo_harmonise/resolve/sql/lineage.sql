-- What became of the party ids in this run?
CREATE OR REPLACE TEMP TABLE lineage_new AS
WITH gone AS MATERIALIZED (
    SELECT DISTINCT party_id FROM previous_party_record WHERE party_id NOT IN (SELECT party_id FROM party_named)
),
best AS (
    SELECT party_id, arg_max(cluster_no, (shared, -cluster_no)) AS cluster_no
    FROM party_overlap
    WHERE party_id IN (FROM gone)
    GROUP BY party_id
)
SELECT n.party_id, 'created' AS event, CAST(NULL AS VARCHAR) AS other_party_id
FROM party_named AS n
WHERE NOT EXISTS (SELECT 1 FROM party_overlap AS o WHERE o.cluster_no = n.cluster_no)
UNION ALL
SELECT n.party_id, 'merged-from', o.party_id
FROM best AS o
JOIN party_named AS n USING (cluster_no)
UNION ALL
SELECT n.party_id, 'split-from', o.party_id
FROM party_overlap AS o
JOIN party_named AS n USING (cluster_no)
WHERE o.party_id <> n.party_id AND o.party_id NOT IN (FROM gone)
UNION ALL
SELECT g.party_id, 'retired', n.party_id
FROM gone AS g
LEFT JOIN best AS b USING (party_id)
LEFT JOIN party_named AS n USING (cluster_no);
