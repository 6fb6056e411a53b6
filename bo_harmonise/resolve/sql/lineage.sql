-- What became of the party ids in this run?
CREATE OR REPLACE TEMP TABLE lineage_new AS
WITH best AS (
    SELECT party_id, arg_max(cluster_no, (shared, -cluster_no)) AS cluster_no
    FROM party_overlap
    GROUP BY party_id
),
known AS (SELECT DISTINCT party_id FROM previous_party_record)
SELECT n.party_id, 'created' AS event, CAST(NULL AS VARCHAR) AS other_party_id
FROM party_named AS n
WHERE NOT EXISTS (SELECT 1 FROM party_overlap AS o WHERE o.cluster_no = n.cluster_no)
UNION ALL
SELECT n.party_id, 'merged-from', o.party_id
FROM party_overlap AS o
JOIN best AS b USING (cluster_no, party_id)
JOIN party_named AS n USING (cluster_no)
WHERE o.party_id <> n.party_id AND o.party_id NOT IN (SELECT party_id FROM party_named)
UNION ALL
SELECT n.party_id, 'split-from', o.party_id
FROM party_overlap AS o
JOIN party_named AS n USING (cluster_no)
WHERE o.party_id <> n.party_id AND o.party_id IN (SELECT party_id FROM party_named)
UNION ALL
SELECT k.party_id, 'retired', n.party_id
FROM known AS k
LEFT JOIN best AS b USING (party_id)
LEFT JOIN party_named AS n USING (cluster_no)
WHERE k.party_id NOT IN (SELECT party_id FROM party_named);
