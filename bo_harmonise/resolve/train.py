"""Make the shipped models from labelled records: `python -m bo_harmonise.resolve.train LABELS`.

A model starts from `models/base/<kind>.json`: the comparisons and the weights that an expert gives them.
Training moves the weights to where they explain the labels best and holds them to the rules of the house:
better agreement never weighs less than worse; no agreement of names alone reaches the threshold. Levels
that the labelled records do not show keep the expert's weight. Only weights are written, no records.
"""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log2
from pathlib import Path
from typing import Any

import click
import duckdb
import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, minimize

from bo_harmonise.db import connect, run_file
from bo_harmonise.resolve.labelled import read_labelled
from bo_harmonise.resolve.pipeline import KINDS, begin, block
from bo_harmonise.resolve.scoring import SHIPPED, Model, load_model
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features

Array = npt.NDArray[np.float64]

NAME_ALONE = 2.0
"""Highest match weight that names alone may reach, with nothing else in agreement; the threshold is 3.2."""

_SAME = {"entity": 16.0, "person": 3.0}
"""How many different pairs one pair of the same party counts for. The pairs that blocking leaves are few of
the same and the hardest of the different; more than this costs precision on the lists."""

_PULL = 0.0004
"""How strongly a weight is held to the expert's; chosen so that a level seen in few pairs hardly moves."""


@dataclass(frozen=True)
class Source:
    """A file of labelled records, and how it is to be read."""

    file: str
    kinds: tuple[str, ...]
    weight: float
    ignore: tuple[str, ...] = ()
    within: str | None = None
    own_rate: bool = False
    """The share of matches is that of a test, not of registers: it must not move the prior."""


SOURCES = (
    Source("sanctions_lists.parquet", ("entity", "person"), 1.0),
    Source("listed_companies.parquet", ("entity",), 1.0),
    Source(
        "script_split.parquet",
        ("entity", "person"),
        0.2,
        ("birth_date", "birth_dates", "countries"),
        "block",
        own_rate=True,
    ),
    Source("historical_50k.parquet", ("person",), 0.05, own_rate=True),
    Source("febrl3.parquet", ("person",), 0.02, own_rate=True),
)


@dataclass(frozen=True)
class Patterns:
    """Distinct rows of evidence of one file: levels, fixed part of the weight, and how many pairs are what."""

    levels: npt.NDArray[np.int64]
    prior: float
    fixed: Array
    same: Array
    different: Array


def _level_sql(model: Model) -> list[str]:
    """SQL that codes each comparison as Splink does, from the columns of the evidence."""
    coded = []
    for comparison in model.comparisons:
        cases = []
        for code, level in comparison.levels.items():
            condition = re.sub(r"_l\b", "", level.condition)
            cases.append(f"ELSE {code}" if condition == "ELSE" else f"WHEN {condition} THEN {code}")
        coded.append(f"CASE {' '.join(cases)} END AS {comparison.name}")
    return coded


def _fixed_sql(model: Model) -> str:
    """SQL of the part of the match weight that training leaves alone: term frequency."""
    parts = ["0.0"]
    for raw, comparison in zip(model.settings["comparisons"], model.comparisons, strict=True):
        for level, code in zip(raw["comparison_levels"], comparison.levels, strict=True):
            if "tf_adjustment_column" in level:
                tf = f"coalesce(greatest(coded.tf_{level['tf_adjustment_column']}, {level['tf_minimum_u_value']}), 1)"
                bits = f"{level['tf_adjustment_weight']} * ({log2(level['u_probability'])} - log2({tf}))"
                parts.append(f"CASE WHEN coded.{comparison.name} = {code} THEN {bits} ELSE 0 END")
    return " + ".join(parts)


