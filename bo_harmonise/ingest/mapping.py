"""Map the raw rows of one delivery onto the common schema and account for every record."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bo_harmonise import db
from bo_harmonise.adapters.spec import Adapter, FileSpec, column_types
from bo_harmonise.errors import AdapterError
from bo_harmonise.ingest.personal_numbers import hash_personal_numbers, withheld
from bo_harmonise.ingest.raw_stage import Delivery, Input
from bo_harmonise.read.raw import RAW_LIMIT, quote
from bo_harmonise.schema import STATEMENT_TABLES, Column, Table, table
from bo_harmonise.workspace import Workspace

SHARED = Path(__file__).resolve().parent.parent / "adapters"
"""Folder of the macros and tables that all adapters share."""
_LARGEST_FIRST = ("relationship", "entity", "person")
_NOT_CONTENT = {"statement_id", "source_id", "source_file", "source_row"}
_DEFAULTS = {"record_status": "'new'", "is_component": "false", "is_reference": "false"}


@dataclass
class DeliveryReport:
    """What became of the records of a delivery."""

    source_id: str
    adapter: str
    files: list[dict[str, Any]] = field(default_factory=list)
    statements: dict[str, int] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    unknown_columns: dict[str, int] = field(default_factory=dict)
    unknown_codes: dict[str, int] = field(default_factory=dict)
    failed_checks: list[str] = field(default_factory=list)
    dated_by: str = ""

    @property
    def totals(self) -> dict[str, int]:
        """Records read, mapped, ignored and rejected, over all files."""
        names = ("read", "mapped", "ignored", "rejected")
        return {name: sum(f[f"records_{name}"] for f in self.files) for name in names}


def map_delivery(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, workspace: Workspace
) -> DeliveryReport:
    """Write `out/{entity,person,relationship,reject,source}.parquet`; return what became of each record."""
    out.mkdir(parents=True)
    adapter = delivery.adapter
    report = DeliveryReport(delivery.source_id, adapter.name)
    report.dated_by = "; ".join(sorted({i.dated_by for i in delivery.inputs}))
    _raw_views(connection, delivery)
    _code_tables(connection, adapter)
    _prepare(connection, delivery)
    if tables := adapter.sql("tables"):
        # What more than one of the three files needs and is dear to make: made once, seen by all.
        db.run_file(connection, tables)
    connection.execute("CREATE OR REPLACE TEMP TABLE accounted (source_file VARCHAR, source_row BIGINT)")
    _write_statements(connection, delivery, out, workspace, report)
    for name in STATEMENT_TABLES:
        repeated = out / f"{name}.repeated.parquet"
        for file in (out / f"{name}.parquet", repeated):
            if file.exists():
                connection.execute(
                    "INSERT INTO accounted SELECT DISTINCT source_file, source_row "
                    f"FROM read_parquet({quote(str(file))})"
                )
        repeated.unlink(missing_ok=True)
    if path := adapter.sql("folded"):
        connection.execute(f"INSERT INTO accounted {_select(path)}")
    _account(connection, delivery, out, report)
    _report_strangers(connection, delivery, report)
    _write_source(connection, delivery, out, report)
    return report


def _prepare(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """Make what the adapter's files refer to known to a connection: variables, macros, views."""
    connection.execute("SET VARIABLE register = " + quote(delivery.register))
    connection.execute("SET VARIABLE snapshot_date = " + quote(delivery.snapshot_date.isoformat()))
    connection.execute("SET VARIABLE source_id = " + quote(delivery.source_id))
    db.run_file(connection, SHARED / "macros.sql")
    if views := delivery.adapter.sql("views"):
        db.run_file(connection, views)


def _write_statements(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    out: Path,
    workspace: Workspace,
    report: DeliveryReport,
) -> None:
    """Write the three statement tables, each with one thread and side by side where there are several.

    A statement that runs with one thread and probes its joins from the file's side keeps the order of the
    file. Measured on 500,000 PSC lines: sorting afterwards costs as much as the mapping itself.
    """
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    threads = int(row[0]) if row else 1
    connection.execute("SET threads = 1")
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")

    def work(name: str) -> int:
        with connection.cursor() as cursor:
            _prepare(cursor, delivery)
            return _statements(cursor, delivery.adapter, name, out, workspace)

    try:
        with ThreadPoolExecutor(min(threads, len(STATEMENT_TABLES))) as pool:
            # The largest table first, so that the others fill the second core meanwhile.
            counts = dict(zip(_LARGEST_FIRST, pool.map(work, _LARGEST_FIRST), strict=True))
    finally:
        connection.execute(f"SET threads = {threads}")
        connection.execute("RESET disabled_optimizers")
    report.statements = {name: counts[name] for name in STATEMENT_TABLES}


