"""Loops: the series over all ways round a strongly connected component, solved exactly and densely."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path

from bo_harmonise.ownership.graph import Flags, Floats, Ints, Stakes, spread

_COUNTED = 12
"""Largest component whose simple chains are counted by walking them."""

_STEPS = 50_000
"""Steps after which the counting is given up: ten companies that all hold each other have ten million."""


@dataclass(frozen=True)
class Loops:
    """All ordered pairs (source, target) inside the components, sorted by source.

    `weight` is the series over all chains from source to target (1 and more where they are the same),
    `own_weight` the same without chains that come back to the source, `paths` the number of simple chains,
    `distance` the length of the shortest and `last` the party before the target on it.
    """

    first: Ints
    source: Ints
    target: Ints
    weight: Floats
    own_weight: Floats
    weight_open: Flags
    paths: Floats
    distance: Ints
    last: Ints

    @classmethod
    def of(cls, stakes: Stakes, companies: Ints) -> "Loops":
        """Solve the components that the `companies` make up, those of one size at once."""
        order = companies[np.lexsort((companies, stakes.groups[companies]))]
        group = stakes.groups[order]
        begin = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
        sizes = np.diff(np.concatenate((begin, [len(order)])))
        parts = []
        for size in np.flatnonzero(np.bincount(sizes)):
            members = order[begin[sizes == size][:, None] + np.arange(size)]
            step = max(1, 4_000_000 // int(size) ** 3)
            for first, last in pairwise([*range(0, len(members), step), len(members)]):
                parts.append(_solve(stakes, members[first:last]))
        joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
        by_source = np.lexsort((joined[1], joined[0]))
        source = joined[0][by_source]
        first_of = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=stakes.size))))
        return cls(first_of.astype(np.int64), *(column[by_source] for column in joined))

    def steps_from(self, parties: Ints) -> Ints:
        """Positions of the pairs that start at each of the parties, one after another."""
        return spread(self.first[parties], self.first[parties + 1])

    def fan_out(self, parties: Ints) -> Ints:
        """Return how many pairs start at each of the parties."""
        return self.first[parties + 1] - self.first[parties]


def _solve(stakes: Stakes, members: Ints) -> tuple[np.ndarray, ...]:
    """Solve components of one size: `members` has one row a component."""
    count, size = members.shape
    low, is_open, linked = _matrices(stakes, members)
    weight, own = _series(low, stakes.closed[members])
    around = np.matmul(np.matmul(weight, low * is_open), weight)
    distance, last = _shortest(linked)
    paths = _paths(linked)
    source = np.broadcast_to(members[:, :, None], (count, size, size))
    target = np.broadcast_to(members[:, None, :], (count, size, size))
    before = np.take_along_axis(target, last, axis=2)
    reachable = np.isfinite(distance)
    return tuple(
        column[reachable]
        for column in (
            source,
            target,
            weight,
            own,
            around > 0,
            paths,
            np.where(reachable, distance, 0).astype(np.int64),
            before,
        )
    )


def _matrices(stakes: Stakes, members: Ints) -> tuple[Floats, Flags, Flags]:
    """Stakes inside each component: lower bounds, whether they are open, whether there are any."""
    count, size = members.shape
    place = np.full(stakes.size, -1, dtype=np.int64)
    place[members] = np.arange(size)
    which = np.full(stakes.size, -1, dtype=np.int64)
    which[members] = np.arange(count)[:, None]
    flat = members.ravel()
    edges = spread(stakes.first_in[flat], stakes.first_in[flat + 1])
    owner, owned = stakes.owner[edges], stakes.owned[edges]
    inside = stakes.inside[edges]
    edges, owner, owned = edges[inside], owner[inside], owned[inside]
    at = (which[owner], place[owner], place[owned])
    low = np.zeros((count, size, size))
    low[at] = stakes.turning[edges]
    is_open = np.zeros((count, size, size), dtype=np.bool_)
    is_open[at] = stakes.low_open[edges]
    linked = np.zeros((count, size, size), dtype=np.bool_)
    linked[at] = True
    return low, is_open, linked


def _inverse(matrix: np.ndarray) -> np.ndarray:
    """Inverse of each matrix of a stack."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _series(low: Floats, closed: Ints) -> tuple[Floats, Floats]:
    """`(I - W)^-1` of each component, and its rows without chains that come back to the source."""
    eye = np.eye(low.shape[1])
    singular: np.ndarray = np.asarray((closed >= 0).any(axis=1))
    weight = _inverse(eye - np.where(singular[:, None, None], 0.0, low))
    own = weight / np.diagonal(weight, axis1=1, axis2=2)[:, :, None]
    for which in np.flatnonzero(singular):
        weight[which], own[which] = _series_of_closed(low[which], closed[which])
    return np.maximum(weight, 0.0), np.maximum(own, 0.0)


def _series_of_closed(low: Floats, closed: Ints) -> tuple[np.ndarray, np.ndarray]:
    """Solve a component of which a part holds itself wholly, holder by holder."""
    size = len(low)
    eye = np.eye(size)
    stays = np.asarray(closed >= 0)
    weight = _inverse(eye - np.where(stays[None, :], 0.0, low))
    own = np.zeros_like(low)
    for holder in range(size):
        ends: np.ndarray = np.logical_and(stays, closed != closed[holder])
        ends[holder] = True
        own[holder] = _inverse(eye - np.where(np.asarray(ends)[None, :], 0.0, low))[holder]
    return weight, own


def _shortest(linked: Flags) -> tuple[Floats, Ints]:
    """Lengths of the shortest chains, and the place of the party before the target (the first of equals)."""
    count, size, _ = linked.shape
    distance = np.empty(linked.shape)
    last = np.zeros(linked.shape, dtype=np.int64)
    for which in range(count) if size > 2 else ():
        distance[which] = shortest_path(csr_matrix(linked[which]), unweighted=True)
    if size <= 2:
        distance[:] = 1.0 - np.eye(size)
    for target in range(size):
        ahead = np.where(linked[:, :, target][:, None, :], distance, np.inf)
        last[:, :, target] = np.argmin(ahead, axis=2)
    return distance, last


def _paths(linked: Flags) -> Floats:
    """Numbers of simple chains between the members; inf where the component is too large to walk."""
    size = linked.shape[1]
    if size > _COUNTED:
        return np.full(linked.shape, np.inf)
    known: dict[bytes, Floats] = {}
    paths = np.empty(linked.shape)
    for which, matrix in enumerate(linked):
        key = matrix.tobytes()
        if key not in known:
            known[key] = _walk(matrix)
        paths[which] = known[key]
    return paths


def _walk(linked: Flags) -> Floats:
    """Count simple chains between all members of one component."""
    after = [np.flatnonzero(row).tolist() for row in linked]
    counts = np.eye(len(linked))
    steps = 0
    for source in range(len(linked)):
        stack = [(source, 1 << source)]
        while stack:
            steps += 1
            if steps > _STEPS:
                return np.full(linked.shape, np.inf)
            at, seen = stack.pop()
            for target in after[at]:
                if not seen >> target & 1:
                    counts[source, target] += 1
                    stack.append((target, seen | 1 << target))
    return counts
