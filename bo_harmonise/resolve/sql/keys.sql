-- What blocking makes of each record, for the next run: in $keys its keys, in $facts its place and what it cannot disagree about.
-- (Hashes do not get smaller by packing them well; nor are keys sorted, which would cost more than all of this: their order is that in
-- which threads made them, and says nothing.)
COPY (FROM block_all) TO $keys (FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2);

COPY (
    SELECT o.record_no, o.place, o.within, f.record_no IS NOT NULL AS has_fact, f.birth_dates, f.numbers
    FROM block_order AS o
    LEFT JOIN record_fact AS f USING (record_no)
) TO $facts (FORMAT parquet, COMPRESSION zstd);
