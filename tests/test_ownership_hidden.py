"""Hidden common owners: what one register shows is not hidden, what takes two is, with its evidence."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from ownership_world import Result, World, compute, open_database, two_registers

from bo_harmonise.ownership import OwnSettings, tell_hidden_common_owner


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def pairs(result: Result) -> list[tuple[str, str, str, list[str]]]:
    return [
        (row["owner_party_id"], row["company_l_party_id"], row["company_r_party_id"], row["registers"])
        for row in result.table("hidden_common_owner")
    ]


def test_an_owner_of_companies_in_two_registers_is_hidden(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    british = world.holds("gb:p1a", "gb:A", (75, 100))
    slovak = world.holds("sk:p1b", "sk:B", 30)
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert (row["owner_party_id"], row["owner_name"]) == ("p1", "Name of p1")
    assert (row["company_l_party_id"], row["company_r_party_id"]) == ("A", "B")
    assert (row["registers"], row["registers_needed"]) == (["gb", "sk"], 2)
    assert (row["share_min_l"], row["share_max_l"], row["share_min_r"], row["share_max_r"]) == (
        75,
        100,
        30,
        30,
    )
    assert row["match_probability"] == 0.93
    assert (row["chain_l"], row["chain_r"]) == (["p1", "A"], ["p1", "B"])
    assert row["statement_ids"] == sorted([british, slovak])
    assert row["merges"] == [{"record_id_l": "gb:p1a", "record_id_r": "sk:p1b", "match_probability": 0.93}]


def test_the_statement_of_a_step_is_the_one_that_states_the_share(tmp_path: Path, stack: ExitStack) -> None:
    """A register states the owner twice, without a figure first; the text has both, the figure's before."""
    world = two_registers()
    british = world.holds("gb:p1a", "gb:A", 50)
    without = world.holds("sk:p1b", "sk:B", None, type="unknownInterest")
    stated = world.holds("sk:p1b", "sk:B", 30)
    world.record("lv:B", "B", "entity")
    world.same("lv:B", "sk:B", 0.99)
    below = world.holds("lv:B", "lv:C", None, type="unknownInterest")
    shown = world.holds("lv:B", "lv:C", 60)
    assert without < stated
    assert below < shown
    connection = open_database(result := compute(world, tmp_path, stack))
    rows = {row["company_r_party_id"]: row for row in result.table("hidden_common_owner")}
    assert rows["B"]["statement_ids_r"] == [stated]
    assert rows["C"]["statement_ids_r"] == [stated, shown]
    assert rows["C"]["statement_ids"] == sorted([british, stated, shown])
    lines = tell_hidden_common_owner(connection, "p1", "A", "C").splitlines()
    told = [line.partition(" (")[0] for line in lines if "statement-" in line]
    assert told == [
        "1. Name of p1 in Name of A: shareholding 50 %",
        "1. Name of p1 in Name of B: shareholding 30 %",
        "   also: unknownInterest",
        "2. Name of B in Name of C: shareholding 60 %",
        "   also: unknownInterest",
    ]


