-- How do the scores and clusters of one kind compare with the labels?

CREATE OR REPLACE TEMP TABLE measured_record AS
SELECT
    r.record_no,
    l.source,
    l.gold_id,
    l.within,
    c.cluster_no,
    coalesce(f.names[1].script, 'none') AS script
FROM labelled AS l
JOIN resolve_record AS r USING (record_id)
JOIN resolve_cluster AS c USING (record_no)
LEFT JOIN feature AS f USING (record_no)
WHERE l.kind = $kind
ORDER BY r.record_no;

-- Scripts and sources of a pair, in order, as one word.
CREATE OR REPLACE TEMP MACRO in_order(a, b) AS
CASE WHEN a = b THEN a ELSE least(a, b) || ' + ' || greatest(a, b) END;

-- Every pair that the labels join.
CREATE OR REPLACE TEMP TABLE gold_pair AS
SELECT
    a.record_no AS l,
    b.record_no AS r,
    in_order(a.script, b.script) AS script,
    in_order(a.source, b.source) AS source,
    a.cluster_no = b.cluster_no AS is_joined,
    p.match_weight
FROM measured_record AS a
JOIN measured_record AS b
    ON a.gold_id = b.gold_id AND coalesce(a.within, '') = coalesce(b.within, '') AND a.record_no < b.record_no
LEFT JOIN resolve_compared AS p ON p.l = a.record_no AND p.r = b.record_no;

-- Every pair that was compared.
CREATE OR REPLACE TEMP TABLE measured_pair AS
SELECT
    p.l,
    p.r,
    CAST(p.match_weight AS DOUBLE) AS match_weight,
    CAST(a.gold_id = b.gold_id AS DOUBLE) AS is_same,
    in_order(a.script, b.script) AS script,
    in_order(a.source, b.source) AS source
FROM resolve_compared AS p
JOIN measured_record AS a ON a.record_no = p.l
JOIN measured_record AS b ON b.record_no = p.r
ORDER BY p.l, p.r;
