"""Read delimited text (CSV) through DuckDB, every column as text, keeping row numbers and malformed rows."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.errors import InputError
from bo_harmonise.read.raw import RawFile, Refused, is_left, quote, unreadable

_MAX_LINE = 1 << 24


@dataclass(frozen=True)
class Head:
    """What stands before the rows: the delimiter, the column names, and how many lines that takes."""

    delimiter: str
    names: tuple[str, ...]
    lines: int


def read_head(text: str, delimiter: str) -> Head:
    r"""Read the optional `sep=` line and the header; names lose surrounding blanks.

    >>> read_head('sep=;\na;" b"\n1;2\n', ",")
    Head(delimiter=';', names=('a', 'b'), lines=2)
    """
    text = text.removeprefix("\ufeff")
    skipped = 0
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiter, text, skipped = first.strip()[-1], rest, 1
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=delimiter)
    names = tuple(name.strip() for name in next(reader, []))
    return Head(delimiter, names, skipped + max(reader.line_num, 1))


def read_delimited(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Write `out` with the declared columns (null where the file has none) and `source_row`.

    `source_row` counts rows as a spreadsheet does: the header is row 1 (row 2 after a `sep=` line).
    Empty text is null. InputError when a required column is missing.
    """
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        head = read_head(stream.read(1 << 20), spec.delimiter)
    missing = [name for name in spec.required if name not in head.names]
    if missing:
        raise InputError(
            f"{label}: expected the columns {', '.join(spec.required)}; missing: {', '.join(missing)}; "
            f"found: {', '.join(head.names[:12])}{' …' if len(head.names) > 12 else ''}.",
            hint="Has the register changed its file? Compare with `bo-harmonise adapters show`.",
        )
    names = _unique(head.names)
    columns = ", ".join(f"{quote(name)}: 'VARCHAR'" for name in names)
    skip = head.lines - 1
    options = (
        f"delim = {quote(head.delimiter)}, quote = '\"', escape = '\"', header = true, skip = {skip}, "
        f"auto_detect = false, columns = {{{columns}}}, max_line_size = {_MAX_LINE}, strict_mode = true, "
        f"store_rejects = true, rejects_table = 'row_reject', rejects_scan = 'row_reject_scan'"
    )
    select = ", ".join(
        f'nullif("{name}", \'\') AS "{name}"' if name in names else f'NULL::VARCHAR AS "{name}"'
        for name in spec.columns
    )
    try:
        row = connection.execute(
            f"COPY (SELECT row_number() OVER () AS source_row, {select} "
            f"FROM read_csv({quote(str(file))}, {options})) TO {quote(str(out))} (FORMAT parquet)"
        ).fetchone()
    except duckdb.Error as error:
        raise unreadable(label, error, f"text delimited by {head.delimiter!r}") from error
    refused = [
        Refused(number, "malformed-row", f"{label} row {number}: {message}", raw or "")
        for number, message, raw in connection.execute(
            "SELECT line, any_value(error_message), any_value(csv_line) FROM row_reject "
            "GROUP BY line ORDER BY line"
        ).fetchall()
    ]
    connection.execute("DROP TABLE row_reject; DROP TABLE row_reject_scan")
    _number_rows(connection, out, head.lines, [item.row for item in refused])
    count = int(row[0]) if row else 0
    unknown = {n: count for n in head.names if n and n not in spec.columns and not is_left(n, spec.left)}
    return RawFile(out, count, refused, Counter(unknown))


def _unique(names: tuple[str, ...]) -> list[str]:
    """Column names with empty and repeated ones told apart, as DuckDB asks."""
    seen: dict[str, int] = {}
    unique = []
    for position, name in enumerate(names):
        base = name or f"column{position}"
        seen[base] = seen.get(base, 0) + 1
        unique.append(base if seen[base] == 1 else f"{base}_{seen[base]}")
    return unique


def _number_rows(connection: duckdb.DuckDBPyConnection, out: Path, head_lines: int, refused: list[int]) -> None:
    """Turn the ordinal of good rows into the row number in the file.

    The n-th refused row r (from 1) has `r - head_lines - n` good rows before it; a good row stands after all
    refused rows that have fewer good rows before them than it has.
    """
    before = [number - head_lines - position for position, number in enumerate(refused, start=1)]
    numbered = out.with_suffix(".numbered.parquet")
    connection.execute(
        "COPY (SELECT * REPLACE (source_row + $head + "
        "len(list_filter($before::BIGINT[], lambda b: b < source_row)) AS source_row) "
        f"FROM read_parquet({quote(str(out))})) TO {quote(str(numbered))} (FORMAT parquet)",
        {"head": head_lines, "before": before},
    )
    numbered.replace(out)
