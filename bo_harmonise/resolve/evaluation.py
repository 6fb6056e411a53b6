"""Measure resolution on labelled records, and names on labelled pairs of names."""

import csv
import json
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bo_harmonise.db import connect, run_file
from bo_harmonise.errors import UsageError
from bo_harmonise.resolve.cluster import components
from bo_harmonise.resolve.explanation import in_words
from bo_harmonise.resolve.labelled import read_labelled, read_labelled_pairs
from bo_harmonise.resolve.pipeline import KINDS, begin, resolve_kind
from bo_harmonise.resolve.scoring import load_model, score
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features

Figures = dict[str, Any]
Array = npt.NDArray[np.float64]

_WORST = 100
"""How many missed and how many wrong pairs of each kind the file of errors holds."""

_PRECISION = 0.95
"""Precision at which recall is given."""


@dataclass(frozen=True)
class Evaluation:
    """Figures by kind; `pairs` says that single pairs of names were measured, not clusters of records."""

    kinds: dict[str, Figures] = field(default_factory=dict)
    pairs: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return `{kind: {"shipped": {precision, recall, f1, …}, "best": {threshold, …}, …}}`."""
        return self.kinds


def evaluate(
    records: Path | None,
    *,
    ignore: Collection[str] = (),
    within: str | None = None,
    pairs: Path | None = None,
    errors: Path | None = None,
    settings: ResolveSettings | None = None,
) -> Evaluation:
    """Resolve labelled records with the shipped models and compare the result with the labels.

    `records` is a Parquet file with record_id, gold_id and what the records say; columns in `ignore` count
    as empty, `within` names the column whose value both records of a pair share. With `pairs`, a Parquet or
    CSV file with name1, name2, label and schema, pairs of names are scored instead. `errors` gets the worst
    mistakes as CSV, each with its explanation. Raises InputError when a file or column is missing.
    """
    chosen = settings or ResolveSettings()
    if (records is None) == (pairs is None):
        raise UsageError(
            "evaluate takes labelled records or labelled pairs, one of the two.",
            hint="Name a Parquet file of records, or give --pairs FILE.",
        )
    mistakes: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with connect(temp=work / "spill", threads=chosen.threads) as connection:
            if pairs is not None:
                read_labelled_pairs(connection, pairs)
            elif records is not None:
                read_labelled(connection, records, ignore=ignore, within=within)
            build_features(connection, work)
            begin(connection)
            connection.execute("INSERT INTO record_within SELECT record_id, within FROM labelled")
            figures = {}
            for kind in KINDS:
                resolve_kind(connection, kind, work, chosen, lambda _: None)
                if pairs is not None:
                    _score_all(connection, kind, chosen)
                run_file(connection, sql_file("measure"), {"kind": kind})
                if connection.execute("SELECT count(*) FROM measured_record").fetchall()[0][0]:
                    figures[kind] = _measure(connection, chosen, is_pairs=pairs is not None)
                    mistakes += _mistakes(connection, kind, chosen) if errors else []
            if pairs is not None:
                figures.update(_by_set(connection, chosen))
    if errors:
        _write_errors(errors, mistakes)
    return Evaluation(figures, pairs is not None)


def _score_all(connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings) -> None:
    """Score every labelled pair of names, blocked or not."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE resolve_pair AS "
        "SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, l, r, CAST(0 AS UBIGINT) AS rules FROM "
        "(SELECT min(record_no) AS l, max(record_no) AS r FROM labelled JOIN resolve_record USING (record_id) "
        "WHERE resolve_record.kind = $kind GROUP BY within)",
        {"kind": kind},
    )
    connection.execute(
        "DELETE FROM resolve_compared WHERE l IN (SELECT record_no FROM resolve_record WHERE kind = $kind)",
        {"kind": kind},
    )
    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
    records = connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
    score(
        connection, load_model(kind, settings.models).for_size(records), "resolve_evidence", "resolve_score"
    )
    connection.execute(
        "INSERT INTO resolve_compared SELECT e.l, e.r, s.match_weight "
        "FROM resolve_score AS s JOIN resolve_evidence AS e USING (unique_id)"
    )
    connection.execute("DROP TABLE resolve_score")


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def _prf(true: float, found: float, wanted: float) -> Figures:
    precision, recall = _ratio(true, found), _ratio(true, wanted)
    f1 = _ratio(2 * true, found + wanted)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _curve(weights: Array, same: Array, wanted: int) -> Figures:
    """Find the threshold of the best F1, and the best recall at precision .95."""
    if not len(weights):
        return {"threshold": 1.0, **_prf(0, 0, wanted), "recall_at_precision_95": 0.0}
    order = np.argsort(-weights, kind="stable")
    ranked, true = weights[order], np.cumsum(same[order])
    last = np.append(ranked[1:] != ranked[:-1], True)
    found = np.arange(1, len(ranked) + 1)
    ranked, true, found = ranked[last], true[last], found[last]
    f1 = 2 * true / (found + wanted)
    best = int(np.argmax(f1))
    precise = true[true / found >= _PRECISION]
    return {
        "threshold": float(1 / (1 + 2.0 ** -ranked[best])),
        "match_weight": round(float(ranked[best]), 3),
        **_prf(float(true[best]), float(found[best]), wanted),
        "recall_at_precision_95": round(_ratio(float(precise[-1]) if len(precise) else 0.0, wanted), 4),
    }


