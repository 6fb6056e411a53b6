-- How many records may a block of each rule hold ($bounds, by number of the rule)? And the tables that the blocks of one part
-- after the other fill.
CREATE OR REPLACE TEMP TABLE block_bound AS
SELECT CAST(i - 1 AS UTINYINT) AS rule, bounds[i] AS records
FROM (SELECT CAST($bounds AS BIGINT[]) AS bounds, unnest(range(1, len(bounds) + 1)) AS i);

-- Blocks that are small enough.
CREATE OR REPLACE TEMP TABLE block_done (block UBIGINT, rule UTINYINT, record_no INTEGER);

-- Pairs of neighbours in blocks that no key breaks up, and how many such blocks there are.
CREATE OR REPLACE TEMP TABLE block_near (l INTEGER, r INTEGER, rule UTINYINT);

CREATE OR REPLACE TEMP TABLE block_left (rule UTINYINT, blocks BIGINT, records BIGINT, pairs_left_out BIGINT);

-- Blocks that are too large, as they were before any refinement, for the report; with a record that has the key.
CREATE OR REPLACE TEMP TABLE block_worst (block UBIGINT, rule UTINYINT, records BIGINT, record_no INTEGER);
