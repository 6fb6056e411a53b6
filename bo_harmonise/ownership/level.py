"""Control level by level: whose stakes count in full because they meet the test at the level above.

Each controller begins as a group of its own (several parties, where a rule adds up the stakes of all that are
listed). A company joins the group when the stakes of the group in it pass the test of the rule; then its own
stakes count as the group's. Every member is opened once, and its stakes are added to those of the group.
"""

from dataclasses import dataclass

import numpy as np

from bo_harmonise.ownership.graph import Flags, Floats, Ints, distinct, spread
from bo_harmonise.ownership.rulebook import Test

_SAME = 1e-9
"""Shares are parts of one; sums of them are compared to this."""


@dataclass(frozen=True)
class Holdings:
    """What each party holds directly, one row a pair, sorted by holder: bounds by dimension, and control.

    `low` and `high` have one column a dimension; `known` says whether the figure is stated, `free` whether
    the stake may reach its upper bound whatever the other holders have. `decides` and `indicates` mark pairs
    with an interest that gives control by itself, or may; `may_control` those with an interest of unknown
    kind, which may be such a one.
    """

    size: int
    owner: Ints
    owned: Ints
    low: Floats
    high: Floats
    known: Flags
    free: Flags
    low_open: Flags
    high_open: Flags
    decides: Flags
    indicates: Flags
    may_control: Flags
    sum_low: Floats
    first_out: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.owner)


@dataclass(frozen=True)
class Reading:
    """One way to read what is known.

    `sure` takes the lower bounds, `most` the upper ones within what others leave over, with or without stakes
    that have no figure and interests that only indicate control or are of unknown kind.
    """

    is_sure: bool
    unquantified: bool = False
    indications: bool = False


SURE = Reading(is_sure=True)
KNOWN = Reading(is_sure=False, indications=True)
MOST = Reading(is_sure=False, unquantified=True, indications=True)


@dataclass(frozen=True)
class Attributed:
    """What each group holds in each company, itself or through members, sorted by (group, company).

    `share` has one column a dimension. `is_member` says that the company belongs to the group (its stakes
    count in full), `meets` that the stake passes the final test; `via` is the holder that weighs most.
    """

    group: Ints
    company: Ints
    share: Floats
    is_open: Flags
    controlled: Flags
    is_member: Flags
    meets: Flags
    via: Ints

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.group)


