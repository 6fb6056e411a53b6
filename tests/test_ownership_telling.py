"""`tell`: a hidden common owner in words, who judged its merges, and why there is no row."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from ownership_world import World, compute, open_database, two_registers

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership import tell_hidden_common_owner


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_a_row_can_be_told_in_words(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", (25, 50), share_min_exclusive=True, details="ownership-of-shares")
    world.holds("gb:A", "gb:B", 80)
    world.record("sk:C", "C", "entity")
    world.holds("sk:p1b", "sk:C", None, type="votingRights")
    connection = open_database(compute(world, tmp_path, stack))
    told = tell_hidden_common_owner(connection, "p1", "C", "A").splitlines()
    assert told == [
        (
            "Name of p1 has an interest in Name of A and in Name of C, which no single register shows: "
            "one must look in at least 2, gb, sk."
        ),
        "",
        "Name of A: 25 to 50 % of the shares, over all chains.",
        (
            '1. Name of p1 in Name of A: shareholding more than 25 to 50 % "ownership-of-shares" '
            "(gb@2025-01-01, 0, statement statement-gb-gb:p1a-gb:A-0000, of 2020-01-01)"
        ),
        "",
        "Name of C: 0 to 100 % of the votes, over all chains.",
        (
            "1. Name of p1 in Name of C: votingRights "
            "(sk@2025-01-01, 2, statement statement-sk-sk:p1b-sk:C-0002, of 2020-01-01)"
        ),
        "",
        (
            "It stands on these records being one party each "
            "(match probability; the weakest is 0.9300, all together 0.9300):"
        ),
        "- gb:p1a and sk:p1b: 0.9300",
    ]
    with pytest.raises(UsageError, match="no hidden common owner"):
        tell_hidden_common_owner(connection, "p1", "A", "B")


def test_a_merge_that_a_person_decided_is_told_as_theirs(tmp_path: Path, stack: ExitStack) -> None:
    world = World()
    for record in ("gb:p1a", "sk:p1b", "lv:p1c"):
        world.record(record, "p1", "person")
    world.same("gb:p1a", "sk:p1b", 0.308, "judgement")
    world.same("sk:p1b", "lv:p1c", 0.93)
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("sk:p1b", "sk:B", 50)
    world.holds("lv:p1c", "lv:C", 50)
    connection = open_database(compute(world, tmp_path, stack))
    reasons = {("gb:p1a", "sk:p1b"): "anna on 2026-10-01: passport"}
    judged = (
        "- gb:p1a and sk:p1b: judged the same by a person (anna on 2026-10-01: passport); "
        "the model alone gives 30.8 %"
    )
    told = tell_hidden_common_owner(connection, "p1", "A", "B", reasons=reasons).splitlines()
    assert told[-2:] == [
        "It stands on these records being one party each, which a person decided:",
        judged,
    ]
    told = tell_hidden_common_owner(connection, "p1", "A", "C", reasons=reasons).splitlines()
    assert told[-3].startswith(
        "It stands on these records being one party each, which a person decided of some"
    )
    assert told[-2:] == [judged, "- lv:p1c and sk:p1b: 0.9300"]
    assert "judged the same by a person; the model" in tell_hidden_common_owner(connection, "p1", "A", "B")


def test_a_figure_that_a_circle_adds_to_is_explained(tmp_path: Path, stack: ExitStack) -> None:
    """p1 holds half of A, A all of R, R a tenth of A: 50 / 0.9 %."""
    world = two_registers()
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("gb:A", "gb:R", 100)
    world.holds("gb:R", "gb:A", 10)
    world.holds("gb:A", "gb:S", 40)
    world.holds("sk:p1b", "sk:B", 50)
    connection = open_database(compute(world, tmp_path, stack))
    told = tell_hidden_common_owner(connection, "p1", "A", "B").splitlines()
    assert told[2] == "Name of A: 55.5556 % of the shares, over all chains."
    assert told[3] == (
        "Name of A is part of a circle of stakes (Name of A, Name of R): counting the way round it again and "
        "again, and not once, gives that figure."
    )
    assert "\n".join(told).count("circle") == 1


def test_why_there_is_no_row_is_told_with_names(tmp_path: Path, stack: ExitStack) -> None:
    world = two_registers()
    world.holds("gb:p1a", "gb:A", 50)
    world.holds("gb:p1a", "gb:D", 20)
    world.holds("gb:A", "gb:E", (25, 50))
    world.holds("sk:p1b", "sk:B", 50)
    world.holds("gb:p2", "gb:C", 50)
    connection = open_database(compute(world, tmp_path, stack))

    def why(owner: str, one: str, other: str) -> tuple[str, str]:
        with pytest.raises(UsageError, match="is no hidden common owner of") as caught:
            tell_hidden_common_owner(connection, owner, one, other)
        return caught.value.message.split(": ", 1)[1], str(caught.value.hint)

    it_is_one_of = "It is one of Name of A and Name of B; Name of B and Name of D."
    assert why("p1", "A", "C") == (
        "it has 50 % of Name of A (A) and no known interest in Name of C (C).",
        it_is_one_of,
    )
    assert why("p1", "A", "D") == (
        "it has 50 % of Name of A (A) and 20 % of Name of D (D), but gb alone shows both.",
        it_is_one_of,
    )
    assert why("p1", "A", "E")[0] == (
        "it has 50 % of Name of A (A) and 12.5 to 25 % of Name of E (E), "
        "but Name of A (A) holds Name of E (E) itself."
    )
    assert why("p1", "B", "E")[0].endswith(
        "but that follows from a pair nearer to it, or Name of B (B) and Name of E (E) are no two companies."
    )
    assert why("p2", "A", "C")[1] == (
        "No pair of companies has Name of p2 (p2) as a hidden common owner: bo-harmonise owned p2"
    )
