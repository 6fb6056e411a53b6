"""Join the matched pairs of one kind into clusters: plain components in SQL, doubtful ones with care."""

from dataclasses import dataclass
from math import log2
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.db import run_file
from bo_harmonise.resolve.cluster import Clusterer, Facts, components
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file

_EDGES = 1_000_000
"""Edges that are looked at in one go."""

_CAREFUL = 200_000
"""Pairs of components that are clustered with care in one go; a larger component goes alone."""

_REPORTED = 50
"""How many refused edges and identifier conflicts a report names; all of them are in `pair.parquet`."""


@dataclass(frozen=True)
class RefusedEdge:
    """A match that was not acted upon."""

    record_id_l: str
    record_id_r: str
    match_weight: float
    reason: str


@dataclass(frozen=True)
class ClusterReport:
    """What was refused while joining, by reason, with the strongest cases; and conflicts of identifiers."""

    refused: dict[str, int]
    strongest: tuple[RefusedEdge, ...]
    identifier_conflicts: int
    conflicts: tuple[RefusedEdge, ...]


def join_records(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings
) -> ClusterReport:
    """Fill `resolve_cluster` and `resolve_cut` for the records of one kind from `resolve_match`."""
    values = label_components(connection, kind, settings)
    run_file(connection, sql_file("join"), values)
    _cluster_carefully(connection, values["threshold_weight"], settings)
    return _report(connection, values)


def label_components(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings
) -> dict[str, Any]:
    """Make `resolve_edge` and `resolve_component`; return the values that the SQL files name."""
    values: dict[str, Any] = {
        "kind": kind,
        "threshold_weight": log2(settings.threshold / (1 - settings.threshold)),
        "max_cluster": settings.max_cluster,
    }
    run_file(connection, sql_file("edge"), values)
    size = connection.execute("SELECT count(*) FROM resolve_record").fetchall()[0][0]
    labels = np.arange(size, dtype=np.int32)
    # A batch of edges at a time, so that memory grows with records alone.
    for batch in connection.sql("FROM resolve_edge SELECT l, r").to_arrow_reader(_EDGES):
        left, right = (batch.column(side).to_numpy() for side in ("l", "r"))
        labels = components(labels[left], labels[right], size)[labels]
    table = pa.table({"record_no": pa.array(np.arange(size, dtype=np.int32)), "label": pa.array(labels)})
    connection.register("component_labels", table)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE resolve_component AS FROM component_labels "
        "WHERE record_no IN (SELECT l FROM resolve_edge UNION ALL SELECT r FROM resolve_edge)"
    )
    connection.unregister("component_labels")
    return values


def _cluster_carefully(
    connection: duckdb.DuckDBPyConnection, threshold_weight: float, settings: ResolveSettings
) -> None:
    """Cluster the components that need care, as many together as fit."""
    run_file(connection, sql_file("careful"), {"threshold_weight": threshold_weight, "pairs": _CAREFUL})
    apart = connection.execute(
        "SELECT l, r FROM judged WHERE judgement = 'different' ORDER BY l, r"
    ).fetchall()
    batches = connection.execute("SELECT DISTINCT batch FROM careful_record ORDER BY batch").fetchall()
    for (batch,) in batches:
        _cluster_batch(connection, batch, apart, threshold_weight, settings)


def _cluster_batch(
    connection: duckdb.DuckDBPyConnection,
    batch: int,
    apart: list[tuple[int, int]],
    threshold_weight: float,
    settings: ResolveSettings,
) -> None:
    edges = connection.execute(
        "SELECT rank, match_weight, l, r FROM careful_edge WHERE batch = ? ORDER BY l, r", [batch]
    ).fetchall()
    rejected = connection.execute(
        "SELECT l, r FROM careful_rejected WHERE batch = ? ORDER BY l, r", [batch]
    ).fetchall()
    facts = connection.execute(
        "SELECT record_no, birth_dates, numbers FROM record_fact JOIN careful_record USING (record_no) "
        "WHERE batch = ? ORDER BY record_no",
        [batch],
    ).fetchall()
    clusterer = Clusterer(
        {
            record: Facts(frozenset(dates or ()), tuple((n["scheme"], n["id"]) for n in numbers or ()))
            for record, dates, numbers in facts
        },
        apart,
        threshold_weight=threshold_weight,
        max_cluster=settings.max_cluster,
    )
    labels = clusterer.run(edges, rejected)
    if labels:
        joined = pa.table({"record_no": list(labels), "cluster_no": list(labels.values())})
        connection.register("careful_clusters", joined)
        connection.execute("INSERT INTO resolve_cluster FROM careful_clusters")
        connection.unregister("careful_clusters")
    if clusterer.cuts:
        connection.executemany(
            "INSERT INTO resolve_cut VALUES (?, ?, ?)",
            [(cut.record_l, cut.record_r, cut.reason) for cut in sorted(clusterer.cuts)],
        )


def _report(connection: duckdb.DuckDBPyConnection, values: dict[str, Any]) -> ClusterReport:
    """Count and name what was refused, leaving out edges whose records came together another way."""
    connection.execute(
        "DELETE FROM resolve_cut WHERE (SELECT cluster_no FROM resolve_cluster AS c WHERE c.record_no = l) "
        "= (SELECT cluster_no FROM resolve_cluster AS c WHERE c.record_no = r)"
    )
    named = (
        "SELECT a.record_id, b.record_id, m.match_weight, {reason} FROM resolve_match AS m "
        "JOIN resolve_record AS a ON a.record_no = m.l JOIN resolve_record AS b ON b.record_no = m.r "
        "{join} WHERE m.kind = $kind {where} ORDER BY m.match_weight DESC, m.l, m.r"
    )
    cut = named.format(reason="c.reason", join="JOIN resolve_cut AS c ON c.l = m.l AND c.r = m.r", where="")
    conflict = named.format(
        reason="'same identifier, clearly different otherwise'",
        join="",
        where="AND m.identifier_level = 3 AND m.match_weight < $threshold_weight",
    )
    kind = {"kind": values["kind"]}
    cuts = [RefusedEdge(*row) for row in connection.execute(cut, kind).fetchall()]
    conflicts = [
        RefusedEdge(*row)
        for row in connection.execute(
            conflict, {**kind, "threshold_weight": values["threshold_weight"]}
        ).fetchall()
    ]
    refused: dict[str, int] = {}
    for edge in cuts:
        refused[edge.reason] = refused.get(edge.reason, 0) + 1
    return ClusterReport(
        refused=dict(sorted(refused.items())),
        strongest=tuple(cuts[:_REPORTED]),
        identifier_conflicts=len(conflicts),
        conflicts=tuple(conflicts[:_REPORTED]),
    )
