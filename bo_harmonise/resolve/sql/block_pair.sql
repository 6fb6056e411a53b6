-- Which pairs are compared? All pairs of the blocks that are small enough, and of the blocks that no key
-- breaks up each record with its nearest neighbours by name ($window on either side).
-- Needs block_done, block_open (what is left) and block_order (record_no, place).

CREATE OR REPLACE TEMP TABLE block_left AS
WITH sized AS (SELECT block, rule, count(*) AS records FROM block_open GROUP BY block, rule HAVING count(*) > 1)
SELECT
    rule,
    count(*) AS blocks,
    CAST(sum(records) AS BIGINT) AS records,
    CAST(sum(records * (records - 1) / 2 - records * least($window, records - 1)
        + least($window, records - 1) * (least($window, records - 1) + 1) / 2) AS BIGINT) AS pairs_left_out
FROM sized
GROUP BY rule;

CREATE OR REPLACE TEMP TABLE block_pair AS
WITH placed AS (
    SELECT o.block, o.rule, o.record_no, row_number() OVER (
        PARTITION BY o.block ORDER BY r.place, o.record_no
    ) AS seat
    FROM block_open AS o
    JOIN block_order AS r USING (record_no)
),
near AS (
    SELECT p.block, p.rule, p.record_no, p.seat, p.seat + step AS other
    FROM placed AS p, range(1, $window + 1) AS s (step)
),
met AS (
    SELECT l.record_no AS l, r.record_no AS r, l.rule
    FROM block_done AS l
    JOIN block_done AS r ON l.block = r.block AND l.record_no < r.record_no
    UNION ALL
    SELECT least(n.record_no, p.record_no), greatest(n.record_no, p.record_no), n.rule
    FROM near AS n
    JOIN placed AS p ON p.block = n.block AND p.seat = n.other
)
SELECT m.l, m.r, bit_or(CAST(1 AS UBIGINT) << m.rule) AS rules
FROM met AS m
GROUP BY m.l, m.r;
