"""Screening: listed parties together or one by one, near misses, and the evidence on the chain."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ownership_world import World, compute, open_database

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership import listed_parties, screen


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def screened(
    world: World, tmp_path: Path, stack: ExitStack, listed: list[str], rule: str = "ofac-50"
) -> dict[str, dict[str, Any]]:
    connection = open_database(compute(world, tmp_path, stack))
    rows = screen(connection, listed, rule=rule).to_pylist()
    return {row["company_party_id"]: row for row in rows}


def mixed() -> World:
    """The mixed case of OFAC's arithmetic: four listed persons, level by level."""
    world = World()
    for owner, owned, share in (
        ("p-l1", "A", 3),
        ("B", "A", 47),
        ("C", "A", 50),
        ("p-l2", "B", 42),
        ("D", "B", 52),
        ("p-u1", "B", 6),
        ("p-l3", "D", 50),
        ("p-u2", "D", 50),
        ("p-trust", "C", 52),
        ("E", "C", 48),
        ("p-l4", "E", 81),
        ("p-u3", "E", 19),
    ):
        world.holds(f"gb:{owner}", f"gb:{owned}", share)
    return world


def test_the_mixed_case(tmp_path: Path, stack: ExitStack) -> None:
    found = screened(mixed(), tmp_path, stack, ["p-l1", "p-l2", "p-l3", "p-l4"])
    assert {company: row["verdict"] for company, row in found.items()} == {
        "A": "yes",
        "B": "yes",
        "C": "no",
        "D": "yes",
        "E": "yes",
    }
    assert (found["A"]["share_min"], found["A"]["share_max"]) == (50, 50)  # 3 + 47, exactly
    assert (found["B"]["share_min"], found["C"]["share_max"]) == (94, 48)
    assert found["A"]["multiplied_min"] == pytest.approx(54.4)
    assert found["C"]["is_near_miss"]
    assert not found["A"]["is_near_miss"]
    assert found["A"]["listed_holders"] == ["p-l1", "p-l2", "p-l3", "p-l4"]
    assert found["A"]["deciding_chain"] == ["p-l3", "D", "B", "A"]


def test_the_uk_does_not_add_up_holdings_of_different_persons(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 30)
    world.holds("gb:pY", "gb:A", 30)
    assert screened(world, tmp_path, stack, ["pX", "pY"])["A"]["verdict"] == "yes"
    connection = open_database(compute(world, tmp_path, stack))
    rows = screen(connection, ["pX", "pY"], rule="uk-owned-or-controlled", near=20).to_pylist()
    assert [(row["listed_party_id"], row["verdict"], row["share_max"], row["missing"]) for row in rows] == [
        (
            "pX",
            "no",
            60,
            "whether the listed holders of A have a joint arrangement (together 60 to 60 %)",
        ),
        ("pX", "no", 30, None),
        ("pY", "no", 30, None),
    ]
    assert all(row["is_near_miss"] for row in rows)
    assert [
        row["share_max"]
        for row in screen(connection, ["pX", "pY"], rule="uk-owned-or-controlled").to_pylist()
    ] == [60]
    assert not screen(connection, ["pX"], rule="uk-owned-or-controlled").num_rows


def test_bands_and_missing_figures_are_near_misses(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", (25, 75))
    world.holds("gb:pX", "gb:B", None)
    world.holds("gb:pX", "gb:C", 45)
    world.holds("gb:pX", "gb:D", 39)
    found = screened(world, tmp_path, stack, ["pX"])
    assert {company: (row["verdict"], row["is_near_miss"]) for company, row in found.items()} == {
        "A": ("possible", True),
        "B": ("unknown", True),
        "C": ("no", True),
    }
    assert "25 and 75" in found["A"]["missing"]


def test_the_chain_comes_with_its_statements_and_its_weakest_merge(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("gb:A", "A", "entity")
    world.record("lv:A", "A", "entity")
    world.same("gb:A", "lv:A", 0.87)
    first = world.holds("gb:pX", "gb:A", 80)
    second = world.holds("lv:A", "lv:B", 60)
    row = screened(world, tmp_path, stack, ["pX"])["B"]
    assert row["deciding_chain"] == ["pX", "A", "B"]
    assert row["statement_ids"] == sorted([first, second])
    assert row["match_probability"] == 0.87
    assert (row["multiplied_min"], row["share_min"]) == (48, 60)


def test_a_definition_of_owners_can_be_screened_with(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    world.holds("gb:A", "gb:B", 50)
    connection = open_database(compute(world, tmp_path, stack))
    rows = screen(connection, ["pX"], rule="eu-amlr").to_pylist()
    assert [(row["company_party_id"], row["verdict"], row["share_min"]) for row in rows] == [
        ("A", "yes", 50),
        ("B", "yes", 25),
    ]


def test_what_cannot_be_screened_is_refused(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    connection = open_database(compute(world, tmp_path, stack))
    with pytest.raises(UsageError, match="no such party: nobody"):
        screen(connection, ["pX", "nobody"], rule="ofac-50")
    with pytest.raises(UsageError, match="no listed party"):
        screen(connection, [], rule="ofac-50")
    with pytest.raises(UsageError, match="there is no rule"):
        screen(connection, ["pX"], rule="nothing")


def test_listed_parties_are_those_on_a_list_that_day(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    listings = [
        {"list": "one", "start_date": date(2020, 1, 1), "end_date": date(2025, 1, 1)},
        {"list": "two", "start_date": date(2024, 1, 1)},
    ]
    world.record("ftm:p1", "p1", "person", listings=listings[:1])
    world.record("ftm:A", "A", "entity", listings=listings)
    world.record("gb:p2", "p2", "person")
    connection = compute(world, tmp_path, stack).connection

    def listed(day: date, *lists: str) -> list[tuple[str, list[str]]]:
        rows = listed_parties(connection, day, lists).to_pylist()
        return [(row["party_id"], row["lists"]) for row in rows]

    assert listed(date(2024, 6, 1)) == [("A", ["one", "two"]), ("p1", ["one"])]
    assert listed(date(2024, 6, 1), "two") == [("A", ["two"])]
    assert listed(date(2025, 1, 1)) == [("A", ["two"])]
    assert listed(date(2019, 1, 1)) == []
