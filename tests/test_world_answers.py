"""The truth about a world: worked out by hand, by walking every chain, by trying every set of registers."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bo_harmonise.world.answers import EITHER, FOLLOWS, IN_LINE, ROW, Effective, Shown
from bo_harmonise.world.company_names import CompanyName
from bo_harmonise.world.model import Arrangement, Cell, Company, Person, Stake
from bo_harmonise.world.names import PersonName
from bo_harmonise.world.places import Place

REGISTERS = ("a", "b", "c", "d")
HOME = Place("GB", "High Street", 1, "Hull", "HU1 9ZZ")


class World(Cell):
    """A cell that is put together by hand: `stake(owner, company, share, registers)`."""

    def __init__(self) -> None:
        super().__init__(1, "by_hand", Random(1))  # noqa: S311
        self.named: dict[str, Person | Company | Arrangement] = {}

    def __getitem__(self, name: str) -> Person | Company | Arrangement:
        if name not in self.named:
            key = len(self.named) + 1
            if name.startswith("P"):
                named = PersonName("british", True, (name,), "Thornwick")
                person = Person(key, named, "1970-01-01", "GB", "GB", HOME)
                self.people.append(person)
                self.named[name] = person
            elif name.startswith("T"):
                trust = Arrangement(key, "trust", "VG", name, "2000-01-01")
                self.arrangements.append(trust)
                self.named[name] = trust
            else:
                called = CompanyName("english", (name,), "LIMITED", (name,), "LIMITED")
                company = Company(key, "GB", called, HOME, str(key), "2000-01-01")
                self.companies.append(company)
                self.named[name] = company
        return self.named[name]

    def stake(self, owner: str, company: str, share: float, registers: str = "") -> None:
        held = self[company]
        assert not isinstance(held, Person)
        self.stakes.append(Stake(len(self.stakes) + 1, self[owner], held, share, "2020-01-01"))
        for register in registers:
            self.shown.add((self[owner], held, register))

    def common(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Return `{(owner, company, company): (registers, status)}`."""
        name = {party.party_id: key for key, party in self.named.items()}
        found = {}
        for row in Shown(self, REGISTERS).common_owners(Effective(self)):
            left, right = sorted((name[row.company_l.party_id], name[row.company_r.party_id]))
            found[name[row.owner.party_id], left, right] = ("".join(row.registers), row.status)
        return found


def test_shares_multiply_along_chains_and_add_up_over_them():
    world = World()
    for owner, company, share in (("P", "A", 80), ("A", "B", 70), ("P", "B", 10), ("B", "C", 50)):
        world.stake(owner, company, share)
    effective = Effective(world)
    assert effective.share(world["P"], world["B"]) == pytest.approx(66)
    assert effective.share(world["P"], world["C"]) == pytest.approx(33)
    assert effective.share(world["A"], world["C"]) == pytest.approx(35)


def test_a_loop_is_summed_to_its_end():
    # The loop of the sample world: Meridian 50 / (1 - 0.5 x 0.2), Halcyon a fifth of that.
    world = World()
    for owner, company, share in (("H", "M", 50), ("M", "H", 20), ("P", "M", 50), ("P2", "H", 80)):
        world.stake(owner, company, share)
    effective = Effective(world)
    assert effective.share(world["P"], world["M"]) == pytest.approx(500 / 9)
    assert effective.share(world["P"], world["H"]) == pytest.approx(100 / 9)


def test_what_has_ended_counts_for_nothing():
    world = World()
    world.stake("P", "A", 100)
    world.stakes[0].end = "2024-01-01"
    assert Effective(world).share(world["P"], world["A"]) == 0


def test_one_register_shows_it_or_two_are_needed():
    world = World()
    world.stake("P", "A", 100, "ab")
    world.stake("P", "B", 100, "b")
    world.stake("P", "C", 100, "c")
    assert world.common() == {("P", "A", "C"): ("ac", ROW), ("P", "B", "C"): ("bc", ROW)}


def test_parent_and_subsidiary_are_no_two_companies_of_one_owner():
    world = World()
    world.stake("P", "A", 100, "a")
    world.stake("A", "B", 100, "b")
    assert world.common() == {("P", "A", "B"): ("ab", IN_LINE)}


