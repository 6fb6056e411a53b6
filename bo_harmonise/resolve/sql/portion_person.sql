-- What do the people of one portion say? Their features, and their names one by one. $first and $last are the record_ids
-- between which the portion lies: the file is in their order.

CREATE OR REPLACE TEMP TABLE portion AS
SELECT f.*
FROM feature AS f
JOIN record_wanted AS w USING (record_no)
WHERE
    w.portion = $portion
    AND w.record_no BETWEEN $low AND $high
    AND f.record_no BETWEEN $low AND $high
    AND f.record_id BETWEEN $first AND $last;

CREATE OR REPLACE TEMP TABLE portion_name AS
SELECT record_no, unnest(names) AS n, generate_subscripts(names, 1) AS place FROM portion;
