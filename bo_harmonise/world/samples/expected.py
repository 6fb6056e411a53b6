"""Work out the right answers about the sample world from its truth.

Small and slow on purpose: every chain is walked, every set of registers is tried, and loops are solved as one
system of equations. It shares no code with the tool whose answers it judges.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bo_harmonise.world.samples.truth import PARTIES, Stake, names, stakes

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, order=True)
class CommonOwner:
    """Common owner of two companies that no single register shows."""

    owner: str
    company_l: str
    company_r: str
    registers: tuple[str, ...]
    share_l: tuple[float, float]
    share_r: tuple[float, float]
    left_out: str | None = None
    """Why the pair has no row of its own: one company holds the other, or it follows from a nearer pair."""


class Ownership:
    """Stakes between parties: records that are one party are one node."""

    def __init__(self, found: Iterable[Stake]) -> None:
        node = {record: party.name for party in PARTIES for record in party.records}
        known = names()
        self.stakes = [
            Stake(
                node.get(s.owner) or known.get(s.owner, s.owner),
                node.get(s.company) or known.get(s.company, s.company),
                s.register,
                s.low,
                s.high,
            )
            for s in found
        ]
        self.nodes = sorted({n for s in self.stakes for n in (s.owner, s.company)})
        self.low, self.high = (_solve(direct) for direct in self._direct())

    def ultimate_owners(self) -> list[str]:
        """Return the parties that nobody is known to own."""
        return sorted({s.owner for s in self.stakes} - {s.company for s in self.stakes})

    def reached(self, owner: str, registers: Iterable[str]) -> dict[str, int]:
        """Return the companies to which a chain leads in the given registers, with its shortest length."""
        allowed = set(registers)
        found = {owner: 0}
        frontier = {owner}
        while frontier:
            length = max(found.values()) + 1
            frontier = {
                s.company for s in self.stakes if s.register in allowed and s.owner in frontier
            } - found.keys()
            found |= dict.fromkeys(sorted(frontier), length)
        del found[owner]
        return found

    def share(self, owner: str, company: str) -> tuple[float, float]:
        """Return the effective share as an interval in per cent."""
        o, c = self.nodes.index(owner), self.nodes.index(company)
        return float(self.low[o, c]), float(self.high[o, c])

    def _direct(self) -> tuple[Matrix, Matrix]:
        """Return direct stakes: what the registers agree on, no more than the other owners leave over."""
        size = len(self.nodes)
        index = {name: n for n, name in enumerate(self.nodes)}
        low, high = np.zeros((size, size)), np.zeros((size, size))
        for pair, said in _grouped(self.stakes).items():
            if pair[0] == pair[1]:
                continue  # a company that holds itself has no owner outside, and no series converges
            o, c = index[pair[0]], index[pair[1]]
            lows, highs = max(s.low for s in said), min(s.high for s in said)
            # Registers that contradict each other leave everything that any of them says.
            contradict = lows > highs
            low[o, c] = (min(s.low for s in said) if contradict else lows) / 100
            high[o, c] = (max(s.high for s in said) if contradict else highs) / 100
        left = 1 - (low.sum(axis=0) - low)
        return low, np.minimum(high, np.maximum(left, 0))


IN_LINE = "one of the two companies holds the other"
FOLLOWS = "follows from a pair nearer to the owner, seen in the same registers"


def common_owners() -> list[CommonOwner]:
    """Return all pairs of companies with a common owner that no single register shows.

    A pair is left out of the answer, with the reason, where it adds nothing: a parent and its subsidiary,
    and a pair of which one company may be replaced by its holder without looking in fewer registers.
    """
    ownership = Ownership(stakes())
    registers = sorted({s.register for s in ownership.stakes})
    found = []
    for owner in ownership.ultimate_owners():
        companies = sorted(ownership.reached(owner, registers))
        needed = {
            pair: _fewest(ownership, owner, set(pair), registers)
            for pair in itertools.combinations(companies, 2)
        }
        for (left, right), looked in needed.items():
            if len(looked) > 1:
                shares = ownership.share(owner, left), ownership.share(owner, right)
                reason = _reason(ownership, owner, (left, right), needed)
                found.append(CommonOwner(owner, left, right, looked, *shares, reason))
    return sorted(found, key=lambda row: (row.owner, row.company_l, row.company_r))


def _reason(
    ownership: Ownership,
    owner: str,
    pair: tuple[str, str],
    needed: Mapping[tuple[str, str], tuple[str, ...]],
) -> str | None:
    everything = {s.register for s in ownership.stakes}
    left, right = pair
    if right in ownership.reached(left, everything) or left in ownership.reached(right, everything):
        return IN_LINE
    length = ownership.reached(owner, everything)
    for company, other in (pair, pair[::-1]):
        holders = {s.owner for s in ownership.stakes if s.company == company and s.owner in length}
        for holder in holders:
            nearer = (min(holder, other), max(holder, other))
            if length[holder] < length[company] and needed.get(nearer) == needed[pair]:
                return FOLLOWS
    return None


def _fewest(ownership: Ownership, owner: str, companies: set[str], registers: list[str]) -> tuple[str, ...]:
    for size in range(1, len(registers) + 1):
        for chosen in itertools.combinations(registers, size):
            if companies <= ownership.reached(owner, chosen).keys():
                return chosen
    raise ValueError(f"{owner} does not reach {companies}")


def _grouped(found: Iterable[Stake]) -> Mapping[tuple[str, str], list[Stake]]:
    groups: dict[tuple[str, str], list[Stake]] = {}
    for stake in found:
        groups.setdefault((stake.owner, stake.company), []).append(stake)
    return groups


def _solve(direct: Matrix) -> Matrix:
    """Return effective shares in per cent: the full series D (I - D)^-1, never more than all."""
    whole = direct @ np.linalg.inv(np.eye(len(direct)) - direct)
    return np.asarray(np.minimum(100 * whole, 100), dtype=np.float64)
