"""Compare the records of one kind on a cluster: what `resolve.pipeline.compare` does on one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bo_harmonise.db import run_file
from bo_harmonise.progress import Progress
from bo_harmonise.resolve.blocking import BlockingReport
from bo_harmonise.resolve.fitting import re_estimate, read_patterns
from bo_harmonise.resolve.joining import label_components
from bo_harmonise.resolve.pipeline import TRAINING_PAIRS, Compared, keep_model, review_weight
from bo_harmonise.resolve.scoring import Model, load_model
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.spark_scoring import score_on_spark
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.spark import store, tasks
from bo_harmonise.spark.pairs import Wanted, find_evidence, find_pairs, keep_scored
from bo_harmonise.spark.records import Prepared, Source, parts_of, prepare_records
from bo_harmonise.spark.sqlfile import spark_query


class SparkComparer:
    """Finds and scores pairs on the executors; the driver numbers the records and joins what matched."""

    def __init__(self, spark: Any, shared: store.Store, part_records: int) -> None:
        self._spark = spark
        self._store = shared
        self._part_records = part_records

    def __call__(
        self,
        connection: duckdb.DuckDBPyConnection,
        kind: str,
        features: Path,
        settings: ResolveSettings,
        tell: Progress,
    ) -> Compared:
        """Do what `resolve.pipeline.compare` does."""
        tell(f"{kind}: preparing records on Spark")
        prepared = prepare_records(self._spark, self._source(connection, kind, features))
        model = load_model(kind, settings.models)
        known = sum(part.known for part in prepared)
        judged = _judged(connection, kind)
        wanted = Wanted(
            kind,
            settings,
            self._store.location(kind),
            self._part_records,
            tuple(prepared),
            judged,
            review_weight(settings),
        )
        evidence: list[str] = []
        blocking = BlockingReport(0, (), ())
        if prepared:
            tell(f"{kind}: blocking on Spark")
            pairs, blocking = find_pairs(self._spark, wanted, judged)
            tell(f"{kind}: comparing pairs on Spark")
            evidence = find_evidence(self._spark, wanted, pairs)
        if settings.train:
            tell(f"{kind}: re-estimating the model")
            model = _re_estimated(connection, model, evidence)
        model = model.for_size(known)
        keep_model(connection, model)
        total = sum(store.row_count(file) for file in evidence)
        if evidence:
            tell(f"{kind}: scoring {total:,} pairs on Spark")
            self._score(connection, model, wanted, evidence)
        return Compared(total, replace(blocking, pairs=total))

    def _source(self, connection: duckdb.DuckDBPyConnection, kind: str, features: Path) -> Source:
        """Give the executors the records, their features, and what interests say of them."""
        place = self._store.location(kind)
        file = features / f"{kind}.parquet"
        records = store.fresh(place, "record")
        store.write_query(connection, "FROM resolve_record ORDER BY record_no", records)
        values = {"features": str(file), "kind": kind, "portion_records": self._part_records}
        for name in ("known", "part", f"link_{kind}"):
            run_file(connection, sql_file(name), values)
        links = []
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'compare\\_%' ESCAPE '\\' "
            "ORDER BY table_name"
        ).fetchall():
            location = store.fresh(place, name)
            store.write_query(connection, f"FROM {name} ORDER BY record_no", location)
            connection.execute(f"DROP TABLE {name}")
            links.append((name, location))
        published = self._store.publish(file, f"feature-{kind}.parquet")
        return Source(kind, parts_of(published, self._part_records), records, tuple(links), place)

    def _score(
        self, connection: duckdb.DuckDBPyConnection, model: Model, wanted: Wanted, evidence: list[str]
    ) -> None:
        frame = tasks.scan(self._spark, evidence)
        scored = score_on_spark(self._spark, model, frame)
        matches, compared = keep_scored(self._spark, wanted, scored, frame)
        self._spark.catalog.clearCache()
        with _reading(connection, "kept", matches):
            connection.execute("INSERT INTO resolve_match BY NAME FROM kept ORDER BY l, r")
        values = label_components(connection, wanted.kind, wanted.settings)
        self._doubt(connection, compared, values["threshold_weight"])
        _load_facts(connection, wanted.prepared)

    def _doubt(self, connection: duckdb.DuckDBPyConnection, compared: list[str], weight: float) -> None:
        """Bring the pairs that speak against their component to the driver; the others stay."""
        component = connection.sql("FROM resolve_component").to_arrow_table()
        if not component.num_rows:
            return
        frame = tasks.scan(self._spark, compared)
        frame.where(frame.match_weight < weight).createOrReplaceTempView("compared")
        self._spark.createDataFrame(component).createOrReplaceTempView("component")
        doubted = tasks.collect_arrow(self._spark.sql(spark_query("doubted")))
        connection.register("doubted", doubted)
        connection.execute("INSERT INTO resolve_compared BY NAME FROM doubted ORDER BY l, r")
        connection.unregister("doubted")


def _judged(connection: duckdb.DuckDBPyConnection, kind: str) -> pa.Table:
    """Return what a person judged, of records of one kind."""
    found: pa.Table = connection.sql(
        "SELECT j.l, j.r, j.judgement FROM judged AS j JOIN resolve_record AS a ON a.record_no = j.l "
        f"WHERE a.kind = '{kind}' ORDER BY ALL"
    ).to_arrow_table()
    return found


@contextmanager
def _reading(connection: duckdb.DuckDBPyConnection, name: str, files: list[str]) -> Iterator[None]:
    connection.register(name, store.dataset(files))
    try:
        yield
    finally:
        connection.unregister(name)


def _re_estimated(connection: duckdb.DuckDBPyConnection, model: Model, evidence: list[str]) -> Model:
    """Re-estimate a model on the same pairs as one machine takes: the first in the order of a hash."""
    if not evidence:
        return re_estimate(model, read_patterns(connection, model))
    with _reading(connection, "evidence", evidence):
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE resolve_evidence AS "
            f"FROM evidence ORDER BY hash(l, r), l, r LIMIT {TRAINING_PAIRS}"
        )
    return re_estimate(model, read_patterns(connection, model))


def _load_facts(connection: duckdb.DuckDBPyConnection, prepared: tuple[Prepared, ...]) -> None:
    """Bring the facts of the records that matched any to the driver."""
    with _reading(connection, "facts", [part.facts for part in prepared]):
        connection.execute(
            "INSERT INTO record_fact BY NAME "
            "FROM facts WHERE record_no IN (SELECT record_no FROM resolve_component) ORDER BY record_no"
        )
