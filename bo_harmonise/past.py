"""Ownership on another day than that of the database: from the statements that were in force then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bo_harmonise import db
from bo_harmonise.build import build_database
from bo_harmonise.errors import WorkspaceError
from bo_harmonise.ownership import OwnSettings
from bo_harmonise.ownership.past import compute_past
from bo_harmonise.pipeline import compute_ownership
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.statements import choose, register_statements, write_current
from bo_harmonise.workspace import Workspace


@contextmanager
def opened_at(
    workspace: Workspace, as_of: date, *, rule: str | None = None, rules: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection on which the questions of ownership are answered as of a day.

    It has the parties as they are resolved now, the statements that were in force then, and the tables
    `ownership_edge`, `effective_ownership` and `declared` computed from them; with `rule`, `control` for that
    rule. The workspace is not written to. Raises WorkspaceError when nothing has been resolved yet.
    """
    with opened_history(workspace) as connection:
        choose_current(connection, as_of)
        compute_past(connection, as_of, rule=rule, rules_folder=rules)
        yield connection


@contextmanager
def database_at(workspace: Workspace, as_of: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database as `build` would have made it on a day, for reading; it is gone afterwards.

    All of its tables are computed anew, from the statements that were in force then, with the parties as they
    are resolved now. Of the workspace only its folder for temporary files is written to. Raises
    WorkspaceError when nothing has been resolved yet.
    """
    _require_parties(workspace)
    settings = OwnSettings(rules=workspace.rules if workspace.rules.is_dir() else None)
    workspace.temp.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=f"{as_of}-", dir=workspace.temp) as name:
        folder = Path(name)
        current, ownership, database = folder / "current", folder / "ownership", folder / "past.duckdb"
        with db.connect(temp=folder / "spill") as connection:
            register_statements(connection, workspace)
            write_current(connection, current, as_of)
        with db.connect(temp=folder / "spill") as connection:
            compute_ownership(connection, workspace, current, ownership, as_of=as_of, settings=settings)
        build_database(workspace, current, database, as_of=as_of, ownership=ownership)
        with db.connect(database, read_only=True) as connection:
            yield connection


@contextmanager
def opened_history(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection with all statements of all deliveries and the parties as they are resolved now."""
    _require_parties(workspace)
    with db.connect(temp=workspace.temp / "spill") as connection:
        register_statements(connection, workspace)
        for name in ("party", "party_record", "match"):
            path = str(workspace.resolution / f"{name}.parquet").replace("'", "''")
            connection.execute(f"CREATE TEMP VIEW \"{name}\" AS FROM read_parquet('{path}')")
        yield connection


def _require_parties(workspace: Workspace) -> None:
    if not (workspace.resolution / "party.parquet").is_file():
        raise WorkspaceError(
            f"{workspace.root} has no resolved parties.",
            hint=f"Resolve them: bo-harmonise resolve -w {workspace.root}",
        )


def choose_current(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Make `current_<table>` the statements that were in force on a day."""
    choose(connection, as_of)
    for name in STATEMENT_TABLES:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE current_{name} AS FROM chosen_{name}")
