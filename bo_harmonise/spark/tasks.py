"""Run functions on the executors, read Parquet files of the store as data frames, and check the executors."""

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bo_harmonise import db
from bo_harmonise.errors import BoHarmoniseError, EngineError
from bo_harmonise.spark import store
from bo_harmonise.spark.session import time_limit, version_here

_RESULT = pa.schema([("number", pa.int64()), ("result", pa.binary())])
_PROBE_SECONDS = 180
_WORKER_SHARE = 0.5
"""Share of a machine's memory that the DuckDBs of all its tasks may use; the JVM has the rest."""

Batches = Iterator[pa.RecordBatch]


def run_tasks(spark: Any, work: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Run `work` of each task on the executors, a Spark task each; return the results in order.

    Functions and tasks are pickled. A BoHarmoniseError of a task is raised here as it is; any other failure
    is an EngineError.
    """
    if not tasks:
        return []

    def run(batches: Batches) -> Batches:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield _result(number, work, tasks[number])

    numbers = spark.range(0, len(tasks), 1, len(tasks))
    rows = collect(numbers.mapInArrow(run, spark_schema(spark, _RESULT)))
    found = {row["number"]: pickle.loads(row["result"]) for row in rows}  # noqa: S301 our own executors wrote it
    for result in found.values():
        if isinstance(result, BoHarmoniseError):
            raise result
    return [found[number] for number in range(len(tasks))]


def _result(number: int, work: Callable[[Any], Any], task: Any) -> pa.RecordBatch:
    try:
        result = work(task)
    except BoHarmoniseError as error:
        result = error
    return pa.record_batch({"number": [number], "result": [pickle.dumps(result)]}, schema=_RESULT)


def collect(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a small data frame as dicts."""
    rows: list[dict[str, Any]] = collect_arrow(frame).to_pylist()
    return rows


def collect_arrow(frame: Any) -> pa.Table:
    """Return the rows of a data frame; EngineError with the cause when a task failed."""
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        return frame.toArrow()
    except (PySparkException, Py4JError) as error:
        raise task_failed(error) from error


def task_failed(error: Exception) -> EngineError:
    """Error for a Spark job that failed, with the last line of the exception that says why."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line or "Exception" in line]
    return EngineError(
        f"a task of Spark failed: {told[-1] if told else lines[0] if lines else repr(error)}",
        hint="What was finished before stays; the same command goes on from there. More memory for "
        "executors: --spark-conf spark.executor.memory=… and spark.executor.pyspark.memory=…; smaller tasks: "
        "--spark-conf spark.sql.shuffle.partitions=…",
    )


def spark_schema(spark: Any, schema: pa.Schema) -> Any:
    """Spark's schema for an Arrow schema."""
    return spark.createDataFrame(store.signed(schema).empty_table()).schema


def scan(spark: Any, locations: Sequence[str], schema: pa.Schema | None = None) -> Any:
    """Read Parquet files as a data frame, a Spark task each; `schema` is needed where there is none."""
    chosen = store.signed(schema or store.schema_of(locations[0]))
    files = list(locations)

    def read(batches: Batches) -> Batches:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for rows in store.batches(files[number]):
                    yield rows.cast(chosen)

    return spark.range(0, len(files), 1, max(len(files), 1)).mapInArrow(read, spark_schema(spark, chosen))


@contextmanager
def task_connection() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open DuckDB in a task, with its share of the machine, and a folder that is gone afterwards."""
    from pyspark import TaskContext  # noqa: PLC0415

    context = TaskContext.get()
    cores = context.cpus() if context else 1
    slots = max(1, (os.cpu_count() or 1) // cores)
    memory = int(db.default_memory_bytes() / slots * _WORKER_SHARE)
    with tempfile.TemporaryDirectory(prefix="bo-harmonise-") as folder:
        work = Path(folder)
        with db.connect(temp=work / "spill", threads=cores, memory=memory) as connection:
            yield connection, work


def load_stream(
    connection: duckdb.DuckDBPyConnection, name: str, first: pa.RecordBatch, rest: Batches
) -> None:
    """Make a temporary table of Arrow batches, never all in memory at once."""
    load(connection, name, pa.RecordBatchReader.from_batches(first.schema, chain([first], rest)))


def load(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | pa.RecordBatchReader) -> None:
    """Make a temporary table of Arrow rows."""
    connection.register("incoming_arrow", rows)
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM incoming_arrow')
    connection.unregister("incoming_arrow")


def check_executors(spark: Any, shared: store.Store) -> None:
    """Raise EngineError when the executors lack the package or do not see the store.

    A marker is written by the driver and looked for by tasks.
    """
    mark = shared.location("mark")
    filesystem, path = store.writable(mark)
    with filesystem.open_output_stream(path) as out:
        out.write(version_here().encode())
    with time_limit(spark, _PROBE_SECONDS) as expired:
        try:
            check_files(spark, [mark])
        except EngineError as error:
            if expired.is_set():
                raise EngineError(
                    f"no executor took a task within {_PROBE_SECONDS} seconds.",
                    hint="Has the cluster free cores and memory? See its page; lower spark.executor.memory.",
                ) from error
            if "ModuleNotFoundError" in error.message:
                raise EngineError(
                    f"the executors have no bo-harmonise: {error.message}",
                    hint="Install the same version there, with its spark extra, or name the Python that has "
                    "it: --spark-conf spark.pyspark.python=…",
                ) from error
            raise


def check_files(spark: Any, locations: Sequence[str]) -> None:
    """Raise EngineError when executors do not see all files, or have another version of the package."""
    count = max(2, min(spark.sparkContext.defaultParallelism, 64))
    for version, missing in run_tasks(spark, _look, [list(locations)] * count):
        if version != version_here():
            raise EngineError(
                f"the executors have bo-harmonise {version}, the driver has {version_here()}.",
                hint="Install the same version on all machines.",
            )
        if missing:
            raise EngineError(
                f"executors do not see {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}.",
                hint="Put workspace and files on a file system that all machines have at the same path, or "
                "name a place that all reach: --spark-store s3://BUCKET/FOLDER",
            )


def _look(locations: Sequence[str]) -> tuple[str, list[str]]:
    from pyarrow import fs  # noqa: PLC0415

    missing = []
    for location in locations:
        filesystem, path = store.opened(location)
        if filesystem.get_file_info(path).type == fs.FileType.NotFound:
            missing.append(location)
    return version_here(), missing
