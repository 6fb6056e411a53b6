"""Read JSON Lines through DuckDB with typed columns, keeping line numbers and malformed lines.

The usual file is read by `read_json` in one pass. When that fails, or when blank lines would shift the
numbers, the lines are read as text, each is tested, and the good ones are transformed: slower, and exact about
which line is wrong.
"""

import mmap
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.adapters.spec import FileSpec, column_types
from bo_harmonise.read.raw import RAW_LIMIT, RawFile, Refused, is_left, known_paths, quote

_MAX_RECORD = 1 << 24
"""A longer line is refused: a single record of a register that exceeds 16 MiB is a defect."""


def read_jsonl(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Write `out` with the declared columns and `source_row` = line number."""
    lines = _count_lines(file)
    result: RawFile | None = None
    try:
        rows = _read_fast(connection, file, spec, out)
        if rows == lines:
            result = RawFile(out, rows)
    except duckdb.Error:
        result = None
    if result is None:
        result = _read_lines(connection, file, spec, out, label)
    result.unknown = _unknown_keys(connection, file, spec)
    result.text = file
    return result


def line_view(file: Path) -> str:
    """SQL table expression: all lines of a text file in order, one column `line`."""
    return (
        f"read_csv({quote(str(file))}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', "
        f"escape = '', header = false, auto_detect = false, strict_mode = false, null_padding = false, "
        f"max_line_size = {_MAX_RECORD}, buffer_size = {_MAX_RECORD * 2}, store_rejects = true, "
        "rejects_table = 'line_reject', rejects_scan = 'line_reject_scan')"
    )


def _count_lines(file: Path) -> int:
    if file.stat().st_size == 0:
        return 0
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        count, start = 0, 0
        for start in range(0, len(data), _MAX_RECORD):  # noqa: B007
            count += data[start : start + _MAX_RECORD].count(b"\n")
        return count + (data[len(data) - 1 : len(data)] != b"\n")


def _read_fast(connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path) -> int:
    if spec.whole:
        records = _whole_records(file, spec)
    else:
        typed = column_types(spec.columns).items()
        types = ", ".join(f"{quote(name)}: {quote(kind)}" for name, kind in typed)
        records = (
            f"SELECT * FROM read_json({quote(str(file))}, format = 'newline_delimited', "
            f"columns = {{{types}}}, maximum_object_size = {_MAX_RECORD})"
        )
    connection.execute(
        f"COPY (SELECT row_number() OVER () AS source_row, * FROM ({records})) "
        f"TO {quote(str(out))} (FORMAT parquet)"
    )
    row = connection.execute(f"SELECT count(*) FROM read_parquet({quote(str(out))})").fetchone()
    return int(row[0]) if row else 0


def _whole_records(file: Path, spec: FileSpec) -> str:
    """Select the declared columns and the record itself; fail, as `read_json` does, on a wrong container."""
    containers = [("$", "OBJECT"), *_containers(spec.columns, "$")]
    paths = "[" + ", ".join(quote(path) for path, _ in containers) + "]"
    wrong = " OR ".join(
        f"types[{position}] NOT IN ('NULL', {quote(kind)})"
        for position, (_, kind) in enumerate(containers, start=1)
    )
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
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE line AS "
        f"SELECT row_number() OVER () AS good, line FROM {line_view(file)}"
    )
    refused = [
        Refused(row, "unreadable-line", f"{label} line {row}: {message}", raw or "")
        for row, message, raw in connection.execute(
            "SELECT line, any_value(error_message), any_value(csv_line) FROM line_reject "
            "GROUP BY line ORDER BY line"
        ).fetchall()
    ]
    connection.execute("DROP TABLE line_reject; DROP TABLE line_reject_scan")
    connection.execute("CREATE OR REPLACE TEMP TABLE line_refused (line BIGINT)")
    if refused:
        connection.executemany("INSERT INTO line_refused VALUES (?)", [[r.row] for r in refused])
    # Good line g stands after every refused line r that has fewer than g good lines before it.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE line AS SELECT good + (SELECT count(*) FROM "
        "(SELECT line - row_number() OVER (ORDER BY line) AS before FROM line_refused) WHERE before < good) "
        "AS source_row, line FROM line"
    )
    checks = " ".join(
        f"WHEN json_type(line, {quote(path)}) NOT IN ('NULL', {quote(kind)}) "
        f"THEN {quote(f'expected {kind} at {path}, found ')} || json_type(line, {quote(path)})"
        for path, kind in _containers(spec.columns, "$")
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE line_checked AS SELECT source_row, line, CASE "
        "WHEN NOT json_valid(line) THEN 'expected a JSON object, found malformed JSON' "
        "WHEN json_type(line) <> 'OBJECT' THEN 'expected a JSON object, found ' || json_type(line) "
        f"{checks} END AS defect FROM line WHERE line IS NOT NULL AND trim(line) <> ''"
    )
    refused += [
        Refused(row, "malformed-json", f"{label} line {row}: {defect}", raw)
        for row, defect, raw in connection.execute(
            "SELECT source_row, defect, left(line, $limit) FROM line_checked WHERE defect IS NOT NULL",
            {"limit": RAW_LIMIT},
        ).fetchall()
    ]
    structure = _structure(spec.columns)
    row = connection.execute(
        f"COPY (SELECT source_row, {_fields(spec, 'line')} FROM (SELECT source_row, line, "
        f"json_transform(line, {quote(structure)}) AS j FROM line_checked WHERE defect IS NULL) ORDER BY source_row) "
        f"TO {quote(str(out))} (FORMAT parquet)"
    ).fetchone()
    connection.execute("DROP TABLE line; DROP TABLE line_checked; DROP TABLE line_refused")
    refused.sort(key=lambda item: item.row)
    return RawFile(out, int(row[0]) if row else 0, refused)


def _containers(tree: Any, path: str) -> list[tuple[str, str]]:
    """Paths at which an object or an array must stand, as far as no array lies above."""
    found: list[tuple[str, str]] = []
    for name, node in tree.items():
        here = f'{path}."{name}"'
        if isinstance(node, dict):
            found += [(here, "OBJECT"), *_containers(node, here)]
        elif isinstance(node, list) or node.endswith("[]"):
            found.append((here, "ARRAY"))
    return found


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
            f"SELECT keys, count(*) FROM (SELECT json_keys(line, {paths}) AS keys FROM {line_view(file)} "
            "WHERE json_valid(line)) GROUP BY keys"
        ).fetchall()
        for keys, count in groups:
            for (_, plain), names in zip(flat, keys or (), strict=False):
                seen.update({f"{plain}{name}": count for name in names or ()})
        connection.execute("DROP TABLE line_reject; DROP TABLE line_reject_scan")
    if nested:
        strange = _strange_parents(connection, file, spec)
        nested = [(path, plain) for path, plain in nested if strange is None or plain in strange]
    for path, plain in nested:
        groups = connection.execute(
            "SELECT key, count(*) FROM (SELECT unnest(flatten(list_transform("
            f"json_extract(line, {quote(path)}), lambda item: json_keys(item)))) AS key "
            f"FROM {line_view(file)} WHERE json_valid(line)) GROUP BY key"
        ).fetchall()
        seen.update({f"{plain}{key}": count for key, count in groups})
        connection.execute("DROP TABLE line_reject; DROP TABLE line_reject_scan")
    return Counter(
        {path: n for path, n in sorted(seen.items()) if path not in known and not is_left(path, spec.left)}
    )


def _strange_parents(connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec) -> set[str] | None:
    """Dotted prefixes of the objects that have unknown keys somewhere in the file; None when it cannot tell.

    Keys below arrays are dear to count: one pass over the file for every kind of object. One pass of schema
    detection shows where there is anything to count (measured on 150 MB of Danish records: 2 s, not 40 s).
    """
    try:
        relation = connection.sql(
            f"FROM read_json({quote(str(file))}, format = 'newline_delimited', sample_size = -1, "
            "maximum_depth = -1, map_inference_threshold = -1, field_appearance_threshold = 0, "
            f"ignore_errors = true, maximum_object_size = {_MAX_RECORD})"
        )
    except duckdb.Error:
        return None
    known = known_paths(spec.columns)
    paths: list[tuple[str, str]] = []
    for name, kind in zip(relation.columns, relation.types, strict=True):
        paths += _paths_of(kind, "", name)
    return {parent for parent, path in paths if path not in known and not is_left(path, spec.left)}


def _paths_of(kind: Any, parent: str, name: str) -> list[tuple[str, str]]:
    """Prefix of the parent and dotted path of a key and of all keys below it."""
    found = [(parent, f"{parent}{name}")]
    while kind.id == "list":
        kind = kind.child
    if kind.id == "struct":
        for inner, child in kind.children:
            found += _paths_of(child, f"{parent}{name}.", inner)
    return found