def _select(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip().rstrip(";")


def _raw_views(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """Make `raw_<role>` for every file of the adapter; empty where the delivery lacks it."""
    for spec in delivery.adapter.files:
        parts = [
            f"SELECT *, {quote(item.label)} AS source_file "
            f"FROM read_parquet({quote(str(item.raw.parquet))})"
            for item in delivery.inputs
            if item.found.spec.role == spec.role
        ]
        query = " UNION ALL BY NAME ".join(parts) or _empty(spec)
        connection.execute(f'CREATE OR REPLACE VIEW "raw_{spec.role}" AS {query}')


def _empty(spec: FileSpec) -> str:
    if spec.format == "xml":
        fields = [f'NULL::{_xml_type(node)} AS "{name}"' for name, node in spec.columns.items()]
    else:
        fields = [f'NULL::{kind} AS "{name}"' for name, kind in column_types(spec.columns).items()]
    return f"SELECT NULL::BIGINT AS source_row, {', '.join(fields)}, NULL::VARCHAR AS source_file WHERE false"


def _xml_type(node: Any) -> str:
    if isinstance(node, str):
        return "VARCHAR"
    if isinstance(node, list):
        return "VARCHAR[]"
    inner = ", ".join(f'"{name}" {_xml_type(part)}' for name, part in node.items() if name != "each")
    return f"STRUCT({inner})[]"


def _code_tables(connection: duckdb.DuckDBPyConnection, adapter: Adapter) -> None:
    from bo_harmonise.standardise.countries import table as country_table  # noqa: PLC0415

    names: pa.Table = country_table()
    connection.register("country_name_arrow", names)
    connection.execute("CREATE OR REPLACE TABLE country_name AS SELECT text, code FROM country_name_arrow")
    connection.unregister("country_name_arrow")
    for path in (*sorted(SHARED.glob("*.csv")), *adapter.code_tables()):
        connection.execute(
            f'CREATE OR REPLACE TABLE "{path.stem}" AS FROM read_csv({quote(str(path))}, header = true)'
        )


def _statements(
    connection: duckdb.DuckDBPyConnection, adapter: Adapter, name: str, out: Path, workspace: Workspace
) -> int:
    """Write the statements of one table and note which records they rest on; return their number."""
    target = table(name)
    file = out / f"{name}.parquet"
    path = adapter.sql(name)
    if path is None:
        columns = ", ".join(f'NULL::{c.sql_type} AS "{c.name}"' for c in target.columns)
        connection.execute(f"COPY (SELECT {columns} WHERE false) TO {quote(str(file))} (FORMAT parquet)")
        return 0
    connection.execute(f'CREATE OR REPLACE TEMP VIEW "mapped_{name}" AS {_select(path)}')
    given = {
        column: kind for column, kind, *_ in connection.execute(f'DESCRIBE "mapped_{name}"').fetchall()
    }
    _check_columns(connection, adapter, name, target, given)
    connection.execute(
        f"COPY ({_complete(name, target, given)}) TO {quote(str(file))} (FORMAT parquet, COMPRESSION snappy)"
    )
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
            f"{adapter.name}/{name}.sql gives columns that the common schema has not: {', '.join(strangers)}.",
            hint=f"The columns of {name} are in schemas/common/{name}.json.",
        )
    for column in target.columns:
        if column.fields and column.name in given:
            _check_fields(connection, adapter, name, column)


def _complete(name: str, target: Table, given: dict[str, str]) -> str:
    """Select all columns of the common schema from what the adapter's file gives, with the statement id.

    The id is a hash of table, record and content. An adapter may name its content by `content_key`: a value
    that the register changes whenever the record changes (the PSC etag), which spares a hash over all columns.
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

    A hash over a national number in clear could be tried out, so of a person's identifiers only the schemes count.
    """
    if name == "person" and column.name == "identifiers":
        return "list_transform(identifiers, lambda item: {'scheme': item.scheme, 'name': item.scheme_name})"
    return f'"{column.name}"'


def _check_fields(
    connection: duckdb.DuckDBPyConnection, adapter: Adapter, name: str, column: Column
) -> None:
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
        f"SELECT count(*) - count(record_id), count(*) - count(source_row) FROM read_parquet({quote(str(file))})"
    ).fetchone()
    if row and (row[0] or row[1]):
        raise AdapterError(
            f"{adapter.name}/{name}.sql gives {row[0]} statements without record_id, {row[1]} without source_row.",
            hint="Leave out rows without a key: they are then counted and reported as rejected.",
        )


