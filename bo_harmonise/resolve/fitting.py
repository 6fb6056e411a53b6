"""Fit the weights of a model to patterns of evidence, within the rules of the house.

Better agreement never weighs less than worse; what an expert holds to be for or against a match stays so;
no agreement of names alone reaches the threshold. What the data do not show keeps the expert's weight.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, log2
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.optimize import LinearConstraint, minimize

from bo_harmonise.errors import ResolutionError
from bo_harmonise.resolve.scoring import Model

Array = npt.NDArray[np.float64]
Weights = dict[str, dict[int, float]]
"""Match weights by comparison and code of level."""

NAME_ALONE = 2.0
"""Highest match weight that names alone may reach, with nothing else in agreement; the threshold is 3.2."""

_PULL = 4e-6
"""How strongly a weight is held to the expert's; chosen so that a level seen in few pairs hardly moves."""

ENOUGH = 1000
"""Pairs that the model takes to be the same, and to be different, below which a model is not re-estimated."""

_ROUNDS = 4


@dataclass(frozen=True)
class Patterns:
    """Distinct rows of evidence: levels, the parts of the match weight that are not fitted, and counts.

    `weight` is what these data count for beside others. With `own_rate` their share of matches is that of a
    test, not of registers, and must not move the weights.
    """

    levels: npt.NDArray[np.int64]
    prior: float
    fixed: Array
    same: Array
    different: Array
    weight: float = 1.0
    own_rate: bool = False


def level_columns(model: Model) -> str:
    """Write the SQL that codes each comparison as Splink does, from the columns of the evidence."""
    coded = []
    for comparison in model.comparisons:
        cases = []
        for code, level in comparison.levels.items():
            condition = re.sub(r"_l\b", "", level.condition)
            cases.append(f"ELSE {code}" if condition == "ELSE" else f"WHEN {condition} THEN {code}")
        coded.append(f"CASE {' '.join(cases)} END AS level_{comparison.name}")
    return ", ".join(coded)


def fixed_part(model: Model) -> str:
    """Write the SQL of the part of the match weight that is not fitted: term frequency."""
    parts = ["0.0"]
    for raw, comparison in zip(model.settings["comparisons"], model.comparisons, strict=True):
        for level, code in zip(raw["comparison_levels"], comparison.levels, strict=True):
            if "tf_adjustment_column" in level:
                least = level["tf_minimum_u_value"]
                tf = f"coalesce(greatest(tf_{level['tf_adjustment_column']}, {least}), 1)"
                bits = f"{level['tf_adjustment_weight']} * ({log2(level['u_probability'])} - log2({tf}))"
                parts.append(f"CASE WHEN level_{comparison.name} = {code} THEN {bits} ELSE 0 END")
    return " + ".join(parts)


def read_patterns(connection: duckdb.DuckDBPyConnection, model: Model, same: str = "false") -> Patterns:
    """Count the patterns of `resolve_evidence`; `same` is SQL on its l and r that tells the true pairs."""
    names = [f"level_{c.name}" for c in model.comparisons]
    listed = ", ".join(names)
    rows: pa.Table = connection.sql(
        f"WITH coded AS (SELECT *, {level_columns(model)} FROM resolve_evidence) "
        f"SELECT {listed}, round(2 * ({fixed_part(model)})) / 2 AS fixed, "
        f"count(*) FILTER ({same}) AS same, count(*) FILTER (NOT ({same})) AS different "
        "FROM coded GROUP BY ALL ORDER BY ALL"
    ).to_arrow_table()
    records = connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
    columns = {name: np.asarray(rows[name].to_numpy()) for name in rows.column_names}
    return Patterns(
        levels=np.stack([columns[n].astype(np.int64) for n in names], axis=1),
        prior=model.for_size(records).prior_weight,
        fixed=columns["fixed"].astype(np.float64),
        same=columns["same"].astype(np.float64),
        different=columns["different"].astype(np.float64),
    )


class _Layout:
    """Where each weight stands in the vector that is fitted; the rates of test data come last."""

    def __init__(self, model: Model, rates: int) -> None:
        self.codes = [sorted(c for c in comparison.levels if c >= 0) for comparison in model.comparisons]
        self.start = [int(n) for n in np.cumsum([0, *(len(c) for c in self.codes)])]
        self.end = self.start[-1]
        self.base = np.zeros(self.end + rates)
        for i, comparison in enumerate(model.comparisons):
            for code in self.codes[i]:
                self.base[self.start[i] + code] = comparison.levels[code].match_weight

    def bounds(self) -> list[tuple[float, float]]:
        """Hold what an expert finds for or against a match to two thirds to three times its weight.

        Labelled lists hold few namesakes and few months of birth; registers hold many of both.
        """
        low = np.minimum(self.base * 2 / 3, self.base * 3)
        high = np.maximum(self.base * 2 / 3, self.base * 3)
        # Names are free, but different ones speak against a match whatever else of the two is alike: many
        # companies have one agent, owner and country.
        names = slice(0, self.start[1])
        low[names], high[names] = -20, np.where(self.base[names] < -6, self.base[names] / 2, 20)
        low[self.end :], high[self.end :] = -20, 20
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def design(self, patterns: Patterns, rate: int | None) -> Array:
        """One row a pattern, one column a weight."""
        matrix = np.zeros((len(patterns.fixed), len(self.base)))
        for i in range(len(self.codes)):
            known = patterns.levels[:, i] >= 0
            matrix[np.nonzero(known)[0], self.start[i] + patterns.levels[known, i]] = 1
        if rate is not None:
            matrix[:, self.end + rate] = 1
        return matrix

    def constraints(self, model: Model) -> LinearConstraint:
        """Keep levels in order, and names alone below the threshold."""
        rows: list[Array] = []
        low: list[float] = []
        high: list[float] = []
        for i, codes in enumerate(self.codes):
            for code in codes[1:]:
                row = np.zeros(len(self.base))
                row[self.start[i] + code], row[self.start[i] + code - 1] = 1, -1
                rows.append(row)
                low.append(0.2)
                high.append(np.inf)
        levels = model.settings["comparisons"][0]["comparison_levels"]
        for code, level in zip(model.comparisons[0].levels, levels, strict=True):
            if "tf_adjustment_column" in level:
                row = np.zeros(len(self.base))
                row[code] = 1
                bits = log2(level["u_probability"]) - log2(level["tf_minimum_u_value"])
                rows.append(row)
                low.append(-np.inf)
                high.append(NAME_ALONE - model.prior_weight - level["tf_adjustment_weight"] * bits)
        return LinearConstraint(np.stack(rows), np.array(low), np.array(high))


