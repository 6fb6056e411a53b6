"""Prepare the records of one kind on the executors, part by part, with the SQL of `resolve/sql`.

Counts over all records (how rare is a word, an address?) are made per part, added up in Spark SQL, and given
back to each part for the keys that it has: no task ever holds the counts of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bo_harmonise.db import run_file
from bo_harmonise.resolve.pipeline import MACROS
from bo_harmonise.resolve.portions import portions
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.spark import store, tasks
from bo_harmonise.spark.sqlfile import spark_query

_COUNT = pa.schema(
    [
        ("part", pa.int32()),
        ("tbl", pa.string()),
        ("a", pa.string()),
        ("b", pa.string()),
        ("n", pa.int64()),
        ("m", pa.int64()),
    ]
)
_PREPARED = pa.schema(
    [
        ("part", pa.int32()),
        ("known", pa.int64()),
        ("compare", pa.string()),
        ("keys", pa.string()),
        ("facts", pa.string()),
        ("low", pa.int64()),
        ("high", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Part:
    """Rows of a file that one task works on: `count` of them from row `start` (from 0)."""

    number: int
    file: str
    start: int
    count: int


@dataclass(frozen=True)
class Source:
    """What the tasks of one kind read: parts of its features, all records, and what interests say."""

    kind: str
    parts: tuple[Part, ...]
    records: str
    links: tuple[tuple[str, str], ...]
    place: str


@dataclass(frozen=True)
class Prepared:
    """The records of one part as they are compared: files of the store, and the numbers of its records."""

    known: int
    compare: str
    keys: str
    facts: str
    low: int
    high: int


def parts_of(file: str, records: int) -> tuple[Part, ...]:
    """Cut a Parquet file into parts of so many records; an empty file has none."""
    total = store.row_count(file)
    return tuple(
        Part(number, file, start, min(records, total - start))
        for number, start in enumerate(range(0, total, records))
    )


def prepare_records(spark: Any, source: Source) -> list[Prepared]:
    """Prepare all parts; return those that have records to compare, in order."""
    if not source.parts:
        return []
    counted = tasks.run_tasks(spark, partial(_count, source), source.parts)
    tasks.scan(spark, counted, _COUNT).createOrReplaceTempView("part_count")
    totals = spark.sql(spark_query("total")).repartitionById(len(source.parts), "part")
    rows = tasks.collect(totals.mapInArrow(partial(_prepare, source), tasks.spark_schema(spark, _PREPARED)))
    rows.sort(key=lambda row: row.pop("part"))
    return [Prepared(**row) for row in rows if row["known"]]


def _begin(connection: duckdb.DuckDBPyConnection, source: Source, part: Part, work: Path) -> None:
    """Make what the files of a part refer to: macros, its records with their numbers, its features."""
    features = work / "features.parquet"
    rows = store.rows_of(part.file, part.start, part.count)
    pq.write_table(rows, features)
    ids = rows.column("record_id")
    between = (pc.field("record_id") >= ids[0]) & (pc.field("record_id") <= ids[-1])
    for name in (*MACROS, "result"):
        run_file(connection, sql_file(name))
    # Features are in the order of record_id, and so are the records: a part is a range of both.
    tasks.load(connection, "resolve_record", store.dataset([source.records]).to_table(filter=between))
    values = {"features": str(features), "kind": source.kind, "portion_records": len(ids)}
    for name in ("known", f"said_{source.kind}", "count"):
        run_file(connection, sql_file(name), values)


def _count_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Tables of counts by name; of each its columns with the places they take in `_COUNT`.

    Columns of text are keys, at most two; the others are counts, at most two.
    """
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE table_name LIKE '%\\_count' ESCAPE '\\' ORDER BY table_name, column_index"
    ).fetchall():
        places = found.setdefault(table, {})
        free = [place for place in ("ab" if kind == "VARCHAR" else "nm") if place not in places.values()]
        places[column] = free[0]
    return found


def _count(source: Source, part: Part) -> str:
    """Count the words and so on of a part; return the location of the counts."""
    with tasks.task_connection() as (connection, work):
        _begin(connection, source, part, work)
        selects = []
        for table, places in _count_tables(connection).items():
            columns = {place: column for column, place in places.items()}
            listed = ", ".join(columns.get(place, "NULL") for place in "abnm")
            selects.append(f"SELECT {part.number}::INTEGER, '{table}', {listed} FROM {table}")
        query = f"SELECT * FROM ({' UNION ALL '.join(selects)}) AS counted(part, tbl, a, b, n, m)"
        location = store.fresh(source.place, f"count-{part.number}")
        store.write_query(connection, query, location)
    return location


def _prepare(source: Source, batches: Iterable[pa.RecordBatch]) -> tasks.Batches:
    """Make the compare table, the blocking keys and the facts of the part whose totals come in."""
    totals = pa.Table.from_batches(batches, schema=_COUNT)
    # One part a partition, but where there are fewer partitions than parts.
    for number in sorted(set(totals.column("part").to_pylist())):
        mine = totals.filter(pc.equal(totals.column("part"), number))
        yield _prepare_part(source, source.parts[number], mine)


def _prepare_part(source: Source, part: Part, totals: pa.Table) -> pa.RecordBatch:
    kind = source.kind
    with tasks.task_connection() as (connection, work):
        _begin(connection, source, part, work)
        tasks.load(connection, "total", totals)
        for table, places in _count_tables(connection).items():
            connection.execute(f"DELETE FROM {table}")
            connection.execute(
                f"INSERT INTO {table} ({', '.join(places)}) "
                f"SELECT {', '.join(places.values())} FROM total WHERE tbl = '{table}'"
            )
        known, low, high = connection.execute(
            "SELECT count(*), coalesce(min(record_no), 0), coalesce(max(record_no), 0) FROM feature"
        ).fetchall()[0]
        within = (pc.field("record_no") >= low) & (pc.field("record_no") <= high)
        for table, location in source.links:
            tasks.load(connection, table, store.dataset([location]).to_table(filter=within))
        (portion,) = portions(connection)
        for name in ("bits", "part", f"portion_{kind}", f"prepare_{kind}", f"place_{kind}", f"block_{kind}"):
            run_file(connection, sql_file(name), portion.values)
        queries = {
            "compare": f"FROM compare_{kind} ORDER BY record_no",
            "keys": "SELECT DISTINCT k.record_no, k.rule, k.key, k.finer, o.place, o.within "
            "FROM block_key AS k JOIN block_order AS o USING (record_no) WHERE k.key IS NOT NULL",
            "facts": "FROM record_fact ORDER BY record_no",
        }
        made = {}
        for name, query in queries.items():
            made[name] = store.fresh(source.place, f"{name}-{part.number}")
            store.write_query(connection, query, made[name])
    row = {"part": part.number, "known": known, **made, "low": low, "high": high}
    return pa.RecordBatch.from_pylist([row], schema=_PREPARED)
