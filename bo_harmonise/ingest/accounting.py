"""Account for every record of a delivery: mapped, ignored or rejected, and what its adapter did not know."""

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise import db
from bo_harmonise.errors import AdapterError
from bo_harmonise.ingest.personal_numbers import withheld
from bo_harmonise.ingest.raw_stage import Delivery, Input
from bo_harmonise.ingest.report import DeliveryReport
from bo_harmonise.ingest.statement_tables import naming
from bo_harmonise.ingest.supporting import Rows, rows_of, supporting_rows
from bo_harmonise.read.raw import RAW_LIMIT, number_table, quote
from bo_harmonise.schema import STATEMENT_TABLES, codelist, table


def account(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, report: DeliveryReport
) -> None:
    """Fill the report and write `out/{reject,source}.parquet`; the statements are written already."""
    _account(connection, delivery, out, report)
    _report_strangers(connection, delivery, out, report)
    _write_source(connection, delivery, out, report)


def _account(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, report: DeliveryReport
) -> None:
    """Split the records of each file into mapped, ignored and rejected, and write the rejected ones."""
    connection.execute(table("reject").ddl(temporary=True).replace("CREATE TEMP", "CREATE OR REPLACE TEMP"))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE reason "
        "(source_file VARCHAR, source_row BIGINT, code VARCHAR, message VARCHAR)"
    )
    if path := delivery.adapter.sql("reject"):
        with naming(delivery.adapter, path.name):
            connection.execute(f"INSERT INTO reason {db.query_text(path)}")
    supporting = supporting_rows(connection, delivery, out)
    for item in delivery.inputs:
        report.files.append(_account_file(connection, delivery, item, supporting[item.label], report))
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
        changed = pa.table(
            {
                "source_file": [file for file, _, _ in found],
                "source_row": [row for _, row, _ in found],
                "raw": [withheld(raw) for _, _, raw in found],
            }
        )
        connection.register("changed", changed)
        connection.execute(
            "UPDATE reject SET raw = changed.raw FROM changed "
            "WHERE reject.source_file = changed.source_file AND reject.source_row = changed.source_row"
        )
        connection.unregister("changed")
    connection.execute("UPDATE reject SET raw = left(raw, $limit)", {"limit": RAW_LIMIT})


def _account_file(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    item: Input,
    supporting: Rows,
    report: DeliveryReport,
) -> dict[str, Any]:
    label, spec = item.label, item.found.spec
    rows = rows_of(connection, item)
    mapped = int(np.count_nonzero(rows & supporting))
    connection.register("leftover_row", number_table(np.flatnonzero(rows & ~supporting), "source_row"))
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE leftover AS SELECT raw.* FROM "raw_{spec.role}" AS raw '
        f"SEMI JOIN leftover_row USING (source_row) WHERE source_file = {quote(label)}"
    )
    connection.unregister("leftover_row")
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
        "ORDER BY source_file, source_row, code, message) AS reason "
        "ON reason.source_file = $label AND reason.source_row = leftover.source_row",
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
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, report: DeliveryReport
) -> None:
    """Report what the adapter does not know, columns that it misses, and counts that are not as stated."""
    unknown: Counter[str] = Counter()
    for item in delivery.inputs:
        unknown.update({f"{item.found.spec.role}: {path}": n for path, n in item.raw.unknown.items()})
    report.unknown_columns = dict(sorted(unknown.items()))
    missing: Counter[str] = Counter()
    for item in delivery.inputs:
        missing.update({f"{item.found.spec.role}: {name}": item.raw.rows for name in item.raw.missing})
    report.missing_columns = dict(sorted(missing.items()))
    if path := delivery.adapter.sql("unknown_codes"):
        rows = connection.execute(f"SELECT * FROM ({db.query_text(path)}) ORDER BY ALL").fetchall()
        report.unknown_codes = {f"{name} = {code}": count for name, code, count in rows}
    if path := delivery.adapter.sql("checks"):
        report.failed_checks = [
            f"{name}: expected {expected}, found {seen}"
            for name, expected, seen in connection.execute(db.query_text(path)).fetchall()
            if expected is not None and expected != seen
        ]
    for code, count in _strange_codes(connection, out):
        report.unknown_codes[code] = count
    report.failed_checks += _dangling(connection, out)
    for item in delivery.inputs:
        stated = item.raw.header.get("RecordCount")
        read = item.raw.rows + len(item.raw.refused)
        if stated and stated.isdigit() and int(stated) != read:
            report.failed_checks.append(
                f"{item.label}: expected {stated} records by its header, found {read}"
            )
        elif not read:
            report.failed_checks.append(f"{item.label}: there is no record in it; was it cut off?")


