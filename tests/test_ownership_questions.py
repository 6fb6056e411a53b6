"""Questions: owners and holdings under definitions, chains, common owners, groups, changes."""

import math
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import duckdb
import pytest
from ownership_world import World, compute, open_database

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership import (
    chains_between,
    changes,
    common_owners,
    gateways,
    group_of,
    holdings_of,
    owners_of,
)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def example(tmp_path: Path, stack: ExitStack) -> duckdb.DuckDBPyConnection:
    """Persons over two holdings: p1 has 60 of A, A 40 of C; p2 has 30 of C, and B, which has the rest."""
    world = World()
    world.holds("gb:p1", "gb:A", 60)
    world.holds("gb:p3", "gb:A", 40)
    world.holds("gb:A", "gb:C", 40)
    world.holds("gb:B", "gb:C", 30)
    world.holds("gb:p2", "gb:C", 30, beneficial_ownership_or_control=True)
    world.holds("gb:p2", "gb:B", 100)
    world.holds("gb:C", "gb:D", 100)
    return open_database(compute(world, tmp_path, stack))


def test_owners_of_a_company(example: duckdb.DuckDBPyConnection) -> None:
    rows = owners_of(example, "C").to_pylist()
    assert [(r["owner_party_id"], r["share_min"], r["is_ultimate"], r["chain_count"]) for r in rows] == [
        ("p2", 60, True, 2),
        ("p1", 24, True, 1),
        ("p3", 16, True, 1),
        ("A", 40, False, 1),
        ("B", 30, False, 1),
    ]
    assert rows[0]["declared_by"] == ["gb"]
    assert rows[1]["declared_by"] is None


def test_definitions_of_two_countries_can_be_compared_on_one_company(
    example: duckdb.DuckDBPyConnection,
) -> None:
    def owners(rule: str) -> dict[str, tuple[str, float]]:
        rows = owners_of(example, "C", rule).to_pylist()
        return {row["owner_party_id"]: (row["verdict"], row["share_min"]) for row in rows}

    # Britain: p1 has a majority of A, so that all of A's 40 count; p3 has none. p2: 30 and B's 30.
    assert owners("uk-psc") == {"p1": ("yes", 40), "p2": ("yes", 60)}
    # The European Union multiplies: p1 24, p3 16; but p1 controls A, which has an ownership interest of 40.
    assert owners("eu-amlr") == {"p1": ("yes", 24), "p2": ("yes", 60), "p3": ("no", 16)}
    assert owners("ng-psc")["p3"] == ("yes", 16)


