-- How do the scores and clusters of one kind compare with the labels? Makes measured_pair (every pair that
-- was compared, with its label) and gold_pair (every pair that the labels join).

CREATE OR REPLACE TEMP TABLE measured_record AS
SELECT
    r.record_no,
    r.record_id,
    l.source,
    l.gold_id,
    l.within,
    c.cluster_no,
    coalesce(f.names[1].script, 'none') AS script
FROM labelled AS l
JOIN resolve_record AS r USING (record_id)
JOIN resolve_cluster AS c USING (record_no)
LEFT JOIN feature AS f USING (record_no)
WHERE l.kind = $kind;

CREATE OR REPLACE TEMP TABLE gold_pair AS
SELECT a.record_no AS l, b.record_no AS r
FROM measured_record AS a
JOIN measured_record AS b
    ON a.gold_id = b.gold_id AND coalesce(a.within, '') = coalesce(b.within, '') AND a.record_no < b.record_no;

CREATE OR REPLACE TEMP TABLE measured_pair AS
SELECT
    p.l,
    p.r,
    p.match_weight,
    a.gold_id = b.gold_id AS is_same,
    a.cluster_no = b.cluster_no AS is_joined,
    least(a.script, b.script) || CASE WHEN a.script = b.script THEN '' ELSE ' + ' || greatest(a.script, b.script) END
    AS script,
    least(a.source, b.source) || ' + ' || greatest(a.source, b.source) AS source
FROM resolve_compared AS p
JOIN measured_record AS a ON a.record_no = p.l
JOIN measured_record AS b ON b.record_no = p.r;
