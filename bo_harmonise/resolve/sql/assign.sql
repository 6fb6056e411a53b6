-- Which old party does each new cluster continue? Needs resolve_cluster (record_no, cluster_no) and
-- previous_party_record (party_id, record_id).

-- How many records each cluster shares with each old party.
CREATE OR REPLACE TEMP TABLE party_overlap AS
SELECT c.cluster_no, p.party_id, count(*) AS shared
FROM resolve_cluster AS c
JOIN resolve_record AS r USING (record_no)
JOIN previous_party_record AS p USING (record_id)
GROUP BY c.cluster_no, p.party_id;

-- Clusters and old parties that have only each other need no choice.
CREATE OR REPLACE TEMP TABLE party_taken AS
SELECT o.cluster_no, o.party_id
FROM party_overlap AS o
WHERE
    o.cluster_no IN (SELECT cluster_no FROM party_overlap GROUP BY cluster_no HAVING count(*) = 1)
    AND o.party_id IN (SELECT party_id FROM party_overlap GROUP BY party_id HAVING count(*) = 1);
