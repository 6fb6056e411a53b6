"""Flags about what happens around a listing: owners that change, stakes that fall just under a half."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ownership_world import World, compute

LISTED = date(2022, 3, 1)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def raised(world: World, tmp_path: Path, stack: ExitStack, flag: str) -> list[tuple[str, dict[str, Any]]]:
    rows = compute(world, tmp_path, stack).table("red_flag")
    return [(row["party_id"], json.loads(row["evidence"])) for row in rows if row["flag"] == flag]


def listed(world: World, record_id: str, *days: date | None) -> None:
    party = record_id.split(":")[1]
    kind = "person" if party.startswith("p") else "entity"
    world.record(
        record_id, party, kind, listings=[{"list": f"list_{n}", "start_date": d} for n, d in enumerate(days)]
    )


def test_owners_that_come_and_go_around_the_listing_of_another_owner(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    listed(world, "ftm:p1", LISTED)
    world.holds("ftm:p1", "gb:A", 60, register="gb")
    came = world.holds("gb:p2", "gb:A", 10, start_date=date(2022, 5, 30))  # day 90
    world.holds("gb:p3", "gb:A", 10, start_date=date(2022, 5, 31))  # day 91
    went = world.holds(
        "gb:p4", "gb:A", 20, start_date=date(2015, 1, 1), end_date=date(2021, 12, 1)
    )  # day -90
    world.holds("gb:p5", "gb:A", 20, start_date=date(2015, 1, 1), end_date=date(2021, 11, 30))  # day -91
    world.holds("gb:p6", "gb:B", 20, start_date=date(2022, 3, 2))  # nobody in B is listed
    found = raised(world, tmp_path, stack, "owner_changed_near_listing")
    assert [
        (party, e["owner"], e["change"], e["days_after_listing"], e["statement_ids"]) for party, e in found
    ] == [
        ("A", "p2", "began", 90, [came]),
        ("A", "p4", "ended", -90, [went]),
    ]
    assert {e["listed_is"] for _, e in found} == {"another owner"}
    assert {(e["listed_party"], e["listed_on"]) for _, e in found} == {("p1", "2022-03-01")}


def test_the_company_or_the_owner_itself_is_listed(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    listed(world, "gb:A", LISTED)
    listed(world, "gb:p1", LISTED)
    world.holds("gb:p2", "gb:A", 10, start_date=date(2022, 2, 1))
    world.holds("gb:p1", "gb:B", 10, start_date=date(2010, 2, 1), end_date=date(2022, 4, 1))
    found = raised(world, tmp_path, stack, "owner_changed_near_listing")
    assert [(party, e["owner"], e["listed_is"]) for party, e in found] == [
        ("A", "p2", "the company"),
        ("B", "p1", "this owner"),
    ]


def test_a_stake_that_is_stated_anew_is_no_change(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    listed(world, "gb:A", LISTED)
    world.holds("gb:p1", "gb:A", (25, 50), start_date=date(2015, 1, 1), end_date=LISTED)
    world.holds("gb:p1", "gb:A", (50, 75), start_date=LISTED)
    world.holds("gb:p2", "gb:A", 10, start_date=LISTED, type="boardMember")
    assert raised(world, tmp_path, stack, "owner_changed_near_listing") == []


def test_the_nearest_listing_is_named(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    listed(world, "gb:A", date(2022, 1, 1), LISTED, None)
    world.holds("gb:p1", "gb:A", 10, start_date=date(2022, 2, 20))
    ((_, evidence),) = raised(world, tmp_path, stack, "owner_changed_near_listing")
    assert (evidence["list"], evidence["days_after_listing"]) == ("list_1", -9)


@pytest.mark.parametrize(
    ("before", "now", "is_raised"),
    [
        (60, 49, True),
        (50, 40, True),
        ((50, 75), (40, 49.99), True),
        (60, 50, False),  # still a half
        (60, 39, False),  # not nearly a half
        (49.9, 45, False),  # was no half
        ((25, 75), 45, False),  # may have been no half
        (None, 45, False),
    ],
)
def test_stakes_that_fall_just_under_a_half(
    tmp_path: Path, stack: ExitStack, before: Any, now: Any, is_raised: bool
) -> None:
    world = World()
    listed(world, "gb:p1", LISTED)
    old = world.holds("gb:p1", "gb:A", before, start_date=date(2015, 1, 1), end_date=date(2022, 3, 11))
    new = world.holds("gb:p1", "gb:A", now, start_date=date(2022, 3, 11))
    world.holds("gb:p2", "gb:A", 60, end_date=date(2022, 3, 11))  # not listed
    world.holds("gb:p2", "gb:A", 45, start_date=date(2022, 3, 11))
    found = raised(world, tmp_path, stack, "fell_under_half")
    assert [party for party, _ in found] == (["p1"] if is_raised else [])
    for _, evidence in found:
        assert (evidence["statement_id_before"], evidence["statement_ids"]) == (old, [new])
        assert (evidence["former_stake_ended"], evidence["present_stake_began"]) == (
            "2022-03-11",
            "2022-03-11",
        )
        assert (evidence["listed_on"], evidence["days_after_listing"]) == ("2022-03-01", 10)
