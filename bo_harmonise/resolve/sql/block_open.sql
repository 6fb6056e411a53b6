-- Which records share a key? Needs block_key (record_no, rule, key, finer) and
-- block_order (record_no, place, within): records meet only where `within` is the same.
CREATE OR REPLACE TEMP TABLE block_open AS
SELECT DISTINCT hash(k.rule, k.key, o.within) AS block, k.rule, k.record_no, k.finer
FROM block_key AS k
JOIN block_order AS o USING (record_no)
WHERE k.key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE block_done (block UBIGINT, rule UTINYINT, record_no INTEGER);

-- The largest blocks as they were before any refinement, for the report.
CREATE OR REPLACE TEMP TABLE block_worst AS
SELECT rule, key, count(DISTINCT record_no) AS records
FROM block_key
WHERE key IS NOT NULL
GROUP BY rule, key
HAVING count(DISTINCT record_no) > $max_block
ORDER BY records DESC, rule, key
LIMIT 20;
