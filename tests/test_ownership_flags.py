"""Red flags: each is raised where it should be, on the right party, and nowhere else."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ownership_world import World, compute

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.flagging import flags, read_flag


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def raised(world: World, tmp_path: Path, stack: ExitStack, flag: str) -> dict[str, dict[str, Any]]:
    rows = compute(world, tmp_path, stack).table("red_flag")
    return {row["party_id"]: json.loads(row["evidence"]) for row in rows if row["flag"] == flag}


def test_every_flag_says_what_it_asks_and_how_to_take_it() -> None:
    known = {flag.name: flag for flag in flags()}
    assert len(known) >= 16
    assert {flag.kind for flag in known.values()} == {"risk", "context"}
    for flag in known.values():
        assert flag.question.endswith("?")
        assert flag.columns.startswith("party_id")


def test_a_flag_without_a_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.sql"
    path.write_text("-- Question: What?\nSELECT 1", encoding="utf-8")
    with pytest.raises(UsageError, match="header"):
        read_flag(path)


def test_circular_ownership_and_closed_groups(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:A", "gb:B", 100)
    world.holds("gb:B", "gb:A", 100)
    world.holds("gb:C", "gb:D", 50)
    world.holds("gb:D", "gb:C", 50)
    world.holds("gb:A", "gb:E", 50)
    result = compute(world, tmp_path, stack)
    flagged = [(row["flag"], row["party_id"]) for row in result.table("red_flag")]
    assert [party for flag, party in flagged if flag == "circular_ownership"] == ["A", "B", "C", "D"]
    assert [party for flag, party in flagged if flag == "closed_group"] == ["A", "B"]
    assert [
        (row["members"], row["is_closed"], row["held_inside_min"])
        for row in result.table("circular_ownership")
    ] == [(["A", "B"], True, 100), (["C", "D"], False, 50)]
    assert result.summary.closed_groups == 1


def test_own_shares(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:A", "gb:A", 10)
    world.holds("gb:p1", "gb:A", 90)
    assert set(raised(world, tmp_path, stack, "owns_itself")) == {"A"}


def test_shares_over_the_whole(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:p1", "gb:A", (60, 75))
    world.holds("gb:p2", "gb:A", 50)
    world.holds("gb:p1", "gb:B", (50, 75))
    world.holds("gb:p2", "gb:B", (50, 75))
    found = raised(world, tmp_path, stack, "shares_over_whole")
    assert set(found) == {"A"}
    assert found["A"]["sum_of_lower_bounds"] == 110


def test_owners_of_many_companies(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for number in range(50):
        world.holds("gb:p1", f"gb:A{number}", 10)
        world.holds("gb:p2", f"gb:A{max(number, 1)}", 10)
    found = raised(world, tmp_path, stack, "owner_of_many")
    assert found == {"p1": {"companies": 50, "hundred_or_more": False, "kind": "person", "agent": []}}


def test_companies_and_agents_that_hold_very_many_are_told_apart(tmp_path: Path, stack: ExitStack) -> None:
    """H holds 100 for itself; N is named so; T is registered as trustee of all of them, U of one."""
    world = World()
    for number in range(100):
        world.holds("gb:H", f"gb:A{number}", 10)
    world.record("gb:N", "Quayside Nominees Limited", "entity")
    for number in range(50):
        world.holds("gb:N", f"gb:A{number}", 10)
        for owner in ("T", "U"):
            roles = [{"type": "shareholding"}, {"type": "trustee"}]
            is_trustee = owner == "T" or number == 0
            world.holds(f"gb:{owner}", f"gb:A{number}", interests=roles if is_trustee else roles[:1])
    found = raised(world, tmp_path, stack, "owner_of_many")
    assert {party: evidence["agent"] for party, evidence in found.items()} == {
        "H": [],
        "Quayside Nominees Limited": ["named so: nominees"],
        "T": ["registered as trustee"],
        "U": [],
    }
    assert found["H"] == {"companies": 100, "hundred_or_more": True, "kind": "entity", "agent": []}


@pytest.mark.parametrize(
    ("birth_date", "is_raised"),
    [
        ("2010-05", True),
        ("2007", False),  # may have been 18 since New Year's Day 2025
        ("2008-01-01", False),  # 18 today
        ("2008-01-02", True),
        ("1934-12", True),
        ("1935-01-01", True),  # 91 today
        ("1935-01-02", False),
        ("1935", False),
        (None, False),
    ],
)
def test_the_age_of_owners(tmp_path: Path, stack: ExitStack, birth_date: str | None, is_raised: bool) -> None:
    world = World()
    world.record("gb:p1", "p1", "person", birth_date=birth_date)
    world.holds("gb:p1", "gb:A", 10)
    assert bool(raised(world, tmp_path, stack, "owner_age")) is is_raised


def test_stakes_just_under_a_quarter(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for number, share in enumerate((24, 24.9, 25, 22.5, 26)):
        world.holds("gb:p1", f"gb:A{number}", share)
    found = raised(world, tmp_path, stack, "just_under_threshold")
    assert set(found) == {"A0", "A1"}
    assert (found["A1"]["threshold"], found["A1"]["observed"], found["A1"]["expected"]) == (25, 2, 0.5)
    assert found["A1"]["rules"] == ["fatf-25"]


@pytest.mark.parametrize(
    ("country", "share", "threshold", "rules"),
    [
        ("NG", 4.99, 5, ["ng-psc"]),
        ("KE", 9.5, 10, ["ke-bo"]),
        ("UY", 14.9, 15, ["uy-bf"]),
        ("SK", 14.9, 15, ["eu-amlr-high-risk"]),
        ("GH", 19.01, 20, ["gh-bo"]),
        ("GB", 24.5, 25, ["fatf-25", "uk-psc"]),
        ("GB", 74.9, 75, ["uk-psc"]),
        (
            "VG",
            49.9,
            50,
            ["eu-owned-or-controlled", "eu-owned-or-controlled-2024", "ofac-50", "uk-owned-or-controlled"],
        ),
        ("GB", 4.99, None, []),
        ("NG", 5, None, []),
        ("VG", 74.9, None, []),
        ("KE", (9.1, 9.9), None, []),
    ],
)
def test_stakes_just_under_the_threshold_of_a_rule_that_is_made_for_the_company(
    tmp_path: Path,
    stack: ExitStack,
    country: str,
    share: float | tuple[float, float],
    threshold: float | None,
    rules: list[str],
) -> None:
    world = World()
    world.holds("xx:p1", "xx:A", share)
    world.jurisdictions["A"] = [country]
    found = raised(world, tmp_path, stack, "just_under_threshold")
    if threshold is None:
        assert found == {}
        return
    assert (found["A"]["threshold"], found["A"]["rules"]) == (threshold, rules)
    assert (found["A"]["observed"], found["A"]["expected"]) == (1, 0)


def test_no_person_at_the_top(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:H", "gb:A", 100)
    world.holds("gb:H", "gb:B", 50)
    world.holds("gb:p1", "gb:B", 50)
    found = raised(world, tmp_path, stack, "no_person_at_top")
    assert found == {"A": {"top": [{"party_id": "H", "share_max": 100}]}}


def test_long_chains_and_chains_through_jurisdictions(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for step in range(4):
        owner = "p1" if step == 0 else f"A{step - 1}"
        world.holds(f"gb:{owner}", f"gb:A{step}", 100)
    world.jurisdictions = {"A0": ["VG"], "A1": ["LV"], "A2": ["LV"], "A3": ["GB"]}
    assert raised(world, tmp_path / "a", stack, "long_chain") == {
        "A3": {"steps": 4, "more_than_five": False, "chain": ["p1", "A0", "A1", "A2", "A3"]}
    }
    found = raised(world, tmp_path / "b", stack, "many_jurisdictions")
    assert found == {"A3": {"jurisdictions": ["GB", "LV", "VG"], "chain": ["p1", "A0", "A1", "A2", "A3"]}}


def test_arrangements_in_the_chain(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("gb:T", "T", "entity", entity_type="arrangement", entity_subtype="trust")
    world.holds("gb:T", "gb:A", 100)
    world.holds("gb:A", "gb:B", 100)
    world.holds("gb:p1", "gb:C", 100)
    found = raised(world, tmp_path, stack, "arrangement_in_chain")
    assert found == {name: {"arrangements": [{"party_id": "T", "subtype": "trust"}]} for name in ("A", "B")}


def test_an_owner_that_no_longer_exists(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("gb:H", "H", "entity", status="ceased", dissolution_date=date(2020, 1, 1))
    world.record("gb:K", "K", "entity", status="active", dissolution_date=date(2027, 1, 1))
    world.holds("gb:H", "gb:A", 100)
    world.holds("gb:K", "gb:B", 100)
    found = raised(world, tmp_path, stack, "dissolved_owner")
    assert set(found) == {"A"}
    assert (found["A"]["owner"], found["A"]["dissolved"]) == ("H", "2020-01-01")


def test_an_owner_declared_before_birth_or_after_death(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("gb:p1", "p1", "person", birth_date="1995-03")
    world.record("gb:p2", "p2", "person", birth_date="1940", death_date="2025")
    world.record("gb:p3", "p3", "person", birth_date="1995", death_date="2026")
    declared = {"beneficial_ownership_or_control": True}
    world.holds("gb:p1", "gb:A", 50, start_date=date(1995, 2, 1), **declared)
    world.holds("gb:p2", "gb:B", 50, start_date=date(1990, 1, 1), **declared)
    world.holds("gb:p3", "gb:C", 50, start_date=date(1995, 1, 1), **declared)
    assert set(raised(world, tmp_path, stack, "declared_outside_life")) == {"p1", "p2"}


def test_short_lives(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for name, end in (("A", date(2020, 12, 31)), ("B", date(2021, 1, 1))):
        world.record(
            f"gb:{name}",
            name,
            "entity",
            founding_date=date(2020, 1, 1),
            dissolution_date=end,
            status="ceased",
        )
    assert set(raised(world, tmp_path, stack, "short_lived")) == {"A"}


def test_mass_addresses_and_directors(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for number in range(51):
        address = [{"type": "registered", "address": "1 Agent Street", "post_code": "AB1 2CD"}]
        world.record(f"gb:A{number}", f"A{number}", "entity", addresses=address)
        world.holds("gb:p1", f"gb:A{number}", None, type="boardMember")
        if number < 49:
            world.holds("gb:p2", f"gb:A{number}", None, type="boardMember")
    other = [{"type": "registered", "address": "c/o 3 Law Street", "post_code": "AB1 2CE"}]
    for number in range(51):
        world.record(f"gb:C{number}", f"C{number}", "entity", addresses=other)
        world.holds("gb:S", f"gb:C{number}", None, type="boardMember")
    world.record("gb:B", "Swift Formations Ltd", "entity", addresses=address)
    world.record("gb:D", "D", "entity", addresses=[{"address": "2 Other Street"}])
    result = compute(world, tmp_path, stack)
    rows = [(row["flag"], row["party_id"], json.loads(row["evidence"])) for row in result.table("red_flag")]
    places = [evidence for flag, _, evidence in rows if flag == "mass_address"]
    assert sorted({(place["address"], place["companies"], *place["agent"]) for place in places}) == [
        ("1 Agent Street, AB1 2CD", 52, "at this address: Name of Swift Formations Ltd"),
        ("c/o 3 Law Street, AB1 2CE", 51, "the address says care of"),
    ]
    assert len(places) == 103
    directors = [(party, evidence) for flag, party, evidence in rows if flag == "mass_director"]
    assert directors == [
        ("S", {"companies": 51, "weight_bits": 1, "agent": ["a company as director"]}),
        ("p1", {"companies": 51, "weight_bits": 1, "agent": []}),
    ]


def test_a_stake_given_up_around_a_listing(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    listing = [{"list": "some_list", "start_date": date(2022, 3, 1)}]
    home = [{"address": "1 Some Street", "post_code": "X1"}]
    world.record(
        "gb:p1", "p1", "person", listings=listing, names=[{"family_name": "Någårdh"}], addresses=home
    )
    world.record("gb:p2", "p2", "person", names=[{"family_name": "NAGARDH"}])
    world.record("gb:p3", "p3", "person", names=[{"family_name": "Other"}], addresses=home)
    end = date(2022, 2, 20)
    old = world.holds("gb:p1", "gb:A", 60, end_date=end)
    world.holds("gb:p1", "gb:A", 10, start_date=end)
    world.holds("gb:p2", "gb:A", 30, start_date=date(2022, 3, 10))
    world.holds("gb:p3", "gb:A", 20, start_date=date(2022, 2, 21))
    world.holds("gb:p3", "gb:A", 5, start_date=date(2023, 2, 21))
    world.holds("gb:p1", "gb:B", 60, end_date=date(2021, 6, 1))
    found = raised(world, tmp_path, stack, "divestment_near_listing")
    assert set(found) == {"p1"}
    evidence = found["p1"]
    assert (evidence["company"], evidence["days_after_listing"], evidence["statement_id"]) == ("A", -9, old)
    assert [
        (s["party_id"], s["share_max"], s["is_same_party"], s["shares_family_name"], s["shares_address"])
        for s in evidence["successors"]
    ] == [("p1", 10, True, True, True), ("p3", 20, False, False, True), ("p2", 30, False, True, False)]
