"""Precision, recall and F1 of pairs, the best threshold, and B-cubed of clusters."""

from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

Figures = dict[str, Any]
Column = npt.NDArray[Any]

PRECISION = 0.95
"""Precision at which recall is given."""


def columns(
    connection: duckdb.DuckDBPyConnection, query: str, values: Figures | None = None
) -> dict[str, Column]:
    """Run a query and return its columns as arrays by name."""
    table: pa.Table = connection.sql(query, params=values).to_arrow_table()
    return {name: np.asarray(table[name].to_numpy()) for name in table.column_names}


def ratio(part: float, whole: float) -> float:
    """Divide, giving 0 for nothing of nothing."""
    return float(part) / float(whole) if whole else 0.0


def prf(true: float, found: float, wanted: float) -> Figures:
    """Precision, recall and F1 of `true` correct ones among `found`, where there are `wanted`.

    >>> prf(8, 10, 16)
    {'precision': 0.8, 'recall': 0.5, 'f1': 0.6154}
    """
    return {
        "precision": round(ratio(true, found), 4),
        "recall": round(ratio(true, wanted), 4),
        "f1": round(ratio(2 * true, found + wanted), 4),
    }


def at_threshold(weights: Column, same: Column, limit: float, wanted: int) -> Figures:
    """Figures of the pairs whose match weight reaches a limit."""
    over = weights >= limit
    return prf(float(same[over].sum()), float(over.sum()), wanted)


def best_threshold(weights: Column, same: Column, wanted: int) -> Figures:
    """Find the threshold of the best F1, and the best recall at precision .95."""
    if not len(weights):
        return {"threshold": 1.0, **prf(0, 0, wanted), "recall_at_precision_95": 0.0}
    order = np.argsort(-weights, kind="stable")
    ranked, true = weights[order], np.cumsum(same[order])
    last = np.append(ranked[1:] != ranked[:-1], True)
    found = np.arange(1, len(ranked) + 1)
    ranked, true, found = ranked[last], true[last], found[last]
    best = int(np.argmax(2 * true / (found + wanted)))
    precise = true[true / found >= PRECISION]
    return {
        "threshold": float(1 / (1 + 2.0 ** -ranked[best])),
        "match_weight": round(float(ranked[best]), 3),
        **prf(float(true[best]), float(found[best]), wanted),
        "recall_at_precision_95": round(ratio(float(precise[-1]) if len(precise) else 0.0, wanted), 4),
    }


def b_cubed(clusters: Column, gold: Column) -> Figures:
    """B-cubed precision, recall and F1 of one label a record against the true one.

    >>> b_cubed(np.array([1, 1, 2]), np.array(["a", "a", "a"]))
    {'precision': 1.0, 'recall': 0.5556, 'f1': 0.7143}
    """
    _, ours = np.unique(clusters, return_inverse=True)
    _, theirs = np.unique(gold, return_inverse=True)
    cells, both = np.unique(np.stack([ours, theirs], axis=1), axis=0, return_counts=True)
    in_ours, in_theirs = np.bincount(ours), np.bincount(theirs)
    precision = float((both * both / in_ours[cells[:, 0]]).sum() / len(ours))
    recall = float((both * both / in_theirs[cells[:, 1]]).sum() / len(ours))
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(ratio(2 * precision * recall, precision + recall), 4),
    }