def _put_in_order(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Make sure that every statement stands once and in a fixed order; return their number.

    Mapping streams, and what streams keeps the order of the file. Only where it did not (joins and
    aggregates may change it) the statements are sorted, which costs memory and time.
    """
    source = f"read_parquet({quote(str(file))})"
    row = connection.execute(
        "SELECT count(*), coalesce(bool_and(coalesce(row_before < source_row, true) OR file_before < source_file), true) "
        "FROM (SELECT source_file, source_row, lag(source_row) OVER () AS row_before, "
        f"lag(source_file) OVER () AS file_before FROM {source})"
    ).fetchone()
    total, in_order = row or (0, True)
    row = connection.execute(f"SELECT count(DISTINCT statement_id) FROM {source}").fetchone()
    distinct = row[0] if row else 0
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
            f"TO {quote(str(ordered))} (FORMAT parquet, COMPRESSION snappy)"
        )
        ordered.replace(file)
    return int(distinct)


def _account(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, report: DeliveryReport
) -> None:
    """Split the records of each file into mapped, ignored and rejected, and write the rejected ones."""
    connection.execute(table("reject").ddl(temporary=True).replace("CREATE TEMP", "CREATE OR REPLACE TEMP"))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE reason (source_file VARCHAR, source_row BIGINT, code VARCHAR, message VARCHAR)"
    )
    if path := delivery.adapter.sql("reject"):
        connection.execute(f"INSERT INTO reason {_select(path)}")
    connection.execute("CREATE OR REPLACE TEMP TABLE accounted AS SELECT DISTINCT * FROM accounted")
    for item in delivery.inputs:
        report.files.append(_account_file(connection, delivery, item, report))
    _withhold(connection)
    rejected = connection.execute("SELECT code, count(*) FROM reject GROUP BY code ORDER BY code").fetchall()
    report.rejected = dict(rejected)
    connection.execute(
        f"COPY (FROM reject ORDER BY source_file, source_row) TO {quote(str(out / 'reject.parquet'))} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )


def _withhold(connection: duckdb.DuckDBPyConnection) -> None:
    """Withhold national numbers in the rejected records, then cut these."""
    found = connection.execute(
        "SELECT source_file, source_row, raw FROM reject "
        "WHERE regexp_matches(raw, '(?i)passport|taxid|idcard')"
    ).fetchall()
    if found:
        changed = pa.table({
            "source_file": [file for file, _, _ in found],
            "source_row": [row for _, row, _ in found],
            "raw": [withheld(raw) for _, _, raw in found],
        })
        connection.register("changed", changed)
        connection.execute(
            "UPDATE reject SET raw = changed.raw FROM changed "
            "WHERE reject.source_file = changed.source_file AND reject.source_row = changed.source_row"
        )
        connection.unregister("changed")
    connection.execute("UPDATE reject SET raw = left(raw, $limit)", {"limit": RAW_LIMIT})


def _account_file(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, item: Input, report: DeliveryReport
) -> dict[str, Any]:
    label, spec = item.label, item.found.spec
    raw = f'(SELECT * FROM "raw_{spec.role}" WHERE source_file = {quote(label)})'
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE leftover AS SELECT * FROM {raw} AS raw "
        "ANTI JOIN accounted USING (source_file, source_row)"
    )
    row = connection.execute(
        f"SELECT count(*) FROM {raw} AS raw SEMI JOIN accounted USING (source_file, source_row)"
    ).fetchone()
    mapped = int(row[0]) if row else 0
    ignored = 0
    for kind in spec.ignored:
        row = connection.execute(f"SELECT count(*) FROM leftover WHERE {kind.where}").fetchone()
        count = int(row[0]) if row else 0
        connection.execute(f"DELETE FROM leftover WHERE {kind.where}")
        ignored += count
        if count:
            report.ignored[kind.kind] = report.ignored.get(kind.kind, 0) + count
    connection.execute(
        "INSERT INTO reject SELECT $source_id, $label, leftover.source_row, "
        "coalesce(reason.code, 'unmapped'), "
        "coalesce(reason.message, 'the adapter makes no statement of this record'), "
        "CAST(to_json(leftover) AS VARCHAR) FROM leftover LEFT JOIN "
        "(SELECT DISTINCT ON (source_file, source_row) * FROM reason "
        "ORDER BY source_file, source_row, code, message) AS reason ON reason.source_file = $label AND reason.source_row = leftover.source_row",
        {"source_id": delivery.source_id, "label": label},
    )
    if item.raw.refused:
        refused = pa.Table.from_pylist(
            [
                {"source_row": r.row, "code": r.code, "message": r.message, "raw": withheld(r.raw)}
                for r in item.raw.refused
            ]
        )
        connection.register("refused", refused)
        connection.execute(
            "INSERT INTO reject BY NAME "
            "SELECT *, $source_id AS source_id, $label AS source_file FROM refused",
            {"source_id": delivery.source_id, "label": label},
        )
        connection.unregister("refused")
    row = connection.execute("SELECT count(*) FROM reject WHERE source_file = ?", [label]).fetchone()
    rejected = int(row[0]) if row else 0
    read = item.raw.rows + len(item.raw.refused)
    if read != mapped + ignored + rejected:
        raise AdapterError(
            f"{label}: read {read} records, but mapped {mapped}, ignored {ignored} and rejected {rejected}.",
            hint=f"Does {delivery.adapter.name} pass on source_file and source_row as they are?",
        )
    return {
        "file_name": label,
        "file_role": spec.role,
        "records_read": read,
        "records_mapped": mapped,
        "records_ignored": ignored,
        "records_rejected": rejected,
    }


def _report_strangers(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, report: DeliveryReport
) -> None:
    """Report columns, keys and codes that the adapter does not know, and counts that are not as stated."""
    unknown: Counter[str] = Counter()
    for item in delivery.inputs:
        unknown.update({f"{item.found.spec.role}: {path}": n for path, n in item.raw.unknown.items()})
    report.unknown_columns = dict(sorted(unknown.items()))
    if path := delivery.adapter.sql("unknown_codes"):
        rows = connection.execute(f"SELECT * FROM ({_select(path)}) ORDER BY ALL").fetchall()
        report.unknown_codes = {f"{name} = {code}": count for name, code, count in rows}
    if path := delivery.adapter.sql("checks"):
        report.failed_checks = [
            f"{name}: expected {expected}, found {seen}"
            for name, expected, seen in connection.execute(_select(path)).fetchall()
            if expected is not None and expected != seen
        ]
    for item in delivery.inputs:
        stated = item.raw.header.get("RecordCount")
        read = item.raw.rows + len(item.raw.refused)
        if stated and stated.isdigit() and int(stated) != read:
            report.failed_checks.append(
                f"{item.label}: expected {stated} records by its header, found {read}"
            )


def _write_source(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, report: DeliveryReport
) -> None:
    adapter = delivery.adapter
    rows = [
        {
            "source_id": delivery.source_id,
            "register": delivery.register,
            "title": adapter.title,
            "jurisdiction": adapter.jurisdiction,
            "publisher": adapter.publisher,
            "licence": adapter.licence,
            "url": adapter.url,
            "snapshot_date": delivery.snapshot_date,
            "file_sha256": item.sha256,
            "file_bytes": item.found.member.path.stat().st_size,
            "retrieved_at": None,
            "adapter_version": f"{adapter.name} {adapter.version}",
            "ended_records": adapter.ended_records,
            "definition": adapter.definition,
            **counts,
        }
        for item, counts in zip(delivery.inputs, report.files, strict=True)
    ]
    rows.sort(key=lambda row: (row["file_role"], row["file_name"]))
    connection.register("source_arrow", pa.Table.from_pylist(rows, schema=table("source").arrow_schema))
    connection.execute(
        f"COPY (FROM source_arrow) TO {quote(str(out / 'source.parquet'))} (FORMAT parquet)"
    )
    connection.unregister("source_arrow")