def test_a_pair_follows_from_one_nearer_to_the_owner_in_the_same_registers():
    world = World()
    world.stake("P", "A", 100, "a")
    world.stake("A", "B", 100, "a")
    world.stake("P", "C", 100, "b")
    assert world.common() == {("P", "A", "C"): ("ab", ROW), ("P", "B", "C"): ("ab", FOLLOWS)}


def test_a_pair_that_needs_another_register_does_not_follow():
    world = World()
    world.stake("P", "A", 100, "a")
    world.stake("A", "B", 100, "c")
    world.stake("P", "C", 100, "b")
    assert world.common()["P", "B", "C"] == ("abc", ROW)


def test_sisters_below_one_parent_may_stand_in_the_answer():
    # What the pair of sisters follows from, parent and sister, has no row of its own.
    world = World()
    world.stake("P", "A", 100, "a")
    world.stake("A", "B", 100, "a")
    world.stake("A", "C", 100, "b")
    assert world.common() == {
        ("P", "A", "C"): ("ab", IN_LINE),
        ("P", "B", "C"): ("ab", EITHER),
    }


def test_a_trust_is_a_link_and_not_one_of_the_companies():
    world = World()
    world.stake("P", "T", 100, "a")
    world.stake("T", "A", 100, "a")
    world.stake("P", "B", 100, "b")
    assert world.common() == {("P", "A", "B"): ("ab", EITHER)}


def test_a_company_that_nobody_is_shown_to_hold_is_an_owner_too():
    world = World()
    world.stake("F", "A", 100, "a")
    world.stake("F", "B", 60, "b")
    assert world.common() == {("F", "A", "B"): ("ab", ROW)}


stakes = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(2, 6),
        st.sampled_from((10, 20, 30)),
        st.sets(st.sampled_from(REGISTERS), min_size=1, max_size=2),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda s: (s[0], s[1]),
)
"""Seven parties, of whom the first two are people; no company is held for more than its whole."""


def _world(drawn: list[tuple[int, int, int, set[str]]]) -> World:
    world = World()
    left = dict.fromkeys(range(7), 90)
    for owner, company, share, registers in drawn:
        if owner != company and left[company] >= share:
            left[company] -= share
            names = [f"P{n}" if n < 2 else f"C{n}" for n in (owner, company)]
            world.stake(*names, share, "".join(sorted(registers)))
    return world


@settings(max_examples=150)
@given(stakes)
def test_shares_are_what_walking_every_chain_gives(drawn):
    world = _world(drawn)
    effective = Effective(world)
    for person in world.people:
        held = dict.fromkeys(world.companies, 0.0)
        front = dict.fromkeys(world.companies, 0.0)
        for stake in world.stakes:
            if stake.owner is person:
                front[stake.company] += stake.share
        for _ in range(200):
            for company, share in front.items():
                held[company] += share
            front = {
                company: sum(
                    front[s.owner] * s.share / 100
                    for s in world.stakes
                    if s.company is company and s.owner in front
                )
                for company in world.companies
            }
        for company, share in held.items():
            assert effective.share(person, company) == pytest.approx(share, abs=1e-6)


def _reached(world: World, owner: object, registers: set[str]) -> set[object]:
    found = {owner}
    while True:
        more = {c for o, c, r in world.shown if o in found and r in registers} - found
        if not more:
            return found - {owner}
        found |= more


def _sets() -> Iterator[set[str]]:
    for size in range(1, len(REGISTERS) + 1):
        yield from (set(chosen) for chosen in combinations(REGISTERS, size))


@settings(max_examples=150)
@given(stakes)
def test_pairs_are_those_that_no_register_alone_connects(drawn):
    world = _world(drawn)
    found = {
        (row.owner, frozenset((row.company_l, row.company_r))): row
        for row in Shown(world, REGISTERS).common_owners(Effective(world))
    }
    for person in world.people:
        reached = [c for c in world.companies if c in _reached(world, person, set(REGISTERS))]
        for left, right in combinations(reached, 2):
            fewest = next(s for s in _sets() if {left, right} <= _reached(world, person, s))
            row = found.pop((person, frozenset((left, right))), None)
            if len(fewest) == 1:
                assert row is None
            else:
                assert row is not None
                assert set(row.registers) == fewest
                everywhere = set(REGISTERS)
                is_in_line = right in _reached(world, left, everywhere) or left in _reached(
                    world, right, everywhere
                )
                assert (row.status == IN_LINE) == is_in_line
    assert not [owner for owner, _ in found if isinstance(owner, Person)]
