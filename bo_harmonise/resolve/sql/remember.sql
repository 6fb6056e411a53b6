-- What does the next run need, to keep the scores of this one? The pairs that were compared, by numbers of this run, and
-- what these numbers stand for. The pairs stay in the order in which they were put down, portion by portion: to sort all of
-- them would take more memory than all else. Those of the kind begin at row $first of resolve_compared.
COPY (
    SELECT r.record_id, s.record_no, s.sign, t.stand
    FROM record_sign AS s
    JOIN resolve_record AS r USING (record_no)
    LEFT JOIN record_stand AS t USING (record_no)
    ORDER BY s.record_no
) TO $records (FORMAT parquet, COMPRESSION zstd);

COPY (FROM rarity ORDER BY kind, value) TO $rarity (FORMAT parquet, COMPRESSION zstd);

COPY (
    SELECT l, r, match_weight
    FROM resolve_compared
    WHERE rowid >= $first
) TO $scores (FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2);
