"""Join scored pairs into clusters that break no constraint.

Edges are taken from the strongest to the weakest. An edge is refused when it would put together records
that a person judged different, that contradict each other (two birth dates, two numbers of one national
scheme), or that hang together by nothing but a weak chain. Two numbers that a register itself gave are
joined by nothing but a match of two records that have them, which weighed them. What is refused is returned,
to be reported.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

JUDGED = 2
IDENTIFIED = 1
SCORED = 0
"""Rank of an edge: a person's decision, a shared identifier, a model's score."""

STRONG_MARGIN = 7.0
"""Match weight above the threshold from which one edge alone may join two groups of records."""

OWN = "~"
"""Marks, in front of its scheme, a number that a register gives each person once; some people got two."""

MIN_SUPPORT = 0.3
"""Share of the compared pairs between two groups that must match for weak edges to join them."""

Edge = tuple[int, float, int, int]
"""Rank, match weight, and the two records."""


@dataclass(frozen=True)
class Facts:
    """What a record says that another record of the same party cannot contradict.

    `birth_dates` are its dates to the day or the month; `numbers` its valid national numbers by scheme.
    """

    birth_dates: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, order=True)
class Cut:
    """An edge that would have joined two groups, and why it did not."""

    record_l: int
    record_r: int
    match_weight: float
    reason: str


@dataclass
class _Group:
    members: list[int]
    facts: set[Facts] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    links: dict[int, list[int]] = field(default_factory=dict)
    """How many pairs with each other group were matched, and how many were compared."""


def dates_contradict(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether two sets of birth dates, to the day or the month, cannot be of one person.

    Dates are taken to be the same with slips when they differ in one digit, or in the month alone, have day
    and month swapped, or when one is the first of January of a year that is at most one year from the other.
    Where one says no more than the month, they are also when both are of one year, or of months that follow
    each other.

    >>> dates_contradict(["1970-05-12"], ["1970-12-05"])
    False
    >>> dates_contradict(["1970-05-12"], ["1982-08-30"])
    True
    >>> dates_contradict([], ["1982-08-30"])
    False
    >>> dates_contradict(["1970-05"], ["1970-05-12"]), dates_contradict(["1970-05"], ["1999-03-12"])
    (False, True)
    """
    lefts, rights = list(left), list(right)
    return bool(lefts and rights) and not any(_near(a, b) for a in lefts for b in rights)


def _near(a: str, b: str) -> bool:
    if min(len(a), len(b)) < len("1970-05-12"):
        months = abs(12 * (int(a[:4]) - int(b[:4])) + int(a[5:7]) - int(b[5:7]))
        return a[:4] == b[:4] or months <= 1 or sum(x != y for x, y in zip(a[:7], b[:7], strict=True)) <= 1
    if sum(x != y for x, y in zip(a, b, strict=False)) <= 1 or f"{a[:5]}{a[8:10]}-{a[5:7]}" == b:
        return True
    if a[:5] == b[:5] and a[8:10] == b[8:10]:
        return True
    return (a.endswith("-01-01") or b.endswith("-01-01")) and abs(int(a[:4]) - int(b[:4])) <= 1


def _facts_contradict(left: set[Facts], right: set[Facts], weighed: frozenset[str]) -> str | None:
    """Say what contradicts; `weighed` are schemes of own numbers that the edge between them weighed."""
    for a in left:
        for b in right:
            if dates_contradict(a.birth_dates, b.birth_dates):
                return "birth dates contradict"
            ours, theirs = dict(a.numbers), dict(b.numbers)
            differ = {s for s in ours.keys() & theirs.keys() if ours[s] != theirs[s]} - weighed
            if differ:
                return (
                    "numbers of one register differ"
                    if all(s.startswith(OWN) for s in differ)
                    else "national numbers contradict"
                )
    return None


