"""Write the three statement tables of a delivery from what its adapter's SQL files give."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise import db
from bo_harmonise.adapters.spec import Adapter
from bo_harmonise.errors import AdapterError
from bo_harmonise.ingest.personal_numbers import hash_personal_numbers
from bo_harmonise.ingest.raw_stage import Delivery
from bo_harmonise.read.raw import quote
from bo_harmonise.schema import STATEMENT_TABLES, Column, Table, table
from bo_harmonise.workspace import Keyed

SHARED = Path(__file__).resolve().parent.parent / "adapters"
"""Folder of the macros and tables that all adapters share."""
_PARQUET = "(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 40960)"
"""Three tables are written at once, each with a row group in memory: groups a third of the usual size."""
_LARGEST_FIRST = ("relationship", "entity", "person")
_NOT_CONTENT = {"statement_id", "source_id", "source_file", "source_row"}
_DEFAULTS = {"record_status": "'new'", "is_component": "false", "is_reference": "false"}


def prepare(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """Make what the adapter's files refer to known to a connection: variables, macros, views."""
    connection.execute("SET VARIABLE register = " + quote(delivery.register))
    connection.execute("SET VARIABLE snapshot_date = " + quote(delivery.snapshot_date.isoformat()))
    connection.execute("SET VARIABLE source_id = " + quote(delivery.source_id))
    db.run_file(connection, SHARED / "macros.sql")
    if views := delivery.adapter.sql("views"):
        with naming(delivery.adapter, views.name):
            db.run_file(connection, views)


def write_statements(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    out: Path,
    workspace: Keyed,
) -> dict[str, int]:
    """Write the three statement tables, each with one thread and side by side where there are several.

    Returns the number of statements by table.

    A statement that runs with one thread and probes its joins from the file's side keeps the order of the
    file. Measured on 500,000 PSC lines: sorting afterwards costs as much as the mapping itself.
    """
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    threads = int(row[0]) if row else 1
    connection.execute("SET threads = 1")
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")

    def work(name: str) -> int:
        with connection.cursor() as cursor:
            prepare(cursor, delivery)
            return _statements(cursor, delivery.adapter, name, out, workspace)

    try:
        # All three at once on two cores too: two by two, one core would wait while the last is written.
        with ThreadPoolExecutor(len(STATEMENT_TABLES) if threads > 1 else 1) as pool:
            counts = dict(zip(_LARGEST_FIRST, pool.map(work, _LARGEST_FIRST), strict=True))
    finally:
        connection.execute(f"SET threads = {threads}")
        connection.execute("RESET disabled_optimizers")
    return {name: counts[name] for name in STATEMENT_TABLES}


@contextmanager
def naming(adapter: Adapter, file: str) -> Iterator[None]:
    """Turn an error of DuckDB in a file of an adapter into one that names the file."""
    try:
        yield
    except duckdb.Error as error:
        raise AdapterError(
            f"{adapter.name}/{file}: {error}",
            hint="Run the file in the DuckDB shell, or see docs/adapters.md for what it may refer to.",
        ) from error


def _statements(
    connection: duckdb.DuckDBPyConnection, adapter: Adapter, name: str, out: Path, workspace: Keyed
) -> int:
    """Write the statements of one table and note which records they rest on; return their number."""
    target = table(name)
    file = out / f"{name}.parquet"
    path = adapter.sql(name)
    if path is None:
        columns = ", ".join(f'NULL::{c.sql_type} AS "{c.name}"' for c in target.columns)
        connection.execute(f"COPY (SELECT {columns} WHERE false) TO {quote(str(file))} (FORMAT parquet)")
        return 0
    with naming(adapter, path.name):
        connection.execute(f'CREATE OR REPLACE TEMP VIEW "mapped_{name}" AS {db.query_text(path)}')
        described = connection.execute(f'DESCRIBE "mapped_{name}"').fetchall()
        given = {column: kind for column, kind, *_ in described}
        _check_columns(connection, adapter, name, target, given)
        connection.execute(f"COPY ({_complete(name, target, given)}) TO {quote(str(file))} {_PARQUET}")
    _check_keys(connection, adapter, name, file)
    if name == "person" and "identifiers" in given:
        hash_personal_numbers(connection, file, workspace)
    return _put_in_order(connection, file)


def _check_columns(
    connection: duckdb.DuckDBPyConnection,
    adapter: Adapter,
    name: str,
    target: Table,
    given: dict[str, str],
) -> None:
    strangers = [c for c in given if c not in target.column_names and c != "content_key"]
    if strangers:
        raise AdapterError(
            f"{adapter.name}/{name}.sql gives columns that the common schema has not: "
            f"{', '.join(strangers)}.",
            hint=f"The columns of {name} are in schemas/common/{name}.json.",
        )
    for column in target.columns:
        if column.fields and column.name in given:
            _check_fields(connection, adapter, name, column)


