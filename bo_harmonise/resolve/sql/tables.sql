-- The tables of the stage as they are written: views, so that none is in memory as a whole. Needs party_record_new, party_new, lineage_all.
-- Numbers of records are in the order of their ids.

CREATE OR REPLACE TEMP VIEW out_pair AS
SELECT
    a.record_id AS record_id_l,
    b.record_id AS record_id_r,
    m.kind,
    CASE
        WHEN j.judgement IN ('same', 'different') THEN 'judgement'
        WHEN m.identifier_level = 3 THEN 'identifier'
        ELSE 'splink'
    END AS method,
    m.match_weight,
    m.match_probability,
    ca.cluster_no = cb.cluster_no AS is_joined,
    j.judgement,
    c.reason AS refused,
    m.rules,
    m.evidence
FROM resolve_match AS m
JOIN resolve_record AS a ON a.record_no = m.l
JOIN resolve_record AS b ON b.record_no = m.r
JOIN resolve_cluster AS ca ON ca.record_no = m.l
JOIN resolve_cluster AS cb ON cb.record_no = m.r
LEFT JOIN resolve_cut AS c ON c.l = m.l AND c.r = m.r
LEFT JOIN judged AS j ON j.l = m.l AND j.r = m.r
ORDER BY m.l, m.r;

CREATE OR REPLACE TEMP VIEW out_match AS
SELECT
    record_id_l, record_id_r, kind, method, match_weight, match_probability, is_joined, evidence
FROM out_pair;

CREATE OR REPLACE TEMP VIEW out_party_record AS
SELECT p.party_id, r.record_id, r.source_id, r.register
FROM party_record_new AS p
JOIN resolve_record AS r USING (record_no)
ORDER BY p.party_id, p.record_no;

CREATE OR REPLACE TEMP VIEW out_cluster AS
SELECT r.record_id, r.kind, p.party_id
FROM party_record_new AS p
JOIN resolve_record AS r USING (record_no)
ORDER BY p.record_no;

CREATE OR REPLACE TEMP VIEW out_party AS
SELECT party_id, kind, name, names, jurisdictions, birth_date, identifiers, registers, record_count
FROM party_new
ORDER BY party_id;

CREATE OR REPLACE TEMP VIEW out_lineage AS
SELECT party_id, event, other_party_id, run_id
FROM lineage_all
ORDER BY run_id, party_id, event, other_party_id;
