"""Read delimited text (CSV) through DuckDB, every column as text, keeping row numbers and malformed rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.errors import InputError
from bo_harmonise.read.raw import RAW_LIMIT, RawFile, Refused, is_left, quote, row_numbers, unreadable

_MAX_LINE = 1 << 24
_CHUNK = 1 << 22


@dataclass(frozen=True)
class Head:
    """What stands before the rows: the delimiter, the column names, and how many rows that takes."""

    delimiter: str
    names: tuple[str, ...]
    rows: int


def read_head(text: str, delimiter: str) -> Head:
    r"""Read the optional `sep=` line and the header; names lose surrounding blanks.

    >>> read_head('sep=;\na;" b"\n1;2\n', ",")
    Head(delimiter=';', names=('a', 'b'), rows=2)
    """
    text = text.removeprefix("\ufeff")
    skipped = 0
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip("\r")) == len("sep=;"):
        delimiter, text, skipped = first.strip("\r")[-1], rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Head(delimiter, tuple(name.strip() for name in next(reader, [])), skipped + 1)


def read_delimited(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Write `out` with the declared columns (null where the file has none) and `source_row`.

    `source_row` counts rows as a spreadsheet does: the header is row 1 (row 2 after a `sep=` line), a row
    whose values hold line breaks is one, a blank row counts. Empty text is null. InputError when the file has
    no header or lacks a required column.
    """
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        head = read_head(stream.read(1 << 20), spec.delimiter)
    _check_header(head, spec, label)
    try:
        count, refused = _copy(connection, file, head, spec, out, label)
    except duckdb.Error:
        # DuckDB wants one kind of line end in a file. Some registers append rows with the other.
        unix = out.with_suffix(".unix.csv")
        _unify_line_ends(file, unix)
        file = unix
        try:
            count, refused = _copy(connection, file, head, spec, out, label)
        except duckdb.Error as error:
            raise unreadable(label, error, f"text delimited by {head.delimiter!r}") from error
    # DuckDB passes over blank rows of a file with several columns.
    blank = _blank_rows(file) if len(head.names) > 1 else []
    _number_rows(connection, out, count, head.rows, sorted({*blank, *(item.row for item in refused)}))
    missing = tuple(
        name for name in spec.columns if name not in head.names and not is_left(name, spec.optional)
    )
    return RawFile((out,), count, refused, _unknown(head.names, count, spec), missing)


def _check_header(head: Head, spec: FileSpec, label: str) -> None:
    if not any(head.names):
        raise InputError(
            f"{label}: expected a header with the names of the columns, found none.",
            hint="Is the file complete? Fetch it again.",
        )
    missing = [name for name in spec.required if name not in head.names]
    if missing:
        raise InputError(
            f"{label}: expected the columns {', '.join(spec.required)}; missing: {', '.join(missing)}; "
            f"found: {', '.join(head.names[:12])}{' …' if len(head.names) > 12 else ''}.",
            hint="Has the register changed its file? Compare with `bo-harmonise adapters show`.",
        )