def _complete(name: str, target: Table, given: dict[str, str]) -> str:
    """Select all columns of the common schema from what the adapter's file gives, with the statement id.

    The id is a hash of table, record and content. An adapter may name its content by `content_key`: a value
    that the register changes whenever the record changes (the PSC etag), which spares a hash of all columns.
    """
    fields = []
    for column in target.columns:
        if column.name == "statement_id":
            continue
        if column.name == "source_id":
            value = "getvariable('source_id')"
        elif column.name in given:
            value = f'"{column.name}"'
            if default := _DEFAULTS.get(column.name):
                value = f"coalesce({value}, {default})"
        else:
            value = _DEFAULTS.get(column.name, "NULL")
        fields.append(f'CAST({value} AS {column.sql_type}) AS "{column.name}"')
    columns = ", ".join(
        f"{quote(column.name)}: {_content(name, column)}"
        for column in target.columns
        if column.name in given and column.name not in _NOT_CONTENT
    )
    content = f"CAST(to_json({{{columns}}}) AS VARCHAR)"
    status = ""
    if "content_key" in given:
        status = "record_status, " if "record_status" in given else ""
        content = f"coalesce(CAST(content_key AS VARCHAR), {content})"
    return (
        f"SELECT md5(concat_ws('|', {quote(name)}, record_id, {status}{content})) AS statement_id, "
        f'{", ".join(fields)} FROM "mapped_{name}"'
    )


def _content(name: str, column: Column) -> str:
    """Return what of a column goes into the statement id.

    A hash over a national number in clear could be tried out, so of a person's identifiers only the schemes
    count.
    """
    if name == "person" and column.name == "identifiers":
        return "list_transform(identifiers, lambda item: {'scheme': item.scheme, 'name': item.scheme_name})"
    return f'"{column.name}"'


def _check_fields(connection: duckdb.DuckDBPyConnection, adapter: Adapter, name: str, column: Column) -> None:
    """Refuse fields of a struct that the schema has not: DuckDB's cast would drop them silently."""
    kind: Any = connection.sql(f'SELECT "{column.name}" FROM "mapped_{name}" LIMIT 0').types[0]
    inner = dict(kind.children)["child"] if kind.id == "list" else kind
    if inner.id != "struct":
        return
    allowed = {item.name for item in column.fields}
    strangers = [field for field, _ in inner.children if field not in allowed]
    if strangers:
        raise AdapterError(
            f"{adapter.name}/{name}.sql: {column.name} has fields that the common schema has not: "
            f"{', '.join(strangers)}.",
            hint=f"The fields are: {', '.join(sorted(allowed))}.",
        )


def _check_keys(connection: duckdb.DuckDBPyConnection, adapter: Adapter, name: str, file: Path) -> None:
    row = connection.execute(
        "SELECT count(*) - count(record_id), count(*) - count(source_row) "
        f"FROM read_parquet({quote(str(file))})"
    ).fetchone()
    if row and (row[0] or row[1]):
        raise AdapterError(
            f"{adapter.name}/{name}.sql gives {row[0]} statements without record_id, "
            f"{row[1]} without source_row.",
            hint="Leave out rows without a key: they are then counted and reported as rejected.",
        )


def _put_in_order(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Make sure that every statement stands once and in a fixed order; return their number.

    Mapping streams, and what streams keeps the order of the file. Only where it did not (joins and
    aggregates may change it) the statements are sorted, which costs memory and time. Those of several files
    are sorted always: DuckDB takes the branches of a UNION ALL now in one order, now in the other, and what
    was sorted is not written in the same bytes as what was in order already.
    """
    source = f"read_parquet({quote(str(file))})"
    row = connection.execute(
        "SELECT count(*), coalesce(bool_and("
        "coalesce(row_before < source_row OR (row_before = source_row AND record_before < record_id), true) "
        "OR file_before < source_file), true) AND count(DISTINCT source_file) < 2 "
        "FROM (SELECT source_file, source_row, record_id, lag(source_row) OVER () AS row_before, "
        f"lag(record_id) OVER () AS record_before, lag(source_file) OVER () AS file_before FROM {source})"
    ).fetchone()
    total, in_order = row or (0, True)
    # Of ids with one hash, counted in a quarter of the memory, there may be several; then they are counted.
    distinct = _count_distinct(connection, "hash(statement_id)", source)
    if distinct < total:
        distinct = _count_distinct(connection, "statement_id", source)
    if not in_order or distinct < total:
        ordered = file.with_suffix(".ordered.parquet")
        order = "source_file, source_row, record_id, statement_id"
        if distinct < total:
            # The same record in two files, or twice in one, is one statement; both records are mapped.
            repeated = file.with_suffix(".repeated.parquet")
            connection.execute(
                f"COPY (SELECT source_file, source_row FROM {source}) "
                f"TO {quote(str(repeated))} (FORMAT parquet)"
            )
        once = f"(SELECT DISTINCT ON (statement_id) * FROM {source} ORDER BY {order})"
        connection.execute(
            f"COPY (FROM {once if distinct < total else source} ORDER BY {order}) "
            f"TO {quote(str(ordered))} {_PARQUET}"
        )
        ordered.replace(file)
    return distinct


def _count_distinct(connection: duckdb.DuckDBPyConnection, value: str, source: str) -> int:
    row = connection.execute(f"SELECT count(DISTINCT {value}) FROM {source}").fetchone()
    return int(row[0]) if row else 0
