-- Who meets whom, and by which rule? All in the blocks that are small enough (block_done), and in the other blocks neighbours
-- (block_near). In a run on the last one still.sql narrows this to the pairs that must be worked out anew.
CREATE OR REPLACE TEMP VIEW block_met AS
SELECT l.record_no AS l, r.record_no AS r, l.rule
FROM block_done AS l
JOIN block_done AS r ON l.block = r.block AND l.record_no < r.record_no
UNION ALL
SELECT l, r, rule FROM block_near;
