"""Make the feature tables that resolution compares records by.

Distinct values leave DuckDB as Parquet, the value functions are applied batch by batch, Arrow in and Arrow
out, and the results are joined back in SQL. This is done for a portion of the records at a time: memory does
not grow with their number.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise import __version__, schema
from bo_harmonise.db import query_text, run_file
from bo_harmonise.progress import Progress, silent
from bo_harmonise.standardise import addresses, identifiers, legal_forms
from bo_harmonise.standardise.companies import company_names
from bo_harmonise.standardise.names import person_names
from bo_harmonise.workspace import fingerprint, sha256

_BATCH = 20_000
_RECORDS = 100_000
"""Records whose features are made at once: with what their values become, some 300 MB."""

_HERE = Path(__file__).parent
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())

Values = list[str | None]
Step = tuple[Callable[..., list[pa.Array]], pa.Schema]
"""What is made of a batch (its columns as lists), and the columns that it becomes."""


def _names(groups: Iterable[Sequence[NamedTuple]], kind: pa.StructType) -> list[pa.Array]:
    """Build the array of lists of structs from tuples column by column, five times as fast as from dicts."""
    offsets, flat = [0], list[NamedTuple]()
    for group in groups:
        flat.extend(group)
        offsets.append(len(flat))
    columns = zip(*flat, strict=True) if flat else [()] * kind.num_fields
    arrays = [pa.array(column, field.type) for column, field in zip(columns, kind, strict=True)]
    structs = pa.StructArray.from_arrays(arrays, fields=list(kind))
    return [pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs)]


def _name_type(table: str, *without: str) -> pa.StructType:
    names = schema.table(table).arrow_schema.field("names").type.value_type
    return pa.struct([field for field in names if field.name not in without])


def _people() -> Step:
    kind = _name_type("feature_person", "type")

    def make(*columns: Values) -> list[pa.Array]:
        return _names(map(person_names, *columns), kind)

    return make, pa.schema([("parsed", pa.list_(kind))])


def _companies() -> Step:
    kind = _name_type("feature_entity")

    def make(names: list[str]) -> list[pa.Array]:
        return _names(map(company_names, names), kind)

    return make, pa.schema([("parsed", pa.list_(kind))])


def _forms() -> Step:
    def make(codes: Values, natives: Values) -> list[pa.Array]:
        found = list(map(legal_forms.of_record, codes, natives))
        return [
            pa.array([form and form.code for form in found], _TEXT),
            pa.array([form and form.form_class for form in found], _TEXT),
        ]

    return make, pa.schema([("form", _TEXT), ("form_class", _TEXT)])


def _addresses() -> Step:
    def make(*columns: Values) -> list[pa.Array]:
        found = list(map(addresses.parse, *columns))
        return [
            pa.array([a.key for a in found], _TEXT),
            pa.array([a.country for a in found], _TEXT),
            pa.array([a.post_code for a in found], _TEXT),
            pa.array([a.locality for a in found], _TEXT),
            pa.array([a.tokens for a in found], _TEXTS),
        ]

    fields = [("key", _TEXT), ("place", _TEXT), ("code", _TEXT), ("town", _TEXT), ("tokens", _TEXTS)]
    return make, pa.schema(fields)


def _identifiers() -> Step:
    def make(schemes: Values, values: list[str]) -> list[pa.Array]:
        found = list(map(identifiers.keys, schemes, values))
        return [pa.array([keys for keys, _ in found], _TEXTS), pa.array([c for _, c in found], _TEXT)]

    return make, pa.schema([("keys", _TEXTS), ("country", _TEXT)])


def _apply(source: str, target: str, step: Step) -> None:
    """Write the rows of `source` with the columns that the step makes of them."""
    make, added = step
    with pq.ParquetFile(source) as values:
        result = pa.schema([*values.schema_arrow, *added])
        with pq.ParquetWriter(target, result) as writer:
            for batch in values.iter_batches(_BATCH):
                made = make(*(column.to_pylist() for column in batch.columns))
                writer.write_batch(pa.record_batch([*batch.columns, *made], schema=result))


def build_kind(
    connection: duckdb.DuckDBPyConnection, kind: str, work: Path, out: Path, numbers: Sequence[str] = ()
) -> None:
    """Write the features of all of `current_<kind>` to the file `out`, by way of files in `work`.

    Each record is looked at by itself, so that the executors of a cluster can each do a part. `numbers` as in
    `build_features`.
    """
    run_file(connection, _HERE / "none_still.sql")
    _build_some(connection, kind, work, out, {**_ALL, "numbers": list(numbers)})


_ALL = {"first": "", "last": "\U0010ffff"}
"""Before and after every record_id."""


def _build_some(
    connection: duckdb.DuckDBPyConnection, kind: str, work: Path, out: Path, values: dict[str, Any]
) -> None:
    """Write the features of the records of a range that are not `still` what they were.

    `values` are `first` and `last`, the record_ids of the range, and `numbers`.
    """
    steps = {"addresses": _addresses(), "identifiers": _identifiers()}
    if kind == "person":
        steps["names"] = _people()
    else:
        steps |= {"names": _companies(), "forms": _forms()}
    stated = {name: str(work / f"{kind}_{name}.parquet") for name in steps}
    made = {name: str(work / f"{kind}_{name}_made.parquet") for name in steps}
    run_file(connection, _HERE / f"stated_{kind}.sql", values)
    run_file(connection, _HERE / f"values_{kind}.sql", stated)
    for name, step in steps.items():
        _apply(stated[name], made[name], step)
    run_file(connection, _HERE / f"feature_{kind}.sql", {**values, **made, "out": str(out)})
    connection.execute("DROP TABLE stated_record")


def build_features(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    previous: Path | None = None,
    progress: Progress = silent,
    numbers: Sequence[str] = (),
) -> dict[str, int]:
    """Write `person.parquet` and `entity.parquet` to the folder `out`, ordered by record_id.

    The connection has `current_entity` and `current_person` with the columns of `schemas/common`, one row
    a record_id; the columns written are those of `feature_person` and `feature_entity` there. The same
    input gives the same files, whatever the number of threads. `previous` is the folder of the last run: a
    record that says what it said then keeps its features. `numbers` are the kinds of number, `register
    scheme_name`, that a register gives each person once. Returns how many keep theirs, by kind.
    """
    state, key = out / "state", _code(numbers)
    state.mkdir(parents=True, exist_ok=True)
    if previous is not None and not _is_made_by(previous, key):
        previous = None
    kept = {}
    with TemporaryDirectory(prefix=".features-", dir=out) as folder:
        for kind in ("person", "entity"):
            progress(f"standardising names, dates and addresses: {kind}")
            run_file(connection, _HERE / f"content_{kind}.sql")
            if previous is None:
                run_file(connection, _HERE / "none_still.sql")
            else:
                content = previous / "state" / f"{kind}.parquet"
                run_file(connection, _HERE / "still.sql", {"content": str(content)})
            _build_portions(connection, kind, Path(folder), out / f"{kind}.parquet", previous, numbers)
            kept[kind] = int(connection.execute("SELECT count(*) FROM still").fetchall()[0][0])
            run_file(connection, _HERE / "remember.sql", {"content": str(state / f"{kind}.parquet")})
    (state / "key").write_text(key, "ascii")
    return kept


def _build_portions(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    work: Path,
    out: Path,
    previous: Path | None,
    numbers: Sequence[str],
) -> None:
    """Write the features of one portion of the records after the other to the file `out`.

    With `previous`, those of the records that are `still` what they were come from there.
    """
    found = run_file(connection, _HERE / "portions.sql", {"records": _RECORDS}).fetchall()
    new = work / f"{kind}_new.parquet"
    with ExitStack() as stack:
        writer = None
        for first, last in found or [("", "")]:
            between = {"first": first, "last": last}
            _build_some(connection, kind, work, new, {**between, "numbers": list(numbers)})
            values = {"new": str(new)}
            if previous:
                values |= {"features": str(previous / f"{kind}.parquet"), **between}
            query = query_text(_HERE / "merge.sql") if previous else "FROM read_parquet($new)"
            # A portion is a group of rows, and packed once: that is most of what an increment costs here.
            table = connection.sql(query, params=values).to_arrow_table()
            if writer is None:
                writer = stack.enter_context(pq.ParquetWriter(out, table.schema, compression="zstd"))
            writer.write_table(table)


def _is_made_by(previous: Path, key: str) -> bool:
    file = previous / "state" / "key"
    return file.is_file() and file.read_text("ascii") == key


def _code(numbers: Sequence[str]) -> str:
    """Fingerprint of what decides what features a record has."""
    files = sorted(path for path in _HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    tables = [schema.table(f"feature_{kind}").arrow_schema.to_string() for kind in ("entity", "person")]
    return fingerprint(
        [__version__, duckdb.__version__, tables, list(numbers), [sha256(path) for path in files]]
    )
