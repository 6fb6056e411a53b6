"""Read JSON Lines through DuckDB with typed columns, keeping line numbers and malformed lines.

A large file is read in pieces, two at a time while the next is unpacked. A piece as it should be is read by
`read_json` in one pass. When that fails, or when blank lines would shift the numbers, its lines are read as
text, each is tested, and the good ones are transformed: slower, and exact about which line is wrong.
"""

from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.adapters.spec import FileSpec, column_types
from bo_harmonise.read.pieces import Piece, whole
from bo_harmonise.read.raw import RAW_LIMIT, RawFile, Refused, is_left, known_paths, quote, row_numbers

_MAX_RECORD = 1 << 24
"""A longer line is refused: a single record of a register that exceeds 16 MiB is a defect."""

_AT_ONCE = 2
"""Pieces that are read side by side: each takes some 200 MB."""


def read_jsonl(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    spec: FileSpec,
    out: Path,
    label: str,
    *,
    unit: str = "line",
) -> RawFile:
    """Write `out` with the declared columns and `source_row` = line number.

    `unit` is what messages call a line: where the lines were made from an array, they are its records.
    """
    return _read_piece(connection, whole(file), spec, out, f"{label} {unit}")


def read_pieces(
    connection: duckdb.DuckDBPyConnection, pieces: Iterable[Piece], spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Read the pieces of one file into `out`, a folder, as `read_jsonl` reads it whole; remove each piece."""
    out.mkdir()

    def work(piece: Piece, target: Path) -> RawFile:
        with connection.cursor() as cursor:
            read = _read_piece(cursor, piece, spec, target, f"{label} line")
        piece.file.unlink()
        return read

    row = connection.execute("SELECT current_setting('threads')").fetchone()
    at_once = min(_AT_ONCE, int(row[0]) if row else 1)
    result = RawFile((), 0)
    with ThreadPoolExecutor(at_once) as pool:
        reading: deque[Future[RawFile]] = deque()
        for number, piece in enumerate(pieces, start=1):
            reading.append(pool.submit(work, piece, out / f"{number:06}.parquet"))
            if len(reading) > at_once:
                _add(result, reading.popleft().result())
        for done in reading:
            _add(result, done.result())
    return result


def _add(total: RawFile, part: RawFile) -> None:
    total.parquet += part.parquet
    total.rows += part.rows
    total.refused += part.refused
    total.unknown += part.unknown


def _read_piece(
    connection: duckdb.DuckDBPyConnection, piece: Piece, spec: FileSpec, out: Path, label: str
) -> RawFile:
    result: RawFile | None = None
    if piece.longest <= _MAX_RECORD:
        try:
            rows = _read_fast(connection, piece, spec, out)
            if rows == piece.lines:
                result = RawFile((out,), rows)
        except duckdb.Error:
            result = None
    if result is None:
        result = _read_lines(connection, piece, spec, out, label)
    result.unknown = _unknown_keys(connection, piece.file, spec)
    return result


def line_view(file: Path) -> str:
    """Return the SQL table expression of all lines of a text file, in order, one column `line`."""
    return (
        f"read_csv({quote(str(file))}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', "
        f"escape = '', header = false, auto_detect = false, strict_mode = false, null_padding = false, "
        f"max_line_size = {_MAX_RECORD}, buffer_size = {_MAX_RECORD * 2}, store_rejects = true, "
        "rejects_table = 'line_reject', rejects_scan = 'line_reject_scan')"
    )


def _read_fast(connection: duckdb.DuckDBPyConnection, piece: Piece, spec: FileSpec, out: Path) -> int:
    if spec.whole:
        records = _whole_records(piece.file, spec)
    else:
        typed = column_types(spec.columns).items()
        types = ", ".join(f"{quote(name)}: {quote(kind)}" for name, kind in typed)
        records = (
            f"SELECT * FROM read_json({quote(str(piece.file))}, format = 'newline_delimited', "
            f"columns = {{{types}}}, maximum_object_size = {_MAX_RECORD})"
        )
    connection.execute(
        f"COPY (SELECT row_number() OVER () + {piece.before} AS source_row, * FROM ({records})) "
        f"TO {quote(str(out))} (FORMAT parquet, ROW_GROUP_SIZE 40960)"
    )
    row = connection.execute(f"SELECT count(*) FROM read_parquet({quote(str(out))})").fetchone()
    return int(row[0]) if row else 0


def _whole_records(file: Path, spec: FileSpec) -> str:
    """Select the declared columns and the record itself; fail, as `read_json` does, on a wrong container."""
    every = [("$", "OBJECT"), *_containers(spec.columns, "$")]
    containers = [(path, kind) for path, kind in every if "[*]" not in path]
    paths = "[" + ", ".join(quote(path) for path, _ in containers) + "]"
    tests = [
        f"types[{position}] NOT IN ('NULL', {quote(kind)})"
        for position, (_, kind) in enumerate(containers, start=1)
    ]
    tests += [f"{_stranger(path, kind, 'json')} IS NOT NULL" for path, kind in every if "[*]" in path]
    wrong = " OR ".join(tests)
    return (
        f"SELECT {_fields(spec, 'json')} FROM (SELECT json, json_type(json, {paths}) AS types, "
        f"json_transform(json, {quote(_structure(spec.columns))}) AS j FROM read_json_objects("
        f"{quote(str(file))}, format = 'newline_delimited', maximum_object_size = {_MAX_RECORD})) "
        f"WHERE CASE WHEN {wrong} THEN error('wrong container') ELSE true END"
    )


def _fields(spec: FileSpec, record: str) -> str:
    """Columns out of the struct `j`; the whole record is in the column `record` of the same rows."""
    return ", ".join(
        f'CAST({record} AS JSON) AS "{name}"' if name == spec.whole else f'j."{name}" AS "{name}"'
        for name in spec.columns
    )


def _read_lines(
    connection: duckdb.DuckDBPyConnection, piece: Piece, spec: FileSpec, out: Path, label: str
) -> RawFile:
    before = piece.before
    count = connection.execute(
        f"CREATE OR REPLACE TEMP TABLE line AS SELECT line FROM {line_view(piece.file)}"
    ).fetchone()
    refused = [
        Refused(row, "unreadable-line", f"{label} {row}: {message}", (raw or "").strip("\r\n"))
        for row, message, raw in connection.execute(
            "SELECT line + $before, min(error_message), left(min(csv_line), $limit) FROM line_reject "
            "GROUP BY line ORDER BY line",
            {"before": before, "limit": RAW_LIMIT},
        ).fetchall()
    ]
    connection.execute("DROP TABLE line_reject; DROP TABLE line_reject_scan")
    numbers = row_numbers(int(count[0]) if count else 0, [item.row - before for item in refused])
    connection.register("line_number", numbers)
    checks = " ".join(_check(path, kind) for path, kind in _containers(spec.columns, "$"))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE line_checked AS SELECT source_row, line, CASE "
        "WHEN NOT json_valid(line) THEN 'expected a JSON object, found malformed JSON' "
        "WHEN json_type(line) <> 'OBJECT' THEN 'expected a JSON object, found ' || json_type(line) "
        f"{checks} END AS defect "
        f"FROM (SELECT number + {before} AS source_row, line FROM line POSITIONAL JOIN line_number) "
        "WHERE line IS NOT NULL AND trim(line, E' \\t\\r') <> ''"
    )
    refused += [
        Refused(row, "malformed-json", f"{label} {row}: {defect}", raw)
        for row, defect, raw in connection.execute(
            "SELECT source_row, defect, left(line, $limit) FROM line_checked WHERE defect IS NOT NULL",
            {"limit": RAW_LIMIT},
        ).fetchall()
    ]
    structure = _structure(spec.columns)
    row = connection.execute(
        f"COPY (SELECT source_row, {_fields(spec, 'line')} FROM (SELECT source_row, line, "
        f"json_transform(line, {quote(structure)}) AS j FROM line_checked WHERE defect IS NULL) "
        f"ORDER BY source_row) TO {quote(str(out))} (FORMAT parquet)"
    ).fetchone()
    connection.unregister("line_number")
    connection.execute("DROP TABLE line; DROP TABLE line_checked")
    refused.sort(key=lambda item: item.row)
    return RawFile((out,), int(row[0]) if row else 0, refused)


def _containers(tree: Any, path: str) -> list[tuple[str, str]]:
    """Paths at which an object or an array must stand; `[*]` stands for every item of an array."""
    found: list[tuple[str, str]] = []
    for name, node in tree.items():
        here = f'{path}."{name}"'
        if isinstance(node, dict):
            found += [(here, "OBJECT"), *_containers(node, here)]
        elif isinstance(node, list):
            found += [(here, "ARRAY"), (f"{here}[*]", "OBJECT"), *_containers(node[0], f"{here}[*]")]
        elif node.endswith("[]"):
            found.append((here, "ARRAY"))
    return found


def _check(path: str, kind: str) -> str:
    """Branch of a CASE that says what stands in the place of an object or array."""
    found = _stranger(path, kind, "line")
    return f"WHEN {found} IS NOT NULL THEN {quote(f'expected {kind} at {path}, found ')} || {found}"


def _stranger(path: str, kind: str, record: str) -> str:
    """Return the SQL expression of the type that stands where another should, else null."""
    if "[*]" not in path:
        return f"nullif(nullif(json_type({record}, {quote(path)}), 'NULL'), {quote(kind)})"
    types = f"json_type({record}, {quote(path)})"
    return f"list_filter({types}, lambda item: item NOT IN ('NULL', {quote(kind)}))[1]"


def _structure(tree: Any) -> str:
    """Structure argument of `json_transform`.

    >>> _structure({"a": "VARCHAR", "b": [{"c": "VARCHAR[]"}]})
    '{"a": "VARCHAR", "b": [{"c": ["VARCHAR"]}]}'
    """
    if isinstance(tree, dict):
        return "{" + ", ".join(f'"{name}": {_structure(node)}' for name, node in tree.items()) + "}"
    if isinstance(tree, list):
        return f"[{_structure(tree[0])}]"
    if tree.endswith("[]"):
        return f'["{tree[:-2]}"]'
    return f'"{tree}"'


def _objects(tree: Any, path: str, plain: str) -> list[tuple[str, str]]:
    """JSON path and dotted path of every object of a column tree."""
    found = [(path, plain)]
    for name, node in tree.items():
        here, dotted = f'{path}."{name}"', f"{plain}{name}."
        if isinstance(node, dict):
            found += _objects(node, here, dotted)
        elif isinstance(node, list):
            found += _objects(node[0], f"{here}[*]", dotted)
    return found


def _unknown_keys(connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec) -> Counter[str]:
    """Count keys that the adapter neither reads nor knowingly leaves, by dotted path."""
    known = known_paths(spec.columns)
    objects = _objects(spec.columns, "$", "")
    flat = [(path, plain) for path, plain in objects if "[*]" not in path]
    nested = [(path, plain) for path, plain in objects if "[*]" in path]
    seen: Counter[str] = Counter()
    if flat:
        paths = "[" + ", ".join(quote(path) for path, _ in flat) + "]"
        groups = connection.execute(
            f"SELECT keys, count(*) FROM (SELECT json_keys(json, {paths}) AS keys FROM "
            f"read_ndjson_objects({quote(str(file))}, ignore_errors = true, "
            f"maximum_object_size = {_MAX_RECORD})) "
            "GROUP BY keys"
        ).fetchall()
        for keys, count in groups:
            for (_, plain), names in zip(flat, keys or (), strict=False):
                seen.update({f"{plain}{name}": count for name in names or ()})
    if nested:
        strange, opaque = _strange_parents(connection, file, spec)
        nested = [
            (path, plain) for path, plain in nested if plain in strange or plain.startswith(tuple(opaque))
        ]
    for path, plain in nested:
        groups = connection.execute(
            "SELECT key, count(*) FROM (SELECT unnest(flatten(list_transform("
            f"json_extract(line, {quote(path)}), lambda item: coalesce(json_keys(item), [])))) AS key "
            f"FROM {line_view(file)} WHERE json_valid(line)) GROUP BY key"
        ).fetchall()
        seen.update({f"{plain}{key}": count for key, count in groups})
        connection.execute("DROP TABLE line_reject; DROP TABLE line_reject_scan")
    return Counter(
        {path: n for path, n in sorted(seen.items()) if path not in known and not is_left(path, spec.left)}
    )


def _strange_parents(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec
) -> tuple[set[str], set[str]]:
    """Dotted prefixes of the objects with unknown keys somewhere in the file, and of those it cannot tell of.

    Keys below arrays are dear to count: one pass over the file for every kind of object. One pass of schema
    detection shows where there is anything to count (measured on 150 MB of Danish records: 2 s, not 40 s).
    What is an object in one record and a value in another it cannot tell.
    """
    try:
        relation = connection.sql(
            f"FROM read_json({quote(str(file))}, format = 'newline_delimited', records = 'true', "
            "sample_size = -1, maximum_depth = -1, map_inference_threshold = -1, "
            f"field_appearance_threshold = 0, ignore_errors = true, maximum_object_size = {_MAX_RECORD})"
        )
    except duckdb.Error:
        return set(), {""}
    known = known_paths(spec.columns)
    strange: set[str] = set()
    opaque: set[str] = set()
    for name, kind in zip(relation.columns, relation.types, strict=True):
        for parent, path, is_opaque in _paths_of(kind, "", name):
            if path in known:
                opaque |= {f"{path}."} if is_opaque else set()
            elif not is_left(path, spec.left):
                strange.add(parent)
    return strange, opaque


def _paths_of(kind: Any, parent: str, name: str) -> list[tuple[str, str, bool]]:
    """Prefix of the parent, dotted path, and whether it is of no one type: a key and all keys below it."""
    while kind.id == "list":
        kind = kind.child
    found = [(parent, f"{parent}{name}", str(kind) == "JSON")]
    if kind.id == "struct":
        for inner, child in kind.children:
            found += _paths_of(child, f"{parent}{name}.", inner)
    return found
