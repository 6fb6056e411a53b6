"""Effective ownership beside a bare recursive query and beside walking simple paths.

    python benchmarks/ownership.py [--edges 1000000] [--json]

Three measurements, each of both sides in one process on the same machine and the same edges:

1. acyclic exact stakes: a recursive SQL query that multiplies and adds, against the engine (bounds, open
   ends, counts and shortest chains included), both from a DuckDB table into a DuckDB table;
2. the engine on the same number of edges with loops and bands (the query has no answer to them);
3. a graph that networkx can finish: all simple paths multiplied and added, against the engine.

Only ratios are compared; no absolute time is asserted.
"""

import argparse
import json
import resource
from collections.abc import Callable
from itertools import pairwise
from time import perf_counter
from typing import Any

import duckdb
import networkx as nx
import numpy as np
import pyarrow as pa

from bo_harmonise.db import connect
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Stakes
from bo_harmonise.ownership.rows import Block

_RECURSION = """
CREATE OR REPLACE TABLE bare AS
WITH RECURSIVE walk AS (
  SELECT owner, owned AS company, share FROM edge
  UNION ALL
  SELECT w.owner, e.owned, w.share * e.share FROM walk AS w JOIN edge AS e ON e.owner = w.company
)
SELECT owner, company, sum(share) AS share FROM walk GROUP BY owner, company
"""


