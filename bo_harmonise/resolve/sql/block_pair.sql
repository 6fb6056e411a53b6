-- Which pairs are compared, of those whose left record is one of $low to $high?
CREATE OR REPLACE TEMP TABLE block_pair AS
SELECT l, r, bit_or(CAST(1 AS UBIGINT) << rule) AS rules
FROM block_met
WHERE l BETWEEN $low AND $high
GROUP BY l, r;
