"""Read files into flat, typed Parquet, streaming: a module a format, `containers` for zip and gz."""
