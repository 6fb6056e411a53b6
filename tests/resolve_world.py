"""Invented records for the tests of resolution, and the stage run on them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise import schema
from bo_harmonise.db import connect
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.standardise.features import build_features

Row = dict[str, Any]


def _statement(record_id: str) -> Row:
    register = record_id.split(":", 1)[0]
    return {
        "statement_id": f"{record_id}-statement",
        "record_id": record_id,
        "record_status": "new",
        "source_id": f"{register}@2026-01-01",
        "source_file": f"{register}.csv",
        "source_key": record_id,
        "source_row": 1,
        "is_component": False,
    }


def person(record_id: str, name: str | None, **more: Any) -> Row:
    """One current person record; `address` is (line, town, post code, country)."""
    row = {**_statement(record_id), "person_type": "knownPerson"}
    if name:
        row["names"] = [{"type": "legal", "full_name": n} for n in (name, *more.pop("aliases", ()))]
    return _finish(row, more)


def company(record_id: str, name: str | None, **more: Any) -> Row:
    """One current entity record."""
    row = {**_statement(record_id), "entity_type": "registeredEntity", "is_reference": False, "name": name}
    return _finish(row, more)


def _finish(row: Row, more: Row) -> Row:
    if address := more.pop("address", None):
        line, town, code, country = address
        row["addresses"] = [{"address": line, "locality": town, "post_code": code, "country": country}]
    if number := more.pop("number", None):
        scheme, value = number
        row["identifiers"] = [{"scheme": scheme, "id": value, "is_valid": True}]
    return {**row, **more}


def interest(company_id: str, owner_id: str) -> Row:
    """One current relationship record."""
    return {
        **_statement(f"{company_id}:rel:{owner_id}"),
        "subject_record_id": company_id,
        "interested_party_record_id": owner_id,
        "interested_party_type": "person" if ":person:" in owner_id else "entity",
    }


@contextmanager
def world(
    people: Iterable[Row] = (),
    companies: Iterable[Row] = (),
    interests: Iterable[Row] = (),
    threads: int | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the current records."""
    with connect(threads=threads) as connection:
        for name, rows in (("person", people), ("entity", companies), ("relationship", interests)):
            connection.execute(schema.table(name).ddl(f"current_{name}"))
            for row in rows:
                columns = ", ".join(f'"{c}"' for c in row)
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"INSERT INTO current_{name} BY NAME SELECT {columns} FROM "
                    f"(VALUES ({marks})) AS given({columns})",
                    [_complete(schema.table(name), c, v) for c, v in row.items()],
                )
        yield connection


def _complete(table: schema.Table, name: str, value: Any) -> Any:
    """Structs of lists need all their fields."""
    (column,) = (c for c in table.columns if c.name == name)
    if column.fields and isinstance(value, list):
        return [{f.name: item.get(f.name) for f in column.fields} for item in value]
    return value


def run(connection: duckdb.DuckDBPyConnection, folder: Path, name: str = "run", **more: Any) -> Path:
    """Make features and resolve into `folder/name`; returns that folder."""
    features = folder / f"{name}-features"
    build_features(connection, features, numbers=more.pop("numbers", ()))
    out = folder / name
    settings = more.pop("settings", ResolveSettings())
    options = {"judgements": None, "previous": None, **more}
    resolve(connection, out, features=features, settings=settings, run_id=name, **options)
    return out


def parties(out: Path) -> dict[str, str]:
    """Party of each record."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT record_id, party_id FROM read_parquet(?)", [str(out / "party_record.parquet")]
        ).fetchall()
    return dict(rows)


def clusters(out: Path) -> set[frozenset[str]]:
    """Records that are together, of parties with more than one."""
    found: dict[str, set[str]] = {}
    for record, party in parties(out).items():
        found.setdefault(party, set()).add(record)
    return {frozenset(records) for records in found.values() if len(records) > 1}


def rows(out: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """Rows of a table that the run wrote."""
    with duckdb.connect() as connection:
        return connection.execute(
            f"SELECT {columns} FROM read_parquet(?)", [str(out / f"{table}.parquet")]
        ).fetchall()
