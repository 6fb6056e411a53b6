"""Hold what the tool says about a world against the truth: pairs of records, and whole questions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.db import connect, run_file
from bo_harmonise.errors import InputError
from bo_harmonise.resolve.figures import Figures, b_cubed, columns, prf, ratio
from bo_harmonise.world.truth import TABLES

SQL = Path(__file__).parent / "sql"

TOLERANCE = 1e-6
"""How far, in percentage points, a true share may lie outside an interval: the rounding of arithmetic."""

_ENOUGH = 20
"""Cases that a phenomenon must have to be named among the weakest."""
_NAMED = 12


@dataclass(frozen=True)
class WorldEvaluation:
    """Figures of a world by question."""

    figures: Figures

    def to_json(self) -> Figures:
        """Return `{person, entity, hidden_common_owners, ultimate_owners, weakest}`; see docs/world.md."""
        return self.figures


def truth_files(world: Path) -> dict[str, str]:
    """Return the truth tables of a world; InputError when the folder is none."""
    files = {name: world / "truth" / f"{name}.parquet" for name in TABLES}
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        raise InputError(
            f"{world} is no invented world: {missing[0]} is missing.",
            hint=f"Make one: bo-harmonise world --companies 10000 --seed 1 -o {world}",
        )
    return {name: str(path) for name, path in files.items()}


def evaluate_world(world: Path, database: Path, *, threshold: float) -> WorldEvaluation:
    """Compare a database that was built from the registers of a world with its truth.

    `threshold` is that of the run, and only repeated. InputError when the folder is no world, or the database
    has records that the world does not know.
    """
    files = truth_files(world)
    with connect(database, read_only=True) as connection:
        known, in_workspace = run_file(connection, SQL / "truth.sql", files).fetchall()[0]
        if not known or known != in_workspace:
            raise InputError(
                f"{database}: {in_workspace - known} of {in_workspace} records are not of the world {world}.",
                hint="Name the workspace into which the files of this world, and no others, were taken.",
            )
        figures: Figures = {kind: _pairs(connection, kind, threshold) for kind in ("person", "entity")}
        figures["hidden_common_owners"] = _hidden(connection)
        figures["ultimate_owners"] = _ultimate(connection)
    figures["weakest"] = _weakest(figures)
    return WorldEvaluation(figures)


def _pairs(connection: duckdb.DuckDBPyConnection, kind: str, threshold: float) -> Figures:
    """Measure the clusters of one kind as `evaluate` does for labelled records."""
    run_file(connection, SQL / "pairs.sql", {"kind": kind})
    records = columns(
        connection,
        "SELECT truth, found FROM true_record WHERE kind = $kind ORDER BY record_id",
        {"kind": kind},
    )
    wanted, true = _row(connection, "SELECT count(*), count(*) FILTER (is_joined) FROM true_pair")
    wrong = _row(connection, "SELECT count(*) FROM wrong_pair")[0]
    return {
        "records": len(records["truth"]),
        "gold_pairs": wanted,
        "joined_pairs": true + wrong,
        "shipped": {
            "threshold": threshold,
            **prf(true, true + wrong, wanted),
            "b_cubed": b_cubed(records["found"], records["truth"]),
        },
        "by_phenomenon": {
            row["phenomenon"]: {
                "gold_pairs": row["wanted"],
                "wrong_pairs": row["joined_wrongly"],
                **prf(row["joined_rightly"], row["joined_rightly"] + row["joined_wrongly"], row["wanted"]),
            }
            for row in _rows(connection, "pairs_by_phenomenon")
        },
    }


def _hidden(connection: duckdb.DuckDBPyConnection) -> Figures:
    run_file(connection, SQL / "hidden.sql")
    found = {row["pattern"]: _owner_figures(row) for row in _rows(connection, "hidden_figures")}
    total = found.pop("total")
    statuses = connection.execute(
        "SELECT coalesce(status, 'not true'), count(*) FROM judged_owner GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {**total, "rows_by_status": dict(statuses), "by_pattern": found}


def _owner_figures(row: dict[str, Any]) -> Figures:
    return {
        "precision": round(ratio(row["is_right"], row["found"]), 4),
        "recall": round(ratio(row["reached"], row["wanted"]), 4),
        "rows": row["found"],
        "wrong": row["found"] - row["is_right"],
        "wanted": row["wanted"],
        "missed": row["wanted"] - row["reached"],
    }


def _ultimate(connection: duckdb.DuckDBPyConnection) -> Figures:
    tolerance = {"tolerance": TOLERANCE}
    run_file(connection, SQL / "ultimate.sql", tolerance)
    found = {row["pattern"]: _share_figures(row) for row in _rows(connection, "ultimate_figures", tolerance)}
    total = found.pop("total")
    return {**total, "by_pattern": found}


def _share_figures(row: dict[str, Any]) -> Figures:
    return {
        "decided": row["decided"],
        "true_inside": row["true_inside"],
        "true_inside_share": round(ratio(row["true_inside"], row["decided"]), 4),
        "answered": row["answered"],
        "shown": row["shown"],
        "found_share": round(ratio(row["reached"], row["shown"]), 4),
        "exact": row["exact"],
        "mean_width": row["mean_width"],
        "median_width": row["median_width"],
    }


def _weakest(figures: Figures) -> list[Figures]:
    """Name the phenomena with the lowest figures, of those that have enough cases."""
    found: list[Figures] = []

    def add(question: str, phenomenon: str, figure: str, value: float, cases: int) -> None:
        if cases >= _ENOUGH and value < 1:
            row = {"question": question, "phenomenon": phenomenon, "figure": figure}
            found.append(row | {"value": value, "cases": cases})

    for kind in ("person", "entity"):
        for name, of in figures[kind]["by_phenomenon"].items():
            add(kind, name, "recall", of["recall"], of["gold_pairs"])
    for name, of in figures["hidden_common_owners"]["by_pattern"].items():
        add("hidden common owners", name, "recall", of["recall"], of["wanted"])
        add("hidden common owners", name, "precision", of["precision"], of["rows"])
    for name, of in figures["ultimate_owners"]["by_pattern"].items():
        add("ultimate owners", name, "true inside", of["true_inside_share"], of["decided"])
        add("ultimate owners", name, "found", of["found_share"], of["shown"])
    return sorted(found, key=lambda row: (row["value"], -row["cases"], row["phenomenon"]))[:_NAMED]


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    found = run_file(connection, SQL / f"{name}.sql", values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(connection.execute(query).fetchall()[0])
