-- Which blocks are looked at now? Those whose number falls to $part of $parts: no block is in two of them.
CREATE OR REPLACE TEMP TABLE block_open AS
SELECT block, rule, record_no, finer_1, finer_2, finer_3
FROM block_all
WHERE block % $parts = $part;

INSERT INTO block_worst
SELECT block, rule, count(DISTINCT record_no), min(record_no)
FROM block_open
WHERE block IN (SELECT block FROM block_open GROUP BY block HAVING count(*) > $max_block)
GROUP BY block, rule
HAVING count(DISTINCT record_no) > $max_block;
