"""Effective ownership: hand-worked cases, and the series against dense linear algebra on random graphs."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bo_harmonise.ownership.chains import find, shortest
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Stakes
from bo_harmonise.ownership.rows import Block

Edge = tuple[str, str, float, float]


def graph(edges: list[Edge]) -> tuple[Stakes, list[str]]:
    names = sorted({name for edge in edges for name in edge[:2]})
    return (
        Stakes.of(
            len(names),
            np.array([names.index(e[0]) for e in edges], dtype=np.int64),
            np.array([names.index(e[1]) for e in edges], dtype=np.int64),
            low=np.array([e[2] for e in edges]) / 100,
            high=np.array([e[3] for e in edges]) / 100,
        ),
        names,
    )


def shares(edges: list[Edge]) -> dict[tuple[str, str], tuple[float, float]]:
    stakes, names = graph(edges)
    block = effective(stakes)
    return {
        (names[o], names[c]): (round(low * 100, 9), round(high * 100, 9))
        for o, c, low, high in zip(block.owner, block.company, block.low, block.high, strict=True)
    }


def exact(owner: str, owned: str, share: float) -> Edge:
    return owner, owned, share, share


def test_a_chain_of_two_multiplies() -> None:
    assert shares([exact("p", "A", 50), exact("A", "B", 50)])["p", "B"] == (25, 25)


def test_bands_multiply_bound_by_bound() -> None:
    assert shares([("p", "A", 25, 50), ("A", "B", 75, 100)])["p", "B"] == (18.75, 50)


def test_two_chains_of_one_owner_add() -> None:
    found = shares([exact("p", "A", 60), exact("p", "B", 30), exact("A", "C", 50), exact("B", "C", 40)])
    assert found["p", "C"] == (42, 42)  # 0.6 * 50 + 0.3 * 40


def test_bands_over_two_chains_are_capped_by_what_others_hold() -> None:
    found = shares(
        [
            exact("p", "A", 100),
            exact("p", "B", 100),
            ("A", "C", 25, 50),
            ("B", "C", 25, 50),
            exact("q", "C", 40),
        ]
    )
    assert found["p", "C"] == (50, 60)  # 25 + 25 at least; 100 - 40 at most
    assert found["q", "C"] == (40, 40)
    assert found["A", "C"] == (25, 35)  # 100 - 40 - 25


def test_what_is_left_over_goes_to_the_holder_that_serves_best() -> None:
    # p has all of A and half of B. C: A 20-60, B 20-60, q 30. At least 20 + 10. At most: 30 are left over
    # after 20 + 20 + 30; A takes them all: 50 + 10.
    found = shares(
        [
            exact("p", "A", 100),
            exact("p", "B", 50),
            ("A", "C", 20, 60),
            ("B", "C", 20, 60),
            exact("q", "C", 30),
        ]
    )
    assert found["p", "C"] == (30, 60)


def test_upper_bounds_of_a_chain_are_tightened_at_every_step() -> None:
    # p 25-100 of A, others 60 of A: p at most 40. A 50-100 of B, others 20 of B: A at most 80.
    found = shares([("p", "A", 25, 100), exact("q", "A", 60), ("A", "B", 50, 100), exact("q", "B", 20)])
    assert found["p", "A"] == (25, 40)
    assert found["p", "B"] == (12.5, 32)
    assert found["q", "B"] == (20 + 50 * 0.6, 20 + 80 * 0.6)


def test_a_stake_without_figure_gives_what_others_leave() -> None:
    found = shares([("p", "A", 0, 100), exact("q", "A", 30)])
    assert found["p", "A"] == (0, 70)


def test_a_loop_as_in_the_worked_case() -> None:
    # A and B hold half of C each, C half of A: A's outside owners end with a third of C, B with two thirds.
    found = shares([exact("A", "C", 50), exact("B", "C", 50), exact("C", "A", 50), exact("outside", "A", 50)])
    assert found["outside", "C"] == pytest.approx((100 / 3, 100 / 3))
    assert found["B", "C"] == pytest.approx((200 / 3, 200 / 3))
    assert found["outside", "A"] == pytest.approx((200 / 3, 200 / 3))
    assert found["B", "A"] == pytest.approx((100 / 3, 100 / 3))


def test_a_holder_inside_a_loop_is_not_credited_with_what_comes_back_to_itself() -> None:
    # A holds 90 of B, B holds 80 of A: the full series would give A 0.9 / (1 - 0.72) = 321 % of B.
    found = shares([exact("A", "B", 90), exact("B", "A", 80), exact("p", "A", 20), exact("p", "B", 10)])
    assert found["A", "B"] == (90, 90)
    assert found["p", "B"] == pytest.approx((100, 100))


def test_a_company_that_holds_its_own_shares() -> None:
    found = shares([exact("A", "A", 20), exact("p", "A", 60), exact("q", "A", 20)])
    assert found["p", "A"] == (75, 75)  # 60 of the 80 that others hold
    assert found["q", "A"] == (25, 25)
    assert ("A", "A") not in found


def test_a_group_that_holds_itself_wholly_leaves_nothing_to_others() -> None:
    found = shares(
        [
            exact("A", "B", 100),
            exact("B", "A", 100),
            ("p", "A", 0, 100),
            exact("B", "C", 50),
            exact("p", "C", 50),
        ]
    )
    assert found["p", "A"] == (0, 0)
    assert found["p", "C"] == (50, 50)
    assert found["A", "C"] == (50, 50)
    assert found["A", "B"] == (100, 100)


def test_a_loop_of_bands_is_bounded_by_what_others_surely_hold() -> None:
    found = shares([("A", "B", 0, 100), ("B", "A", 0, 100), ("p", "A", 25, 50), exact("q", "B", 30)])
    # q keeps 30 of B: p has at most a = 50 + 50 b of A and b = 70 a of B, per cent.
    assert found["p", "A"] == pytest.approx((25, 100 * 0.5 / (1 - 0.5 * 0.7)))
    assert found["p", "B"] == pytest.approx((0, 100 * 0.35 / (1 - 0.5 * 0.7)))
    # q: a = 75 b of A and b = 30 + 70 a of B.
    assert found["q", "B"] == pytest.approx((30, 100 * 0.3 / (1 - 0.7 * 0.75)))


def test_unquantified_stakes_that_go_round_leave_what_others_surely_hold() -> None:
    found = shares([("A", "B", 0, 100), ("B", "A", 0, 100), ("p", "A", 0, 100), exact("q", "A", 40)])
    assert found["p", "A"] == (0, 60)
    assert found["p", "B"] == (0, 60)
    assert found["q", "A"] == (40, 100)


def test_declared_stakes_over_the_whole_never_exceed_the_whole() -> None:
    found = shares([exact("p", "A", 60), exact("p", "B", 60), exact("A", "C", 80), exact("B", "C", 80)])
    assert found["p", "C"] == (96, 96)
    found = shares([exact("p", "A", 100), exact("p", "B", 100), exact("A", "C", 80), exact("B", "C", 80)])
    assert found["p", "C"] == (100, 100)


def test_open_bounds_stay_open_along_a_chain() -> None:
    names = ["A", "B", "p"]
    stakes = Stakes.of(
        3,
        np.array([2, 0]),
        np.array([0, 1]),
        low=np.array([0.25, 0.5]),
        high=np.array([0.5, 0.75]),
        low_open=np.array([True, False]),
        high_open=np.array([False, True]),
    )
    block = effective(stakes)
    at = {(names[o], names[c]): i for i, (o, c) in enumerate(zip(block.owner, block.company, strict=True))}
    assert block.low_open[at["p", "B"]]
    assert block.high_open[at["p", "B"]]
    assert not block.low_open[at["A", "B"]]
    assert not block.high_open[at["p", "A"]]


def test_chains_are_counted_and_the_shortest_is_told() -> None:
    edges = [
        exact("p", "A", 10),
        exact("A", "B", 10),
        exact("B", "C", 10),
        exact("C", "A", 10),
        exact("p", "C", 10),
        exact("C", "D", 10),
    ]
    stakes, names = graph(edges)
    block = effective(stakes)
    row = int(find(block, stakes.size, np.array([names.index("p")]), np.array([names.index("D")]))[0])
    assert block.count[row] == 2  # p C D, and p A B C D
    offsets, parties = shortest(block, stakes.size)
    assert [names[i] for i in parties[offsets[row] : offsets[row + 1]]] == ["p", "C", "D"]


def _dense(size: int, matrix: np.ndarray) -> np.ndarray:
    """Series of each holder: chains that do not come back to it (its own holders cut off)."""
    result = np.zeros((size, size))
    for holder in range(size):
        cut = matrix.copy()
        cut[:, holder] = 0
        result[holder] = (matrix[holder] * (np.arange(size) != holder)) @ np.linalg.inv(np.eye(size) - cut)
    return result


@st.composite
def _graphs(draw: st.DrawFn, *, exact_only: bool) -> tuple[Stakes, np.ndarray, np.ndarray]:
    """Draw random graphs with loops in which no company is over-declared and every loop has a way out."""
    size = draw(st.integers(2, 12))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    linked = rng.random((size, size)) < draw(st.sampled_from([0.1, 0.2, 0.4]))
    np.fill_diagonal(linked, rng.random(size) < 0.1)
    raw = np.where(linked, rng.random((size, size)), 0)
    low = raw / np.maximum(raw.sum(axis=0), 1e-12) * rng.uniform(0.3, 0.98, size) * linked
    width = 0 if exact_only else rng.choice([0.0, 0.0, 0.3, 1.0], (size, size))
    high = np.minimum(low + width * linked, 1.0)
    if not exact_only:
        unknown = linked & (rng.random((size, size)) < 0.2)
        low[unknown], high[unknown] = 0.0, 1.0
    owner, owned = np.nonzero(linked)
    stakes = Stakes.of(size, owner, owned, low=low[owner, owned], high=high[owner, owned])
    return stakes, low, high


@settings(max_examples=300)
@given(_graphs(exact_only=True))
def test_exact_stakes_equal_dense_linear_algebra(drawn: tuple[Stakes, np.ndarray, np.ndarray]) -> None:
    stakes, matrix, _ = drawn
    expected = _dense(stakes.size, matrix)
    block = effective(stakes)
    found = np.zeros_like(expected)
    found[block.owner, block.company] = block.low
    np.testing.assert_allclose(found, expected * ~np.eye(stakes.size, dtype=bool), atol=1e-9)
    np.testing.assert_allclose(block.high, block.low, atol=1e-9)


@settings(max_examples=200)
@given(_graphs(exact_only=True))
def test_ultimate_owners_have_the_full_series(drawn: tuple[Stakes, np.ndarray, np.ndarray]) -> None:
    stakes, matrix, _ = drawn
    series = matrix @ np.linalg.inv(np.eye(stakes.size) - matrix)
    block = effective(stakes)
    ultimate = ~stakes.is_held[block.owner]
    np.testing.assert_allclose(
        block.low[ultimate], series[block.owner[ultimate], block.company[ultimate]], atol=1e-9
    )


@settings(max_examples=200)
@given(_graphs(exact_only=False), st.integers(0, 2**32 - 1))
def test_every_admissible_reading_of_the_bands_lies_inside_the_interval(
    drawn: tuple[Stakes, np.ndarray, np.ndarray], seed: int
) -> None:
    stakes, low, high = drawn
    rng = np.random.default_rng(seed)
    chosen = low.copy()
    for company in range(stakes.size):
        spare = 1 - low[:, company].sum()
        for holder in rng.permutation(stakes.size):
            extra = min(spare, high[holder, company] - low[holder, company]) * rng.choice(
                [0, 1, rng.random()]
            )
            chosen[holder, company] += extra
            spare -= extra
    chosen *= np.where(chosen.sum(axis=0) > 1 - 1e-9, 1 - 1e-9, 1)  # keep the reading's own series finite
    true = _dense(stakes.size, chosen)
    block = effective(stakes)
    share = true[block.owner, block.company]
    assert (share >= block.low - 1e-6).all()
    assert (share <= block.high + 1e-6).all()


def _best(stakes: Stakes, low: np.ndarray, high: np.ndarray, owner: int) -> np.ndarray:
    """Greatest share of one owner, by brute force over the corners that each company may choose."""
    size = stakes.size
    options = []
    for company in range(size):
        corners = []
        for order in itertools.permutations(range(size)):
            column, spare = low[:, company].copy(), 1 - low[:, company].sum()
            for holder in order:
                extra = min(spare, high[holder, company] - low[holder, company])
                column[holder] += extra
                spare -= extra
            corners.append(tuple(column))
        options.append(sorted(set(corners)))
    best = np.zeros(size)
    for choice in itertools.product(*options):
        matrix = np.array(choice).T
        matrix[:, owner] = 0
        best = np.maximum(best, (np.linalg.pinv(np.eye(size) - matrix).T @ matrix[owner]))
    return best


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_upper_bounds_without_loops_are_attained(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 4
    linked = np.triu(rng.random((size, size)) < 0.8, 1)
    low = np.where(linked, rng.random((size, size)), 0)
    low *= rng.uniform(0.2, 0.9, size) / np.maximum(low.sum(axis=0), 1e-12)
    high = np.where(linked, np.minimum(low + rng.choice([0.0, 0.2, 1.0], (size, size)), 1), 0)
    owner, owned = np.nonzero(linked)
    stakes = Stakes.of(size, owner, owned, low=low[owner, owned], high=high[owner, owned])
    block = effective(stakes)
    for holder in range(size):
        best = _best(stakes, low, high, holder)
        rows = block.owner == holder
        np.testing.assert_allclose(block.high[rows], best[block.company[rows]], atol=1e-9)


@settings(max_examples=100)
@given(_graphs(exact_only=False), st.integers(0, 2**32 - 1))
def test_relabelling_and_reordering_change_nothing(
    drawn: tuple[Stakes, np.ndarray, np.ndarray], seed: int
) -> None:
    stakes, _, _ = drawn
    rng = np.random.default_rng(seed)
    label = rng.permutation(stakes.size)
    order = rng.permutation(len(stakes))
    other = Stakes.of(
        stakes.size,
        label[stakes.owner[order]],
        label[stakes.owned[order]],
        low=stakes.low[order],
        high=stakes.high[order],
    )
    ours, theirs = effective(stakes), effective(other)
    assert len(ours) == len(theirs)
    at = find(theirs, stakes.size, label[ours.owner], label[ours.company])
    np.testing.assert_allclose(ours.low, theirs.low[at], atol=1e-9)
    np.testing.assert_allclose(ours.high, theirs.high[at], atol=1e-9)
    np.testing.assert_array_equal(ours.count, theirs.count[at])
    np.testing.assert_array_equal(ours.distance, theirs.distance[at])


@settings(max_examples=100)
@given(_graphs(exact_only=False), st.integers(0, 2**32 - 1))
def test_a_wholly_owned_company_between_changes_nothing(
    drawn: tuple[Stakes, np.ndarray, np.ndarray], seed: int
) -> None:
    stakes, _, _ = drawn
    if not len(stakes):
        return
    split = int(np.random.default_rng(seed).integers(len(stakes)))
    if stakes.owner[split] == stakes.owned[split]:
        return
    owner = stakes.owner.copy()
    owner[split] = stakes.size
    other = Stakes.of(
        stakes.size + 1,
        np.append(owner, stakes.owner[split]),
        np.append(stakes.owned, stakes.size),
        low=np.append(stakes.low, 1.0),
        high=np.append(stakes.high, 1.0),
    )
    ours, theirs = effective(stakes), effective(other)
    at = find(theirs, other.size, ours.owner, ours.company)
    np.testing.assert_allclose(ours.low, theirs.low[at], atol=1e-9)
    np.testing.assert_allclose(ours.high, theirs.high[at], atol=1e-9)
    counted = np.isfinite(theirs.count[at])  # a loop of one more company may be too large to count
    np.testing.assert_array_equal(ours.count[counted], theirs.count[at][counted])


@settings(max_examples=100)
@given(_graphs(exact_only=False), st.integers(0, 2**32 - 1))
def test_a_narrower_band_never_widens_an_interval(
    drawn: tuple[Stakes, np.ndarray, np.ndarray], seed: int
) -> None:
    stakes, _, _ = drawn
    if not len(stakes):
        return
    rng = np.random.default_rng(seed)
    low, high = stakes.low.copy(), stakes.high.copy()
    at = int(rng.integers(len(stakes)))
    spare = max(1 - stakes.sum_low[stakes.owned[at]], 0)
    low[at], high[at] = np.sort(rng.uniform(low[at], min(high[at], low[at] + spare), 2))
    narrower = Stakes.of(stakes.size, stakes.owner, stakes.owned, low=low, high=high)
    ours, theirs = effective(stakes), effective(narrower)
    assert (theirs.low >= ours.low - 1e-9).all()
    assert (theirs.high <= ours.high + 1e-9).all()


@settings(max_examples=100)
@given(_graphs(exact_only=True))
def test_chain_counts_are_those_of_simple_paths(drawn: tuple[Stakes, np.ndarray, np.ndarray]) -> None:
    networkx = pytest.importorskip("networkx")
    stakes, _, _ = drawn
    net = networkx.DiGraph(
        [(o, c) for o, c in zip(stakes.owner, stakes.owned, strict=True) if o != c],
    )
    block: Block = effective(stakes)
    for owner, company, count, distance in zip(
        block.owner, block.company, block.count, block.distance, strict=True
    ):
        paths = list(networkx.all_simple_paths(net, owner, company, cutoff=stakes.size))
        if np.isfinite(count):
            assert count == len(paths)
        assert distance == min(len(path) for path in paths) - 1
