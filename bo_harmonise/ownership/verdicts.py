"""Verdicts: what a rule says about owners and companies, from what is sure and what is possible."""

from dataclasses import dataclass

import numpy as np

from bo_harmonise.ownership.graph import Flags, Floats, Ints, distinct
from bo_harmonise.ownership.level import KNOWN, MOST, SURE, Attributed, Holdings, Reading, attribute, enough
from bo_harmonise.ownership.rows import Block
from bo_harmonise.ownership.rulebook import Rule

VERDICTS = ("no", "unknown", "possible", "yes")
"""From the weakest to the strongest."""


TESTS = ("shares", "votes", "control")
"""What decides."""

WAYS = ("level", "multiplied", "through")
"""How stakes are reckoned: level by level, multiplied, or by a company in which the owner has enough."""


@dataclass(frozen=True)
class Shares:
    """Multiplied shares, sorted by key `owner * size + company`; one column a dimension."""

    key: Ints
    share: Floats
    is_open: Flags
    via: Ints

    @classmethod
    def of(cls, blocks: dict[str, Block], size: int, owners: Ints, *, is_sure: bool) -> "Shares":
        """Set lower (or upper) bounds of the economic and the voting dimension side by side, for owners."""
        blocks = {name: block.of_owners(owners) for name, block in blocks.items()}
        keys = {name: block.owner * size + block.company for name, block in blocks.items()}
        key = distinct(np.concatenate((keys["economic"], keys["voting"])))
        share = np.zeros((len(key), 2))
        is_open = np.zeros((len(key), 2), dtype=np.bool_)
        via = np.zeros(len(key), dtype=np.int64)
        for column, name in ((1, "voting"), (0, "economic")):
            block, at = blocks[name], np.searchsorted(key, keys[name])
            share[at, column] = block.low if is_sure else block.high
            is_open[at, column] = block.low_open if is_sure else block.high_open
            via[at] = block.via
        return cls(key, share, is_open, via)


@dataclass(frozen=True)
class Multiplied:
    """What chains give when they are multiplied: surely, at most by stated figures, and at most."""

    sure: Shares
    known: Shares
    most: Shares

    @classmethod
    def of(cls, shares: dict[str, Block], stated: dict[str, Block], size: int, owners: Ints) -> "Multiplied":
        """Take out what owners have; of `stated`, stakes without a figure count as nothing."""
        return cls(
            sure=Shares.of(shares, size, owners, is_sure=True),
            known=Shares.of(stated, size, owners, is_sure=False),
            most=Shares.of(shares, size, owners, is_sure=False),
        )


