-- Which components of the matched pairs need care? Those in which something speaks against a whole:
-- a pair that was compared and does not match, facts that contradict, a judgement, sheer size.
-- Needs resolve_component (record_no, label).

CREATE OR REPLACE TEMP TABLE component_careful AS
WITH doubted AS (
    SELECT a.label
    FROM resolve_compared AS p
    JOIN resolve_component AS a ON a.record_no = p.l
    JOIN resolve_component AS b ON b.record_no = p.r
    WHERE a.label = b.label AND p.match_weight < $threshold_weight
),
born AS (
    SELECT c.label, unnest(f.birth_dates) AS date
    FROM record_fact AS f
    JOIN resolve_component AS c USING (record_no)
),
said AS (
    -- A month and a day of it say the same.
    SELECT label, 'birth month' AS scheme, date[:7] AS value FROM born
    UNION ALL
    SELECT label, 'birth', date FROM born WHERE length(date) = 10
    UNION ALL
    SELECT label, n.scheme, n.id
    FROM (
        SELECT c.label, unnest(f.numbers) AS n
        FROM record_fact AS f
        JOIN resolve_component AS c USING (record_no)
    )
),
judged_inside AS (
    SELECT a.label
    FROM judged AS j
    JOIN resolve_component AS a ON a.record_no = j.l
    JOIN resolve_component AS b ON b.record_no = j.r
    WHERE a.label = b.label AND j.judgement = 'different'
)
SELECT label FROM doubted
UNION
SELECT label FROM said GROUP BY label, scheme HAVING count(DISTINCT value) > 1
UNION
SELECT label FROM judged_inside
UNION
SELECT label FROM resolve_component GROUP BY label HAVING count(*) > $max_cluster;

INSERT INTO resolve_cluster
SELECT record_no, min(record_no) OVER (PARTITION BY label)
FROM resolve_component
WHERE label NOT IN (FROM component_careful);

INSERT INTO resolve_cluster
SELECT record_no, record_no
FROM resolve_record
WHERE kind = $kind AND record_no NOT IN (SELECT record_no FROM resolve_component);