def test_who_has_an_interest_in_a_company_that_controls_is_an_owner_in_the_union(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("gb:p1", "gb:A", 30)
    world.holds("gb:p2", "gb:A", 70)
    world.holds("gb:A", "gb:B", 60)
    world.holds("gb:p3", "gb:B", 40)
    connection = open_database(compute(world, tmp_path, stack))
    rows = {row["owner_party_id"]: row for row in owners_of(connection, "B", "eu-amlr").to_pylist()}
    # p1 has 18 of B by multiplication, but 30 of A, and A controls B (article 54, point b).
    assert rows["p1"]["verdict"] == "yes"
    assert rows["p1"]["share_min"] == 18
    assert rows["p1"]["deciding_chain"] == ["p1", "A", "B"]
    assert rows["p1"]["because"] == ("has 30 % of A, which controls it (18 % multiplied over all chains)")
    assert rows["p2"]["because"] == "shares: 60 % level by level (42 % multiplied over all chains)"
    assert {row["verdict"] for row in rows.values()} == {"yes"}


def test_holdings_of_a_party(example: duckdb.DuckDBPyConnection) -> None:
    rows = holdings_of(example, "p1").to_pylist()
    assert [(row["company_party_id"], row["share_min"]) for row in rows] == [("A", 60), ("C", 24), ("D", 24)]
    judged = {r["company_party_id"]: r["verdict"] for r in holdings_of(example, "p1", "ofac-50").to_pylist()}
    assert judged == {"A": "yes", "C": "no"}


def test_chains_between_two_parties(example: duckdb.DuckDBPyConnection) -> None:
    found = chains_between(example, "p2", "D")
    assert [(row["chain"], row["share_min"]) for row in found.rows.to_pylist()] == [
        (["p2", "C", "D"], 30),
        (["p2", "B", "C", "D"], 30),
    ]
    assert (found.total, found.is_complete, found.note) == (2, True, "all 2 chains")
    assert [len(row["statement_ids"]) for row in found.rows.to_pylist()] == [2, 3]
    assert chains_between(example, "D", "p2").total == 0
    assert chains_between(example, "p1", "B").rows.num_rows == 0


def test_chains_are_never_cut_silently(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    layers, width = 5, 4
    for layer in range(layers):
        for here in range(width):
            if layer == 0:
                world.holds("gb:p1", f"gb:A0-{here}", 10)
            for there in range(width if layer < layers - 1 else 1):
                world.holds(f"gb:A{layer}-{here}", f"gb:A{layer + 1}-{there}", 10)
    connection = open_database(compute(world, tmp_path, stack))
    found = chains_between(connection, "p1", f"A{layers}-0", limit=100)
    assert (found.rows.num_rows, found.total, found.is_complete) == (100, width**layers, False)
    assert found.note == "the 100 shortest of 1,024 chains: raise the limit to see more"
    assert chains_between(connection, "p1", f"A{layers}-0", limit=1024).is_complete


def test_chains_go_through_loops_once(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    names = [f"A{number:02d}" for number in range(12)]
    for one in names:
        for other in names:
            if one < other or (one, other) == (names[-1], names[0]):
                world.holds(f"gb:{one}", f"gb:{other}", 5)
    world.holds("gb:p1", "gb:A00", 50)
    connection = open_database(compute(world, tmp_path, stack))
    found = chains_between(connection, "p1", "A11", limit=5)
    assert found.total is None  # twelve companies in one loop: not counted
    assert "more than can be counted" in found.note
    everything = chains_between(connection, "p1", "A11", limit=5000)
    assert everything.is_complete
    assert everything.rows.num_rows == 2**10
    assert len({tuple(chain) for chain in everything.rows["chain"].to_pylist()}) == 2**10


def test_common_owners_of_two_and_of_several(example: duckdb.DuckDBPyConnection) -> None:
    rows = common_owners(example, ["A", "C"]).to_pylist()
    assert [row["owner_party_id"] for row in rows] == ["p1", "p3"]
    rows = common_owners(example, ["A", "B", "C"], at_least=2).to_pylist()
    assert [(row["owner_party_id"], row["companies"]) for row in rows] == [("p1", 2), ("p2", 2), ("p3", 2)]
    assert [stake["share_min"] for stake in rows[0]["stakes"]] == [60, 24]


def test_the_group_of_a_company(example: duckdb.DuckDBPyConnection) -> None:
    rows = group_of(example, "D").to_pylist()
    assert [(row["top_party_id"], row["party_id"]) for row in rows] == [
        ("p2", "p2"),
        ("p2", "B"),
        ("p2", "C"),
        ("p2", "D"),
    ]
    assert [row["party_id"] for row in group_of(example, "p3").to_pylist()] == ["p3"]


def test_gateways_are_where_listed_parties_can_be_cut_off(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 100)
    world.holds("gb:pY", "gb:A", 100)
    for number in range(3):
        world.holds("gb:A", f"gb:B{number}", 100)
        world.holds(f"gb:B{number}", "gb:C", 30)
    world.holds("gb:pX", "gb:D", 100)
    world.holds("gb:D", "gb:E", 100)
    connection = open_database(compute(world, tmp_path, stack))
    rows = gateways(connection, ["pX", "pY"]).to_pylist()
    assert [(row["party_id"], row["companies_cut"]) for row in rows] == [("A", 4), ("D", 1)]
    # Twelve pairs of a listed party and a company: pX 7, pY 5; eight of them lie behind A.
    assert math.isclose(rows[0]["betweenness"], 8 / 12, abs_tol=1e-6)


def test_unknown_parties_are_refused(example: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError, match="no such party: nobody"):
        owners_of(example, "nobody")
    with pytest.raises(UsageError, match="no such party: nobody"):
        chains_between(example, "nobody", "C")
    with pytest.raises(UsageError, match="no such party: nobody"):
        common_owners(example, ["A", "nobody"])
    with pytest.raises(UsageError, match="no listed party"):
        gateways(example, [])


def test_changes_between_two_dates(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    turn = date(2022, 1, 1)
    world.holds("dk:p1", "dk:A", 60, start_date=date(2010, 1, 1), end_date=turn)
    world.holds("dk:p2", "dk:A", 60, start_date=turn)
    world.holds("dk:p3", "dk:A", 40, start_date=date(2010, 1, 1))
    world.holds("dk:A", "dk:B", 50, start_date=date(2010, 1, 1), end_date=turn)
    world.holds("dk:A", "dk:B", 30, start_date=turn)
    result = compute(world, tmp_path, stack)
    rows = changes(result.connection, date(2021, 1, 1), date(2023, 1, 1)).to_pylist()
    told = [(r["kind"], r["owner_party_id"], r["company_party_id"], r["threshold"]) for r in rows]
    assert told == [
        ("owner_gone", "p1", "A", None),
        ("threshold_crossed", "p1", "A", 25),
        ("threshold_crossed", "p1", "A", 50),
        ("owner_new", "p2", "A", None),
        ("threshold_crossed", "p2", "A", 25),
        ("threshold_crossed", "p2", "A", 50),
        ("share_changed", "A", "B", None),
        ("threshold_crossed", "A", "B", 50),
        ("threshold_crossed", "p1", "B", 25),
    ]
    changed = rows[6]
    assert (changed["before_min"], changed["after_min"], len(changed["statement_ids"])) == (50, 30, 2)
    with pytest.raises(UsageError, match="not before"):
        changes(result.connection, turn, turn)


def test_votes_that_a_new_chain_does_not_state_are_unknown_and_not_gone(
    tmp_path: Path, stack: ExitStack
) -> None:
    """p1 has 60 of the shares and votes of A, puts H between, and of H and A only shares are stated.

    Its shares in A stay 60; of its votes nothing is known any more, so that they do not fall below 50. p2
    sells all: its votes do. p3 keeps its shares; what it has of the votes, and its seat, is not stated again.
    """
    world = World()
    ends = {"end_date": date(2024, 1, 1)}
    begins = {"start_date": date(2024, 1, 1)}
    for kind in ("shareholding", "votingRights"):
        world.holds("gb:p1", "gb:A", 60, type=kind, **ends)
        world.holds("gb:p2", "gb:A", 30, type=kind, **ends)
    world.holds("gb:p1", "gb:H", 100, **begins)
    world.holds("gb:H", "gb:A", 60, **begins)
    world.holds("gb:p3", "gb:A", 10)
    world.holds("gb:p3", "gb:A", 10, type="votingRights", **ends)
    world.holds("gb:p3", "gb:A", None, type="appointmentOfBoard", **ends)
    connection = compute(world, tmp_path, stack).connection
    connection.execute("UPDATE party SET name = NULL, identifiers = ['XX-REG:3'] WHERE party_id = 'p3'")
    rows = changes(connection, date(2023, 6, 1), date(2024, 6, 1)).to_pylist()
    crossed = [
        (r["owner_party_id"], r["company_party_id"], r["dimension"], r["threshold"])
        for r in rows
        if r["threshold"]
    ]
    assert sorted(crossed) == [
        ("H", "A", "economic", 25),
        ("H", "A", "economic", 50),
        ("p1", "H", "economic", 25),
        ("p1", "H", "economic", 50),
        ("p1", "H", "economic", 75),
        ("p2", "A", "economic", 25),
        ("p2", "A", "voting", 25),
    ]
    third = [r for r in rows if r["owner_party_id"] == "p3"]
    assert [(r["kind"], r["dimension"], r["before_max"], r["after_min"], r["after_max"]) for r in third] == [
        ("interest_gone", "board", 100, None, None),
        ("share_changed", "voting", 10, 0, 100),
    ]
    assert {r["owner_name"] for r in third} == {"XX-REG:3"}


def test_every_verdict_says_which_test_made_it(tmp_path: Path, stack: ExitStack) -> None:
    """p1 has 60 of A, A 60 of B; p2 has a seat, p3 votes, p4 too little, p5 something."""
    world = World()
    world.holds("gb:p1", "gb:A", 60)
    world.holds("gb:A", "gb:B", 60)
    world.holds("gb:p2", "gb:B", None, type="appointmentOfBoard")
    world.holds("gb:p3", "gb:B", 60, type="votingRights")
    world.holds("gb:p4", "gb:B", 10)
    world.holds("gb:p5", "gb:B", None, type="unknownInterest")
    connection = open_database(compute(world, tmp_path, stack))

    def said(rule: str) -> dict[str, tuple[str, str]]:
        rows = owners_of(connection, "B", rule).to_pylist()
        return {row["owner_party_id"]: (row["verdict"], row["because"]) for row in rows}

    both = "shares: 60 % level by level (36 % multiplied over all chains)"
    assert said("uk-psc") == {
        "p1": ("yes", both),
        "p2": ("yes", "control: appointmentOfBoard"),
        "p3": ("yes", "votes"),
        "p4": ("no", "not enough"),
        "p5": ("unknown", "control: unknownInterest"),
    }
    assert said("eu-amlr")["p1"] == ("yes", both)
    told = {row["owner_party_id"]: row for row in owners_of(connection, "B", "uk-psc").to_pylist()}
    figures = ("level_min", "level_max", "multiplied_min", "multiplied_max")
    assert [told["p1"][name] for name in figures] == [60, 60, 36, 36]


def test_the_first_link_that_is_not_sure_is_what_is_missing(tmp_path: Path, stack: ExitStack) -> None:
    """p1 has 30 of A (enough in Britain by itself), and perhaps more votes; A has all of B, and B of C."""
    world = World()
    world.holds("gb:p1", "gb:A", 30)
    world.holds("gb:p1", "gb:A", None, type="votingRights")
    world.holds("gb:A", "gb:B", 100)
    world.holds("gb:B", "gb:C", 100)
    connection = open_database(compute(world, tmp_path, stack))
    (row,) = owners_of(connection, "C", "uk-psc").to_pylist()
    assert (row["verdict"], row["deciding_chain"]) == ("unknown", ["p1", "A", "B", "C"])
    assert row["missing"] == "whether p1 has > 50 % economic or voting of A, or control of it"