def _copy(
    connection: duckdb.DuckDBPyConnection, file: Path, head: Head, spec: FileSpec, out: Path, label: str
) -> tuple[int, list[Refused]]:
    """Write the good rows to `out` in order, without numbers; return how many, and the rows refused."""
    # Columns are read by position: names may be empty, repeated, or differ in case only.
    columns = ", ".join(f"c{position}: 'VARCHAR'" for position in range(len(head.names)))
    options = (
        f"delim = {quote(head.delimiter)}, quote = '\"', escape = '\"', header = true, "
        f"skip = {head.rows - 1}, auto_detect = false, columns = {{{columns}}}, max_line_size = {_MAX_LINE}, "
        "strict_mode = true, store_rejects = true, rejects_table = 'row_reject', "
        "rejects_scan = 'row_reject_scan'"
    )
    places = {name: position for position, name in reversed(list(enumerate(head.names)))}
    select = ", ".join(
        f"nullif(c{places[name]}, '') AS \"{name}\"" if name in places else f'NULL::VARCHAR AS "{name}"'
        for name in spec.columns
    )
    try:
        row = connection.execute(
            f"COPY (SELECT {select} FROM read_csv({quote(str(file))}, {options})) "
            f"TO {quote(str(out))} (FORMAT parquet)"
        ).fetchone()
        refused = [
            Refused(number, "malformed-row", f"{label} row {number}: {message}", (raw or "").strip("\r\n"))
            for number, message, raw in connection.execute(
                "SELECT line, min(error_message), left(min(csv_line), $limit) FROM row_reject "
                "GROUP BY line ORDER BY line",
                {"limit": RAW_LIMIT},
            ).fetchall()
        ]
    finally:
        connection.execute("DROP TABLE IF EXISTS row_reject; DROP TABLE IF EXISTS row_reject_scan")
    return int(row[0]) if row else 0, refused


def _unify_line_ends(file: Path, target: Path) -> None:
    with file.open("rb") as stream, target.open("wb") as out:
        carried = b""
        while chunk := stream.read(_CHUNK):
            # A chunk that ends in \r waits for what follows it.
            chunk, carried = carried + chunk, b""
            if chunk.endswith(b"\r"):
                chunk, carried = chunk[:-1], b"\r"
            out.write(chunk.replace(b"\r\n", b"\n"))
        out.write(carried)


def _blank_rows(file: Path) -> list[int]:
    """Numbers of the rows without any character, outside quotation marks."""
    return list(_blanks(file)) if _has_blank_line(file) else []


def _has_blank_line(file: Path) -> bool:
    before = b"\n"
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            if b"\n\n" in text or b"\n\r\n" in text:
                return True
            before = text[-2:]
    return False


def _blanks(file: Path) -> Iterator[int]:
    """Yield the number of every row that is nothing but its line end."""
    rows, begin, is_quoted, before = 0, 0, 0, b""
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            data = np.frombuffer(chunk, np.uint8)
            quoted = (np.cumsum(data == ord('"')) + is_quoted) & 1
            ends = np.flatnonzero((data == ord("\n")) & (quoted == 0))
            if ends.size:
                starts = np.concatenate(([begin], ends[:-1] + 1))
                for index in np.flatnonzero(ends - starts <= 1):
                    start, end = int(starts[index]), int(ends[index])
                    if (chunk[start:end] if start >= 0 else before) in {b"", b"\r"}:
                        yield rows + int(index) + 1
                rows += int(ends.size)
                begin = int(ends[-1]) + 1
            begin -= len(chunk)
            is_quoted, before = int(quoted[-1]), chunk[-1:]


def _unknown(names: tuple[str, ...], count: int, spec: FileSpec) -> Counter[str]:
    """Columns that the adapter neither reads nor knowingly leaves, and repetitions of those it reads."""
    unknown: Counter[str] = Counter()
    for position, name in enumerate(names):
        if name and name not in spec.columns and not is_left(name, spec.left):
            unknown[name] = count
        elif name in spec.columns and name in names[:position]:
            unknown[f"{name} (again, column {position + 1})"] = count
    return unknown


def _number_rows(
    connection: duckdb.DuckDBPyConnection, out: Path, count: int, head_rows: int, missing: list[int]
) -> None:
    """Give the good rows in `out` their numbers in the file."""
    connection.register("csv_number", row_numbers(count, missing, head_rows))
    numbered = out.with_suffix(".numbered.parquet")
    connection.execute(
        "COPY (SELECT csv_number.number AS source_row, rows.* FROM "
        f"read_parquet({quote(str(out))}) AS rows POSITIONAL JOIN csv_number) "
        f"TO {quote(str(numbered))} (FORMAT parquet)"
    )
    connection.unregister("csv_number")
    numbered.replace(out)
