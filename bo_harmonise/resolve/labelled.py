"""Read labelled records as if a register had published them."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from bo_harmonise import schema
from bo_harmonise.db import run_file
from bo_harmonise.errors import InputError
from bo_harmonise.resolve.sqlfile import sql_file

_COLUMNS = {
    "record_id": ("VARCHAR", ("record_id",)),
    "source": ("VARCHAR", ("source",)),
    "kind": ("VARCHAR", ("kind",)),
    "name": ("VARCHAR", ("name", "full_name")),
    "given_name": ("VARCHAR", ("given_name",)),
    "family_name": ("VARCHAR", ("family_name", "surname")),
    "other_names": ("VARCHAR[]", ("other_names",)),
    "birth_date": ("VARCHAR", ("birth_date", "dob", "date_of_birth")),
    "birth_dates": ("VARCHAR[]", ("birth_dates",)),
    "countries": ("VARCHAR[]", ("countries",)),
    "address": ("VARCHAR[]", ("address",)),
    "street_number": ("VARCHAR", ("street_number",)),
    "street": ("VARCHAR", ("address_1",)),
    "locality": ("VARCHAR", ("locality", "suburb", "birth_place")),
    "post_code": ("VARCHAR", ("post_code", "postcode", "postcode_fake")),
    "identifiers": ("VARCHAR[]", ("identifiers",)),
    "number": ("VARCHAR", ("soc_sec_id",)),
    "gold_id": ("VARCHAR", ("gold_id",)),
    "native_script": ("VARCHAR", ("native_script",)),
}
"""Columns that are understood, with their type and the names they go by in published data sets."""


def read_labelled(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    ignore: Collection[str] = (),
    within: str | None = None,
) -> None:
    """Make `labelled`, `current_entity`, `current_person` and `current_relationship` from a Parquet file.

    Columns in `ignore` are taken to be empty; `within` names the column whose value both records of a pair
    must share. Rows of one record_id are one record with all their names. Raises InputError when the file, or
    a column that is asked for, is missing.
    """
    if not path.is_file():
        raise InputError(f"{path} does not exist.", hint="Name a Parquet file of labelled records.")
    described = connection.execute("DESCRIBE FROM read_parquet($path)", {"path": str(path)}).fetchall()
    found = [row[0] for row in described]
    for name in (*ignore, *([within] if within else [])):
        if name not in found:
            raise InputError(
                f"{path} has no column {name}: it has {', '.join(found)}.",
                hint="Check the names given with --ignore and --within.",
            )
    if "record_id" not in found or "gold_id" not in found:
        raise InputError(f"{path}: expected the columns record_id and gold_id, found {', '.join(found)}.")
    parts = []
    for target, (kind, names) in _COLUMNS.items():
        present = next((n for n in names if n in found and n not in ignore), None)
        source = f'"{present}"' if present else "NULL"
        parts.append(f"CAST({source} AS {kind}) AS {target}")
    block = f'CAST("{within}" AS VARCHAR)' if within else "CAST(NULL AS VARCHAR)"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE labelled_raw AS SELECT {', '.join(parts)}, {block} AS within, "
        "file_row_number AS place FROM read_parquet($path, file_row_number = true)",
        {"path": str(path)},
    )
    _publish(connection)


def read_labelled_pairs(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the same tables from labelled pairs of names, two records a pair, and `labelled_pair`.

    The file has name1, name2, label (1: the same) and schema (Person, or anything else for entities), and
    may have a column `set`. Raises InputError when the file or one of the columns is missing.
    """
    if not path.is_file():
        raise InputError(f"{path} does not exist.", hint="Name a Parquet or CSV file of labelled pairs.")
    reader = "read_csv($path, all_varchar = true)" if path.suffix == ".csv" else "read_parquet($path)"
    found = [row[0] for row in connection.execute(f"DESCRIBE FROM {reader}", {"path": str(path)}).fetchall()]
    missing = [name for name in ("name1", "name2", "label", "schema") if name not in found]
    if missing:
        raise InputError(
            f"{path}: expected the columns name1, name2, label and schema, found {', '.join(found)}.",
            hint=f"Add {', '.join(missing)}.",
        )
    named = '"set"' if "set" in found else "CAST(NULL AS VARCHAR)"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE labelled_pair AS "
        "SELECT printf('%08d', row_number() OVER ()) AS pair, name1, name2, CAST(label AS INTEGER) AS label, "
        "CASE WHEN lower(schema) = 'person' THEN 'person' ELSE 'entity' END AS kind, "
        f"{named} AS set_name FROM {reader}",
        {"path": str(path)},
    )
    empty = ", ".join(
        f"CAST(NULL AS {kind}) AS {target}"
        for target, (kind, _) in _COLUMNS.items()
        if target not in {"record_id", "source", "kind", "name", "gold_id"}
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE labelled_raw AS "
        "SELECT pair || side AS record_id, side AS source, kind, name, "
        f"pair || CASE WHEN label = 1 THEN '' ELSE side END AS gold_id, {empty}, "
        "pair AS within, 0 AS place FROM ("
        "SELECT pair, kind, label, 'l' AS side, name1 AS name FROM labelled_pair UNION ALL "
        "SELECT pair, kind, label, 'r' AS side, name2 AS name FROM labelled_pair)"
    )
    _publish(connection)


def _publish(connection: duckdb.DuckDBPyConnection) -> None:
    for name in schema.STATEMENT_TABLES:
        connection.execute(schema.table(name).ddl(f"current_{name}", temporary=True))
    run_file(connection, sql_file("labelled"))
