"""Build `harmonised.duckdb`: tables, views and macros of all stages in one file for DuckDB 1.4 and later."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise import db
from bo_harmonise.schema import STATEMENT_TABLES, tables
from bo_harmonise.statements import register_statements
from bo_harmonise.workspace import Workspace

_SQL = Path(__file__).resolve().parent / "queries" / "database"


def build_database(
    workspace: Workspace,
    current: Path,
    target: Path,
    *,
    as_of: date,
    ownership: Path | None = None,
    threads: int | None = None,
    memory: int | None = None,
) -> dict[str, Any]:
    """Write the database to `target`; return the number of rows of each table.

    The statement tables hold all versions, `current_*` the ones in force at `as_of`; `ownership` is the
    folder of what was computed from these (default: that of the workspace). Tables of stages that have not
    run are there, and empty, so that queries and macros hold.
    """
    with db.connect(target, temp=workspace.temp / "spill", threads=threads, memory=memory) as connection:
        # `load` is the schema of views over the Parquet files of the stages; it does not stay.
        connection.execute("CREATE SCHEMA load; USE load")
        register_statements(connection, workspace)
        for folder in (workspace.resolution, ownership or workspace.ownership):
            _register(connection, folder, "")
        _register(connection, current, "current_")
        connection.execute("DROP VIEW current_seen")
        connection.execute("USE main")
        _load(connection)
        connection.execute(
            "CREATE TABLE run AS SELECT $as_of::DATE AS as_of, $version AS bo_harmonise",
            {"as_of": as_of, "version": workspace.manifest()["bo_harmonise"]},
        )
        connection.execute("DROP SCHEMA load CASCADE")
        for file in sorted(_SQL.glob("*.sql")):
            db.run_file(connection, file)
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY table_name"
        ).fetchall()
        counts = {}
        for (name,) in names:
            row = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            counts[name] = int(row[0]) if row else 0
    return counts


def _register(connection: duckdb.DuckDBPyConnection, folder: Path, prefix: str) -> None:
    for file in sorted(folder.glob("*.parquet")):
        path = str(file).replace("'", "''")
        connection.execute(f"CREATE VIEW \"{prefix}{file.stem}\" AS FROM read_parquet('{path}')")


def _load(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy all views of `load` to tables; those of the common schema get its types and order."""
    there = {
        name
        for (name,) in connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'load' AND NOT internal"
        ).fetchall()
    }
    for name, item in tables().items():
        if name.startswith("feature_"):
            continue
        connection.execute(item.ddl())
        given = f"delivered_{name}" if f"delivered_{name}" in there else name
        if given in there:
            columns = ", ".join(f'"{column}"' for column in item.column_names)
            source = f'load."{given}"' if name not in STATEMENT_TABLES else _versions(name)
            connection.execute(f'INSERT INTO "{name}" BY NAME SELECT {columns} FROM {source}')
            there.discard(given)
    for name in sorted(there):
        if not name.startswith("delivered_"):
            connection.execute(f'CREATE TABLE "{name}" AS FROM load."{name}"')


def _versions(name: str) -> str:
    """Query of all versions of all statements of one table.

    A statement that several snapshots repeat stands once, with the snapshot that had it first; a later
    version of a record is `updated`. References to an entity are no versions of its record.
    """
    series = "record_id, is_reference" if name == "entity" else "record_id"
    place = "snapshot_date, source_id, source_file, source_row, statement_id"
    return f"""(
        SELECT * REPLACE (
            CASE WHEN record_status = 'new' AND number > 1 THEN 'updated' ELSE record_status END
                AS record_status
        )
        FROM (
            SELECT *, row_number() OVER (PARTITION BY {series} ORDER BY {place}) AS number
            FROM (
                SELECT statement.*, snapshot_date
                FROM load.delivered_{name} AS statement
                JOIN (SELECT DISTINCT source_id, snapshot_date FROM load.delivered_source) USING (source_id)
                QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY {place}) = 1
            )
        )
        ORDER BY {place}
    )"""