def _measure(connection: duckdb.DuckDBPyConnection, settings: ResolveSettings, *, is_pairs: bool) -> Figures:
    count = dict(
        connection.execute(
            "SELECT 'records', count(*) FROM measured_record UNION ALL SELECT 'gold', count(*) FROM gold_pair "
            "UNION ALL SELECT 'true', count(*) FROM gold_pair AS g JOIN measured_record AS a ON a.record_no = g.l "
            "JOIN measured_record AS b ON b.record_no = g.r AND a.cluster_no = b.cluster_no "
            "UNION ALL SELECT 'found', coalesce(sum(n * (n - 1) / 2), 0) FROM "
            "(SELECT count(*) AS n FROM measured_record GROUP BY cluster_no) "
            "UNION ALL SELECT 'reached', count(*) FROM gold_pair AS g JOIN resolve_compared AS p USING (l, r)"
        ).fetchall()
    )
    pairs = connection.execute(
        "SELECT match_weight, is_same, script, source FROM measured_pair ORDER BY l, r"
    ).fetchnumpy()
    weights, same = pairs["match_weight"].astype(np.float64), pairs["is_same"].astype(np.float64)
    best = _curve(weights, same, int(count["gold"]))
    limit = log2(settings.threshold / (1 - settings.threshold))
    if is_pairs:
        over = weights >= limit
        shipped = _prf(float(same[over].sum()), float(over.sum()), count["gold"])
    else:
        shipped = {**_prf(count["true"], count["found"], count["gold"]), "b_cubed": _b_cubed(connection)}
        best["b_cubed"] = _b_cubed_at(connection, best.get("match_weight", 0.0))
    figures = {
        "records": int(count["records"]),
        "gold_pairs": int(count["gold"]),
        "compared_pairs": len(weights),
        "never_compared": int(count["gold"] - count["reached"]),
        "shipped": {"threshold": settings.threshold, **shipped},
        "best": best,
        "by_script": _by(connection, "script", pairs["script"], weights, same, limit),
    }
    if not is_pairs:
        figures["by_source"] = _by(connection, "source", pairs["source"], weights, same, limit)
    return figures


def _by(
    connection: duckdb.DuckDBPyConnection,
    column: str,
    groups: npt.NDArray[np.object_],
    weights: Array,
    same: Array,
    limit: float,
) -> dict[str, Figures]:
    """Figures of single pairs (not clusters) by script or source of the two records."""
    joined = "' + '" if column == "source" else "CASE WHEN a.script = b.script THEN NULL ELSE ' + ' END"
    upper = f"greatest(a.{column}, b.{column})"
    second = upper if column == "source" else f"CASE WHEN a.script <> b.script THEN {upper} END"
    wanted = dict(
        connection.execute(
            f"SELECT concat(least(a.{column}, b.{column}), {joined}, {second}) AS pair, count(*) FROM gold_pair AS g "
            "JOIN measured_record AS a ON a.record_no = g.l JOIN measured_record AS b ON b.record_no = g.r "
            "GROUP BY pair ORDER BY pair"
        ).fetchall()
    )
    found = {}
    for name, number in wanted.items():
        inside = groups == name
        over = inside & (weights >= limit)
        found[name] = {
            "gold_pairs": number,
            "shipped": _prf(float(same[over].sum()), float(over.sum()), number),
            "best": _curve(weights[inside], same[inside], number),
        }
    return found


