"""What must hold of every rule: of narrower bands, other labels, and a wholly owned company between."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Stakes
from bo_harmonise.ownership.level import Holdings
from bo_harmonise.ownership.rulebook import rules
from bo_harmonise.ownership.verdicts import Multiplied, judge

RULES = sorted(rules())
EXAMPLES = 15
"""Of each of three properties, for each rule."""

_FIGURES = ("low", "high", "known", "free", "low_open", "high_open")
_MARKS = ("decides", "indicates", "may_control")


@dataclass(frozen=True)
class Told:
    """What is declared, as matrices (holder, company), those of figures with the kind (stakes, votes) behind.

    Shares are parts of one. `known` says whether the figure is stated, `free` that what others hold does not
    bound it, `low_open` and `high_open` that the share is not the bound itself ("more than 25 %").
    """

    low: np.ndarray
    high: np.ndarray
    linked: np.ndarray
    known: np.ndarray
    free: np.ndarray
    low_open: np.ndarray
    high_open: np.ndarray
    decides: np.ndarray
    indicates: np.ndarray
    may_control: np.ndarray

    @classmethod
    def drawn(cls, rng: np.random.Generator, size: int = 7) -> "Told":
        linked = rng.random((size, size)) < rng.choice([0.2, 0.35])
        np.fill_diagonal(linked, val=False)
        shape = (size, size, 2)
        stated = np.stack((linked, linked & (rng.random((size, size)) < 0.4)), axis=2)
        # Shares near the thresholds of rules: 5, 10, 15, 20, 25, 50.
        steps = np.array([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.51, 0.75, 1])
        low = np.where(stated, rng.choice(steps, shape), 0)
        low /= np.maximum(low.sum(axis=0), 1)
        high = np.where(stated, np.minimum(low + rng.choice([0, 0.1, 0.5, 1], shape), 1), 0)
        known = stated & (rng.random(shape) < 0.8)
        low, high = np.where(known, low, 0), np.where(known | ~stated, high, 1)
        free = stated & ~known & (rng.random(shape) < 0.3)
        # "More than" says nothing false only where the others leave something over.
        has_room = known & (high > low) & (low.sum(axis=0) < 0.999)
        is_open = [has_room & (rng.random(shape) < 0.5) for _ in range(2)]
        marks = [linked & (rng.random((size, size)) < share) for share in (0.05, 0.1, 0.1)]
        return cls(low, high, linked, known, free, *is_open, *marks)

    @property
    def size(self) -> int:
        return len(self.low)

    def relabelled(self, label: np.ndarray) -> "Told":
        back = np.argsort(label)
        return Told(*(getattr(self, name)[np.ix_(back, back)] for name in self.__dataclass_fields__))

    def split(self, holder: int, company: int) -> "Told":
        """Put a new company, which the holder has wholly, between the holder and the company."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        wider = {name: np.pad(v, [(0, 1), (0, 1), (0, 0)][: v.ndim]) for name, v in values.items()}
        for matrix in wider.values():
            matrix[-1, company] = matrix[holder, company]
            matrix[holder, company] = 0
        for name in ("low", "high", "linked", "known"):
            wider[name][holder, -1] = 1
        return Told(**wider)

    def verdicts(self, name: str) -> dict[tuple[int, int], int]:
        """Judge every holder by a rule: pairs (holder, company) about which it does not say no."""
        rule = rules()[name]
        owner, owned = np.nonzero(self.linked)

        holdings = Holdings(
            size=self.size,
            owner=owner,
            owned=owned,
            **{name: getattr(self, name)[owner, owned] for name in (*_FIGURES, *_MARKS)},
            sum_low=self.low.sum(axis=0),
            first_out=np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=self.size)))),
        )
        owners = np.unique(owner)
        if not len(owners):
            return {}

        def shares(high: np.ndarray) -> dict[str, object]:
            told = {"low": self.low, "high": high, "free": self.free}
            return {
                kind: effective(
                    Stakes.of(
                        self.size, owner, owned, **{key: v[owner, owned, place] for key, v in told.items()}
                    )
                )
                for place, kind in enumerate(("economic", "voting"))
            }

        multiplied = Multiplied.of(
            shares(self.high), shares(np.where(self.known, self.high, self.low)), self.size, owners
        )
        found = judge(holdings, rule, owners, owners, multiplied)
        return {
            (int(group), int(company)): int(verdict)
            for group, company, verdict in zip(found.group, found.company, found.verdict, strict=True)
            if verdict
        }


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32 - 1))
def test_narrowing_a_band_never_turns_no_into_possible_nor_yes_into_anything(name: str, seed: int) -> None:
    """Also of a stake that had no figure, or that others did not bound, whether they do now or not."""
    rng = np.random.default_rng(seed)
    told = Told.drawn(rng)
    wide = np.argwhere(told.high > told.low)
    if not len(wide):
        return
    at = tuple(wide[rng.integers(len(wide))])
    figures = {part: getattr(told, part).copy() for part in _FIGURES}
    spare = 1 - told.low[:, at[1], at[2]].sum()
    if spare < 0.001:
        return
    low, high = np.sort(rng.uniform(told.low[at], min(told.high[at], told.low[at] + spare), 2))
    figures["low"][at], figures["high"][at] = low, high
    figures["known"][at] = True
    figures["free"][at] &= rng.random() < 0.5
    for end in ("low", "high"):
        figures[f"{end}_open"][at] = rng.random() < 0.5
    before = told.verdicts(name)
    after = replace(told, **figures).verdicts(name)
    for pair in before.keys() | after.keys():
        assert before.get(pair, 0) != 3 or after.get(pair) == 3
        assert before.get(pair, 0) != 0 or after.get(pair, 0) == 0


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32 - 1))
def test_relabelling_and_reordering_change_no_verdict(name: str, seed: int) -> None:
    """The order in which holdings stand is that of the labels: new labels are a new order."""
    rng = np.random.default_rng(seed)
    told = Told.drawn(rng)
    label = rng.permutation(told.size)
    found = told.verdicts(name)
    assert told.relabelled(label).verdicts(name) == {
        (int(label[holder]), int(label[company])): verdict for (holder, company), verdict in found.items()
    }


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_wholly_owned_company_between_changes_no_verdict(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    told = Told.drawn(rng)
    links = np.argwhere(told.linked)
    if not len(links):
        return
    holder, company = links[rng.integers(len(links))]
    between = told.size
    found = told.split(int(holder), int(company)).verdicts(name)
    assert {pair: verdict for pair, verdict in found.items() if between not in pair} == told.verdicts(name)