def test_what_one_register_shows_by_itself_is_not_hidden(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("gb:p1a", "gb:B", 50)
    world.record("sk:B", "B", "entity")
    world.holds("sk:p1b", "sk:B", 50)
    assert pairs(compute(world, tmp_path, stack)) == []


def test_an_identifier_of_the_register_links_its_records(tmp_path: Path, stack: ExitStack) -> None:
    """The owner's two Danish records carry one Danish number: the Danish register shows both companies."""
    world = World()
    number = [{"scheme": "DK-CVR", "id": "1", "is_valid": True}]
    world.record("dk:p1a", "p1", "person", identifiers=number)
    world.record("dk:p1b", "p1", "person", identifiers=number)
    world.record("sk:p1c", "p1", "person")
    world.same("dk:p1a", "sk:p1c", 0.99)
    world.holds("dk:p1a", "dk:A", 50)
    world.holds("dk:p1b", "dk:B", 50)
    world.holds("sk:p1c", "sk:C", 50)
    assert {pair[1:3] for pair in pairs(compute(world, tmp_path, stack))} == {("A", "C"), ("B", "C")}


def test_a_merge_that_only_a_third_register_makes_counts_that_register(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    for record in ("gb:p1a", "gb:p1b", "sk:p1c"):
        world.record(record, "p1", "person")
    world.same("gb:p1a", "sk:p1c", 0.95)
    world.same("gb:p1b", "sk:p1c", 0.9)
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("gb:p1b", "gb:B", 50)
    world.holds("sk:p1c", "sk:C", 50)
    result = compute(world, tmp_path, stack)
    rows = {
        (r["company_l_party_id"], r["company_r_party_id"]): r for r in result.table("hidden_common_owner")
    }
    assert rows["A", "B"]["registers"] == ["gb", "sk"]
    assert rows["A", "B"]["match_probability"] == 0.9


def test_records_joined_through_a_third_are_as_sure_as_the_pairs_that_join_them(
    tmp_path: Path, stack: ExitStack
) -> None:
    """The pair of the two says 0.279; two others, far surer, join them by way of the Latvian record."""
    world = two_registers(0.279)
    world.record("lv:p1c", "p1", "person")
    world.same("gb:p1a", "lv:p1c", 0.999)
    world.same("sk:p1b", "lv:p1c", 0.961)
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("sk:p1b", "sk:B", 30)
    connection = open_database(result := compute(world, tmp_path, stack))
    (row,) = result.table("hidden_common_owner")
    assert row["match_probability"] == 0.961
    assert row["match_probability_combined"] == pytest.approx(0.999 * 0.961)
    assert row["merges"] == [
        {"record_id_l": "gb:p1a", "record_id_r": "lv:p1c", "match_probability": 0.999},
        {"record_id_l": "lv:p1c", "record_id_r": "sk:p1b", "match_probability": 0.961},
    ]
    told = tell_hidden_common_owner(connection, "p1", "A", "B")
    assert "- gb:p1a and lv:p1c: 0.9990\n- lv:p1c and sk:p1b: 0.9610\n" in told


def test_registers_needed_are_the_fewest_over_all_paths_of_merges(tmp_path: Path, stack: ExitStack) -> None:
    """Over the Latvian record it takes two merges and three registers; over two more records of Britain and
    Slovakia three merges, and no third register."""
    world = two_registers()
    world.matches.clear()
    for record in ("lv:p1x", "gb:p1c", "sk:p1d"):
        world.record(record, "p1", "person")
    world.same("gb:p1a", "lv:p1x", 0.99)
    world.same("lv:p1x", "sk:p1b", 0.99)
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("sk:p1b", "sk:B", 30)
    (row,) = compute(world, tmp_path / "two", stack).table("hidden_common_owner")
    assert (row["registers_needed"], row["registers"]) == (3, ["gb", "lv", "sk"])
    world.same("gb:p1a", "gb:p1c", 0.98)
    world.same("gb:p1c", "sk:p1d", 0.98)
    world.same("sk:p1d", "sk:p1b", 0.98)
    (row,) = compute(world, tmp_path / "three", stack).table("hidden_common_owner")
    assert (row["registers_needed"], row["registers"]) == (2, ["gb", "sk"])


def test_a_company_on_the_chain_is_as_sure_as_the_pairs_that_join_its_records(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = two_registers()
    for record in ("gb:H", "sk:H", "lv:H"):
        world.record(record, "H", "entity")
    world.same("gb:H", "sk:H", 0.2)
    world.same("gb:H", "lv:H", 0.98)
    world.same("lv:H", "sk:H", 0.97)
    world.holds("gb:p1a", "gb:H", 60)
    world.holds("gb:p1a", "gb:A", 60)
    world.holds("sk:H", "sk:B", 60)
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert (row["company_l_party_id"], row["company_r_party_id"]) == ("A", "B")
    assert row["match_probability"] == 0.97
    assert row["match_probability_combined"] == pytest.approx(0.98 * 0.97)
    assert [merge["match_probability"] for merge in row["merges"]] == [0.98, 0.97]


def test_parties_of_very_many_records_stand_on_the_surest_pairs_as_well(
    tmp_path: Path, stack: ExitStack
) -> None:
    """Forty records in a row, each pair at 0.95 or more; the pairs across say 0.1 and join nothing."""
    world = World()
    records = [f"r{number:02d}:p{number:02d}" for number in range(40)]
    for record in records:
        world.record(record, "p1", "person")
    for number in range(39):
        world.same(records[number], records[number + 1], 0.95 + number / 1000)
    for number in range(38):
        world.same(records[number], records[number + 2], 0.1)
    world.holds(records[0], "r00:A", 50)
    world.holds(records[39], "r39:B", 50)
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert row["match_probability"] == 0.95


def test_records_that_one_register_holds_and_resolution_joins_directly_need_one_register(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    for record in ("gb:p1a", "gb:p1b", "sk:p1c"):
        world.record(record, "p1", "person")
    world.same("gb:p1a", "gb:p1b", 0.97)
    world.same("gb:p1b", "sk:p1c", 0.9)
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("gb:p1b", "gb:B", 50)
    world.holds("sk:p1c", "sk:C", 50)
    assert {pair[1:3] for pair in pairs(compute(world, tmp_path, stack))} == {("A", "C"), ("B", "C")}


def test_a_chain_over_registers_needs_all_of_them_and_comes_first(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.record("gb:A", "A", "entity")
    world.record("lv:A", "A", "entity")
    world.record("lv:B", "B", "entity")
    world.record("dk:B", "B", "entity")
    world.same("gb:A", "lv:A", None, "identifier")
    world.same("lv:B", "dk:B", 0.97)
    first = world.holds("gb:p1a", "gb:A", 80)
    second = world.holds("lv:A", "lv:B", 50)
    third = world.holds("dk:B", "dk:X", 100)
    fourth = world.holds("sk:p1b", "sk:Y", None)
    rows = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert [(r["company_l_party_id"], r["company_r_party_id"], r["registers_needed"]) for r in rows] == [
        ("X", "Y", 4),
        ("B", "Y", 3),
        ("A", "Y", 2),
    ]
    top = rows[0]
    assert top["chain_l"] == ["p1", "A", "B", "X"]
    assert (top["share_min_l"], top["share_max_l"]) == (40, 40)
    assert (top["share_min_r"], top["share_max_r"]) == (0, 100)
    assert (top["statement_ids_l"], top["statement_ids_r"]) == ([first, second, third], [fourth])
    assert top["match_probability"] == 0.93
    assert top["match_probability_combined"] == pytest.approx(0.93 * 0.97)
    assert [row["rank"] for row in rows] == [1, 2, 3]


def test_the_fewest_registers_that_suffice_are_named(tmp_path: Path, stack: ExitStack) -> None:
    """Slovakia and Latvia state the stake in B; the Slovak record of the owner is joined more surely."""
    world = two_registers(0.99)
    world.record("lv:p1c", "p1", "person")
    world.same("gb:p1a", "lv:p1c", 0.91)
    world.record("sk:B", "B", "entity")
    world.record("lv:B", "B", "entity")
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("sk:p1b", "sk:B", 50)
    world.holds("lv:p1c", "lv:B", 50)
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert (row["registers"], row["match_probability"]) == (["gb", "sk"], 0.99)


def test_a_parent_and_its_subsidiary_are_not_two_companies_of_one_owner(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = two_registers()
    world.record("gb:A", "A", "entity")
    world.record("lv:A", "A", "entity")
    world.holds("gb:p1a", "gb:A", 100)
    world.holds("lv:A", "lv:B", 100)
    assert pairs(compute(world, tmp_path, stack)) == []


def test_the_owner_is_who_stands_at_the_top_not_each_holding_between(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.record("gb:H", "H", "entity")
    world.record("dk:H", "H", "entity")
    world.record("lv:H", "H", "entity")
    world.same("gb:H", "dk:H", None, "identifier")
    world.same("gb:H", "lv:H", None, "identifier")
    world.holds("gb:p1", "gb:H", 100)
    world.holds("dk:H", "dk:A", 100)
    world.holds("lv:H", "lv:B", 100)
    assert pairs(compute(world, tmp_path, stack)) == [("p1", "A", "B", ["dk", "gb", "lv"])]


def test_a_holding_that_nobody_is_known_to_own_is_an_owner(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("dk:H", "H", "entity")
    world.record("lv:H", "H", "entity")
    world.same("dk:H", "lv:H", None, "identifier")
    world.holds("dk:H", "dk:A", 100)
    world.holds("lv:H", "lv:B", 100)
    assert pairs(compute(world, tmp_path, stack)) == [("H", "A", "B", ["dk", "lv"])]


def test_what_follows_from_a_nearer_pair_has_no_row_of_its_own(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", 100)
    world.holds("gb:A", "gb:B", 100)
    world.holds("gb:B", "gb:C", 100)
    world.holds("sk:p1b", "sk:X", 100)
    world.holds("sk:X", "sk:Y", 100)
    assert pairs(compute(world, tmp_path, stack)) == [("p1", "A", "X", ["gb", "sk"])]


def test_an_arrangement_is_a_link_of_the_chain_not_one_of_the_companies(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = two_registers()
    world.record("gb:J", "J", "entity", entity_type="arrangement")
    world.holds("gb:p1a", "gb:J", None)
    world.holds("gb:J", "gb:A", 60)
    world.holds("sk:p1b", "sk:B", 30)
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert (row["company_l_party_id"], row["chain_l"]) == ("A", ["p1", "J", "A"])
    assert (row["share_min_l"], row["share_max_l"]) == (0, 60)


def test_an_interest_without_a_figure_of_shares_connects_too(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", None, type="appointmentOfBoard")
    world.holds("sk:p1b", "sk:B", 60, type="votingRights")
    (row,) = compute(world, tmp_path, stack).table("hidden_common_owner")
    assert (row["basis_l"], row["share_min_l"], row["share_max_l"]) == ("control", 0, 100)
    assert (row["basis_r"], row["share_min_r"], row["share_max_r"]) == ("voting", 60, 60)


def test_a_director_of_two_companies_is_not_their_owner(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", None, type="boardMember")
    world.holds("sk:p1b", "sk:B", 60)
    assert pairs(compute(world, tmp_path, stack)) == []


def test_a_conclusion_that_a_register_states_is_shown_by_that_register(
    tmp_path: Path, stack: ExitStack
) -> None:
    """Britain states the chain to C only as a conclusion, but it does show the owner with both companies."""
    world = two_registers()
    world.record("lv:A", "A", "entity")
    world.record("lv:C", "C", "entity")
    world.holds("gb:p1a", "gb:A", 100)
    world.holds("gb:p1a", "gb:B", 100)
    world.holds("lv:A", "lv:C", 100)
    world.holds("gb:p1a", "gb:C", 100, direct_or_indirect="indirect")
    assert pairs(compute(world, tmp_path, stack)) == []


def test_loops_end(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.record("gb:A", "A", "entity")
    world.record("lv:A", "A", "entity")
    world.same("gb:A", "lv:A", None, "identifier")
    world.holds("gb:p1a", "gb:A", 40)
    world.holds("lv:A", "lv:B", 60)
    world.holds("lv:B", "lv:A", 60)
    world.holds("sk:p1b", "sk:C", 100)
    assert pairs(compute(world, tmp_path, stack)) == [
        ("p1", "B", "C", ["gb", "lv", "sk"]),
        ("p1", "A", "C", ["gb", "sk"]),
    ]


def test_owners_of_very_many_companies_are_bounded_and_counted(tmp_path: Path, stack: ExitStack) -> None:
    """Of 40 companies in each of two registers the three largest of each are compared with each other (9
    pairs over both), each of the 37 further ones of each with the largest of the other (74 pairs).

    Pairs of 80 companies: 3,160; compared among the six largest 15, further ones with either largest 148.
    """
    world = two_registers()
    for number in range(40):
        world.holds("gb:p1a", f"gb:A{number:02d}", number + 1)
        world.holds("sk:p1b", f"sk:B{number:02d}", number + 1)
    result = compute(world, tmp_path, stack, settings=OwnSettings(companies_per_group=3))
    found = pairs(result)
    largest = {"A37", "A38", "A39", "B37", "B38", "B39"}
    assert len([1 for _, left, right, _ in found if {left, right} <= largest]) == 9
    further = [(left, right) for _, left, right, _ in found if not {left, right} <= largest]
    assert len(further) == 74
    assert all("A39" in pair or "B39" in pair for pair in further)
    assert {company for _, *pair, _ in found for company in pair} == {
        f"{letter}{number:02d}" for letter in "AB" for number in range(40)
    }
    assert result.table("hidden_common_owner_limit") == [
        {
            "owner_party_id": "p1",
            "owner_name": "Name of p1",
            "companies": 80,
            "companies_paired": 6,
            "pairs_left_out": 3160 - 15 - 148,
        }
    ]
    assert (result.summary.limited_owners, result.summary.pairs_left_out) == (1, 2997)


def test_rows_do_not_depend_on_threads_or_on_the_order_of_statements(
    tmp_path: Path, stack: ExitStack
) -> None:
    def world(*, backwards: bool) -> World:
        made = World()
        stakes: list[tuple[str, str, Any]] = []
        for number in range(30):
            made.record(f"gb:p{number}", f"p{number}", "person")
            made.record(f"sk:p{number}", f"p{number}", "person")
            made.same(f"gb:p{number}", f"sk:p{number}", 0.9 + number / 1000)
            stakes += [
                (f"gb:p{number}", f"gb:A{number % 7}", 10),
                (f"sk:p{number}", f"sk:B{number % 5}", 10),
                (f"gb:A{number % 7}", f"gb:C{number % 11}", 10),
            ]
        for owner, owned, share in reversed(stakes) if backwards else stakes:
            made.holds(
                owner, owned, share, statement_id=f"statement-{owner}-{owned}", record_id=owner + owned
            )
        if backwards:
            for rows in (made.entities, made.persons, made.matches):
                rows.reverse()
        return made

    one = compute(world(backwards=False), tmp_path / "one", stack, threads=1)
    two = compute(world(backwards=True), tmp_path / "two", stack, threads=2)
    for name in one.summary.rows:
        assert one.table(name) == two.table(name), name
    assert len(one.table("hidden_common_owner")) == 30


def test_an_identifier_that_two_registers_share_joins_them_without_a_third(
    tmp_path: Path, stack: ExitStack
) -> None:
    """Resolution joins both to the record of a third register; the number they share makes that needless."""
    world = World()
    number = [{"scheme": "XI-LEI", "id": "1", "is_valid": True}]
    for register in ("dk", "gb", "gleif"):
        world.record(f"{register}:H", "H", "entity", identifiers=number)
    world.same("dk:H", "gleif:H", None, "identifier")
    world.same("gb:H", "gleif:H", None, "identifier")
    world.holds("dk:H", "dk:A", 100)
    world.holds("gb:H", "gb:B", 100)
    assert pairs(compute(world, tmp_path, stack)) == [("H", "A", "B", ["dk", "gb"])]