def attribute(
    holdings: Holdings, group: Ints, member: Ints, *, stake: Test, link: Test, reading: Reading
) -> Attributed:
    """Let groups take in companies until none joins; `group[i]` begins with party `member[i]`."""
    going = _Tally(holdings, reading)
    began = distinct(group * holdings.size + member)
    inside = frontier = began
    stopped: list[_Tally] = []
    members = [began]
    holders: list[Ints] = []
    while len(frontier):
        going.open(frontier // holdings.size, frontier % holdings.size)
        passes = going.passes(link)
        candidates = going.key[passes]
        fresh = ~_within(candidates, inside)
        frontier = candidates[fresh]
        members.append(frontier)
        holders.append(going.best[passes][fresh])
        # Groups that took nobody in are done: most are after their first step, and are not sorted again.
        grown = distinct(frontier // holdings.size)
        stopped.append(going.set_aside(~_within(going.key // holdings.size, grown)))
        inside = np.sort(np.concatenate((inside[_within(inside // holdings.size, grown)], frontier)))
    tally = _Tally.joined([*stopped, going])
    keep = ~_within(tally.key, began)
    key = tally.key[keep]
    via = tally.best[keep].copy()
    # The holder through which a company joined stays the one that is told: a later, larger stake may
    # itself come from that company.
    if holders:
        via[np.searchsorted(key, np.concatenate(members[1:]))] = np.concatenate(holders)
    return Attributed(
        group=key // holdings.size,
        company=key % holdings.size,
        share=tally.share()[keep],
        is_open=tally.is_open[keep],
        controlled=tally.controlled[keep],
        is_member=_within(key, np.sort(np.concatenate(members))),
        meets=tally.passes(stake)[keep],
        via=via,
    )


def _within(keys: Ints, ordered: Ints) -> Flags:
    """Whether each key is among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    found: Flags = ordered[at] == keys
    return found


_COLUMNS = ("key", "low", "high", "room", "is_open", "controlled", "best", "weight")


class _Tally:
    """Running sums of what groups hold, one row a (group, company)."""

    def __init__(self, holdings: Holdings, reading: Reading) -> None:
        dimensions = holdings.low.shape[1]
        self.holdings = holdings
        self.reading = reading
        self.key = np.empty(0, dtype=np.int64)
        self.low = np.empty((0, dimensions))
        self.high = np.empty((0, dimensions))
        self.room = np.empty((0, dimensions))
        self.is_open = np.empty((0, dimensions), dtype=np.bool_)
        self.controlled = np.empty(0, dtype=np.bool_)
        self.best = np.empty(0, dtype=np.int64)
        self.weight = np.empty(0)

    def set_aside(self, rows: Flags) -> "_Tally":
        """Take rows out, into a tally of their own."""
        aside = _Tally(self.holdings, self.reading)
        for name in _COLUMNS:
            values = getattr(self, name)
            setattr(aside, name, values[rows])
            setattr(self, name, values[~rows])
        return aside

    @classmethod
    def joined(cls, parts: "list[_Tally]") -> "_Tally":
        """Join tallies of different groups."""
        joined = cls(parts[0].holdings, parts[0].reading)
        order = np.argsort(np.concatenate([part.key for part in parts]), kind="stable")
        for name in _COLUMNS:
            setattr(joined, name, np.concatenate([getattr(part, name) for part in parts])[order])
        return joined

    def open(self, group: Ints, member: Ints) -> None:
        """Add what new members hold."""
        holdings, reading = self.holdings, self.reading
        edge = spread(holdings.first_out[member], holdings.first_out[member + 1])
        lengths = holdings.first_out[member + 1] - holdings.first_out[member]
        high = holdings.high[edge]
        if not reading.unquantified:
            high = np.where(holdings.known[edge], high, holdings.low[edge])
        # What a free stake may be above its lower bound does not come out of what others leave over.
        room = np.where(holdings.free[edge], high - holdings.low[edge], 0.0)
        is_open = holdings.low_open[edge] if reading.is_sure else holdings.high_open[edge]
        controlled = holdings.decides[edge]
        if reading.indications:
            controlled = controlled | holdings.indicates[edge]
        if reading.unquantified:
            controlled = controlled | holdings.may_control[edge]
        weight = (holdings.low[edge] if reading.is_sure else high).max(axis=1, initial=0.0) + controlled * 2.0
        key = np.concatenate((self.key, np.repeat(group, lengths) * holdings.size + holdings.owned[edge]))
        holder = np.concatenate((self.best, holdings.owner[edge]))
        weight = np.concatenate((self.weight, weight))
        order = np.lexsort((holder, -weight, key))
        ordered = key[order]
        begin = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(order) else order

        def total(old: np.ndarray, new: np.ndarray) -> np.ndarray:
            return np.add.reduceat(np.concatenate((old, new))[order], begin, axis=0) if len(order) else old

        self.low = total(self.low, holdings.low[edge])
        self.high = total(self.high, high - room)
        self.room = total(self.room, room)
        self.is_open = total(self.is_open.astype(np.int64), is_open.astype(np.int64)) > 0
        self.controlled = total(self.controlled.astype(np.int64), controlled.astype(np.int64)) > 0
        self.key, self.best, self.weight = ordered[begin], holder[order][begin], weight[order][begin]

    def share(self) -> Floats:
        """Return what each group holds: at least, or at most within what the other holders leave over."""
        if self.reading.is_sure:
            return np.minimum(self.low, 1.0)
        others = np.maximum(self.holdings.sum_low[self.key % self.holdings.size] - self.low, 0.0)
        bounded = np.maximum(np.minimum(self.high, 1.0 - others), np.minimum(self.low, 1.0))
        return np.minimum(bounded + self.room, 1.0)

    def passes(self, test: Test) -> Flags:
        """Whether the stake of each group is enough, or it has control."""
        met = enough(self.share(), self.is_open, test, is_sure=self.reading.is_sure)
        return np.asarray(met.any(axis=1) | self.controlled)


def enough(share: Floats, is_open: Flags, test: Test, *, is_sure: bool) -> Flags:
    """Whether shares (one column a dimension) pass a test; `is_sure` for lower bounds, else upper ones.

    A lower bound of "more than 50" that equals the threshold is above it; an upper bound of "less than 50"
    that equals it does not reach it.
    """
    threshold = test.threshold / 100
    counts = np.array([name in test.dimensions for name in ("economic", "voting")])
    above, reaches = share > threshold + _SAME, share >= threshold - _SAME
    if test.comparison == ">":
        met = above | (reaches & is_open) if is_sure else above
    else:
        met = reaches if is_sure else above | (reaches & ~is_open)
    passed: Flags = met & counts[None, :]
    return passed
