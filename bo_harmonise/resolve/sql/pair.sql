-- Which pairs are scored, of those whose left record is one of $low to $high? The blocked ones and those that a person judged.
-- In the order of the right record: the records that a batch of pairs needs lie close together then. In small groups of rows,
-- as each is one thread's work.
COPY (
    SELECT row_number() OVER (ORDER BY r, l) - 1 AS unique_id, l, r, rules
    FROM (
        SELECT l, r, rules FROM block_pair
        UNION ALL
        SELECT DISTINCT j.l, j.r, CAST(0 AS UBIGINT)
        FROM judged AS j
        JOIN resolve_record AS a ON a.record_no = j.l
        WHERE
            a.kind = $kind
            AND j.l BETWEEN $low AND $high
            AND NOT EXISTS (SELECT 1 FROM block_pair AS b WHERE b.l = j.l AND b.r = j.r)
    )
) TO $file (FORMAT parquet, ROW_GROUP_SIZE 8192);
