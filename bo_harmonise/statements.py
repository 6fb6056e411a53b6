"""Statements of all deliveries, and which of them hold at a date."""

from datetime import date
from pathlib import Path

import duckdb

from bo_harmonise import db
from bo_harmonise.errors import WorkspaceError
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.workspace import Workspace

_SQL = Path(__file__).resolve().parent / "statements.sql"
_TABLES = (*STATEMENT_TABLES, "source", "reject")


def register_statements(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    """Make views `delivered_<table>` over all deliveries: entity, person, relationship, source, reject."""
    sources = workspace.source_ids()
    if not sources:
        raise WorkspaceError(
            f"{workspace.root} has no statements.", hint="Take files in first: bo-harmonise ingest PATH…"
        )
    for name in _TABLES:
        files = [
            str(workspace.statements / source / f"{name}.parquet").replace("'", "''") for source in sources
        ]
        listed = ", ".join(f"'{file}'" for file in files)
        connection.execute(f"CREATE OR REPLACE VIEW delivered_{name} AS FROM read_parquet([{listed}])")


def person_numbers(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the kinds of number, `register scheme_name`, that a register gives each person once.

    `connection` has the views of `register_statements`.
    """
    found = connection.execute(
        "SELECT DISTINCT register || ' ' || person_number FROM delivered_source "
        "WHERE person_number IS NOT NULL ORDER BY ALL"
    ).fetchall()
    return [number for (number,) in found]


def write_current(connection: duckdb.DuckDBPyConnection, out: Path, as_of: date) -> dict[str, int]:
    """Write `out/{entity,person,relationship}.parquet`: of each record the statement that holds at `as_of`.

    `out/seen.parquet` says which delivery brought each record first (record_id, first_source_id).
    `connection` has the views of `register_statements`. Returns the number of records by table.
    """
    out.mkdir(parents=True)
    choose(connection, as_of)
    counts = {}
    for name in STATEMENT_TABLES:
        target = str(out / f"{name}.parquet").replace("'", "''")
        row = connection.execute(
            f"COPY (FROM chosen_{name} ORDER BY record_id) TO '{target}' (FORMAT parquet)"
        ).fetchone()
        counts[name] = int(row[0]) if row else 0
    target = str(out / "seen.parquet").replace("'", "''")
    connection.execute(f"COPY (FROM seen ORDER BY record_id) TO '{target}' (FORMAT parquet)")
    return counts


def choose(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Make views `chosen_<table>` over `delivered_<table>`: of each record what holds at `as_of`."""
    connection.execute(f"SET VARIABLE as_of = DATE '{as_of.isoformat()}'")
    db.run_file(connection, _SQL)


def register_current(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make views `current_<table>` over what `write_current` wrote."""
    for name in (*STATEMENT_TABLES, "seen"):
        file = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE VIEW current_{name} AS FROM read_parquet('{file}')")
