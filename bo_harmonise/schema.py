"""Load `schemas/` and derive Arrow schemas, DuckDB DDL and the data dictionary from it."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from bo_harmonise.resources import folder

_ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
}

STATEMENT_TABLES = ("entity", "person", "relationship")
"""Tables whose rows are statements, in the order in which they are mapped."""


@dataclass(frozen=True)
class Column:
    """One column, or one field of a struct column."""

    name: str
    type: str
    nullable: bool
    description: str
    codelist: str | None = None
    bods: str | None = None
    fields: tuple["Column", ...] = ()

    @property
    def sql_type(self) -> str:
        """DuckDB type, with the fields of structs written out."""
        if not self.fields:
            return self.type
        inner = ", ".join(f'"{f.name}" {f.sql_type}' for f in self.fields)
        return f"STRUCT({inner}){'[]' if self.type.endswith('[]') else ''}"

    @property
    def arrow_type(self) -> pa.DataType:
        """Arrow type that DuckDB exchanges with `sql_type`."""
        is_list = self.type.endswith("[]")
        if self.fields:
            base = pa.struct([pa.field(f.name, f.arrow_type) for f in self.fields])
        else:
            base = _ARROW[self.type.removesuffix("[]")]
        return pa.list_(base) if is_list else base


@dataclass(frozen=True)
class Table:
    """One table of the common schema or of the database."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(c.name for c in self.columns)

    @property
    def arrow_schema(self) -> pa.Schema:
        """Arrow schema, with nullability."""
        return pa.schema([pa.field(c.name, c.arrow_type, nullable=c.nullable) for c in self.columns])

    def ddl(self, name: str | None = None, *, temporary: bool = False) -> str:
        """`CREATE TABLE` statement in DuckDB's SQL."""
        lines = [f'  "{c.name}" {c.sql_type}{"" if c.nullable else " NOT NULL"}' for c in self.columns]
        keyword = "CREATE TEMP TABLE" if temporary else "CREATE TABLE"
        return f'{keyword} "{name or self.name}" (\n' + ",\n".join(lines) + "\n)"


def _column(raw: dict[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        type=raw["type"],
        nullable=raw["nullable"],
        description=raw["description"],
        codelist=raw.get("codelist"),
        bods=raw.get("bods"),
        fields=tuple(_column(f) for f in raw.get("fields", ())),
    )


@cache
def tables() -> dict[str, Table]:
    """All tables by name, from `schemas/common/*.json`."""
    found = {}
    for path in sorted((folder("schemas") / "common").glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        found[raw["table"]] = Table(
            raw["table"], raw["description"], tuple(_column(c) for c in raw["columns"])
        )
    return found


def table(name: str) -> Table:
    """One table by name; KeyError when there is none."""
    return tables()[name]


@cache
def codelist(name: str) -> dict[str, str]:
    """Codes of `schemas/codelists/<name>.csv` with their titles."""
    path = folder("schemas") / "codelists" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["title"] for row in csv.DictReader(lines)}


def data_dictionary() -> str:
    """Return the data dictionary of all tables as Markdown (`docs/schema.md`)."""
    parts = [
        "# Data dictionary",
        "",
        "Made from `schemas/common/*.json` by `python -m bo_harmonise.schema`; a test keeps it in step.",
    ]
    for item in tables().values():
        parts += ["", f"## {item.name}", "", item.description, ""]
        parts += ["| column | type | null | description | codelist | BODS 0.4 |", "|---|---|---|---|---|---|"]
        parts += _rows(item.columns, "")
    return "\n".join(parts) + "\n"


def _rows(columns: tuple[Column, ...], prefix: str) -> list[str]:
    rows = []
    for column in columns:
        rows.append(_row(column, prefix))
        rows += _rows(column.fields, f"{prefix}{column.name}.")
    return rows


def _row(column: Column, prefix: str) -> str:
    codes = f"[{column.codelist}](../schemas/codelists/{column.codelist}.csv)" if column.codelist else ""
    pointer = f"`{column.bods}`" if column.bods else ""
    null = "yes" if column.nullable else "no"
    return (
        f"| `{prefix}{column.name}` | {column.type} | {null} | {column.description} | {codes} | {pointer} |"
    )
