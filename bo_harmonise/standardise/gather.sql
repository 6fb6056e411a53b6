-- The features of all portions, in order.
COPY (FROM read_parquet($parts)) TO $out (FORMAT parquet, COMPRESSION zstd);