def draw(edges: int, *, loops: bool, seed: int = 1) -> dict[str, np.ndarray]:
    """Draw stakes of half as many persons and 0.7 times as many companies as there are edges.

    Seven in ten stakes are of persons. Without loops a company holds only companies with a higher number;
    with loops one stake in twenty of those between companies points back, and every third has a band.
    """
    rng = np.random.default_rng(seed)
    persons, companies = edges // 2, edges * 7 // 10
    wanted = int(edges * 1.02)
    personal = int(wanted * 0.7)
    low = rng.integers(0, companies, wanted - personal)
    high = np.minimum(low + 1 + rng.integers(0, companies // 3, wanted - personal), companies - 1)
    if loops:
        back = rng.random(len(low)) < 0.05
        near = np.minimum(low + 1 + rng.integers(0, 3, len(low)), companies - 1)
        low[back], high[back] = near[back], low[back]
        # Every stake that points back closes a loop with one that points forward.
        low, high = np.concatenate((low, high[back])), np.concatenate((high, low[back]))
    owner = np.concatenate((rng.integers(0, persons, personal), persons + low))
    owned = persons + np.concatenate((rng.integers(0, companies, personal), high))
    pairs = np.unique(np.stack((owner, owned)), axis=1)
    pairs = pairs[:, pairs[0] != pairs[1]]
    pairs = np.sort(rng.permutation(pairs.shape[1])[:edges]), pairs
    owner, owned = pairs[1][:, pairs[0]]
    holders = np.bincount(owned, minlength=persons + companies)
    share = rng.uniform(0.4, 1.0, len(owner)) / holders[owned]
    band = (rng.random(len(owner)) < 1 / 3) if loops else np.zeros(len(owner), dtype=bool)
    return {
        "owner": owner,
        "owned": owned,
        "share": share,
        "high": np.where(band, np.minimum(share + 0.25, 1.0), share),
    }


def engine(connection: duckdb.DuckDBPyConnection, size: int, table: str, into: str) -> Block:
    """Run the engine from one table into another."""
    columns = connection.execute(f"SELECT owner, owned, share, high FROM {table}").fetchnumpy()
    stakes = Stakes.of(size, columns["owner"], columns["owned"], low=columns["share"], high=columns["high"])
    block = effective(stakes)
    found = pa.table({name: getattr(block, name) for name in ("owner", "company", "low", "high", "count")})
    connection.register("found", found)
    connection.execute(f"CREATE OR REPLACE TABLE {into} AS FROM found")
    connection.unregister("found")
    return block


def alternate(
    actions: dict[str, Callable[[], Any]], rounds: int = 5
) -> tuple[dict[str, float], dict[str, Any]]:
    """Run actions in turn, so that other work on the machine falls on all alike; best times and results."""
    best, results = dict.fromkeys(actions, float("inf")), {}
    for _ in range(rounds):
        for name, action in actions.items():
            began = perf_counter()
            results[name] = action()
            best[name] = min(best[name], perf_counter() - began)
    return best, results


def timed(action: Any, *arguments: Any, repeat: int = 3) -> tuple[float, Any]:
    """Best of some runs, in seconds, and the result."""
    best, result = float("inf"), None
    for _ in range(repeat):
        began = perf_counter()
        result = action(*arguments)
        best = min(best, perf_counter() - began)
    return best, result


def peak() -> float:
    """Peak memory of the process so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def walk_paths(edges: dict[str, np.ndarray]) -> dict[tuple[int, int], float]:
    """Multiply and add all simple paths from every party that nobody holds."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(
        zip(*(edges[name].tolist() for name in ("owner", "owned", "share")), strict=True)
    )
    found: dict[tuple[int, int], float] = {}
    for owner in [party for party, degree in graph.in_degree() if degree == 0]:
        for company in nx.descendants(graph, owner):
            total = 0.0
            for path in nx.all_simple_paths(graph, owner, company):
                product = 1.0
                for holder, held in pairwise(path):
                    product *= graph[holder][held]["weight"]
                total += product
            found[owner, company] = total
    return found


def layered(layers: int = 6, width: int = 20, holders: int = 4, seed: int = 2) -> dict[str, np.ndarray]:
    """Draw layers of companies, each held by some of the layer above: many chains, and an end to them."""
    rng = np.random.default_rng(seed)
    owner, owned = [], []
    for layer in range(1, layers):
        for company in range(width):
            for holder in rng.choice(width, holders, replace=False):
                owner.append((layer - 1) * width + int(holder))
                owned.append(layer * width + company)
    share = np.full(len(owner), 1.0 / holders)
    return {"owner": np.array(owner), "owned": np.array(owned), "share": share, "high": share}


def run(edges: int) -> dict[str, Any]:
    """Measure and return the figures."""
    size = edges // 2 + edges * 7 // 10
    report: dict[str, Any] = {"edges": edges}
    with connect() as connection:
        looped = draw(edges, loops=True)
        for name, drawn in (("edge", draw(edges, loops=False)), ("looped", looped)):
            connection.register("drawn", pa.table(drawn))
            connection.execute(f"CREATE TABLE {name} AS FROM drawn")
            connection.unregister("drawn")
        seconds, results = alternate(
            {
                "recursion": lambda: connection.execute(_RECURSION).fetchall(),
                "acyclic": lambda: engine(connection, size, "edge", "effective"),
                "loops": lambda: engine(connection, size, "looped", "effective_looped"),
            }
        )
        (worst,) = connection.execute(
            "SELECT max(abs(b.share - e.low)) FROM bare AS b JOIN effective AS e USING (owner, company)"
        ).fetchall()[0]
        (rows,) = connection.execute("SELECT count(*) FROM bare").fetchall()[0]
    report["acyclic"] = {
        "results": rows,
        "results_of_engine": len(results["acyclic"]),
        "largest_difference": worst,
        "recursion_seconds": seconds["recursion"],
        "engine_seconds": seconds["acyclic"],
        "ratio": seconds["acyclic"] / seconds["recursion"],
        "longest_chain": int(results["acyclic"].distance.max()),
    }
    stakes = Stakes.of(size, looped["owner"], looped["owned"], low=looped["share"], high=looped["high"])
    report["loops"] = {
        "results": len(results["loops"]),
        "companies_in_loops": int(stakes.in_loop.sum()),
        "largest_loop": int(stakes.group_size.max()),
        "engine_seconds": seconds["loops"],
        "ratio_to_acyclic_recursion": seconds["loops"] / seconds["recursion"],
        "peak_gib": peak(),
    }
    small = layered()
    size = int(max(small["owned"].max(), small["owner"].max())) + 1
    stakes = Stakes.of(size, small["owner"], small["owned"], low=small["share"], high=small["high"])
    walked, paths = timed(walk_paths, small, repeat=1)
    ours, block = timed(lambda: effective(stakes))
    mine = {
        (o, c): s for o, c, s in zip(block.owner.tolist(), block.company.tolist(), block.low, strict=True)
    }
    report["simple_paths"] = {
        "edges": len(small["owner"]),
        "pairs": len(paths),
        "largest_difference": max(abs(share - mine[pair]) for pair, share in paths.items()),
        "networkx_seconds": walked,
        "engine_seconds": ours,
        "times_faster": walked / ours,
    }
    return report


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    arguments = parser.parse_args()
    report = run(arguments.edges)
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    for section, figures in report.items():
        if not isinstance(figures, dict):
            print(f"{section}: {figures:,}")
            continue
        print(f"\n{section}")
        for name, value in figures.items():
            shown = f"{value:,.3g}" if isinstance(value, float) else f"{value:,}"
            print(f"  {name.replace('_', ' '):32} {shown:>12}")


if __name__ == "__main__":
    main()
