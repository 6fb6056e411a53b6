-- Who meets whom in the blocks that no key breaks up? Each record its nearest neighbours by name ($window on either side).
-- Needs block_open (what is left of a part) and block_order (record_no, place).

INSERT INTO block_left
WITH sized AS (SELECT block, rule, count(*) AS records FROM block_open GROUP BY block, rule HAVING count(*) > 1)
SELECT
    rule,
    count(*) AS blocks,
    CAST(sum(records) AS BIGINT) AS records,
    CAST(sum(records * (records - 1) / 2 - records * least($window, records - 1)
        + least($window, records - 1) * (least($window, records - 1) + 1) / 2) AS BIGINT) AS pairs_left_out
FROM sized
GROUP BY rule;

INSERT INTO block_near
WITH placed AS (
    SELECT o.block, o.rule, o.record_no, row_number() OVER (
        PARTITION BY o.block ORDER BY r.place, o.record_no
    ) AS seat
    FROM block_open AS o
    JOIN block_order AS r USING (record_no)
),
near AS (
    SELECT p.block, p.rule, p.record_no, p.seat + step AS other
    FROM placed AS p, range(1, $window + 1) AS s (step)
)
SELECT least(n.record_no, p.record_no), greatest(n.record_no, p.record_no), n.rule
FROM near AS n
JOIN placed AS p ON p.block = n.block AND p.seat = n.other;
