"""Stakes as arrays: who holds what, grouped by company, and in which order companies can be taken."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_WHOLE = 1e-9
"""A company is wholly held when what is left over is less than this."""


@dataclass(frozen=True)
class Stakes:
    """Direct stakes between `size` parties, one a pair, as parts of one (0 to 1).

    `low_open` and `high_open` mark bounds that are themselves excluded (more than 25 %). `free` marks stakes
    that may be held through other holders of the company: what those surely hold takes nothing from them.
    """

    size: int
    owner: Ints
    owned: Ints
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    free: Flags

    @classmethod
    def of(
        cls,
        size: int,
        owner: Ints,
        owned: Ints,
        *,
        low: Floats,
        high: Floats,
        low_open: Flags | None = None,
        high_open: Flags | None = None,
        free: Flags | None = None,
    ) -> "Stakes":
        """Sort stakes by company, then holder; the pairs must be distinct."""
        order = np.argsort(np.asarray(owned, dtype=np.int64) * size + owner)
        closed = np.zeros(len(owner), dtype=np.bool_)
        return cls(
            size,
            np.ascontiguousarray(owner[order], dtype=np.int64),
            np.ascontiguousarray(owned[order], dtype=np.int64),
            np.ascontiguousarray(low[order], dtype=np.float64),
            np.ascontiguousarray(high[order], dtype=np.float64),
            (closed if low_open is None else low_open)[order],
            (closed if high_open is None else high_open)[order],
            (closed if free is None else free)[order],
        )

    def __len__(self) -> int:
        """Count the stakes."""
        return len(self.owner)

    @cached_property
    def first_in(self) -> Ints:
        """Where the holders of each company begin; `size + 1` positions."""
        return np.concatenate(([0], np.cumsum(np.bincount(self.owned, minlength=self.size)))).astype(np.int64)

    @cached_property
    def sum_low(self) -> Floats:
        """What the holders of each company hold at least, together."""
        return np.bincount(self.owned, weights=self.low, minlength=self.size).astype(np.float64)

    @cached_property
    def sum_high(self) -> Floats:
        """What the holders of each company hold at most, together."""
        return np.bincount(self.owned, weights=self.high, minlength=self.size).astype(np.float64)

    @cached_property
    def is_held(self) -> Flags:
        """Parties in which somebody has a stake."""
        return np.diff(self.first_in) > 0

    @cached_property
    def groups(self) -> Ints:
        """Number of the strongly connected component of each party."""
        matrix = csr_matrix(
            (np.ones(len(self), dtype=np.int8), (self.owner, self.owned)), shape=(self.size, self.size)
        )
        groups: Ints = connected_components(matrix, directed=True, connection="strong")[1].astype(np.int64)
        return groups

    @cached_property
    def group_size(self) -> Ints:
        """Number of members of the component of each party."""
        return np.bincount(self.groups, minlength=1)[self.groups]

    @cached_property
    def in_loop(self) -> Flags:
        """Parties that hold a stake in themselves, directly or over others."""
        looped = self.group_size > 1
        looped[self.owner[self.owner == self.owned]] = True
        return looped

    @cached_property
    def inside(self) -> Flags:
        """Stakes between parties of one component: those that go round."""
        same: Flags = self.groups[self.owner] == self.groups[self.owned]
        return same

    @cached_property
    def turning(self) -> Floats:
        """Lower bounds as they go round loops.

        Stakes that add up to more than the whole contradict each other: what goes round is cut down to what
        those outside the loop leave, so that the series converges. The stakes themselves stay as declared.
        """
        around = np.bincount(self.owned, weights=self.low * self.inside, minlength=self.size)
        left = np.clip(1.0 - (self.sum_low - around), 0.0, around)
        scale = np.ones(self.size)
        over = (self.sum_low > 1.0) & (around > 0)
        scale[over] = left[over] / around[over]
        return np.where(self.inside, self.low * scale[self.owned], self.low)

    @cached_property
    def closed(self) -> Ints:
        """Number of the group that holds itself wholly to which each party belongs; -1 for the others.

        Nothing that anybody outside declares ever reaches such a group.
        """
        sure = np.flatnonzero(self.inside & (self.turning > 0))
        owner, owned = self.owner[sure], self.owned[sure]
        matrix = csr_matrix((np.ones(len(sure), dtype=np.int8), (owner, owned)), shape=(self.size, self.size))
        groups: Ints = connected_components(matrix, directed=True, connection="strong")[1].astype(np.int64)
        within = groups[owner] == groups[owned]
        held = np.bincount(owned[within], weights=self.turning[sure][within], minlength=self.size)
        is_open = np.zeros(int(groups.max(initial=-1)) + 1, dtype=np.bool_)
        is_open[groups[held < 1.0 - _WHOLE]] = True
        return np.where(is_open[groups], -1, groups)

    @cached_property
    def levels(self) -> Ints:
        """Length of the longest chain of components that leads to each party."""
        count = int(self.groups.max(initial=-1)) + 1
        between = np.flatnonzero(~self.inside)
        source, target = self.groups[self.owner[between]], self.groups[self.owned[between]]
        target = target[np.argsort(source)]
        first = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=count)))).astype(np.int64)
        waiting = np.bincount(target, minlength=count)
        level = np.zeros(count, dtype=np.int64)
        ready = np.flatnonzero(waiting == 0)
        depth = 0
        while len(ready):
            level[ready] = depth
            reached = target[spread(first[ready], first[ready + 1])]
            np.subtract.at(waiting, reached, 1)
            ready = distinct(reached[waiting[reached] == 0])
            depth += 1
        return level[self.groups]


def spread(start: Ints, stop: Ints) -> Ints:
    """Concatenate the ranges `start[i] .. stop[i] - 1`.

    >>> spread(np.array([0, 5]), np.array([2, 8])).tolist()
    [0, 1, 5, 6, 7]
    """
    lengths = stop - start
    total = int(lengths.sum())
    if total == 0:
        return np.empty(0, dtype=np.int64)
    offsets = np.repeat(start - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return offsets + np.arange(total, dtype=np.int64)


def distinct(values: Ints) -> Ints:
    """Sort values and leave each out but once (`np.unique` hashes first, which costs three times as much).

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
