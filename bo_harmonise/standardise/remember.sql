-- What each record says, for the next run.
COPY (SELECT record_id, content FROM content) TO $content (FORMAT parquet, COMPRESSION zstd);
