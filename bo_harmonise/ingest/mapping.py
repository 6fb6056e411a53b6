"""Map one delivery: raw views and code tables first, then statements, then the account of every record."""

from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise import db
from bo_harmonise.adapters.spec import Adapter, FileSpec, column_types
from bo_harmonise.ingest.accounting import account
from bo_harmonise.ingest.raw_stage import Delivery
from bo_harmonise.ingest.report import DeliveryReport
from bo_harmonise.ingest.statement_tables import SHARED, naming, prepare, write_statements
from bo_harmonise.read.raw import quote
from bo_harmonise.workspace import Keyed


def map_delivery(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path, workspace: Keyed
) -> DeliveryReport:
    """Write `out/{entity,person,relationship,reject,source}.parquet`; return what became of each record."""
    out.mkdir(parents=True)
    adapter = delivery.adapter
    report = DeliveryReport(delivery.source_id, adapter.name)
    report.dated_by = "; ".join(sorted({i.dated_by for i in delivery.inputs}))
    _raw_views(connection, delivery)
    _code_tables(connection, adapter)
    prepare(connection, delivery)
    if tables := adapter.sql("tables"):
        # What more than one of the three files needs and is dear to make: made once, seen by all.
        with naming(adapter, tables.name):
            db.run_file(connection, tables)
    report.statements = write_statements(connection, delivery, out, workspace)
    account(connection, delivery, out, report)
    return report


def _raw_views(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """Make `raw_<role>` for every file of the adapter; empty where the delivery lacks it."""
    for spec in delivery.adapter.files:
        parts = [
            f"SELECT *, {quote(item.label)} AS source_file FROM {item.raw.table}"
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
    from bo_harmonise.standardise.countries import known_texts  # noqa: PLC0415

    found = known_texts()
    # As two lists: an Arrow table made of Python's strings imports pandas, which takes 0.3 s.
    connection.execute(
        "CREATE OR REPLACE TABLE country_name AS SELECT unnest($texts) AS text, unnest($codes) AS code",
        {"texts": list(found), "codes": list(found.values())},
    )
    for path in (*sorted(SHARED.glob("*.csv")), *adapter.code_tables()):
        connection.execute(
            f'CREATE OR REPLACE TABLE "{path.stem}" AS FROM read_csv({quote(str(path))}, header = true)'
        )
