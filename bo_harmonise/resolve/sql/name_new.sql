-- What is a cluster called that continues no old party? By its smallest record id, so that the same
-- records get the same id on any machine.
CREATE OR REPLACE TEMP TABLE party_named AS
SELECT c.cluster_no, r.record_id, r.kind, t.party_id AS taken_id, coalesce(
    t.party_id,
    upper(r.kind[1]) || '-' || sha256(r.record_id)[:16]
) AS party_id
FROM (SELECT DISTINCT cluster_no FROM resolve_cluster) AS c
JOIN resolve_record AS r ON r.record_no = c.cluster_no
LEFT JOIN party_taken AS t USING (cluster_no);
