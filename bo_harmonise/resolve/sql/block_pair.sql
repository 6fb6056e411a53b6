-- Which pairs are compared, of those whose left record is one of $low to $high? All pairs of the blocks that are small enough
-- (block_done), and of the other blocks those of neighbours (block_near).
CREATE OR REPLACE TEMP TABLE block_pair AS
SELECT m.l, m.r, bit_or(CAST(1 AS UBIGINT) << m.rule) AS rules
FROM (
    SELECT l.record_no AS l, r.record_no AS r, l.rule
    FROM block_done AS l
    JOIN block_done AS r ON l.block = r.block AND l.record_no < r.record_no
    WHERE l.record_no BETWEEN $low AND $high
    UNION ALL
    SELECT l, r, rule FROM block_near WHERE l BETWEEN $low AND $high
) AS m
GROUP BY m.l, m.r;
