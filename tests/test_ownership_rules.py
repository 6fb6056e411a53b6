"""Rules: the worked cases of authorities, and verdicts on bands.

Worked cases of the field, and the test of each (`screen.` is test_ownership_screen, and so on):

- X 50 % of A, A 50 % of B: B is blocked (the product is 25):
  test_ofac_goes_level_by_level_and_does_not_multiply
- X 50 % of A and of B, each 25 % of C:
  test_ofac_adds_the_stakes_of_what_one_person_owns
- X 50 % of A, 10 % of B, A 40 % of B:
  test_ofac_adds_a_direct_stake_to_that_of_an_owned_company
- control alone never blocks:
  test_control_alone_never_blocks_under_ofac_but_decides_in_the_eu_and_the_uk
- mixed: A blocked at exactly 50 %, 54.4 % multiplied:
  screen.test_the_mixed_case
- 25-50 of 75-100 gives 18.75-50:
  effective.test_bands_multiply_bound_by_bound
- two bands over two chains add, capped:
  effective.test_bands_over_two_chains_are_capped_by_what_others_hold
- loop: 33.3 and 66.7 %:
  effective.test_a_loop_as_in_the_worked_case

And of our own, worked by hand in each test:

- stakes of a company that is not owned do not count:
  test_ofac_stakes_of_a_company_that_is_not_owned_do_not_count
- exactly half, under four rules:
  test_half_is_enough_for_ofac_and_for_the_eu_since_2024_but_not_for_the_uk
- what others hold rules a band out:
  test_what_others_hold_rules_a_band_out
- something unknown where another holds all:
  test_an_interest_of_unknown_kind_is_not_ruled_out_by_what_others_hold
- two companies with something unknown in each other:
  test_companies_with_something_unknown_in_each_other_do_not_hold_more_than_the_whole
- joint holders under two rules:
  test_each_joint_holder_holds_all_of_it_in_the_uk_and_an_unknown_part_elsewhere
- control that goes round:
  test_loops_of_control_end
- two countries' definitions on one company:
  questions.test_definitions_of_two_countries_can_be_compared_on_one_company
- article 54, point b:
  questions.test_who_has_an_interest_in_a_company_that_controls_is_an_owner_in_the_union
- a company that holds its own shares:
  effective.test_a_company_that_holds_its_own_shares
- a group that holds itself wholly:
  effective.test_a_group_that_holds_itself_wholly_leaves_nothing_to_others
- an indirect interest beyond its chains:
  edges.test_an_indirect_interest_beyond_its_chains_adds_what_they_leave_unexplained
- a trust and a nomination:
  edges.test_a_trust_leads_to_its_parties_and_a_nomination_to_the_nominator
- the UK does not add holdings of different persons:
  screen.test_the_uk_does_not_add_up_holdings_of_different_persons
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ownership_world import World, compute, open_database, verdicts

from bo_harmonise.ownership import owners_of
from bo_harmonise.ownership.rulebook import rules


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_ofac_goes_level_by_level_and_does_not_multiply(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    world.holds("gb:A", "gb:B", 50)
    result = compute(world, tmp_path, stack)
    assert result.share("pX", "B") == (25, 25)
    assert verdicts(result, "ofac-50")["pX", "B"] == "yes"
    (row,) = [
        row
        for row in result.table("control")
        if (row["rule"], row["controller_party_id"], row["company_party_id"]) == ("ofac-50", "pX", "B")
    ]
    assert (row["deciding_chain"], row["share_min"], row["test"]) == (["pX", "A", "B"], 50, "shares")
    assert row["missing"] is None


def test_ofac_adds_the_stakes_of_what_one_person_owns(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    world.holds("gb:pX", "gb:B", 50)
    world.holds("gb:A", "gb:C", 25)
    world.holds("gb:B", "gb:C", 25)
    assert verdicts(compute(world, tmp_path, stack), "ofac-50")["pX", "C"] == "yes"


def test_ofac_adds_a_direct_stake_to_that_of_an_owned_company(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    world.holds("gb:pX", "gb:B", 10)
    world.holds("gb:A", "gb:B", 40)
    assert verdicts(compute(world, tmp_path, stack), "ofac-50")["pX", "B"] == "yes"


def test_ofac_stakes_of_a_company_that_is_not_owned_do_not_count(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 25)
    world.holds("gb:pX", "gb:B", 25)
    world.holds("gb:A", "gb:C", 50)
    world.holds("gb:B", "gb:C", 50)
    assert verdicts(compute(world, tmp_path, stack), "ofac-50") == {("A", "C"): "yes", ("B", "C"): "yes"}


def test_control_alone_never_blocks_under_ofac_but_decides_in_the_eu_and_the_uk(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 10)
    world.holds("gb:pX", "gb:A", 60, type="votingRights")
    world.holds("gb:pX", "gb:B", None, type="appointmentOfBoard")
    world.holds("gb:pX", "gb:C", None, type="otherInfluenceOrControl")
    result = compute(world, tmp_path, stack)
    assert verdicts(result, "ofac-50") == {}
    for rule in ("eu-owned-or-controlled", "uk-owned-or-controlled"):
        assert verdicts(result, rule) == {("pX", "A"): "yes", ("pX", "B"): "yes", ("pX", "C"): "possible"}


def test_half_is_enough_for_ofac_and_for_the_eu_since_2024_but_not_for_the_uk(
    tmp_path: Path, stack: ExitStack
) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 50)
    result = compute(world, tmp_path, stack)
    found = {rule: verdicts(result, rule).get(("pX", "A")) for rule in result.summary.verdicts}
    assert found == {
        "ofac-50": "yes",
        "eu-owned-or-controlled-2024": "yes",
        "eu-owned-or-controlled": None,
        "uk-owned-or-controlled": None,
    }


@pytest.mark.parametrize(
    ("band", "columns", "ofac", "uk"),
    [
        ((25, 50), {}, "possible", None),
        ((25, 50), {"share_max_exclusive": True}, None, None),
        ((50, 75), {}, "yes", "possible"),
        ((50, 75), {"share_min_exclusive": True}, "yes", "yes"),
        ((25, 49), {}, None, None),
        (None, {}, "unknown", "unknown"),
    ],
)
def test_a_band_decides_as_far_as_it_goes(
    tmp_path: Path,
    stack: ExitStack,
    *,
    band: tuple[float, float] | None,
    columns: dict[str, bool],
    ofac: str | None,
    uk: str | None,
) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", band, **columns)
    result = compute(world, tmp_path, stack)
    assert verdicts(result, "ofac-50").get(("pX", "A")) == ofac
    assert verdicts(result, "uk-owned-or-controlled").get(("pX", "A")) == uk


def test_what_others_hold_rules_a_band_out(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", (25, 75))
    world.holds("gb:pY", "gb:A", 60)
    assert verdicts(compute(world, tmp_path, stack), "ofac-50") == {("pY", "A"): "yes"}


def test_what_is_missing_is_said(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", (25, 75))
    world.holds("gb:A", "gb:B", 100)
    world.holds("gb:pX", "gb:C", None)
    world.holds("gb:B", "gb:D", 100)
    result = compute(world, tmp_path, stack)
    missing = {
        row["company_party_id"]: row["missing"]
        for row in result.table("control")
        if row["rule"] == "ofac-50" and row["controller_party_id"] == "pX"
    }
    # The first link that is not sure is named, not the last: that B is owned depends on it.
    assert missing.pop("D") == missing["B"]
    assert missing == {
        "A": "where between 25 and 75 % the shares in A lie (>= 50 % economic decides)",
        "B": "whether pX has >= 50 % economic of A, or control of it",
        "C": "a figure for the shares of pX in C (>= 50 % economic decides)",
    }


UNKNOWN = {"type": "unknownInterest"}


def test_an_interest_of_unknown_kind_is_not_ruled_out_by_what_others_hold(
    tmp_path: Path, stack: ExitStack
) -> None:
    """Y holds all shares of A. What X has may be the votes, or control, or stand behind the shares of Y.

    None of it is known and none is ruled out: unknown for everybody, not "no" (X has 0 of 100). If Y has all
    votes too, it is the same. What X has of a known kind, without a figure, is bounded by what Y has.
    """
    world = World()
    world.holds("gb:pX", "gb:A", None, **UNKNOWN)
    world.holds("gb:pY", "gb:A", 100)
    world.holds("gb:pX", "gb:B", None, **UNKNOWN)
    world.holds("gb:pY", "gb:B", 100)
    world.holds("gb:pY", "gb:B", 100, type="votingRights")
    world.holds("gb:pX", "gb:C", None)
    world.holds("gb:pY", "gb:C", 100)
    result = compute(world, tmp_path, stack)
    assert result.share("pX", "A") == (0, 100)
    assert result.share("pX", "A", "voting") == (0, 100)
    assert result.share("pX", "B", "voting") == (0, 100)
    assert result.share("pY", "A") == (100, 100)
    assert result.share("pX", "C") == (0, 0)
    for rule in ("ofac-50", "uk-owned-or-controlled", "eu-owned-or-controlled"):
        assert verdicts(result, rule)["pX", "A"] == "unknown"
        assert verdicts(result, rule)["pX", "B"] == "unknown"
        assert ("pX", "C") not in verdicts(result, rule)
    missing = {
        (row["rule"], row["company_party_id"]): row["missing"]
        for row in result.table("control")
        if row["controller_party_id"] == "pX"
    }
    kind = (
        "what kind of interest pX has in B, and a figure if it is shares or votes (>= 50 % economic decides)"
    )
    assert missing["ofac-50", "B"] == kind
    connection = open_database(result)
    for rule in ("eu-amlr", "uk-psc", "fatf-25"):
        (row,) = [
            row for row in owners_of(connection, "A", rule).to_pylist() if row["owner_party_id"] == "pX"
        ]
        assert (row["verdict"], row["share_min"], row["share_max"]) == ("unknown", 0, 100)


def test_companies_with_something_unknown_in_each_other_do_not_hold_more_than_the_whole(
    tmp_path: Path, stack: ExitStack
) -> None:
    """A and B have something in each other, X something in A, Y 40 % of B: all may have up to the whole."""
    world = World()
    world.holds("gb:A", "gb:B", None, **UNKNOWN)
    world.holds("gb:B", "gb:A", None, **UNKNOWN)
    world.holds("gb:pX", "gb:A", None, **UNKNOWN)
    world.holds("gb:pY", "gb:B", 40)
    result = compute(world, tmp_path, stack)
    assert result.share("pX", "A") == (0, 100)
    assert result.share("pX", "B") == (0, 100)
    assert result.share("pY", "B") == (40, 100)
    assert result.share("A", "B") == (0, 100)


def test_a_declared_owner_behind_a_company_that_holds_all_is_unknown_under_every_rule(
    tmp_path: Path, stack: ExitStack
) -> None:
    """F, of which nothing is known, holds all of A; the register declares p1, by shares, without a figure."""
    world = World()
    world.holds("lv:F", "lv:A", 100)
    world.holds("lv:p1", "lv:A", None, direct_or_indirect="unknown", beneficial_ownership_or_control=True)
    result = compute(world, tmp_path, stack)
    assert result.share("p1", "A") == (0, 100)
    assert verdicts(result, "ofac-50")["p1", "A"] == "unknown"
    connection = open_database(result)
    for rule in rules():
        (row,) = [
            row for row in owners_of(connection, "A", rule).to_pylist() if row["owner_party_id"] == "p1"
        ]
        assert (rule, row["verdict"]) == (rule, "unknown")


def test_a_figure_of_unknown_kind_is_the_most_that_it_can_be_of_each_kind(
    tmp_path: Path, stack: ExitStack
) -> None:
    """60 % of something may be shares, then OFAC blocks; 30 % of something cannot be half of the shares."""
    world = World()
    world.holds("gb:pX", "gb:A", 60, **UNKNOWN)
    world.holds("gb:pX", "gb:B", 30, **UNKNOWN)
    world.holds("gb:pX", "gb:C", (50, 75), type="unpublishedInterest", share_min_exclusive=True)
    result = compute(world, tmp_path, stack)
    assert [result.share("pX", company) for company in "ABC"] == [(0, 60), (0, 30), (0, 75)]
    assert verdicts(result, "ofac-50") == {("pX", "A"): "possible", ("pX", "C"): "possible"}
    assert verdicts(result, "uk-owned-or-controlled") == {
        ("pX", "A"): "possible",
        ("pX", "B"): "unknown",
        ("pX", "C"): "possible",
    }


def test_what_one_register_knows_of_a_kind_stands_before_what_another_does_not(
    tmp_path: Path, stack: ExitStack
) -> None:
    """One register: 10 % of the shares; the other: something. Shares are 10 %, votes and control open."""
    world = World()
    world.holds("gb:pX", "gb:A", 10)
    for name, kind in (("A", "entity"), ("pX", "person")):
        world.record(f"sk:{name}", name, kind)
    world.holds("sk:pX", "sk:A", 60, **UNKNOWN)
    result = compute(world, tmp_path, stack)
    assert result.share("pX", "A") == (10, 10)
    assert result.share("pX", "A", "voting") == (0, 60)
    assert verdicts(result, "uk-owned-or-controlled") == {("pX", "A"): "possible"}
    assert result.table("discrepancy") == []


def test_a_kind_that_becomes_known_never_turns_no_into_possible_nor_yes_into_unknown(
    tmp_path: Path, stack: ExitStack
) -> None:
    """X, through Y, over A and B: first with something unknown in it, then with that told as shares."""

    def judged(kind: str, share: float | None, folder: Path) -> dict[tuple[str, str], str]:
        world = World()
        world.holds("gb:pX", "gb:Y", share, type=kind)
        world.holds("gb:pX", "gb:A", 60)
        world.holds("gb:Y", "gb:A", 10)
        world.holds("gb:Y", "gb:B", 80)
        return verdicts(compute(world, folder, stack), "uk-owned-or-controlled")

    before = judged("unknownInterest", None, tmp_path / "before")
    assert before == {
        ("pX", "Y"): "unknown",
        ("pX", "A"): "yes",
        ("pX", "B"): "unknown",
        ("Y", "B"): "yes",
    }
    assert judged("shareholding", 10, tmp_path / "after") == {("pX", "A"): "yes", ("Y", "B"): "yes"}
    assert judged("shareholding", 60, tmp_path / "more") == {
        ("pX", "Y"): "yes",
        ("pX", "A"): "yes",
        ("pX", "B"): "yes",
        ("Y", "B"): "yes",
    }


def joint_world() -> World:
    """X and Y hold 60 % of A together, and A 60 % of B; the register gives no parts."""
    world = World()
    world.record(
        "lv:joint",
        "joint",
        "entity",
        entity_type="arrangement",
        entity_subtype="other",
        entity_type_details="JOINT_OWNERS",
    )
    world.holds("lv:pX", "lv:joint", None)
    world.holds("lv:pY", "lv:joint", None)
    world.holds("lv:joint", "lv:A", 60)
    world.holds("lv:A", "lv:B", 60)
    return world


def test_each_joint_holder_holds_all_of_it_in_the_uk_and_an_unknown_part_elsewhere(
    tmp_path: Path, stack: ExitStack
) -> None:
    """UK, Schedule 1, paragraph 2: each is treated as holding the share. OFAC says nothing of the kind."""
    result = compute(joint_world(), tmp_path, stack)
    british, american = (verdicts(result, rule) for rule in ("uk-owned-or-controlled", "ofac-50"))
    for person in ("pX", "pY"):
        assert [british[person, company] for company in ("joint", "A", "B")] == ["yes"] * 3
        assert [american[person, company] for company in ("joint", "A", "B")] == ["unknown"] * 3
        assert result.share(person, "A") == (0, 60)
    connection = open_database(result)
    owners = {
        row["owner_party_id"]: (row["verdict"], row["share_min"], row["share_max"])
        for row in owners_of(connection, "A", "uk-psc").to_pylist()
    }
    assert owners == {"pX": ("yes", 60, 60), "pY": ("yes", 60, 60)}


def test_loops_of_control_end(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    world.holds("gb:pX", "gb:A", 60)
    world.holds("gb:A", "gb:B", 60)
    world.holds("gb:B", "gb:A", 40)
    found = verdicts(compute(world, tmp_path, stack), "ofac-50")
    assert found == {("pX", "A"): "yes", ("pX", "B"): "yes", ("A", "B"): "yes"}


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1))
def test_a_second_register_that_narrows_a_band_never_weakens_a_verdict(seed: int) -> None:
    """Whole statements through the whole stage: one more register, whose band lies inside the known one."""
    rng = np.random.default_rng(seed)
    names = ["p0", "p1", "A", "B", "C", "D"]
    bands: dict[tuple[str, str], tuple[float, float]] = {}
    for number, owned in enumerate(names[2:], start=2):
        left = 100.0
        for owner in rng.permutation(names[:number])[: rng.integers(1, 4)]:
            low = float(rng.integers(0, int(left) + 1))
            bands[str(owner), owned] = (low, float(rng.integers(low, 101)))
            left -= low

    def judged(narrowed: tuple[str, str] | None) -> dict[tuple[str, str], str]:
        world = World()
        for (owner, owned), band in bands.items():
            world.holds(f"gb:{owner}", f"gb:{owned}", band)
        if narrowed is not None:
            for name in narrowed:
                world.record(f"dk:{name}", name, "person" if name.startswith("p") else "entity")
            low, high = bands[narrowed]
            spare = 100 - sum(band[0] for (_, owned), band in bands.items() if owned == narrowed[1])
            ends = sorted(rng.uniform(low, min(high, low + spare), 2).tolist())
            world.holds(*(f"dk:{name}" for name in narrowed), (ends[0], ends[1]))
        with TemporaryDirectory() as folder, ExitStack() as stack:
            return verdicts(compute(world, Path(folder), stack), "ofac-50")

    before = judged(None)
    after = judged(list(bands)[int(rng.integers(len(bands)))])
    for pair in before.keys() | after.keys():
        assert before.get(pair, "no") != "no" or after.get(pair, "no") == "no"
        assert before.get(pair) != "yes" or after.get(pair) == "yes"


def test_the_table_of_worked_cases_names_tests_that_there_are() -> None:
    named = re.findall(r"^  (?:(\w+)\.)?(test_\w+)$", __doc__ or "", re.MULTILINE)
    assert len(named) == 8 + 14
    for module, test in named:
        file = Path(__file__).parent / f"test_ownership_{module or 'rules'}.py"
        assert f"def {test}(" in file.read_text(encoding="utf-8"), test
