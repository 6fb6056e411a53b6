"""The stages that run on Spark, for the pipeline to call in the place of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.ingest.worker import Worker
from bo_harmonise.progress import Progress
from bo_harmonise.resolve.pipeline import Comparer
from bo_harmonise.spark import stages, store, tasks
from bo_harmonise.spark.compare import SparkComparer
from bo_harmonise.spark.ingest import SparkWorker
from bo_harmonise.spark.session import spark_session
from bo_harmonise.spark.settings import SparkSettings
from bo_harmonise.workspace import Workspace


class SparkEngine:
    """An open session with its store; see `open_engine`."""

    def __init__(self, spark: Any, shared: store.Store, settings: SparkSettings) -> None:
        self.spark = spark
        self.store = shared
        self.settings = settings

    def worker(
        self, workspace: Workspace, adapters: Path | None, origins: Mapping[Path, str], progress: Progress
    ) -> Worker:
        """Return what reads and maps files for `ingest`.

        `adapters` is a user's own folder of them, `origins` has the URI of each file that is a copy.
        """
        split = self.settings.split_bytes
        return SparkWorker(self.spark, self.store, workspace, adapters, origins, split, progress)

    def make_current(
        self, connection: duckdb.DuckDBPyConnection, workspace: Workspace, out: Path, as_of: date
    ) -> dict[str, int]:
        """Write the statements in force, as `statements.write_current` does."""
        deliveries = [workspace.statements / source for source in workspace.source_ids()]
        return stages.make_current(self.spark, self.store, connection, deliveries, out, as_of)

    def make_features(
        self, connection: duckdb.DuckDBPyConnection, current: Path, out: Path, numbers: Sequence[str]
    ) -> None:
        """Write the features, as `standardise.features.build_features` does."""
        size = self.settings.part_records
        stages.make_features(self.spark, self.store, connection, current, out, size, numbers)

    @property
    def comparer(self) -> Comparer:
        """What finds and scores pairs for `resolve`."""
        return SparkComparer(self.spark, self.store, self.settings.part_records)


@contextmanager
def open_engine(workspace: Workspace, settings: SparkSettings) -> Iterator[SparkEngine]:
    """Open a session for a workspace that the caller holds for writing, and check the executors.

    MissingExtraError without pyspark; EngineError without Java, when the master cannot be reached, and when
    the executors lack the package or do not see the store.
    """
    with spark_session(settings) as spark:
        shared = store.Store(settings.store or str(workspace.temp.resolve()))
        try:
            tasks.check_executors(spark, shared)
            yield SparkEngine(spark, shared, settings)
        finally:
            shared.close()
