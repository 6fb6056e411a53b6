-- Which blocks are small enough, and which must be made finer? Needs block_open (block, rule, record_no, finer_1 …) and
-- block_size: the key that is next, in order, splits a block that is too large.

INSERT INTO block_done
SELECT o.block, o.rule, o.record_no
FROM block_open AS o
JOIN block_size AS s USING (block)
WHERE NOT s.is_large;

-- The records whose next key is missing cannot be placed any finer: they stay together, for the next level and in the end for
-- the window. Theirs is another block all the same, so that all records of a block that is broken up move (stand.sql).
CREATE OR REPLACE TEMP TABLE block_next AS
SELECT
    CASE WHEN o.finer_1 IS NULL THEN hash(o.block) ELSE hash(o.block, o.finer_1) END AS block,
    o.rule,
    o.record_no,
    o.finer_2 AS finer_1,
    o.finer_3 AS finer_2,
    CAST(NULL AS UBIGINT) AS finer_3
FROM block_open AS o
JOIN block_size AS s USING (block)
WHERE s.is_large;

DROP TABLE block_open;

ALTER TABLE block_next RENAME TO block_open;

CREATE OR REPLACE TEMP TABLE block_size AS
SELECT s.block, s.records, s.records > b.records AS is_large
FROM (SELECT block, any_value(rule) AS rule, count(*) AS records FROM block_open GROUP BY block HAVING count(*) > 1) AS s
JOIN block_bound AS b USING (rule);
