"""Gateways: the parties without which listed parties would not reach most of their companies."""

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
import rustworkx

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.picture import Picture


def gateways(connection: duckdb.DuckDBPyConnection, listed: Sequence[str]) -> pa.Table:
    """Return the parties whose removal cuts listed parties off from companies, the tightest chokepoint first.

    `companies_cut` is how many companies no listed party would reach over any interest if the party were not
    there (those that it dominates, seen from all listed parties together); `betweenness` is the share of
    shortest chains from listed parties to companies that run over it.
    """
    if not listed:
        raise UsageError("no listed party is given", hint="Name at least one party_id.")
    picture = Picture.around(connection, listed, direction="down")
    pairs = connection.execute(
        "SELECT DISTINCT owner, owned FROM own_edge WHERE owner_party_id IN (FROM own_seen) ORDER BY ALL"
    ).fetchall()
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(picture.size + 1))
    members = np.unique(picture.numbers(listed)).tolist()
    root = picture.size
    graph.add_edges_from_no_data([(root, member) for member in members])
    graph.add_edges_from_no_data([(owner, owned) for owner, owned in pairs if owner != owned])
    above = rustworkx.immediate_dominators(graph, root)
    cut = np.zeros(picture.size + 1, dtype=np.int64)
    for party in _leaves_first(above, root):
        if party not in (root, *members):
            cut[above[party]] += cut[party] + 1
    between = _betweenness(graph, members, picture.size)
    chosen = np.array(
        [party for party in above if party != root and party not in members and cut[party] > 0],
        dtype=np.int64,
    )
    order = chosen[np.lexsort((chosen, -between[chosen], -cut[chosen]))]
    names = dict(connection.execute("SELECT party, name FROM own_party ORDER BY party").fetchall())
    return pa.table(
        {
            "party_id": picture.ids(order),
            "name": pa.array([names[party] for party in order.tolist()], pa.string()),
            "companies_cut": cut[order],
            "betweenness": np.round(between[order], 6),
        }
    )


def _leaves_first(above: dict[int, int], root: int) -> list[int]:
    """Sort the parties of a dominator tree so that each comes before the one above it."""
    depth = {root: 0}
    for party in above:
        way = []
        at = party
        while at not in depth:
            way.append(at)
            at = above[at]
        for step in reversed(way):
            depth[step] = depth[above[step]] + 1
    return sorted((party for party in above if party != root), key=lambda party: (-depth[party], party))


def _betweenness(graph: rustworkx.PyDiGraph, members: list[int], size: int) -> np.ndarray:
    """Share of the shortest chains from the members to companies that run over each party (Brandes)."""
    score = np.zeros(size + 1)
    reached = 0
    for member in members:
        count = {member: 1.0}
        before: dict[int, list[int]] = {member: []}
        depth = {member: 0}
        order = [member]
        for at in order:
            for held in sorted(graph.successor_indices(at)):
                if held not in depth:
                    depth[held] = depth[at] + 1
                    count[held], before[held] = 0.0, []
                    order.append(held)
                if depth[held] == depth[at] + 1:
                    count[held] += count[at]
                    before[held].append(at)
        reached += len(order) - 1
        share = dict.fromkeys(order, 0.0)
        for at in reversed(order):
            for holder in before[at]:
                share[holder] += count[holder] / count[at] * (1 + share[at])
        for at in order[1:]:
            score[at] += share[at]
    return score / max(reached, 1)
