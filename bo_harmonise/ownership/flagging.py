"""Red flags: each is a query in `queries/flags/*.sql` whose header says what it asks and how to take it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.errors import UsageError

FOLDER = Path(__file__).parent.parent / "queries" / "flags"

_HEADER = re.compile(r"^-- (Question|Kind|Columns|Example): (.*(?:\n-- (?!\w+: ).*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Flag:
    """One pattern: `kind` is risk or context; `sql` returns party_id and evidence."""

    name: str
    kind: str
    question: str
    columns: str
    example: str
    sql: str


def flags() -> list[Flag]:
    """All flags by name; UsageError for a file whose header is not complete."""
    return [read_flag(path) for path in sorted(FOLDER.glob("*.sql"))]


def read_flag(path: Path) -> Flag:
    """Read one flag; UsageError says what its header lacks."""
    text = path.read_text(encoding="utf-8")
    header = {key: value.replace("\n-- ", " ") for key, value in _HEADER.findall(text)}
    missing = {"Question", "Kind", "Columns", "Example"} - header.keys()
    if missing or header["Kind"] not in ("risk", "context"):
        raise UsageError(
            f"{path}: the header needs Question, Kind (risk or context), Columns and Example",
            hint="See owner_age.sql beside it.",
        )
    return Flag(path.stem, header["Kind"], header["Question"], header["Columns"], header["Example"], text)


def raise_flags(connection: duckdb.DuckDBPyConnection, values: dict[str, Any]) -> None:
    """Run all flags into the temporary table `own_flag`, sorted by flag, party and evidence."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_flag_found "
        "(flag VARCHAR, kind VARCHAR, party_id VARCHAR, evidence VARCHAR)"
    )
    for flag in flags():
        (statement,) = connection.extract_statements(flag.sql)
        wanted = {name: values[name] for name in statement.named_parameters}
        found = connection.sql(flag.sql, params=wanted or None).to_arrow_table()
        connection.register("own_flag_rows", found)
        connection.execute(
            "INSERT INTO own_flag_found "
            "SELECT $flag, $kind, party_id, CAST(evidence AS VARCHAR) FROM own_flag_rows",
            {"flag": flag.name, "kind": flag.kind},
        )
        connection.unregister("own_flag_rows")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_flag AS "
        "SELECT DISTINCT flag, kind, party_id, evidence FROM own_flag_found ORDER BY flag, party_id, evidence"
    )
