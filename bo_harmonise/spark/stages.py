"""The stages `current` and `features` on the executors: the same SQL and value functions, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise import schema
from bo_harmonise.read.raw import quote
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.spark import store, tasks
from bo_harmonise.spark.records import Part, parts_of
from bo_harmonise.standardise.features import build_kind
from bo_harmonise.statements import choose

_FILE = pa.schema(
    [("partition", pa.int32()), ("file", pa.string()), ("rows", pa.int64()), ("seen", pa.string())]
)
_SEEN = pa.schema([("record_id", pa.string()), ("first_source_id", pa.string())])
_KINDS = ("person", "entity")


@dataclass(frozen=True)
class Delivered:
    """What the tasks of the stage `current` need to know: the deliveries, the date, where to write."""

    table: str
    sources: pa.Table
    as_of: date
    place: str


def make_current(
    spark: Any,
    shared: store.Store,
    connection: duckdb.DuckDBPyConnection,
    deliveries: Sequence[Path],
    out: Path,
    as_of: date,
) -> dict[str, int]:
    """Write what `write_current` writes; return the numbers of records by table.

    The statements of a record come to one task, by ranges of record_id: the files of the tasks, one after the
    other, are in its order.
    """
    out.mkdir(parents=True)
    sources = connection.sql("FROM delivered_source").to_arrow_table()
    counts: dict[str, int] = {}
    seen: list[str] = []
    for name in STATEMENT_TABLES:
        files = [
            shared.publish(folder / f"{name}.parquet", f"statements/{folder.name}/{name}.parquet")
            for folder in deliveries
        ]
        spread = _scan_statements(spark, files, name).repartitionByRange("record_id")
        task = Delivered(name, sources, as_of, shared.location(f"current-{name}"))
        made = tasks.collect(spread.mapInArrow(partial(_choose, task), tasks.spark_schema(spark, _FILE)))
        made.sort(key=lambda row: row["partition"])
        counts[name] = sum(row["rows"] for row in made)
        seen += [row["seen"] for row in made]
        assemble(
            connection,
            [row["file"] for row in made],
            schema.table(name).arrow_schema,
            out / f"{name}.parquet",
        )
    assemble(connection, seen, _SEEN, out / "seen.parquet", "ORDER BY record_id")
    return counts


def _scan_statements(spark: Any, files: Sequence[str], name: str) -> Any:
    """Read the statements of all deliveries, a task for every so many rows."""
    parts = [part for file in files for part in parts_of(file, _ROWS)]
    wanted = pa.schema([field.with_nullable(True) for field in schema.table(name).arrow_schema])

    def read(batches: tasks.Batches) -> tasks.Batches:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                part = parts[number]
                rows = store.rows_of(part.file, part.start, part.count)
                yield from rows.select(wanted.names).cast(wanted).to_batches(4000)

    count = max(len(parts), 1)
    return spark.range(0, len(parts), 1, count).mapInArrow(read, tasks.spark_schema(spark, wanted))


_ROWS = 200_000


def _choose(task: Delivered, batches: tasks.Batches) -> tasks.Batches:
    """Choose, of each record whose statements come in, the one that holds at the date."""
    from pyspark import TaskContext  # noqa: PLC0415

    first = next(batches, None)
    if first is None:
        return
    with tasks.task_connection() as (connection, _):
        tasks.load(connection, "delivered_source", task.sources)
        for name in STATEMENT_TABLES:
            connection.execute(schema.table(name).ddl(f"delivered_{name}", temporary=True))
        tasks.load_stream(connection, f"delivered_{task.table}", first, batches)
        choose(connection, task.as_of)
        location = store.fresh(task.place, "part")
        rows = store.write_query(connection, f"FROM chosen_{task.table} ORDER BY record_id", location)
        seen = store.fresh(task.place, "seen")
        store.write_query(connection, "FROM seen ORDER BY record_id", seen)
    row = {"partition": TaskContext.get().partitionId(), "file": location, "rows": rows, "seen": seen}
    yield pa.RecordBatch.from_pylist([row], schema=_FILE)


def assemble(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[str],
    columns: pa.Schema,
    out: Path,
    order: str = "",
) -> None:
    """Write the files of the tasks, one after the other, as the one file of the stage."""
    if files:
        connection.register("assembled", store.dataset(files))
    else:
        connection.register("assembled", columns.empty_table())
    connection.execute(
        f"COPY (FROM assembled {order}) TO {quote(str(out))} (FORMAT parquet, COMPRESSION zstd)"
    )
    connection.unregister("assembled")


def make_features(
    spark: Any,
    shared: store.Store,
    connection: duckdb.DuckDBPyConnection,
    current: Path,
    out: Path,
    part_records: int,
    numbers: Sequence[str],
) -> None:
    """Write `out/{person,entity}.parquet` as `build_features` does."""
    out.mkdir(parents=True, exist_ok=True)
    for kind in _KINDS:
        file = shared.publish(current / f"{kind}.parquet", f"current-{kind}.parquet")
        work = partial(_standardise, kind, shared.location(f"feature-{kind}"), numbers)
        made = tasks.run_tasks(spark, work, parts_of(file, part_records))
        columns = schema.table(f"feature_{kind}").arrow_schema
        assemble(connection, made, columns, out / f"{kind}.parquet")


def _standardise(kind: str, place: str, numbers: Sequence[str], part: Part) -> str:
    """Write the features of the records of a part; return where."""
    with tasks.task_connection() as (connection, work):
        records = work / "current.parquet"
        pq.write_table(store.rows_of(part.file, part.start, part.count), records)
        connection.execute(f"CREATE VIEW current_{kind} AS FROM read_parquet({quote(str(records))})")
        made = work / "features.parquet"
        build_kind(connection, kind, work, made, numbers)
        location = store.fresh(place, f"part-{part.number}")
        store.write_query(connection, f"FROM read_parquet({quote(str(made))})", location)
    return location
