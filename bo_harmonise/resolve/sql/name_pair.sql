-- All labelled pairs of names of one kind, blocked or not, in place of the blocked ones.
CREATE OR REPLACE TEMP TABLE pair_numbered AS
SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, CAST(0 AS UBIGINT) AS rules
FROM (
    SELECT min(r.record_no) AS l, max(r.record_no) AS r
    FROM labelled
    JOIN resolve_record AS r USING (record_id)
    WHERE r.kind = $kind
    GROUP BY labelled.within
);

CREATE OR REPLACE TEMP VIEW resolve_pair AS FROM pair_numbered;

DELETE FROM resolve_compared WHERE l IN (SELECT record_no FROM resolve_record WHERE kind = $kind);
