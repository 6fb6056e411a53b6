-- Where does each record stand in blocking, in one number for each rule (0 to 8) and one for judgements (9)? In which blocks it is
-- (block_done), who its neighbours are in those that no key breaks up (block_near), and with whom a person judged it. What two
-- records have in common there changes only where both of them move under one rule: a block that is broken up moves all in it.
CREATE OR REPLACE TEMP TABLE record_stand AS
SELECT
    record_no,
    [
        hash(sum(place) FILTER (rule = 0)),
        hash(sum(place) FILTER (rule = 1)),
        hash(sum(place) FILTER (rule = 2)),
        hash(sum(place) FILTER (rule = 3)),
        hash(sum(place) FILTER (rule = 4)),
        hash(sum(place) FILTER (rule = 5)),
        hash(sum(place) FILTER (rule = 6)),
        hash(sum(place) FILTER (rule = 7)),
        hash(sum(place) FILTER (rule = 8)),
        hash(sum(place) FILTER (rule = 9))
    ] AS stand
FROM (
    SELECT record_no, rule, block AS place FROM block_done
    UNION ALL
    SELECT n.l, n.rule, hash(r.record_id)
    FROM block_near AS n
    JOIN resolve_record AS r ON r.record_no = n.r
    UNION ALL
    SELECT n.r, n.rule, hash(l.record_id)
    FROM block_near AS n
    JOIN resolve_record AS l ON l.record_no = n.l
    UNION ALL
    SELECT j.l, 9, hash(r.record_id)
    FROM judged AS j
    JOIN resolve_record AS r ON r.record_no = j.r
    UNION ALL
    SELECT j.r, 9, hash(l.record_id)
    FROM judged AS j
    JOIN resolve_record AS l ON l.record_no = j.l
)
GROUP BY record_no;
