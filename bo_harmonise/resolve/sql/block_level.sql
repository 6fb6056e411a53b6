-- Which blocks are small enough, and which must be made finer? Needs block_open (block, rule,
-- record_no, finer): `finer` lists, in order, what splits a block that is too large.

CREATE OR REPLACE TEMP TABLE block_size AS
SELECT block, any_value(rule) AS rule, count(*) AS records FROM block_open GROUP BY block HAVING count(*) > 1;

INSERT INTO block_done
SELECT o.block, o.rule, o.record_no
FROM block_open AS o
JOIN block_size AS s USING (block)
WHERE s.records <= $max_block;

-- The records whose next key is missing cannot be placed any finer: they stay together for the window.
CREATE OR REPLACE TEMP TABLE block_next AS
SELECT
    CASE WHEN o.finer[$level] IS NULL THEN o.block ELSE hash(o.block, o.finer[$level]) END AS block,
    o.rule,
    o.record_no,
    o.finer
FROM block_open AS o
JOIN block_size AS s USING (block)
WHERE s.records > $max_block;

CREATE OR REPLACE TEMP TABLE block_open AS FROM block_next;