def _strange_codes(connection: duckdb.DuckDBPyConnection, out: Path) -> list[tuple[str, int]]:
    """Count codes in the statements that are in no codelist of the common schema: slips of the adapter."""
    found: list[tuple[str, int]] = []
    for name in STATEMENT_TABLES:
        source = f"read_parquet({quote(str(out / f'{name}.parquet'))})"
        for column in table(name).columns:
            for part in (column, *column.fields):
                if part.codelist is None:
                    continue
                allowed = ", ".join(quote(code) for code in codelist(part.codelist))
                if part is column:
                    place, codes = column.name, f'SELECT "{column.name}" AS code FROM {source}'
                else:
                    place = f"{column.name}.{part.name}"
                    codes = (
                        f'SELECT unnest(list_filter(list_transform("{column.name}", '
                        f'lambda item: item."{part.name}"), lambda code: code NOT IN ({allowed}))) AS code '
                        f"FROM {source}"
                    )
                counts = connection.execute(
                    f"SELECT code, count(*) FROM ({codes}) WHERE code NOT IN ({allowed}) "
                    "GROUP BY code ORDER BY code"
                ).fetchall()
                found += [(f"{name}.{place} = {code}", int(count)) for code, count in counts]
    return found


def _dangling(connection: duckdb.DuckDBPyConnection, out: Path) -> list[str]:
    """Tell of relationships whose subject or interested party no statement of the delivery describes."""
    tables = {name: f"read_parquet({quote(str(out / f'{name}.parquet'))})" for name in STATEMENT_TABLES}
    # Both columns at once: the records described are put in a hash table once.
    columns = ("subject_record_id", "interested_party_record_id")
    stated = " UNION ALL ".join(
        f"SELECT {place} AS place, {column} AS record_id FROM {tables['relationship']} "
        f"WHERE {column} IS NOT NULL"
        for place, column in enumerate(columns)
    )
    rows = connection.execute(
        f"SELECT place, count(*), min(record_id) FROM ({stated}) ANTI JOIN (SELECT record_id FROM "
        f"{tables['entity']} UNION ALL SELECT record_id FROM {tables['person']}) USING (record_id) "
        "GROUP BY place ORDER BY place"
    ).fetchall()
    return [
        f"{columns[place]}: {count} relationships name a record that nothing describes, such as {first}"
        for place, count, first in rows
    ]


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
            "file_bytes": item.file_bytes,
            "retrieved_at": None,
            "adapter_version": f"{adapter.name} {adapter.version}",
            "ended_records": adapter.ended_records,
            "definition": adapter.definition,
            "person_number": adapter.person_number,
            **counts,
        }
        for item, counts in zip(delivery.inputs, report.files, strict=True)
    ]
    rows.sort(key=lambda row: (row["file_role"], row["file_name"]))
    source = table("source")
    connection.execute(source.ddl(temporary=True).replace("CREATE TEMP", "CREATE OR REPLACE TEMP"))
    places = ", ".join(f"${name}" for name in source.column_names)
    for row in rows:
        connection.execute(f"INSERT INTO source VALUES ({places})", row)
    connection.execute(f"COPY (FROM source) TO {quote(str(out / 'source.parquet'))} (FORMAT parquet)")