def fit(model: Model, data: Sequence[Patterns]) -> Weights:
    """Fit the weights of a model to patterns whose counts of same and different pairs are known."""
    rates = [i for i, patterns in enumerate(data) if patterns.own_rate]
    layout = _Layout(model, len(rates))
    blocks = [
        (
            patterns.weight / (patterns.same + patterns.different).sum(),
            layout.design(patterns, rates.index(i) if i in rates else None),
            patterns,
        )
        for i, patterns in enumerate(data)
    ]

    def loss(x: Array) -> tuple[float, Array]:
        away = np.where(np.arange(len(x)) < layout.end, x - layout.base, 0)
        value = _PULL / 2 * float(away @ away)
        gradient = _PULL * away
        for scale, matrix, patterns in blocks:
            z = log(2) * (patterns.prior + patterns.fixed + matrix @ x)
            wrong = patterns.same @ np.logaddexp(0, -z) + patterns.different @ np.logaddexp(0, z)
            p = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
            value += scale * float(wrong)
            gradient += scale * log(2) * (matrix.T @ (patterns.different * p - patterns.same * (1 - p)))
        return value, gradient

    found = minimize(
        loss,
        layout.base,
        jac=True,
        method="SLSQP",
        bounds=layout.bounds(),
        constraints=[layout.constraints(model)],
        options={"maxiter": 400, "ftol": 1e-10},
    )
    return {
        comparison.name: {code: float(found.x[layout.start[i] + code]) for code in layout.codes[i]}
        for i, comparison in enumerate(model.comparisons)
    }


def with_weights(model: Model, weights: Mapping[str, Mapping[int, float]]) -> Model:
    """Return the model with other weights: u stays where m allows it, m is what the weight makes of it."""
    settings: dict[str, Any] = json.loads(json.dumps(model.settings))
    for raw, comparison in zip(settings["comparisons"], model.comparisons, strict=True):
        for level, code in zip(raw["comparison_levels"], comparison.levels, strict=True):
            if code >= 0:
                _set_weight(level, weights[comparison.name][code])
    return Model(model.kind, settings)


def _set_weight(level: dict[str, Any], weight: float) -> None:
    """Write m and u of a level, so that the weight at any rarity is the one fitted.

    m is a probability, so that a weight above -log2(u) needs a smaller u. Rarity is weighed against u, hence
    what it then takes off the weight is put on again.
    """
    bits = -log2(level["u_probability"])
    if weight > bits:
        share = level["tf_adjustment_weight"] if "tf_adjustment_column" in level else 0.0
        weight = (weight - share * bits) / (1 - share)
        level["u_probability"] = 2.0 ** -round(weight, 2)
    level["m_probability"] = level["u_probability"] * 2.0 ** round(weight, 2)


def _weigh(model: Model, patterns: Patterns) -> Array:
    layout = _Layout(model, 0)
    weights: Array = patterns.prior + patterns.fixed + layout.design(patterns, None) @ layout.base
    return weights


def re_estimate(model: Model, patterns: Patterns) -> Model:
    """Re-estimate the weights of a model on pairs without labels, by expectation maximisation.

    Each round takes the model's own probabilities as the counts of same and different pairs. Raises
    ResolutionError when there are not enough pairs of either sort to learn from.
    """
    pairs = patterns.same + patterns.different
    for _ in range(_ROUNDS):
        p = 1 / (1 + 2.0 ** -np.clip(_weigh(model, patterns), -60, 60))
        same = float(pairs @ p)
        if min(same, float(pairs.sum()) - same) < ENOUGH:
            raise ResolutionError(
                f"Too few pairs to re-estimate the {model.kind} model: {same:,.0f} of "
                f"{pairs.sum():,.0f} compared pairs look the same, {ENOUGH:,} of either sort are needed.",
                hint="Leave out --train: the shipped models are made for data of any size.",
            )
        model = with_weights(
            model, fit(model, [replace(patterns, same=pairs * p, different=pairs * (1 - p))])
        )
    return model