class Clusterer:
    """Greedy constrained clustering of one set of edges."""

    def __init__(
        self,
        facts: Mapping[int, Facts],
        apart: Iterable[tuple[int, int]],
        *,
        threshold_weight: float,
        max_cluster: int,
    ) -> None:
        self._facts = facts
        self._apart = list(apart)
        self._strong = threshold_weight + STRONG_MARGIN
        self._max = max_cluster
        self._root: dict[int, int] = {}
        self._groups: dict[int, _Group] = {}
        self.cuts: list[Cut] = []

    def run(self, edges: Sequence[Edge], rejected: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Cluster `edges`; `rejected` are the pairs that were compared and do not match.

        Returns the smallest record of its cluster for every record that has an edge.
        """
        for _, _, a, b in edges:
            self._open(a)
            self._open(b)
        for a, b in self._apart:
            if a in self._root and b in self._root:
                self._groups[a].apart.add(b)
                self._groups[b].apart.add(a)
        for _, _, a, b in edges:
            self._link(a, b, 1)
        for a, b in rejected:
            if a in self._root and b in self._root:
                self._link(a, b, 0)
        for rank, weight, a, b in sorted(edges, key=lambda e: (-e[0], -e[1], e[2], e[3])):
            left, right = self._find(a), self._find(b)
            if left == right:
                continue
            reason = self._refusal(rank, weight, (a, left), (b, right))
            if reason is None:
                self._merge(left, right)
            else:
                self.cuts.append(Cut(a, b, weight, reason))
        lowest = {root: min(group.members) for root, group in self._groups.items()}
        return {record: lowest[self._find(record)] for record in self._root}

    def _link(self, a: int, b: int, matched: int) -> None:
        for here, there in ((a, b), (b, a)):
            counts = self._groups[here].links.setdefault(there, [0, 0])
            counts[0] += matched
            counts[1] += 1

    def _open(self, record: int) -> None:
        if record in self._root:
            return
        self._root[record] = record
        facts = self._facts.get(record)
        self._groups[record] = _Group([record], {facts} if facts else set())

    def _find(self, record: int) -> int:
        root = record
        while self._root[root] != root:
            root = self._root[root]
        while self._root[record] != root:
            self._root[record], record = root, self._root[record]
        return root

    def _own(self, record: int) -> set[str]:
        facts = self._facts.get(record)
        return {scheme for scheme, _ in facts.numbers if scheme.startswith(OWN)} if facts else set()

    def _refusal(self, rank: int, weight: float, one: tuple[int, int], other: tuple[int, int]) -> str | None:
        if rank == JUDGED:
            return None
        left, right = one[1], other[1]
        a, b = self._groups[left], self._groups[right]
        if right in a.apart:
            return "judged different"
        contradiction = _facts_contradict(
            a.facts, b.facts, frozenset(self._own(one[0]) & self._own(other[0]))
        )
        if contradiction or rank == IDENTIFIED or weight >= self._strong:
            return contradiction
        if len(a.members) + len(b.members) > self._max:
            return "cluster too large for this evidence"
        matched, compared = a.links[right]
        return "weak chain" if matched < MIN_SUPPORT * compared else None

    def _merge(self, left: int, right: int) -> None:
        if len(self._groups[left].members) < len(self._groups[right].members):
            left, right = right, left
        into, gone = self._groups[left], self._groups.pop(right)
        self._root[right] = left
        into.members += gone.members
        into.facts |= gone.facts
        for other in gone.apart:
            self._groups[other].apart.discard(right)
            self._groups[other].apart.add(left)
            into.apart.add(other)
        into.links.pop(right, None)
        for other, counts in gone.links.items():
            if other == left:
                continue
            links = self._groups[other].links
            links.pop(right, None)
            ours = into.links.get(other, [0, 0])
            total = [ours[0] + counts[0], ours[1] + counts[1]]
            into.links[other] = total
            links[left] = list(total)


def components(left: npt.NDArray[Any], right: npt.NDArray[Any], size: int) -> npt.NDArray[np.int32]:
    """Label the connected components of the graph on records 0 to `size` - 1."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    labels: npt.NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels
