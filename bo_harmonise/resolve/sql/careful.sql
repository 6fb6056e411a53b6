-- What does clustering with care need to know of the components of component_careful (label)? In batches of about
-- $pairs pairs, none of which breaks a component up.

CREATE OR REPLACE TEMP TABLE careful_pair AS
SELECT a.label, p.l, p.r, p.match_weight
FROM resolve_compared AS p
JOIN resolve_component AS a ON a.record_no = p.l
JOIN resolve_component AS b ON b.record_no = p.r
WHERE a.label = b.label AND a.label IN (FROM component_careful);

CREATE OR REPLACE TEMP TABLE careful_batch AS
SELECT c.label, CAST(sum(coalesce(p.pairs, 0)) OVER (ORDER BY c.label) // $pairs AS BIGINT) AS batch
FROM component_careful AS c
LEFT JOIN (SELECT label, count(*) AS pairs FROM careful_pair GROUP BY label) AS p USING (label);

CREATE OR REPLACE TEMP TABLE careful_record AS
SELECT c.record_no, b.batch
FROM resolve_component AS c
JOIN careful_batch AS b USING (label);

CREATE OR REPLACE TEMP TABLE careful_edge AS
SELECT b.batch, p.rank, p.match_weight, p.l, p.r
FROM resolve_edge AS p
JOIN careful_record AS b ON b.record_no = p.l;

CREATE OR REPLACE TEMP TABLE careful_rejected AS
SELECT b.batch, p.l, p.r
FROM careful_pair AS p
JOIN careful_batch AS b USING (label)
WHERE p.match_weight < $threshold_weight;
