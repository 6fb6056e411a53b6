"""Write the tables of the stage as Parquet."""

from pathlib import Path

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.resolve.sqlfile import sql_file

NAMES = ("pair", "cluster", "party", "party_record", "match", "lineage")


def write(connection: duckdb.DuckDBPyConnection, out: Path) -> int:
    """Write the tables to a folder, each in one step, and return the number of parties."""
    run_file(connection, sql_file("tables"))
    out.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        temporary = out / f"{name}.parquet.tmp"
        connection.execute(
            f"COPY out_{name} TO $path (FORMAT parquet, COMPRESSION zstd)", {"path": str(temporary)}
        )
        temporary.replace(out / f"{name}.parquet")
    return int(connection.execute("SELECT count(*) FROM party_new").fetchall()[0][0])
