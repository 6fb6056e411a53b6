"""Find the pairs on the executors and work out their evidence, with the SQL of `resolve/sql`.

Records that share a blocking key come to one task, which makes their blocks finer and their pairs with the
same files as one machine does; Spark SQL puts the pairs of all tasks together.
"""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bo_harmonise.db import run_file
from bo_harmonise.resolve.blocking import BlockingReport, LeftOut, WorstBlock, find_blocks
from bo_harmonise.resolve.pipeline import MACROS, RULES
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.spark import store, tasks
from bo_harmonise.spark.records import Prepared
from bo_harmonise.spark.sqlfile import spark_query

_FILE = pa.schema([("file", pa.string()), ("rows", pa.int64()), ("report", pa.binary())])
_JUDGED = pa.schema([("l", pa.int32()), ("r", pa.int32()), ("judgement", pa.string())])
_CHUNK = 20_000
"""Pairs whose evidence is worked out at once: so many records, with their names, are in memory."""
_WORST = 20


@dataclass(frozen=True)
class Wanted:
    """What the tasks of one kind need to know."""

    kind: str
    settings: ResolveSettings
    place: str
    bucket: int
    prepared: tuple[Prepared, ...] = ()
    judged: pa.Table | None = None
    review: float = 0.0


def find_pairs(spark: Any, wanted: Wanted, judged: pa.Table) -> tuple[Any, BlockingReport]:
    """Block the records; return a data frame of the pairs (unique_id, l, r, rules) and the report."""
    keys = tasks.scan(spark, [p.keys for p in wanted.prepared])
    spread = keys.repartition("rule", "key", "within")
    schema = tasks.spark_schema(spark, _FILE)
    made = tasks.collect(spread.mapInArrow(partial(_block, wanted), schema))
    reports = [pickle.loads(row["report"]) for row in made]  # noqa: S301 our own executors wrote it
    files = sorted(row["file"] for row in made if row["rows"])
    found = pa.schema([("l", pa.int32()), ("r", pa.int32()), ("rules", pa.int64())])
    tasks.scan(spark, files, found).createOrReplaceTempView("block_found")
    spark.createDataFrame(judged.select(["l", "r"])).createOrReplaceTempView("judged_pair")
    return spark.sql(spark_query("pair")), merged(reports)


def merged(reports: Iterable[BlockingReport]) -> BlockingReport:
    """Put the reports of all tasks together: the worst of all blocks, the sums of what was left out.

    A pair that blocks of two tasks made counts once in each: the number of pairs is told by who counts them.
    """
    worst: list[WorstBlock] = []
    left: dict[str, LeftOut] = {}
    pairs = 0
    for report in reports:
        pairs += report.pairs
        worst += report.worst
        for item in report.left_out:
            before = left.get(item.rule, LeftOut(item.rule, 0, 0, 0))
            left[item.rule] = LeftOut(
                item.rule,
                before.blocks + item.blocks,
                before.records + item.records,
                before.pairs + item.pairs,
            )
    worst.sort(key=lambda block: (-block.records, block.rule, block.key))
    return BlockingReport(pairs, tuple(worst[:_WORST]), tuple(left[rule] for rule in sorted(left)))


def _block(wanted: Wanted, batches: Iterator[pa.RecordBatch]) -> tasks.Batches:
    """Make the pairs of the records whose keys come in; all records of a key come to one task."""
    first = next(batches, None)
    if first is None:
        return
    with tasks.task_connection() as (connection, _):
        tasks.load_stream(connection, "incoming", first, batches)
        connection.execute(
            "CREATE TEMP TABLE block_key AS "
            "SELECT record_no, CAST(rule AS UTINYINT) AS rule, key, finer FROM incoming"
        )
        run_file(connection, sql_file("part"))
        connection.execute("INSERT INTO block_order SELECT DISTINCT record_no, place, within FROM incoming")
        run_file(connection, sql_file("block_add"))
        report = find_blocks(connection, RULES[wanted.kind], wanted.settings)
        run_file(connection, sql_file("block_met"))
        run_file(connection, sql_file("block_pair"), {"low": 0, "high": 2**31 - 1})
        location = store.fresh(wanted.place, "pair")
        rows = store.write_query(connection, "FROM block_pair", location)
    yield _made(location, rows, report)


def _made(location: str, rows: int, report: Any = None) -> pa.RecordBatch:
    row = {"file": location, "rows": rows, "report": pickle.dumps(report)}
    return pa.RecordBatch.from_pylist([row], schema=_FILE)


def find_evidence(spark: Any, wanted: Wanted, pairs: Any) -> list[str]:
    """Work out the evidence of the pairs; return the files of the store that hold it."""
    pairs.createOrReplaceTempView("pair")
    tasks.scan(spark, [p.compare for p in wanted.prepared]).createOrReplaceTempView("compare_record")
    joined = spark.sql(spark_query("pair_record"))
    # The left records of a bucket are read from the store once; pairs of one bucket come one after the other.
    buckets = joined.repartition(_bucket_column(wanted)).sortWithinPartitions("l", "r")
    made = tasks.collect(buckets.mapInArrow(partial(_evidence, wanted), tasks.spark_schema(spark, _FILE)))
    return sorted(row["file"] for row in made)


def _bucket_column(wanted: Wanted) -> Any:
    from pyspark.sql import functions  # noqa: PLC0415

    return functions.expr(f"l div {wanted.bucket}")