def _b_cubed(connection: duckdb.DuckDBPyConnection, column: str = "cluster_no") -> Figures:
    precision, recall = connection.execute(
        f"WITH cell AS (SELECT {column} AS c, gold_id || coalesce(within, '') AS g, count(*) AS n "
        "FROM measured_record GROUP BY ALL), "
        "whole AS (SELECT *, sum(n) OVER (PARTITION BY c) AS in_cluster, sum(n) OVER (PARTITION BY g) AS in_gold "
        "FROM cell) SELECT sum(n * n / in_cluster) / sum(n), sum(n * n / in_gold) / sum(n) FROM whole"
    ).fetchall()[0]
    f1 = _ratio(2 * precision * recall, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _b_cubed_at(connection: duckdb.DuckDBPyConnection, weight: float) -> Figures:
    """B-cubed of the plain components of the pairs that reach a match weight."""
    edges = connection.execute(
        "SELECT l, r FROM measured_pair WHERE match_weight >= $weight - 0.001 ORDER BY l, r",
        {"weight": weight},
    ).fetchnumpy()
    size = connection.execute("SELECT max(record_no) + 1 FROM measured_record").fetchall()[0][0]
    labels = components(edges["l"].astype(np.int64), edges["r"].astype(np.int64), size)
    connection.execute("ALTER TABLE measured_record ADD COLUMN IF NOT EXISTS component INTEGER")
    connection.register("component_of", pa.table({"record_no": np.arange(size), "component": labels}))
    connection.execute(
        "UPDATE measured_record SET component = c.component FROM component_of AS c "
        "WHERE c.record_no = measured_record.record_no"
    )
    connection.unregister("component_of")
    return _b_cubed(connection, "component")


def _by_set(connection: duckdb.DuckDBPyConnection, settings: ResolveSettings) -> dict[str, Figures]:
    """Figures of all pairs of names together, and by the set that the file names."""
    pairs = connection.execute(
        "SELECT p.match_weight, n.label, n.set_name FROM labelled_pair AS n "
        "LEFT JOIN (SELECT l.within, p.match_weight FROM resolve_compared AS p "
        "JOIN resolve_record AS r ON r.record_no = p.l JOIN labelled AS l USING (record_id)) AS p "
        "ON p.within = n.pair ORDER BY n.pair"
    ).fetchnumpy()
    weights = np.nan_to_num(np.ma.filled(pairs["match_weight"].astype(np.float64), -60.0), nan=-60.0)
    same = pairs["label"].astype(np.float64)
    limit = log2(settings.threshold / (1 - settings.threshold))
    found = {}
    for name in ["all", *sorted({s for s in pairs["set_name"].tolist() if s})]:
        inside = np.ones(len(same), dtype=bool) if name == "all" else pairs["set_name"] == name
        over = inside & (weights >= limit)
        number = int(same[inside].sum())
        found[name] = {
            "gold_pairs": number,
            "compared_pairs": int(inside.sum()),
            "shipped": {
                "threshold": settings.threshold,
                **_prf(float(same[over].sum()), float(over.sum()), number),
            },
            "best": _curve(weights[inside], same[inside], number),
        }
    return found


def _mistakes(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings
) -> list[dict[str, Any]]:
    """The worst missed and wrong pairs, with their evidence worked out again."""
    limit = log2(settings.threshold / (1 - settings.threshold))
    wrong = (
        "SELECT l, r, 'wrong' AS mistake, match_weight FROM measured_pair "
        "WHERE NOT is_same AND match_weight >= $limit ORDER BY match_weight DESC, l, r LIMIT $worst"
    )
    missed = (
        "SELECT g.l, g.r, 'missed', p.match_weight FROM gold_pair AS g LEFT JOIN resolve_compared AS p USING (l, r) "
        "WHERE coalesce(p.match_weight, -99) < $limit ORDER BY p.match_weight NULLS FIRST, g.l, g.r LIMIT $worst"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE mistake AS ({wrong}) UNION ALL ({missed})",
        {"limit": limit, "worst": _WORST},
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE resolve_pair AS SELECT row_number() OVER (ORDER BY l, r) - 1 AS unique_id, "
        "l, r, CAST(0 AS UBIGINT) AS rules FROM (SELECT DISTINCT l, r FROM mistake)"
    )
    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
    records = connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
    model = load_model(kind, settings.models).for_size(records)
    score(connection, model, "resolve_evidence", "resolve_score")
    found = connection.execute(
        "SELECT m.mistake, a.record_id, b.record_id, x.name, y.name, s.match_weight, s.match_probability, "
        "m.match_weight IS NOT NULL, to_json({'levels': s, 'values': e}) "
        "FROM mistake AS m JOIN resolve_evidence AS e USING (l, r) JOIN resolve_score AS s USING (unique_id) "
        "JOIN resolve_record AS a ON a.record_no = m.l JOIN resolve_record AS b ON b.record_no = m.r "
        "JOIN labelled AS x ON x.record_id = a.record_id JOIN labelled AS y ON y.record_id = b.record_id "
        "ORDER BY m.mistake, s.match_weight DESC, m.l, m.r"
    ).fetchall()
    connection.execute("DROP TABLE resolve_score")
    return [
        {
            "kind": kind,
            "mistake": mistake,
            "record_id_l": left,
            "record_id_r": right,
            "name_l": name_l,
            "name_r": name_r,
            "match_weight": round(weight, 2),
            "compared": compared,
            "explanation": in_words(model, json.loads(evidence), probability, settings.threshold)[0],
        }
        for mistake, left, right, name_l, name_r, weight, probability, compared, evidence in found
    ]


def _write_errors(path: Path, mistakes: list[dict[str, Any]]) -> None:
    names = ["kind", "mistake", "record_id_l", "record_id_r", "name_l", "name_r", "match_weight", "compared"]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, [*names, "explanation"])
        writer.writeheader()
        writer.writerows(mistakes)
