"""Work out the right answers about one cell: effective shares, common owners that no single register shows.

Small matrices, solved; every set of registers, kept as bits. No code is shared with the tool whose answers
are judged by it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bo_harmonise.world.model import Arrangement, Cell, Company, Party, Person

Matrix = npt.NDArray[np.float64]

ROW, EITHER, FOLLOWS, IN_LINE = "row", "either", "follows", "in_line"
"""What becomes of a pair that no single register shows: it is a row of the answer; it may be one (the
registers that show it can be chosen in several ways, or what it follows from has no row of its own); it
follows from a pair nearer to the owner, seen in the same registers; one company holds the other."""


@dataclass(frozen=True)
class CommonOwner:
    """Two companies of one ultimate owner that no single register shows."""

    owner: Party
    company_l: Company
    company_r: Company
    registers: tuple[str, ...]
    share_l: float
    share_r: float
    status: str


class Effective:
    """Effective shares of everybody in every company of a cell, in per cent."""

    def __init__(self, cell: Cell) -> None:
        self._held: list[Party] = [*cell.companies, *cell.arrangements]
        self._owners: list[Party] = [*self._held, *cell.people]
        column = {party: n for n, party in enumerate(self._held)}
        row = {party: n for n, party in enumerate(self._owners)}
        direct: Matrix = np.zeros((len(self._owners), len(self._held)))
        for stake in cell.stakes:
            if stake.end is None and stake.share:
                direct[row[stake.owner], column[stake.company]] += stake.share / 100
        between = direct[: len(self._held)]
        if between.any():
            direct = np.asarray(np.linalg.solve((np.eye(len(self._held)) - between).T, direct.T).T)
        self.shares = 100 * direct
        self._row, self._column = row, column

    def share(self, owner: Party, company: Party) -> float:
        """Return the effective share of one party in another."""
        return float(self.shares[self._row[owner], self._column[company]])

    def of_people(self) -> Iterator[tuple[Person, Company, float]]:
        """Yield every natural person with a share in a company."""
        for party in self._owners:
            if isinstance(party, Person):
                for held in self._held:
                    if isinstance(held, Company) and (share := self.share(party, held)) > 0:
                        yield party, held, share


class Shown:
    """What the registers show of a cell: who leads to which company, over which sets of registers."""

    def __init__(self, cell: Cell, registers: tuple[str, ...]) -> None:
        self._registers = registers
        bit = {register: 1 << n for n, register in enumerate(registers)}
        self._down: dict[Party, dict[Party, int]] = {}
        self._up: dict[Party, set[Party]] = {}
        for owner, company, register in cell.shown:
            below = self._down.setdefault(owner, {})
            below[company] = below.get(company, 0) | bit[register]
            self._up.setdefault(company, set()).add(owner)
        self._parties = sorted({*self._down, *self._up}, key=lambda party: party.party_id)
        self._below = {party: self._reached(party) for party in self._parties}

    def _reached(self, party: Party) -> dict[Party, int]:
        """Return what a party leads to, with the number of steps."""
        found = {party: 0}
        waiting = deque([party])
        while waiting:
            here = waiting.popleft()
            for company in self._down.get(here, {}):
                if company not in found:
                    found[company] = found[here] + 1
                    waiting.append(company)
        return found

    def leads(self, owner: Party, company: Party) -> bool:
        """Return whether a chain leads from one to the other."""
        return owner is not company and company in self._below.get(owner, {})

    def top_owners(self) -> list[Party]:
        """Return the parties that nobody outside their own loop is shown to hold."""
        return [
            party
            for party in self._parties
            if all(self.leads(party, holder) for holder in self._up.get(party, ())) and self._down.get(party)
        ]

    def common_owners(self, effective: Effective) -> Iterator[CommonOwner]:
        """Yield the pairs of companies with an owner in common that no single register shows."""
        for owner in self.top_owners():
            if len(self._below[owner]) > 2:
                yield from self._of(owner, effective)

    def _of(self, owner: Party, effective: Effective) -> Iterator[CommonOwner]:
        masks = self._masks(owner)
        steps = self._below[owner]
        companies = sorted(
            (c for c in masks if isinstance(c, (Company, Arrangement)) and c is not owner),
            key=lambda c: c.party_id,
        )
        if not any(mask.bit_count() != 1 for mask in _union(masks.values())):
            return
        needed: dict[frozenset[Party], set[int]] = {
            frozenset(pair): _fewest(masks[pair[0]], masks[pair[1]]) for pair in combinations(companies, 2)
        }
        for left, right in combinations(companies, 2):
            sets = needed[frozenset((left, right))]
            if isinstance(left, Arrangement) or isinstance(right, Arrangement):
                continue
            if min(s.bit_count() for s in sets) < 2:
                continue
            yield CommonOwner(
                owner,
                left,
                right,
                self._names(min(sets, key=self._order)),
                effective.share(owner, left),
                effective.share(owner, right),
                self._status(left, right, steps, needed),
            )

    def _status(
        self, left: Company, right: Company, steps: dict[Party, int], needed: dict[frozenset[Party], set[int]]
    ) -> str:
        if self.leads(left, right) or self.leads(right, left):
            return IN_LINE
        sets = needed[frozenset((left, right))]
        found = ROW
        for company, other in ((left, right), (right, left)):
            for holder in self._up.get(company, ()):
                if (
                    holder not in steps
                    or steps[holder] >= steps[company]
                    or holder is other
                    or steps[holder] == 0
                ):
                    continue
                nearer = needed[frozenset((holder, other))]
                if not nearer & sets:
                    continue
                is_row = isinstance(holder, Company) and not (
                    self.leads(holder, other) or self.leads(other, holder)
                )
                if nearer == sets and len(sets) == 1 and is_row:
                    return FOLLOWS
                found = EITHER
        return found

    def _masks(self, owner: Party) -> dict[Party, set[int]]:
        """Return the smallest sets of registers over which a party leads to each company."""
        found: dict[Party, set[int]] = {owner: {0}}
        waiting = deque([(owner, 0)])
        while waiting:
            here, mask = waiting.popleft()
            if mask not in found.get(here, ()):
                continue
            for company, bits in self._down.get(here, {}).items():
                if company is owner:
                    continue
                for bit in _bits(bits):
                    wider = mask | bit
                    known = found.setdefault(company, set())
                    if any(other & wider == other for other in known):
                        continue
                    known -= {other for other in known if other & wider == wider}
                    known.add(wider)
                    waiting.append((company, wider))
        del found[owner]
        return found

    def _names(self, mask: int) -> tuple[str, ...]:
        return tuple(name for n, name in enumerate(self._registers) if mask >> n & 1)

    def _order(self, mask: int) -> tuple[int, tuple[str, ...]]:
        return mask.bit_count(), self._names(mask)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _union(sets: Iterable[set[int]]) -> list[int]:
    together = 0
    for masks in sets:
        for mask in masks:
            together |= mask
    return [together]


def _fewest(left: set[int], right: set[int]) -> set[int]:
    """Return the smallest unions of a set of each side.

    >>> _fewest({1, 2}, {2, 4})
    {2}
    """
    unions = {a | b for a in left for b in right}
    least = min(mask.bit_count() for mask in unions)
    return {mask for mask in unions if mask.bit_count() == least}
