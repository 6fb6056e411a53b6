"""Stakes as arrays: who holds what, grouped by company, in an order in which holders come before what they hold."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Stakes:
    """Direct stakes between `size` parties, one a pair, as parts of one (0 to 1).

    `low_open` and `high_open` mark bounds that are themselves excluded (more than 25 %).
    """

    size: int
    owner: Ints
    owned: Ints
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags

    @classmethod
    def of(
        cls,
        size: int,
        owner: Ints,
        owned: Ints,
        low: Floats,
        high: Floats,
        low_open: Flags | None = None,
        high_open: Flags | None = None,
    ) -> "Stakes":
        """Sort stakes by company, then holder; the pairs must be distinct."""
        order = np.lexsort((owner, owned))
        closed = np.zeros(len(owner), dtype=np.bool_)
        return cls(
            size,
            np.ascontiguousarray(owner[order], dtype=np.int64),
            np.ascontiguousarray(owned[order], dtype=np.int64),
            np.ascontiguousarray(low[order], dtype=np.float64),
            np.ascontiguousarray(high[order], dtype=np.float64),
            (closed if low_open is None else low_open)[order],
            (closed if high_open is None else high_open)[order],
        )

    def __len__(self) -> int:
        return len(self.owner)

    @cached_property
    def first_in(self) -> Ints:
        """Where the holders of each company begin; `size + 1` positions."""
        return np.concatenate(([0], np.cumsum(np.bincount(self.owned, minlength=self.size)))).astype(np.int64)

    @cached_property
    def sum_low(self) -> Floats:
        """What the holders of each company hold at least, together."""
        return np.bincount(self.owned, weights=self.low, minlength=self.size)

    @cached_property
    def sum_high(self) -> Floats:
        """What the holders of each company hold at most, together."""
        return np.bincount(self.owned, weights=self.high, minlength=self.size)

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
        return connected_components(matrix, directed=True, connection="strong")[1].astype(np.int64)

    @cached_property
    def in_loop(self) -> Flags:
        """Parties that hold a stake in themselves, directly or over others."""
        looped = np.bincount(self.groups)[self.groups] > 1
        looped[self.owner[self.owner == self.owned]] = True
        return looped

    @cached_property
    def levels(self) -> Ints:
        """Length of the longest chain of components that leads to each party."""
        count = int(self.groups.max(initial=-1)) + 1
        source, target = self.groups[self.owner], self.groups[self.owned]
        between = source != target
        pairs = np.unique(source[between] * count + target[between])
        source, target = pairs // max(count, 1), pairs % max(count, 1)
        first = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=count)))).astype(np.int64)
        waiting = np.bincount(target, minlength=count)
        level = np.zeros(count, dtype=np.int64)
        ready = np.flatnonzero(waiting == 0)
        depth = 0
        while len(ready):
            level[ready] = depth
            reached = target[spread(first[ready], first[ready + 1])]
            np.subtract.at(waiting, reached, 1)
            candidates = np.unique(reached)
            ready = candidates[waiting[candidates] == 0]
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
