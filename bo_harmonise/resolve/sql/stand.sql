-- Where does each record stand in blocking, in one number? In which blocks it is (block_done), who its neighbours are in those that no
-- key breaks up (block_near), and with whom a person judged it. Two records that both stand as in another run are compared with
-- each other if they were then, and by the same rules: a pair is gained or lost where one of its two moves.
CREATE OR REPLACE TEMP TABLE record_stand AS
SELECT record_no, hash(sum(place)) AS stand
FROM (
    SELECT record_no, block AS place FROM block_done
    UNION ALL
    SELECT n.l, hash(n.rule, r.record_id)
    FROM block_near AS n
    JOIN resolve_record AS r ON r.record_no = n.r
    UNION ALL
    SELECT n.r, hash(n.rule, l.record_id)
    FROM block_near AS n
    JOIN resolve_record AS l ON l.record_no = n.l
    UNION ALL
    SELECT j.l, hash(r.record_id)
    FROM judged AS j
    JOIN resolve_record AS r ON r.record_no = j.r
    UNION ALL
    SELECT j.r, hash(l.record_id)
    FROM judged AS j
    JOIN resolve_record AS l ON l.record_no = j.l
)
GROUP BY record_no;