def _evidence(wanted: Wanted, batches: tasks.Batches) -> tasks.Batches:
    """Write the evidence of the pairs that come in, each with its right record, in the order of the left."""
    location = store.fresh(wanted.place, "evidence")
    filesystem, path = store.writable(location)
    writer, rows = None, 0
    with tasks.task_connection() as (connection, _), filesystem.open_output_stream(path) as out:
        for name in (*MACROS, "result"):
            run_file(connection, sql_file(name))
        here = -1
        for bucket, chunk in _chunks(batches, wanted.bucket):
            if bucket != here:
                _load_left(connection, wanted, bucket)
                here = bucket
            found = _evidence_of(connection, wanted.kind, chunk)
            rows += found.num_rows
            if writer is None:
                writer = pq.ParquetWriter(out, found.schema, compression="zstd")
            writer.write_table(found)
        if writer is not None:
            writer.close()
    if rows:
        yield _made(location, rows)


def _chunks(batches: tasks.Batches, size: int) -> Iterator[tuple[int, pa.Table]]:
    """Yield the pairs of one bucket together, so many at a time at most."""
    waiting: list[pa.RecordBatch] = []
    here, rows = -1, 0
    for batch in batches:
        numbers = pc.divide(batch.column("l"), size)
        start = 0
        while start < batch.num_rows:
            bucket = numbers[start].as_py()
            # Sorted by l, and so by bucket.
            end = start + pc.sum(pc.equal(numbers.slice(start), bucket)).as_py()
            if rows and (bucket != here or rows >= _CHUNK):
                yield here, pa.Table.from_batches(waiting)
                waiting, rows = [], 0
            waiting.append(batch.slice(start, end - start))
            here, rows, start = bucket, rows + end - start, end
    if rows:
        yield here, pa.Table.from_batches(waiting)


def _load_left(connection: duckdb.DuckDBPyConnection, wanted: Wanted, bucket: int) -> None:
    """Read what the left records of a bucket are compared by."""
    low, high = bucket * wanted.bucket, (bucket + 1) * wanted.bucket - 1
    files = [p.compare for p in wanted.prepared if p.low <= high and p.high >= low]
    within = (pc.field("record_no") >= low) & (pc.field("record_no") <= high)
    tasks.load(connection, "left_record", store.dataset(files).to_table(filter=within))


def _evidence_of(connection: duckdb.DuckDBPyConnection, kind: str, chunk: pa.Table) -> pa.Table:
    connection.register("chunk", chunk)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE resolve_pair AS "
        "SELECT unique_id, l, r, CAST(rules AS UBIGINT) AS rules FROM chunk ORDER BY unique_id"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE compare_{kind} AS "
        "FROM left_record WHERE record_no IN (SELECT l FROM resolve_pair)"
    )
    connection.execute(
        f"INSERT INTO compare_{kind} BY NAME SELECT DISTINCT ON (record_no) * "
        "FROM (SELECT unnest(other) FROM chunk ANTI JOIN "
        f"(SELECT record_no AS r FROM compare_{kind}) USING (r))"
    )
    connection.unregister("chunk")
    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**63 - 1})
    found: pa.Table = connection.sql("FROM resolve_evidence ORDER BY unique_id").to_arrow_table()
    return found.cast(store.signed(found.schema))


def keep_scored(spark: Any, wanted: Wanted, scored: Any, evidence: Any) -> tuple[list[str], list[str]]:
    """Keep evidence as `keep.sql` says; return the files of matches and of all compared pairs."""
    both = scored.alias("s").join(evidence.alias("e"), "unique_id")
    score_columns = [f"s.{name}" for name in scored.columns]
    evidence_columns = [f"e.{name}" for name in evidence.columns]
    rows = both.selectExpr(
        f"struct({', '.join(score_columns)}) AS s", f"struct({', '.join(evidence_columns)}) AS e"
    )
    made = tasks.collect(rows.mapInArrow(partial(_keep, wanted), tasks.spark_schema(spark, _FILE)))
    files = [(row["file"], pickle.loads(row["report"])) for row in made]  # noqa: S301 our own executors wrote it
    return sorted(match for match, _ in files), sorted(compared for _, compared in files)


def _keep(wanted: Wanted, batches: tasks.Batches) -> tasks.Batches:
    first = next(batches, None)
    if first is None:
        return
    with tasks.task_connection() as (connection, _):
        run_file(connection, sql_file("result"))
        if wanted.judged is not None and wanted.judged.num_rows:
            tasks.load(connection, "judged", wanted.judged)
        for chunk in _joined(first, batches):
            connection.register("chunk", chunk)
            connection.execute("CREATE OR REPLACE TEMP TABLE resolve_score AS SELECT unnest(s) FROM chunk")
            connection.execute("CREATE OR REPLACE TEMP TABLE resolve_evidence AS SELECT unnest(e) FROM chunk")
            connection.unregister("chunk")
            run_file(connection, sql_file("keep"), {"kind": wanted.kind, "review": wanted.review})
        match, compared = store.fresh(wanted.place, "match"), store.fresh(wanted.place, "compared")
        rows = store.write_query(connection, "FROM resolve_match ORDER BY l, r", match)
        store.write_query(connection, "FROM resolve_compared ORDER BY l, r", compared)
    yield _made(match, rows, compared)


def _joined(first: pa.RecordBatch, batches: tasks.Batches) -> Iterator[pa.Table]:
    """Put batches together to chunks of a fair size."""
    waiting, rows = [first], first.num_rows
    for batch in batches:
        if rows >= _CHUNK:
            yield pa.Table.from_batches(waiting)
            waiting, rows = [], 0
        waiting.append(batch)
        rows += batch.num_rows
    yield pa.Table.from_batches(waiting)