def _patterns(connection: duckdb.DuckDBPyConnection, model: Model) -> Patterns:
    names = [c.name for c in model.comparisons]
    found = connection.execute(
        f"WITH coded AS (SELECT unique_id, tf_name, tf_address, tf_country, {', '.join(_level_sql(model))} FROM resolve_evidence), "
        f"summed AS (SELECT {', '.join(f'coded.{n}' for n in names)}, round(2 * ({_fixed_sql(model)})) / 2 AS fixed, "
        "x.gold_id = y.gold_id AS is_same FROM coded JOIN resolve_evidence AS e USING (unique_id) "
        "JOIN resolve_record AS a ON a.record_no = e.l JOIN resolve_record AS b ON b.record_no = e.r "
        "JOIN labelled AS x ON x.record_id = a.record_id JOIN labelled AS y ON y.record_id = b.record_id) "
        f"SELECT {', '.join(names)}, fixed, count(*) FILTER (is_same) AS same, "
        "count(*) FILTER (NOT is_same) AS different FROM summed GROUP BY ALL ORDER BY ALL"
    ).fetchnumpy()
    return Patterns(
        levels=np.stack([found[n].astype(np.int64) for n in names], axis=1),
        prior=model.for_size(
            connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
        ).prior_weight,
        fixed=found["fixed"].astype(np.float64),
        same=_SAME[model.kind] * found["same"].astype(np.float64),
        different=found["different"].astype(np.float64),
    )


def collect(labels: Path, models: dict[str, Model]) -> dict[str, list[tuple[Source, Patterns]]]:
    """Compare the labelled records of every source and count the patterns of their evidence."""
    found: dict[str, list[tuple[Source, Patterns]]] = {kind: [] for kind in KINDS}
    for source in SOURCES:
        with connect() as connection, tempfile.TemporaryDirectory() as folder:
            read_labelled(connection, labels / source.file, ignore=source.ignore, within=source.within)
            build_features(connection, Path(folder))
            begin(connection)
            for kind in KINDS:
                block(connection, kind, Path(folder), ResolveSettings())
                if kind in source.kinds:
                    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
                    found[kind].append((source, _patterns(connection, models[kind])))
                connection.execute(
                    "INSERT INTO resolve_cluster SELECT record_no, record_no FROM resolve_record WHERE kind = ?",
                    [kind],
                )
    return found


class _Layout:
    """Where each weight stands in the vector that is fitted."""

    def __init__(self, model: Model, rates: int) -> None:
        self.codes = [sorted(c for c in comparison.levels if c >= 0) for comparison in model.comparisons]
        self.start = np.cumsum([0, *(len(c) for c in self.codes)])
        self.size = int(self.start[-1]) + rates
        self.base = np.zeros(self.size)
        for i, comparison in enumerate(model.comparisons):
            for code in self.codes[i]:
                self.base[self.start[i] + code] = comparison.levels[code].match_weight

    def bounds(self) -> list[tuple[float, float]]:
        """What an expert holds to be for or against a match keeps two thirds of its weight, up to three times.

        Labelled lists hold few namesakes and few months of birth; registers hold many of both.
        """
        low = np.minimum(self.base * 2 / 3, self.base * 3)
        high = np.maximum(self.base * 2 / 3, self.base * 3)
        first = slice(0, int(self.start[1]))
        low[first], high[first] = -20, 20
        low[int(self.start[-1]) :], high[int(self.start[-1]) :] = -20, 20
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def design(self, patterns: Patterns, rate: int | None) -> Array:
        """One row a pattern, one column a weight."""
        matrix = np.zeros((len(patterns.fixed), self.size))
        for i in range(len(self.codes)):
            known = patterns.levels[:, i] >= 0
            matrix[np.nonzero(known)[0], self.start[i] + patterns.levels[known, i]] = 1
        if rate is not None:
            matrix[:, int(self.start[-1]) + rate] = 1
        return matrix


