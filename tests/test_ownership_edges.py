"""Edges: which statements count, and how several statements on one pair are reconciled."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ownership_world import Result, World, compute


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def edges(result: Result, dimension: str = "economic") -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (row["owner_party_id"], row["owned_party_id"]): (row["share_min"], row["share_max"])
        for row in result.table("ownership_edge")
        if row["dimension"] == dimension
    }


def edge(result: Result, owner: str, owned: str, dimension: str = "economic") -> dict[str, Any]:
    found = [
        row
        for row in result.table("ownership_edge")
        if (row["owner_party_id"], row["owned_party_id"], row["dimension"]) == (owner, owned, dimension)
    ]
    assert len(found) == 1
    return found[0]


def test_the_latest_statement_of_a_register_counts(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("lv:p1", "lv:A", 40, statement_date="2019-03-01")
    latest = world.holds("lv:p1", "lv:A", 60, statement_date="2021-03-01")
    found = edge(compute(world, tmp_path, stack), "p1", "A")
    assert (found["share_min"], found["share_max"]) == (60, 60)
    assert found["statement_ids"] == [latest]


def test_statements_of_one_date_give_the_hull_and_are_never_added(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("lv:p1", "lv:A", 40)
    world.holds("lv:p1", "lv:A", 30)
    assert edges(compute(world, tmp_path, stack)) == {("p1", "A"): (30, 40)}


def test_registers_that_agree_give_what_they_have_in_common(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("dk:A2", "A", "entity")
    world.record("dk:p1x", "p1", "person")
    world.holds("gb:p1", "gb:A", (25, 50), share_min_exclusive=True)
    world.holds("dk:p1x", "dk:A2", 30)
    found = edge(compute(world, tmp_path, stack), "p1", "A")
    assert (found["share_min"], found["share_max"], found["is_disputed"]) == (30, 30, False)
    assert found["registers"] == ["dk", "gb"]


def test_registers_that_disagree_give_the_hull_and_a_discrepancy(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("dk:A2", "A", "entity")
    world.record("dk:p1x", "p1", "person")
    british = world.holds("gb:p1", "gb:A", (25, 50))
    danish = world.holds("dk:p1x", "dk:A2", 60)
    result = compute(world, tmp_path, stack)
    found = edge(result, "p1", "A")
    assert (found["share_min"], found["share_max"], found["is_disputed"]) == (25, 60, True)
    (row,) = [row for row in result.table("discrepancy") if row["about"] == "share"]
    assert (row["party_id"], row["register_l"], row["register_r"]) == ("A", "dk", "gb")
    assert (row["value_l"], row["value_r"]) == ("p1 economic [60, 60]", "p1 economic [25, 50]")
    assert (row["statement_id_l"], row["statement_id_r"]) == (danish, british)


def test_more_than_25_and_exactly_25_have_nothing_in_common(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("dk:A2", "A", "entity")
    world.record("dk:p1x", "p1", "person")
    world.holds("gb:p1", "gb:A", (25, 50), share_min_exclusive=True)
    world.holds("dk:p1x", "dk:A2", 25)
    result = compute(world, tmp_path, stack)
    assert edge(result, "p1", "A")["is_disputed"]
    assert [row["about"] for row in result.table("discrepancy")] == ["share"]


def test_silence_of_one_register_does_not_widen_the_figure_of_another(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.record("sk:A2", "A", "entity")
    world.record("sk:p1x", "p1", "person")
    world.holds("gb:p1", "gb:A", (50, 75))
    world.holds("sk:p1x", "sk:A2", None)
    found = edge(compute(world, tmp_path, stack), "p1", "A")
    assert (found["share_min"], found["share_max"], found["is_quantified"]) == (50, 75, True)


def test_no_figure_stays_unquantified(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("sk:p1", "sk:A", None)
    found = edge(compute(world, tmp_path, stack), "p1", "A")
    assert (found["share_min"], found["share_max"], found["is_quantified"]) == (0, 100, False)


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        ({"start_date": date(2026, 1, 1)}, True),
        ({"start_date": date(2026, 1, 2)}, False),
        ({"end_date": date(2026, 1, 1)}, False),
        ({"end_date": date(2026, 1, 2)}, True),
        ({"record_status": "closed"}, False),
        ({"record_status": "closed", "statement_date": None}, False),
        ({"record_status": "closed", "end_date": date(2027, 1, 1)}, True),
        ({"statement_date": "2026-06-01"}, False),
        ({"statement_date": "2026-06-01", "start_date": date(2020, 1, 1)}, True),
    ],
)
def test_an_interest_counts_from_its_start_to_the_day_before_its_end(
    tmp_path: Path, stack: ExitStack, columns: dict[str, Any], counts: bool
) -> None:
    world = World()
    world.holds("gb:p1", "gb:A", 50, **columns)
    assert bool(edges(compute(world, tmp_path, stack))) is counts


def test_the_past_can_be_asked_about(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("dk:p1", "dk:A", 100, start_date=date(2010, 1, 1), end_date=date(2020, 1, 1))
    world.holds("dk:p2", "dk:A", 100, start_date=date(2020, 1, 1))
    assert edges(compute(world, tmp_path / "a", stack, as_of=date(2019, 12, 31))) == {("p1", "A"): (100, 100)}
    assert edges(compute(world, tmp_path / "b", stack, as_of=date(2020, 1, 1))) == {("p2", "A"): (100, 100)}


def test_a_dissolved_company_is_held_by_nobody_but_may_be_named_as_holder(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.record("gb:A", "A", "entity", status="ceased", dissolution_date=date(2024, 1, 1))
    world.holds("gb:p1", "gb:A", 100)
    world.holds("gb:A", "gb:B", 100)
    assert edges(compute(world, tmp_path, stack)) == {("A", "B"): (100, 100)}


def test_registers_that_disagree_on_the_end_of_a_company_leave_it_alive(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.record("gb:A", "A", "entity", status="ceased")
    world.record("xi:A", "A", "entity", status="active")
    world.holds("gb:p1", "gb:A", 100)
    result = compute(world, tmp_path, stack)
    assert edges(result) == {("p1", "A"): (100, 100)}
    (row,) = result.table("discrepancy")
    assert (row["about"], row["value_l"], row["value_r"]) == ("status", "ceased", "active")


def test_votes_and_shares_are_kept_apart_and_offices_are_no_stakes(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:p1", "gb:A", 30)
    world.holds("gb:p1", "gb:A", 70, type="votingRights")
    world.holds("gb:p1", "gb:A", None, type="appointmentOfBoard")
    world.holds("gb:p2", "gb:A", None, type="boardMember")
    world.holds("gb:p3", "gb:A", None, type="seniorManagingOfficial")
    found = {
        (row["owner_party_id"], row["dimension"]): (row["share_min"], row["share_max"])
        for row in compute(world, tmp_path, stack).table("ownership_edge")
    }
    assert found == {
        ("p1", "economic"): (30, 30),
        ("p1", "voting"): (70, 70),
        ("p1", "board"): (0, 100),
    }


def test_an_indirect_interest_that_a_chain_explains_is_not_counted_twice(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("dk:p1", "dk:A", 80)
    world.holds("dk:A", "dk:B", 50)
    world.holds("dk:p1", "dk:B", (25, 50), direct_or_indirect="indirect")
    result = compute(world, tmp_path, stack)
    assert edges(result) == {("p1", "A"): (80, 80), ("A", "B"): (50, 50)}
    assert result.share("p1", "B") == (40, 40)
    (row,) = result.table("ownership_conclusion")
    assert (row["declared_min"], row["declared_max"], row["chain_min"], row["chain_max"]) == (25, 50, 40, 40)
    assert row["is_explained"]
    assert not row["is_used"]


def test_an_indirect_interest_without_a_chain_is_used(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("dk:p1", "dk:B", (25, 50), direct_or_indirect="indirect")
    result = compute(world, tmp_path, stack)
    assert result.share("p1", "B") == (25, 50)
    assert edge(result, "p1", "B")["basis"] == "indirect"


def test_an_indirect_interest_beyond_its_chains_adds_what_they_leave_unexplained(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("dk:p1", "dk:A", 10)
    world.holds("dk:A", "dk:B", 100 - 25)
    world.holds("dk:p1", "dk:B", (25, 30), direct_or_indirect="indirect")
    result = compute(world, tmp_path, stack)
    assert result.share("p1", "B") == (25, 30)
    assert [row["about"] for row in result.table("discrepancy")] == ["indirect_share"]


def test_a_declared_owner_without_a_word_on_intermediaries_is_a_stake_unless_a_chain_leads_there(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    unsaid = {"direct_or_indirect": "unknown", "beneficial_ownership_or_control": True}
    world.holds("gb:p1", "gb:A", (75, 100), **unsaid)
    world.record("lv:B", "B", "entity")
    world.record("lv:A", "A", "entity")
    world.record("lv:p1", "p1", "person")
    world.holds("lv:A", "lv:B", 100)
    world.holds("lv:p1", "lv:B", None, **unsaid)
    result = compute(world, tmp_path, stack)
    assert edges(result) == {("p1", "A"): (75, 100), ("A", "B"): (100, 100)}
    assert result.share("p1", "B") == (75, 100)
    declared = [(row["owner_party_id"], row["company_party_id"]) for row in result.table("declared")]
    assert declared == [("p1", "A"), ("p1", "B")]


def test_a_declared_owner_without_a_figure_may_stand_behind_a_member_of_the_company(
    tmp_path: Path, stack: ExitStack
) -> None:
    # Latvia names the members of A, a company abroad among them, and p1 as beneficial owner: p1 may hold what
    # F holds, and nothing of what p2 does.
    world = World()
    world.holds("lv:F", "lv:A", 70)
    world.holds("lv:p2", "lv:A", 30)
    world.holds("lv:p1", "lv:A", None, direct_or_indirect="unknown", beneficial_ownership_or_control=True)
    result = compute(world, tmp_path, stack)
    assert result.share("p1", "A") == (0, 70)
    assert result.share("F", "A") == (70, 70)
    assert result.share("p2", "A") == (30, 30)


def test_an_assumed_stake_beyond_its_chains_keeps_what_they_leave_unexplained(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("gb:p1", "gb:A", 100)
    world.holds("gb:A", "gb:B", 10)
    world.holds("gb:p1", "gb:B", (25, 50), direct_or_indirect="unknown", beneficial_ownership_or_control=True)
    world.holds("gb:p1", "gb:B", 30, direct_or_indirect="indirect")
    result = compute(world, tmp_path, stack)
    assert edges(result)["p1", "B"] == (15, 40)
    assert result.share("p1", "B") == (25, 50)
    assert {row["is_used"] for row in result.table("ownership_conclusion")} == {True, False}


def test_assumed_stakes_in_companies_that_hold_each_other_do_not_explain_each_other_away(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    unsaid = {"direct_or_indirect": "unknown", "beneficial_ownership_or_control": True}
    world.holds("gb:p1", "gb:A", (50, 75), **unsaid)
    world.holds("gb:p1", "gb:B", (50, 75), **unsaid)
    world.holds("gb:A", "gb:B", 25)
    world.holds("gb:B", "gb:A", 25)
    result = compute(world, tmp_path, stack)
    assert edges(result)["p1", "A"] == (50, 75)
    assert edges(result)["p1", "B"] == (50, 75)


def test_components_are_edges_and_their_primary_relationship_is_the_conclusion(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("bods:p1", "bods:A", 100, is_component=True)
    world.holds("bods:A", "bods:B", 100, is_component=True)
    world.holds("bods:p1", "bods:B", 100, direct_or_indirect="unknown", component_records=["bods:A"])
    result = compute(world, tmp_path, stack)
    assert edges(result) == {("p1", "A"): (100, 100), ("A", "B"): (100, 100)}
    assert result.share("p1", "B") == (100, 100)


def test_a_joint_holding_is_one_stake_held_by_several(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("lv:joint", "joint", "entity", entity_type="arrangement", entity_subtype="other")
    world.holds("lv:joint", "lv:A", 60)
    world.holds("lv:p1", "lv:joint", None, type="otherInfluenceOrControl")
    world.holds("lv:p2", "lv:joint", None, type="otherInfluenceOrControl")
    world.holds("lv:p3", "lv:A", 40)
    result = compute(world, tmp_path, stack)
    assert result.share("joint", "A") == (60, 60)
    assert result.share("p1", "A") == (0, 60)
    assert result.share("p2", "A") == (0, 60)
    assert result.share("p3", "A") == (40, 40)


def test_a_trust_leads_to_its_parties_and_a_nomination_to_the_nominator(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.record("gb:trust", "trust", "entity", entity_type="arrangement", entity_subtype="trust")
    world.record(
        "gb:nomination", "nomination", "entity", entity_type="arrangement", entity_subtype="nomination"
    )
    world.holds("gb:trust", "gb:A", 50)
    world.holds("gb:nomination", "gb:A", 30)
    for person, role in (
        ("p-settlor", "settlor"),
        ("p-trustee", "trustee"),
        ("p-protector", "protector"),
        ("p-beneficiary", "beneficiaryOfLegalArrangement"),
    ):
        world.holds(f"gb:{person}", "gb:trust", None, type=role)
    world.holds("gb:p-nominee", "gb:nomination", None, type="nominee")
    world.holds("gb:p-nominator", "gb:nomination", None, type="nominator")
    result = compute(world, tmp_path, stack)
    assert result.share("p-beneficiary", "A") == (0, 50)
    assert result.share("p-nominator", "A") == (0, 30)
    assert result.share("p-nominee", "A") is None
    controls = {owner for owner, owned in edges(result, "control") if owned == "trust"}
    assert controls == {"p-settlor", "p-trustee", "p-protector", "p-beneficiary"}
    assert set(edges(result, "control")) >= {("p-nominator", "nomination")}


def test_a_relationship_without_interests_is_a_stake_without_a_figure(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("bods:p1", "bods:A", None, interests=[])
    found = edge(compute(world, tmp_path, stack), "p1", "A")
    assert (found["share_min"], found["share_max"], found["types"]) == (0, 100, ["unknownInterest"])


def test_an_owner_that_only_one_register_names_is_a_discrepancy(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("lv:A", "A", "entity")
    british = world.holds("gb:p1", "gb:A", 50)
    latvian = world.holds("lv:p2", "lv:A", 50)
    rows = [row for row in compute(world, tmp_path, stack).table("discrepancy") if row["about"] == "owner"]
    assert [(row["value_l"], row["value_r"]) for row in rows] == [("p1", None), (None, "p2")]
    assert [(row["statement_id_l"], row["statement_id_r"]) for row in rows] == [
        (british, None),
        (None, latvian),
    ]


def test_an_owner_whom_another_register_denies_is_a_discrepancy(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.record("sk:A", "A", "entity")
    named = world.holds("gb:p1", "gb:A", 50)
    world.holds("sk:p9", "sk:A", None)
    denial = world.relationships.pop() | {
        "statement_id": "statement-denial",
        "interested_party_record_id": None,
        "interested_party_type": "unspecified",
        "interested_party_reason": "noBeneficialOwners",
        "interests": None,
    }
    world.relationships.append(denial)
    (row,) = compute(world, tmp_path, stack).table("discrepancy")
    assert (row["about"], row["value_l"], row["value_r"]) == (
        "no_beneficial_owner",
        "p1",
        "noBeneficialOwners",
    )
    assert (row["statement_id_l"], row["statement_id_r"]) == (named, "statement-denial")


def test_two_descriptions_of_one_company_are_compared_field_by_field(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    address = [{"type": "registered", "address": "Main street 1", "post_code": "LV-1010"}]
    world.record(
        "gb:A",
        "A",
        "entity",
        name="Ālpha Ltd",
        founding_date=date(2010, 1, 1),
        status="active",
        jurisdiction="GB",
        addresses=address,
    )
    world.record(
        "lv:A",
        "A",
        "entity",
        name="ALPHA, LTD.",
        founding_date=date(2011, 1, 1),
        status="active",
        jurisdiction="LV",
        addresses=[{"type": "registered", "address": "Other street 1", "post_code": "LV1011"}],
    )
    world.record("sk:B", "B", "entity", name="Beta")
    world.record("lv:B", "B", "entity", name="Gamma", alternate_names=["Delta"])
    latvian = [{"type": "registered", "address": "Same street 1", "post_code": "LV-1010", "country": "LV"}]
    world.record("gb:C", "C", "entity", addresses=latvian)
    world.record("lv:C", "C", "entity", addresses=[{"post_code": "1010"}], jurisdiction="LV")
    rows = compute(world, tmp_path, stack).table("discrepancy")
    assert [(row["party_id"], row["about"], row["value_l"], row["value_r"]) for row in rows] == [
        ("A", "address", "Main street 1, LV-1010", "Other street 1, LV1011"),
        ("A", "founding_date", "2010-01-01", "2011-01-01"),
        ("A", "jurisdiction", "GB", "LV"),
        ("B", "name", "Gamma", "Beta"),
    ]
