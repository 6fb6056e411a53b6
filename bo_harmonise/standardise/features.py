"""Make the feature tables that resolution compares records by.

Distinct values leave DuckDB as Parquet, the value functions are applied batch by batch, Arrow in and Arrow
out, and the results are joined back in SQL. Memory is bounded by one batch, whatever the number of records.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise import schema
from bo_harmonise.db import run_file
from bo_harmonise.standardise import addresses, identifiers, legal_forms
from bo_harmonise.standardise.companies import company_names
from bo_harmonise.standardise.names import person_names

_BATCH = 20_000
_HERE = Path(__file__).parent

Row = dict[str, Any]


def _person_name(row: Row) -> Row:
    names = person_names(row["full_name"], row["given_name"], row["family_name"], row["patronymic_name"])
    return {"parsed": [name._asdict() for name in names]}


def _company_name(row: Row) -> Row:
    return {"parsed": [name._asdict() for name in company_names(row["name"])]}


def _address(row: Row) -> Row:
    found = addresses.parse(row["address"], row["locality"], row["post_code"], row["country"])
    return {"key": found.key, "code": found.post_code, "town": found.locality, "tokens": found.tokens}


def _identifier(row: Row) -> Row:
    keys, country = identifiers.keys(row["scheme"], row["id"])
    return {"keys": keys, "country": country}


def _legal_form(row: Row) -> Row:
    form = legal_forms.of_record(row["legal_form_code"], row["legal_form_native"])
    return {"form": form and form.code, "form_class": form and form.form_class}


def _name_type(table: str, *without: str) -> pa.StructType:
    names = schema.table(table).arrow_schema.field("names").type.value_type
    return pa.struct([field for field in names if field.name not in without])


def _apply(source: str, target: str, function: Callable[[Row], Row], fields: list[pa.Field]) -> None:
    """Write the rows of `source` with the columns that `function` adds to each."""
    with pq.ParquetFile(source) as values:
        result = pa.schema([*values.schema_arrow, *fields])
        with pq.ParquetWriter(target, result) as writer:
            for batch in values.iter_batches(_BATCH):
                made = [function(row) for row in batch.to_pylist()]
                columns = [pa.array([row[f.name] for row in made], f.type) for f in fields]
                writer.write_batch(pa.record_batch([*batch.columns, *columns], schema=result))


def _build(connection: duckdb.DuckDBPyConnection, kind: str, work: Path, out: Path) -> None:
    text, texts = pa.string(), pa.list_(pa.string())
    steps: dict[str, tuple[Callable[[Row], Row], dict[str, pa.DataType]]] = {
        "addresses": (_address, {"key": text, "code": text, "town": text, "tokens": texts}),
        "identifiers": (_identifier, {"keys": texts, "country": text}),
    }
    if kind == "person":
        steps["names"] = (_person_name, {"parsed": pa.list_(_name_type("feature_person", "type"))})
    else:
        steps["names"] = (_company_name, {"parsed": pa.list_(_name_type("feature_entity"))})
        steps["forms"] = (_legal_form, {"form": text, "form_class": text})
    stated = {name: str(work / f"{kind}_{name}.parquet") for name in steps}
    made = {name: str(work / f"{kind}_{name}_made.parquet") for name in steps}
    run_file(connection, _HERE / f"values_{kind}.sql", stated)
    for name, (function, fields) in steps.items():
        _apply(stated[name], made[name], function, [pa.field(*item) for item in fields.items()])
    run_file(connection, _HERE / f"feature_{kind}.sql", {**made, "out": str(out)})


def build_features(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Write `person.parquet` and `entity.parquet` to the folder `out`, ordered by record_id.

    The connection has `current_entity` and `current_person` with the columns of `schemas/common`, one row
    a record_id; the columns written are those of `feature_person` and `feature_entity` there. The same
    input gives the same files, whatever the number of threads.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".features-", dir=out) as folder:
        for kind in ("person", "entity"):
            _build(connection, kind, Path(folder), out / f"{kind}.parquet")