@dataclass(frozen=True)
class Verdicts:
    """What a rule says of groups and companies, sorted by (group, company).

    Shares are parts of one: those that the rule looks at (attributed level by level, or multiplied). `test`
    is what decides (a place in TESTS), `way` how (a place in WAYS), `via` the party before the company on the
    deciding chain. The chain itself goes on in `pool`, inside the one reading that decides, from `place` over
    `before`. `members` are the pairs of which the company surely counts as the group's own, at each level;
    `level` and `multiplied` have the bounds by either reckoning, side by side (nan where that was
    not asked for).
    """

    size: int
    key: Ints
    verdict: Ints
    low: Floats
    high: Floats
    test: Ints
    place: Ints
    pool: "_Said"
    members: Ints
    level: Floats
    multiplied: Floats
    stakes: tuple["_Table", "_Table"] | None

    @property
    def group(self) -> Ints:
        """Group of each row."""
        return self.key // self.size

    @property
    def company(self) -> Ints:
        """Company of each row."""
        return self.key % self.size

    @property
    def via(self) -> Ints:
        """Party before the company on the deciding chain."""
        return self.pool.via[self.place]

    @property
    def way(self) -> Ints:
        """How the deciding stakes are reckoned."""
        return self.pool.way[self.place]

    def through(self, rows: Ints) -> tuple[Ints, Floats]:
        """Find, for verdicts of the way "through", the company that controls, and the stake in it.

        The others get -1, and nan.
        """
        at = self.place[rows]
        is_through = self.pool.way[at] == WAYS.index("through")
        while True:
            before = self.pool.before[at]
            further = is_through & (before >= 0) & (self.pool.way[before] == WAYS.index("through"))
            if not further.any():
                break
            at = np.where(further, before, at)
        party = np.where(is_through, self.pool.via[at], -1)
        stake = np.full((len(rows), 2), np.nan)
        chosen = np.flatnonzero(is_through)
        if len(chosen) and self.stakes is not None:
            key = self.group[rows[chosen]] * self.size + party[chosen]
            # The shares, or the votes, where more of these is sure.
            sure = np.stack([_looked_up(key, np.full(len(key), c), [self.stakes[0]]) for c in (0, 1)])
            column = np.argmax(sure, axis=0)
            for side, table in enumerate(self.stakes):
                stake[chosen, side] = _looked_up(key, column, [table])
        return party, stake

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.key)

    def chains(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the deciding chains of `rows` as offsets and parties, end to end (see `chains.shortest`)."""
        via, before = self.pool.via, self.pool.before
        lengths = np.full(len(rows), 2, dtype=np.int64)
        at = before[self.place[rows]]
        while (at >= 0).any():
            lengths[at >= 0] += 1
            at = np.where(at >= 0, before[at], -1)
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        parties = np.empty(int(offsets[-1]), dtype=np.int64)
        end, at = offsets[1:] - 1, self.place[rows]
        parties[end] = self.company[rows]
        while len(end):
            end = end - 1
            parties[end] = via[at]
            further = before[at] >= 0
            end, at = end[further], before[at[further]]
        return offsets, parties


def find_key(ordered: Ints, keys: Ints) -> Ints:
    """Positions of keys in an ordered array; -1 where they are not."""
    if not len(ordered):
        return np.full(len(keys), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    return np.where(ordered[at] == keys, at, -1)


@dataclass(frozen=True)
class _Said:
    """Verdicts of one reading; `before` is the place of (group, via) in the same reading, -1 at the start."""

    key: Ints
    verdict: Ints
    test: Ints
    way: Ints
    via: Ints
    before: Ints

    @classmethod
    def joined(cls, parts: "list[_Said]") -> "_Said":
        """Set readings one after another."""
        starts = np.cumsum([0, *(len(part.key) for part in parts[:-1])])
        before = [np.where(p.before >= 0, p.before + s, p.before) for p, s in zip(parts, starts, strict=True)]
        return cls(
            key=np.concatenate([part.key for part in parts]),
            verdict=np.concatenate([part.verdict for part in parts]),
            test=np.concatenate([part.test for part in parts]),
            way=np.concatenate([part.way for part in parts]),
            via=np.concatenate([part.via for part in parts]),
            before=np.concatenate(before),
        )


def judge(
    holdings: Holdings, rule: Rule, group: Ints, member: Ints, multiplied: Multiplied | None = None
) -> Verdicts:
    """Judge every company that the groups lead to; `group[i]` begins with party `member[i]`.

    `multiplied` is for rules whose chains multiply; there each group is one party, by its own number.
    Companies about which the rule says "no" are kept where the group holds anything in them.
    """

    def read(reading: Reading) -> Attributed:
        return attribute(holdings, group, member, stake=rule.stake, link=rule.link, reading=reading)

    sure, known, most = read(SURE), read(KNOWN), read(MOST)
    said = [
        _heard(holdings.size, reading, verdict) for reading, verdict in ((sure, 3), (known, 2), (most, 1))
    ]
    level = _keyed(holdings.size, sure), _keyed(holdings.size, most)
    chains = None
    if multiplied is not None:
        parts = multiplied.sure, multiplied.most
        chains = (parts[0].key, parts[0].share), (parts[1].key, parts[1].share)
    if rule.chains == "multiply" and multiplied is not None:
        for shares, reading, verdict in (
            (multiplied.sure, SURE, 3),
            (multiplied.known, KNOWN, 2),
            (multiplied.most, MOST, 1),
        ):
            met = enough(shares.share, shares.is_open, rule.stake, is_sure=reading.is_sure)
            owned = _multiplied(holdings.size, shares, met, verdict)
            controlled = _controlled_by_owned(holdings, rule, shares.key[met.any(axis=1)], reading, verdict)
            said.append(_continued(holdings.size, owned, controlled))
    members = level[0][0][sure.is_member]
    return _strongest(
        holdings.size, said, level, chains, members=members, is_multiplied=rule.chains == "multiply"
    )


_Table = tuple[Ints, Floats]
"""Keys of pairs, ordered, and their shares, one column a dimension."""


def _keyed(size: int, found: Attributed) -> _Table:
    return found.group * size + found.company, found.share


def _heard(size: int, reading: Attributed, verdict: int, way: str = "level") -> _Said:
    voting = reading.share[:, 1] > reading.share[:, 0]
    key = reading.group * size + reading.company
    return _Said(
        key=key,
        verdict=np.where(reading.meets, verdict, 0),
        test=np.where(reading.controlled, 2, voting.astype(np.int64)),
        way=np.full(len(key), WAYS.index(way)),
        via=reading.via,
        before=find_key(key, reading.group * size + reading.via),
    )


def _multiplied(size: int, shares: Shares, met: Flags, verdict: int) -> _Said:
    return _Said(
        key=shares.key,
        verdict=np.where(met.any(axis=1), verdict, 0),
        test=np.where(met[:, 1] & ~met[:, 0], 1, 0),
        way=np.full(len(shares.key), WAYS.index("multiplied")),
        via=shares.via,
        before=find_key(shares.key, shares.key // size * size + shares.via),
    )


def _continued(size: int, owned: _Said, controlled: _Said) -> _Said:
    """Join what is owned and what the owned control: chains of the second go on in the first."""
    joined = _Said.joined([owned, controlled])
    start = len(owned.key)
    ends = np.flatnonzero(joined.before[start:] < 0) + start
    joined.before[ends] = find_key(owned.key, joined.key[ends] // size * size + joined.via[ends])
    return joined


def _controlled_by_owned(holdings: Holdings, rule: Rule, keys: Ints, reading: Reading, verdict: int) -> _Said:
    """Companies that are controlled by a company in which the owner has an ownership interest."""
    owner, owned = keys // holdings.size, keys % holdings.size
    found = attribute(
        holdings,
        np.concatenate((owner, distinct(owner))),
        np.concatenate((owned, distinct(owner))),
        stake=rule.link,
        link=rule.link,
        reading=reading,
    )
    return _heard(holdings.size, found, verdict, "through")


def _strongest(
    size: int,
    said: list[_Said],
    level: tuple[_Table, _Table],
    multiplied: tuple[_Table, _Table] | None,
    *,
    members: Ints,
    is_multiplied: bool,
) -> Verdicts:
    """Keep the strongest verdict on each pair, and the interval of what it looks at."""
    pool = _Said.joined(said)
    turn = np.repeat(np.arange(len(said)), [len(part.key) for part in said])
    order = np.lexsort((turn, -pool.verdict, pool.key))
    ordered = pool.key[order]
    first = order[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(order) else order
    key, test = pool.key[first], pool.test[first]
    column = np.where(test == 1, 1, 0)

    def bounds(*tables: tuple[_Table, _Table] | None) -> Floats:
        known = [table for table in tables if table is not None]
        if not known:
            return np.full((len(key), 2), np.nan)
        low, high = (_looked_up(key, column, [table[side] for table in known]) for side in (0, 1))
        return np.stack((low, np.maximum(high, low)), axis=1)

    looked_at = bounds(multiplied, level) if is_multiplied else bounds(level)
    return Verdicts(
        size=size,
        key=key,
        verdict=pool.verdict[first],
        low=looked_at[:, 0],
        high=looked_at[:, 1],
        test=test,
        place=first,
        pool=pool,
        members=members,
        level=bounds(level),
        multiplied=bounds(multiplied),
        stakes=multiplied,
    )


def _looked_up(key: Ints, column: Ints, tables: list[_Table]) -> Floats:
    """Shares of pairs from the first table that has them; 0 where none does."""
    found = np.zeros(len(key))
    missing = np.ones(len(key), dtype=np.bool_)
    for keys, share in tables:
        at = find_key(keys, key)
        use = missing & (at >= 0)
        found[use] = share[at[use], column[use]]
        missing &= ~use
    return found
