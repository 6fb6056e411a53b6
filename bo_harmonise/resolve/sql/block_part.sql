-- Which blocks are looked at now, and how large are they? Those whose number falls to $part of $parts: no block is in two.
-- (Without the casts the remainder would be one of 128 bits, ten times as slow.)
CREATE OR REPLACE TEMP TABLE block_open AS
SELECT block, rule, record_no, finer_1, finer_2, finer_3
FROM block_all
WHERE block % CAST($parts AS UBIGINT) = CAST($part AS UBIGINT);

CREATE OR REPLACE TEMP TABLE block_size AS
SELECT s.block, s.records, s.records > b.records AS is_large
FROM (SELECT block, any_value(rule) AS rule, count(*) AS records FROM block_open GROUP BY block HAVING count(*) > 1) AS s
JOIN block_bound AS b USING (rule);

-- Of the largest the records are counted: a record may have a key twice.
INSERT INTO block_worst
SELECT o.block, o.rule, count(DISTINCT o.record_no), min(o.record_no)
FROM block_open AS o
JOIN block_bound AS b USING (rule)
WHERE o.block IN (SELECT block FROM block_size WHERE is_large QUALIFY rank() OVER (ORDER BY records DESC) <= 40)
GROUP BY o.block, o.rule
HAVING count(DISTINCT o.record_no) > any_value(b.records);
