"""Measure resolution on labelled records, and names on labelled pairs of names."""

import csv
import json
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bo_harmonise.db import connect, run_file
from bo_harmonise.errors import UsageError
from bo_harmonise.progress import silent
from bo_harmonise.resolve.cluster import components
from bo_harmonise.resolve.explanation import in_words
from bo_harmonise.resolve.figures import Column, Figures, at_threshold, b_cubed, best_threshold, columns, prf
from bo_harmonise.resolve.labelled import read_labelled, read_labelled_pairs
from bo_harmonise.resolve.pipeline import KINDS, begin, resolve_kind
from bo_harmonise.resolve.scoring import Model, load_model, score
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features

_WORST = 100
"""How many missed and how many wrong pairs of each kind the file of errors holds."""

_ERROR_COLUMNS = (
    *("kind", "mistake", "record_id_l", "record_id_r", "name_l", "name_r"),
    *("match_weight", "compared", "explanation"),
)


@dataclass(frozen=True)
class Evaluation:
    """Figures by kind; of labelled pairs of names also `all`, and by the set that the file names."""

    figures: dict[str, Figures]

    def to_json(self) -> dict[str, Figures]:
        """Return `{kind: {"shipped": {precision, recall, f1, …}, "best": {threshold, …}, …}}`."""
        return self.figures


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
    as empty, `within` names the column whose value both records of a pair share. `pairs` is a Parquet or CSV
    file with name1, name2, label and schema, whose pairs of names are scored; given without `records` its
    figures are the result, beside them they are under `pairs`. `errors` gets the worst mistakes as CSV, each
    with its explanation. Raises InputError when a file or column is missing.
    """
    chosen = settings or ResolveSettings()
    if records is None and pairs is None:
        raise UsageError(
            "evaluate needs labelled records or labelled pairs of names.",
            hint="Name a Parquet file of records, or give --pairs FILE.",
        )
    mistakes: list[dict[str, Any]] = []
    figures: dict[str, Figures] = {}
    if records is not None and records != pairs:
        with _world(chosen) as (connection, work):
            read_labelled(connection, records, ignore=ignore, within=within)
            figures = _resolved(connection, work, chosen, mistakes if errors else None)
    if pairs is not None:
        with _world(chosen) as (connection, work):
            read_labelled_pairs(connection, pairs)
            names = _names(connection, work, chosen)
            figures = {**figures, "pairs": names} if figures else names
    if errors:
        with errors.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, _ERROR_COLUMNS)
            writer.writeheader()
            writer.writerows(mistakes)
    return Evaluation(figures)


@contextmanager
def _world(settings: ResolveSettings) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open a database of its own in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with connect(temp=work / "spill", threads=settings.threads) as connection:
            yield connection, work


def _start(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
    build_features(connection, work)
    begin(connection)
    connection.execute("INSERT INTO record_within SELECT record_id, within FROM labelled")


def _limit(settings: ResolveSettings) -> float:
    return log2(settings.threshold / (1 - settings.threshold))


def _model(connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings) -> Model:
    records = connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
    return load_model(kind, settings.models).for_size(records)


def _resolved(
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    settings: ResolveSettings,
    mistakes: list[dict[str, Any]] | None,
) -> dict[str, Figures]:
    """Resolve the labelled records and measure each kind that there is."""
    _start(connection, work)
    figures = {}
    for kind in KINDS:
        resolve_kind(connection, kind, work, settings, silent)
        run_file(connection, sql_file("measure"), {"kind": kind})
        if connection.execute("SELECT count(*) FROM measured_record").fetchall()[0][0]:
            figures[kind] = _measure(connection, settings)
            if mistakes is not None:
                mistakes += _mistakes(connection, kind, settings)
    return figures


def _measure(connection: duckdb.DuckDBPyConnection, settings: ResolveSettings) -> Figures:
    records = columns(
        connection,
        "SELECT record_no, cluster_no, gold_id || ' ' || coalesce(within, '') AS gold FROM measured_record",
    )
    gold = columns(connection, "SELECT is_joined, match_weight, script, source FROM gold_pair ORDER BY l, r")
    pairs = columns(connection, "SELECT * FROM measured_pair ORDER BY l, r")
    weights, same, wanted = pairs["match_weight"], pairs["is_same"], len(gold["script"])
    sizes = np.unique(records["cluster_no"], return_counts=True)[1]
    best = best_threshold(weights, same, wanted)
    over = weights >= best.get("match_weight", 0.0) - 0.001
    components_at_best = components(pairs["l"][over], pairs["r"][over], int(records["record_no"].max()) + 1)
    return {
        "records": len(records["gold"]),
        "gold_pairs": wanted,
        "compared_pairs": len(weights),
        "never_compared": int(np.isnan(gold["match_weight"].astype(np.float64)).sum()),
        "shipped": {
            "threshold": settings.threshold,
            **prf(float(gold["is_joined"].sum()), float((sizes * (sizes - 1) / 2).sum()), wanted),
            "b_cubed": b_cubed(records["cluster_no"], records["gold"]),
        },
        "best": {**best, "b_cubed": b_cubed(components_at_best[records["record_no"]], records["gold"])},
        **{
            f"by_{part}": {
                str(name): {
                    "gold_pairs": int(number),
                    "shipped": at_threshold(weights[inside], same[inside], _limit(settings), int(number)),
                    "best": best_threshold(weights[inside], same[inside], int(number)),
                }
                for name, number in zip(*np.unique(gold[part].astype(str), return_counts=True), strict=True)
                for inside in [pairs[part] == name]
            }
            for part in ("script", "source")
        },
    }


def _names(
    connection: duckdb.DuckDBPyConnection, work: Path, settings: ResolveSettings
) -> dict[str, Figures]:
    """Score every labelled pair of names, and measure it by kind, all together, and by set."""
    _start(connection, work)
    figures = {}
    for kind in KINDS:
        resolve_kind(connection, kind, work, settings, silent)
        run_file(connection, sql_file("name_pair"), {"kind": kind})
        run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
        score(connection, _model(connection, kind, settings), "resolve_evidence", "resolve_score")
        run_file(connection, sql_file("keep"), {"kind": kind, "review": 99.0})
        run_file(connection, sql_file("measure"), {"kind": kind})
        if connection.execute("SELECT count(*) FROM measured_record").fetchall()[0][0]:
            pairs = columns(connection, "SELECT match_weight, is_same FROM measured_pair")
            figures[kind] = _pair_figures(pairs["match_weight"], pairs["is_same"], settings)
    scored = columns(connection, sql_file("name_pair_scored").read_text(encoding="utf-8"))
    figures["all"] = _pair_figures(scored["match_weight"], scored["is_same"], settings)
    for name in sorted({str(n) for n in scored["set_name"]} - {""}):
        inside = scored["set_name"] == name
        figures[name] = _pair_figures(scored["match_weight"][inside], scored["is_same"][inside], settings)
    return figures


def _pair_figures(weights: Column, same: Column, settings: ResolveSettings) -> Figures:
    wanted = int(same.sum())
    return {
        "gold_pairs": wanted,
        "compared_pairs": len(weights),
        "shipped": {
            "threshold": settings.threshold,
            **at_threshold(weights, same, _limit(settings), wanted),
        },
        "best": best_threshold(weights, same, wanted),
    }


def _mistakes(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings
) -> list[dict[str, Any]]:
    """Find the worst missed and wrong pairs and explain them."""
    run_file(connection, sql_file("mistake"), {"limit": _limit(settings), "worst": _WORST})
    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
    model = _model(connection, kind, settings)
    score(connection, model, "resolve_evidence", "resolve_score")
    found = run_file(connection, sql_file("mistake_told")).fetchall()
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
