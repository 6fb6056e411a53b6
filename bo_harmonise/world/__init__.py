"""Write registers of an invented world in their true formats: samples, benchmarks, worlds of any size."""
