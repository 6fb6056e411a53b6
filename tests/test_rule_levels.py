"""Verdicts level by level, on drawn holdings: held against a plain walk, and over narrower bands."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bo_harmonise.ownership.level import Holdings
from bo_harmonise.ownership.rulebook import Rule, find_rule, rules
from bo_harmonise.ownership.verdicts import Verdicts, judge


def random_holdings(seed: int, size: int = 8) -> tuple[Holdings, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    linked = rng.random((size, size)) < 0.35
    np.fill_diagonal(linked, val=False)
    low = np.where(linked, rng.integers(0, 60, (size, size)) / 100, 0)
    low /= np.maximum(low.sum(axis=0), 1)
    high = np.where(linked, np.minimum(low + rng.choice([0, 0.1, 0.5, 1], (size, size)), 1), 0)
    known = rng.random((size, size)) < 0.8
    low, high = np.where(known, low, 0), np.where(known | ~linked, high, 1)
    return from_matrices(low, high, known & linked, linked), low, high, linked


def from_matrices(low: np.ndarray, high: np.ndarray, known: np.ndarray, linked: np.ndarray) -> Holdings:
    size = len(low)
    owner, owned = np.nonzero(linked)

    def both(values: np.ndarray) -> np.ndarray:
        column = values[owner, owned]
        return np.stack((column, np.zeros_like(column)), axis=1)

    no = np.zeros(len(owner), dtype=bool)
    return Holdings(
        size=size,
        owner=owner,
        owned=owned,
        low=both(low),
        high=both(high),
        known=both(known),
        free=both(np.zeros_like(linked)),
        low_open=both(np.zeros_like(linked)),
        high_open=both(np.zeros_like(linked)),
        decides=no,
        indicates=no,
        may_control=no,
        sum_low=np.stack((low.sum(axis=0), np.zeros(size)), axis=1),
        first_out=np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=size)))),
    )


def by_pair(found: Verdicts) -> dict[tuple[int, int], int]:
    return {
        (int(g), int(c)): int(v) for g, c, v in zip(found.group, found.company, found.verdict, strict=True)
    }


def level_by_level(share: np.ndarray, owner: int, rule: Rule) -> set[int]:
    """Group of one owner, computed plainly."""
    group = {owner}
    while True:
        total = share[sorted(group)].sum(axis=0)
        threshold = rule.link.threshold / 100
        enough = total >= threshold - 1e-9 if rule.link.comparison == ">=" else total > threshold + 1e-9
        grown = group | set(np.flatnonzero(enough).tolist())
        if grown == group:
            return group - {owner}
        group = grown


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["ofac-50", "uk-owned-or-controlled"]))
def test_verdicts_agree_with_a_plain_walk_over_every_reading(seed: int, name: str) -> None:
    holdings, low, high, _ = random_holdings(seed)
    rule = find_rule(name)
    owners = np.unique(holdings.owner)
    found = by_pair(judge(holdings, rule, owners, owners))
    rng = np.random.default_rng(seed)
    for owner in owners.tolist():
        sure = level_by_level(low, owner, rule)
        for company in range(holdings.size):
            said = found.get((owner, company), 0)
            assert (said == 3) == (company in sure)
        for _ in range(5):
            reading = low.copy()
            for company in range(holdings.size):
                spare = 1 - low[:, company].sum()
                for holder in rng.permutation(holdings.size):
                    extra = min(spare, high[holder, company] - low[holder, company]) * rng.choice([0, 1])
                    reading[holder, company] += extra
                    spare -= extra
            for company in level_by_level(reading, owner, rule):
                assert found.get((owner, company), 0) >= 1


LEVEL = sorted(name for name, rule in rules().items() if rule.chains == "level")


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1), st.sampled_from(LEVEL))
def test_narrowing_a_band_never_turns_no_into_possible_nor_yes_into_anything(seed: int, name: str) -> None:
    """Also where the stake had no figure at all, and beside interests that give control, or may."""
    holdings, low, high, linked = random_holdings(seed)
    rng = np.random.default_rng(seed)
    known = np.zeros_like(linked)
    known[holdings.owner, holdings.owned] = holdings.known[:, 0]
    stated = np.argwhere(linked & (high > low))
    if not len(stated):
        return
    holder, company = stated[rng.integers(len(stated))]
    spare = max(1 - low[:, company].sum(), 0)
    ends = np.sort(
        rng.uniform(low[holder, company], min(high[holder, company], low[holder, company] + spare), 2)
    )
    narrow_low, narrow_high, narrow_known = low.copy(), high.copy(), known.copy()
    narrow_low[holder, company], narrow_high[holder, company] = ends
    narrow_known[holder, company] = True
    owners = np.unique(holdings.owner)
    marks = {
        mark: rng.random(len(holdings)) < share
        for mark, share in (("decides", 0.05), ("indicates", 0.1), ("may_control", 0.1))
    }
    before, after = (
        by_pair(judge(replace(told, **marks), find_rule(name), owners, owners))
        for told in (holdings, from_matrices(narrow_low, narrow_high, narrow_known, linked))
    )
    for pair in before.keys() | after.keys():
        assert before.get(pair, 0) != 3 or after[pair] == 3
        assert before.get(pair, 0) != 0 or after.get(pair, 0) == 0
