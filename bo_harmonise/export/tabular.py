"""Write tables as CSV and Parquet, one file a table."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from bo_harmonise.read.raw import quote


def write_parquet(connection: duckdb.DuckDBPyConnection, out: Path, views: dict[str, str]) -> dict[str, int]:
    """Write `<table>.parquet` for each table into the folder `out`; return the rows of each file."""
    return _write(connection, out, views, "parquet", lambda _: "*", "FORMAT parquet, COMPRESSION zstd")


def write_csv(connection: duckdb.DuckDBPyConnection, out: Path, views: dict[str, str]) -> dict[str, int]:
    """Write `<table>.csv` for each table into the folder `out`; return the rows of each file.

    UTF-8, comma, one header line, line feeds inside quotes as they are. Lists and structs are JSON text. A
    text that begins with `=`, `+`, `-`, `@`, tab or carriage return is written with an apostrophe before it:
    spreadsheets would run it as a formula.
    """
    return _write(
        connection,
        out,
        views,
        "csv",
        lambda view: _cells(connection, view),
        "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"'",
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    views: dict[str, str],
    suffix: str,
    columns: Callable[[str], str],
    options: str,
) -> dict[str, int]:
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    for name, view in views.items():
        file = out / f"{name}.{suffix}"
        row = connection.execute(
            f'COPY (SELECT {columns(view)} FROM "{view}" ORDER BY ALL) TO {quote(str(file))} ({options})'
        ).fetchone()
        rows[file.name] = int(row[0]) if row else 0
    return rows


def _cells(connection: duckdb.DuckDBPyConnection, view: str) -> str:
    """Columns as cells of a spreadsheet."""
    cells = []
    for name, kind, *_ in connection.execute(f'DESCRIBE "{view}"').fetchall():
        if kind in {"VARCHAR", "JSON"}:
            text = f'CAST("{name}" AS VARCHAR)'
            cell = f"CASE WHEN regexp_matches({text}, '^[=+@\\-\\t\\r]') THEN '''' || {text} ELSE {text} END"
        elif kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
            cell = f'CAST(to_json("{name}") AS VARCHAR)'
        else:
            cell = f'"{name}"'
        cells.append(f'{cell} AS "{name}"')
    return ", ".join(cells)
