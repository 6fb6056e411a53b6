"""Upper bounds in loops of bands: each company gives what is left over to the holder that serves best.

The best choice of all companies together is that of a decision process in which a walk goes up from holder to
holder and is to meet the owner as often as it can. It is found by improving the choice company by company and
solving the series anew (Howard's policy iteration): finitely many rounds, exact, and finite where the plain
series of upper bounds grows without end.
"""

from dataclasses import dataclass

import numpy as np

from bo_harmonise.ownership.graph import Flags, Floats, Ints, Stakes

_SOLVED = 400
"""Largest component whose series are solved for each owner; larger ones are tightened, see `_ceiling`."""

_NUMBERS_AT_ONCE = 4_000_000

_ROUNDS = 200

_STILL = 1e-13


@dataclass(frozen=True)
class Choices:
    """The terms of pairs (owner, company) in loops: `group` is the pair, `inner` the pair (owner, holder).

    `part` is what the owner has in the holder at most, where that does not depend on the loop; elsewhere
    `inner` says on which pair it depends (-1 where it does not). Terms are sorted by group.
    """

    company: Ints
    owner: Ints
    group: Ints
    edge: Ints
    part: Floats
    inner: Ints

    @property
    def begin(self) -> Ints:
        """Where the terms of each pair begin."""
        return np.flatnonzero(np.concatenate(([True], self.group[1:] != self.group[:-1])))


def greatest(stakes: Stakes, choices: Choices, low: Floats) -> Floats:
    """Return the greatest share of each pair; `low` is the least."""
    if not len(choices.edge):
        return low
    group, edge = choices.group, choices.edge
    weight = np.where(choices.inner >= 0, stakes.turning[edge], stakes.low[edge])
    # What a group that holds itself wholly holds is nobody else's.
    shut = stakes.closed[choices.company]
    lost = (shut >= 0) & (shut != stakes.closed[choices.owner])
    weight[lost[group]] = 0.0
    room = np.maximum(stakes.high[edge] - stakes.low[edge], 0.0)
    room[lost[group]] = 0.0
    # A stake that what others hold does not bound may reach, round after round, up to the whole.
    boundless = _with_free(stakes, choices, room)
    spare = np.maximum(1.0 - stakes.sum_low[stakes.owned[edge]], 0.0)
    given = np.zeros(len(edge))
    size = stakes.group_size[choices.company]
    solved = (size <= _SOLVED) & ~boundless
    share = np.where(boundless, 1.0, np.where(solved, low, _ceiling(stakes, choices, low)))
    series = Series.of(stakes, choices, solved)
    if len(series.group):
        series.solve(share, choices, weight)
    for _ in range(_ROUNDS):
        part = np.where(choices.inner >= 0, share[choices.inner], choices.part)
        better = _best(choices, part, room, spare)
        value = np.add.reduceat((weight + better) * part, choices.begin)
        improved = solved & (value > share + _STILL)
        lowered = ~solved & ~boundless & (value < share - _STILL)
        if not (improved.any() or lowered.any()):
            break
        share[lowered] = value[lowered]
        if improved.any():
            given = np.where(improved[group], better, given)
            series.solve(share, choices, weight + given)
    return np.clip(share, low, 1.0)


def _with_free(stakes: Stakes, choices: Choices, room: Floats) -> Flags:
    """Find the pairs of an owner and companies of one loop to whom any stake leads that nothing bounds."""
    counts = stakes.free[choices.edge] & (room > 0) & ((choices.inner >= 0) | (choices.part > 0))
    system = stakes.groups[choices.company] * stakes.size + choices.owner
    return np.isin(system, system[choices.group[counts]])


def _ceiling(stakes: Stakes, choices: Choices, low: Floats) -> Floats:
    """100 less what the other ultimate owners surely hold: where the tightening of large loops begins."""
    ultimate = ~stakes.is_held[choices.owner]
    sure = np.bincount(choices.company, weights=np.where(ultimate, low, 0.0), minlength=stakes.size)
    rest = np.clip(1.0 - sure[choices.company] + low, low, 1.0)
    return np.where(ultimate, rest, 1.0)


def _best(choices: Choices, part: Floats, room: Floats, spare: Floats) -> Floats:
    """Give what is left over of each company to its holders, the one in which the owner has most first."""
    order = np.lexsort((-part, choices.group))
    begin = choices.begin
    before = np.cumsum(room[order]) - room[order]
    before -= np.repeat(before[begin], np.diff(np.concatenate((begin, [len(order)]))))
    given = np.empty(len(order))
    given[order] = np.clip(spare[order] - before, 0.0, room[order])
    return given


@dataclass(frozen=True)
class Series:
    """The linear systems, one a (component, owner); `batches` holds those of one size."""

    group: Ints
    batches: tuple["Batch", ...]

    @classmethod
    def of(cls, stakes: Stakes, choices: Choices, solved: Flags) -> "Series":
        """Sort the pairs into systems, by size."""
        wanted = np.flatnonzero(solved)
        component = stakes.groups[choices.company[wanted]]
        key = component * stakes.size + choices.owner[wanted]
        order = wanted[np.lexsort((choices.company[wanted], key))]
        ordered = stakes.groups[choices.company[order]] * stakes.size + choices.owner[order]
        begin = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(order) else order
        sizes = np.diff(np.concatenate((begin, [len(order)])))
        batches = []
        for size in np.flatnonzero(np.bincount(sizes)):
            systems = np.flatnonzero(sizes == size)
            step = max(1, _NUMBERS_AT_ONCE // int(size) ** 2)
            for first in range(0, len(systems), step):
                chosen = begin[systems[first : first + step]]
                groups = order[chosen[:, None] + np.arange(size)]
                batches.append(Batch.of(choices, groups, len(solved)))
        return cls(order, tuple(batches))

    def solve(self, share: Floats, choices: Choices, weight: Floats) -> None:
        """Solve all systems under the weights of the terms, into `share`."""
        for batch in self.batches:
            batch.solve(share, choices, weight)


@dataclass(frozen=True)
class Batch:
    """Systems of one size: `groups` has one row a system; the terms that go round and those that do not."""

    groups: Ints
    at: tuple[Ints, Ints, Ints]
    turning: Ints
    straight: Ints
    straight_group: Ints

    @classmethod
    def of(cls, choices: Choices, groups: Ints, pairs: int) -> "Batch":
        """Find the terms of some systems."""
        system = np.full(pairs, -1, dtype=np.int64)
        system[groups] = np.arange(len(groups))[:, None]
        place = np.full(pairs, -1, dtype=np.int64)
        place[groups] = np.arange(groups.shape[1])
        mine = system[choices.group] >= 0
        turning = np.flatnonzero(mine & (choices.inner >= 0))
        straight = np.flatnonzero(mine & (choices.inner < 0))
        group = choices.group[turning]
        at = (system[group], place[group], place[choices.inner[turning]])
        flat = system[choices.group[straight]] * groups.shape[1] + place[choices.group[straight]]
        return cls(groups, at, turning, straight, flat)

    def solve(self, share: Floats, choices: Choices, weight: Floats) -> None:
        """Solve `x = a + B x`, with `a` from outside the loop and `B` the stakes that go round."""
        count, size = self.groups.shape
        outside = np.bincount(
            self.straight_group,
            weights=weight[self.straight] * choices.part[self.straight],
            minlength=count * size,
        )
        matrix = np.zeros((count, size, size))
        matrix[self.at] = weight[self.turning]
        found = np.linalg.solve(np.eye(size) - matrix, outside.reshape(count, size, 1))
        share[self.groups] = found[:, :, 0]