def _constraints(model: Model, layout: _Layout) -> LinearConstraint:
    rows, low, high = [], [], []
    for i in range(len(layout.codes)):
        for code in layout.codes[i][1:]:
            row = np.zeros(layout.size)
            row[layout.start[i] + code], row[layout.start[i] + code - 1] = 1, -1
            rows.append(row)
            low.append(0.2)
            high.append(np.inf)
    levels = model.settings["comparisons"][0]["comparison_levels"]
    for code, level in zip(model.comparisons[0].levels, levels, strict=True):
        if "tf_adjustment_column" in level:
            row = np.zeros(layout.size)
            row[layout.start[0] + code] = 1
            rare = level["tf_adjustment_weight"] * (
                log2(level["u_probability"]) - log2(level["tf_minimum_u_value"])
            )
            rows.append(row)
            low.append(-np.inf)
            high.append(NAME_ALONE - model.prior_weight - rare)
    return LinearConstraint(np.stack(rows), np.array(low), np.array(high))


def fit(model: Model, data: Sequence[tuple[Source, Patterns]]) -> dict[str, dict[int, float]]:
    """Fit the weights of a model; returns them by comparison and level."""
    rates = [i for i, (source, _) in enumerate(data) if source.own_rate]
    layout = _Layout(model, len(rates))
    blocks = []
    for i, (source, patterns) in enumerate(data):
        matrix = layout.design(patterns, rates.index(i) if i in rates else None)
        total = (patterns.same + patterns.different).sum()
        blocks.append((source.weight / total, matrix, patterns))
    weights_end = int(layout.start[-1])

    def loss(x: Array) -> tuple[float, Array]:
        away = x[:weights_end] - layout.base[:weights_end]
        value = _PULL / 2 * float(away @ away) * 0.01
        gradient = np.zeros(layout.size)
        gradient[:weights_end] = _PULL * 0.01 * away
        for scale, matrix, patterns in blocks:
            z = log(2) * (patterns.prior + patterns.fixed + matrix @ x)
            value += scale * float(
                patterns.same @ np.logaddexp(0, -z) + patterns.different @ np.logaddexp(0, z)
            )
            p = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
            gradient += scale * log(2) * (matrix.T @ (patterns.different * p - patterns.same * (1 - p)))
        return value, gradient

    found = minimize(
        loss,
        layout.base,
        jac=True,
        method="SLSQP",
        bounds=layout.bounds(),
        constraints=[_constraints(model, layout)],
        options={"maxiter": 400, "ftol": 1e-10},
    )
    return {
        comparison.name: {code: float(found.x[layout.start[i] + code]) for code in layout.codes[i]}
        for i, comparison in enumerate(model.comparisons)
    }


def with_weights(model: Model, weights: dict[str, dict[int, float]]) -> dict[str, Any]:
    """The settings of a model with other weights: u stays, m is what the weight makes of it."""
    settings: dict[str, Any] = json.loads(json.dumps(model.settings))
    for raw, comparison in zip(settings["comparisons"], model.comparisons, strict=True):
        for level, code in zip(raw["comparison_levels"], comparison.levels, strict=True):
            if code >= 0:
                weight = round(weights[comparison.name][code], 2)
                level["u_probability"] = min(level["u_probability"], 2.0 ** -max(weight, 0))
                level["m_probability"] = level["u_probability"] * 2.0**weight
    return settings


@click.command()
@click.argument("labels", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=SHIPPED, help="Folder for the models.")
def main(labels: Path, out: Path) -> None:
    """Make entity.json and person.json from the labelled records in the folder LABELS."""
    models = {kind: load_model(kind, SHIPPED / "base") for kind in KINDS}
    data = collect(labels, models)
    out.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        weights = fit(models[kind], data[kind])
        text = json.dumps(with_weights(models[kind], weights), indent=2) + "\n"
        (out / f"{kind}.json").write_text(text, encoding="utf-8")
        click.echo(f"{kind}: {weights}", err=True)


if __name__ == "__main__":
    main()
