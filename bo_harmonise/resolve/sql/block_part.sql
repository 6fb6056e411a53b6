-- Which blocks are looked at now, and how large are they? Those whose number falls to $part of $parts: no block is in two.
-- (Without the casts the remainder would be one of 128 bits, ten times as slow.)
CREATE OR REPLACE TEMP TABLE block_open AS
SELECT block, rule, record_no, finer_1, finer_2, finer_3
FROM block_all
WHERE block % CAST($parts AS UBIGINT) = CAST($part AS UBIGINT);

CREATE OR REPLACE TEMP TABLE block_size AS
SELECT block, count(*) AS records FROM block_open GROUP BY block HAVING count(*) > 1;

-- Of the largest the records are counted: a record may have a key twice.
INSERT INTO block_worst
SELECT o.block, o.rule, count(DISTINCT o.record_no), min(o.record_no)
FROM block_open AS o
WHERE o.block IN (
    SELECT block FROM block_size WHERE records > $max_block QUALIFY rank() OVER (ORDER BY records DESC) <= 40
)
GROUP BY o.block, o.rule
HAVING count(DISTINCT o.record_no) > $max_block;
