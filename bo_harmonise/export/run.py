"""Choose and run an export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from bo_harmonise import schema
from bo_harmonise.errors import UsageError
from bo_harmonise.export.bods_lines import write_bods
from bo_harmonise.export.tabular import write_csv, write_parquet
from bo_harmonise.schema import STATEMENT_TABLES

Writer = Callable[[duckdb.DuckDBPyConnection, Path, dict[str, str]], dict[str, int]]
"""(connection, target, views to read by table) -> rows written by file name."""

_WRITERS: dict[str, Writer] = {"bods": write_bods, "csv": write_csv, "parquet": write_parquet}

FORMATS = tuple(_WRITERS)
"""Formats of `export`: `bods` writes one file of JSON Lines, the others a folder with one file a table."""


@dataclass(frozen=True)
class ExportSummary:
    """What was written: rows by file."""

    format: str
    out: Path
    rows: dict[str, int] = field(default_factory=dict)


def export(
    connection: duckdb.DuckDBPyConnection,
    format: str,  # noqa: A002
    out: Path,
    *,
    names: Sequence[str] | None = None,
    as_of: date | None = None,
) -> ExportSummary:
    """Write the database behind `connection` to `out`, which must not exist or may be replaced.

    `names` limits CSV and Parquet to these tables. Without `as_of` all versions of all statements are
    written; with it those in force at the date for which the database was built. UsageError for an unknown
    format or table, and for another date.
    """
    if format not in _WRITERS:
        raise UsageError(f"there is no export {format!r}.", hint="One of: " + ", ".join(FORMATS))
    there = _tables(connection)
    if format == "bods":
        if names:
            raise UsageError(
                "BODS takes all statements; tables cannot be chosen.", hint="Leave out the tables."
            )
        chosen = [*STATEMENT_TABLES, "source", "party_record", "match"]
    else:
        chosen = list(names) if names else [name for name in schema.tables() if name in there]
    for name in chosen:
        if name not in there:
            raise UsageError(
                f"the database has no table {name!r}.", hint="It has: " + ", ".join(sorted(there))
            )
    views = {name: name for name in chosen}
    if as_of:
        _check_date(connection, as_of)
        views |= {name: f"current_{name}" for name in STATEMENT_TABLES if name in views}
    rows = _WRITERS[format](connection, out, views)
    return ExportSummary(format, out, rows)


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
    ).fetchall()
    return {name for (name,) in found}


def _check_date(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    row = connection.execute("SELECT as_of FROM run").fetchone()
    if row is None or row[0] != as_of:
        held = row[0] if row else "no date"
        raise UsageError(
            f"the database was built for {held}, not for {as_of}.",
            hint=f"Build it again: bo-harmonise build --as-of {as_of}",
        )
