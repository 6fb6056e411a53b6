"""Rule files: those that are shipped, those of users, and what the guide says of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

import pytest
from ownership_world import World, compute, open_database, verdicts

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership import OwnSettings, owners_of
from bo_harmonise.ownership.rulebook import SHIPPED, Rule, find_rule, read_rule, rules
from bo_harmonise.ownership.verdicts import VERDICTS


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_every_shipped_rule_reads_and_explains_itself() -> None:
    known = rules()
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(known)
    assert {"ofac-50", "eu-owned-or-controlled", "uk-owned-or-controlled", "uk-psc", "eu-amlr"} <= set(known)
    thresholds = {rule.stake.threshold for rule in known.values() if rule.kind == "beneficial-owner"}
    assert {5, 10, 15, 20, 25} == thresholds
    for rule in known.values():
        assert rule.explanation
        assert rule.source
        assert rule.url.startswith("https://")
        assert len(rule.checked) > 40
        assert not rule.superseded_by or not known[rule.superseded_by].superseded_by
    assert known["eu-owned-or-controlled"].superseded_by == "eu-owned-or-controlled-2024"


def test_a_user_adds_a_rule(tmp_path: Path, stack: ExitStack) -> None:
    text = (SHIPPED / "ofac-50.toml").read_text(encoding="utf-8")
    mine = text.replace('name = "ofac-50"', 'name = "mine-30"').replace("threshold = 50", "threshold = 30")
    (tmp_path / "mine.toml").write_text(mine, encoding="utf-8")
    assert find_rule("mine-30", tmp_path).stake.threshold == 30
    world = World()
    world.holds("gb:pX", "gb:A", 30)
    result = compute(world, tmp_path / "out", stack, settings=OwnSettings(rules=tmp_path))
    assert verdicts(result, "mine-30") == {("pX", "A"): "yes"}
    assert verdicts(result, "ofac-50") == {}


GUIDE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_rule_of_the_guide_works_as_it_stands(tmp_path: Path, stack: ExitStack) -> None:
    folder = tmp_path / "my_rules"
    folder.mkdir()
    (folder / "bank-10.toml").write_text(GUIDE.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    world = World()
    world.holds("gb:pX", "gb:A", 20)
    world.holds("gb:A", "gb:B", 50)
    world.holds("gb:pY", "gb:B", 9.9)
    connection = open_database(compute(world, tmp_path / "out", stack))
    rows = owners_of(connection, "B", "bank-10", rules_folder=folder).to_pylist()
    assert {row["owner_party_id"]: row["verdict"] for row in rows} == {"pX": "yes", "pY": "no"}


def test_the_guide_names_every_key_and_verdict() -> None:
    for key in (field.name for field in fields(Rule)):
        assert f"`{key}`" in GUIDE or f"`[{key}]`" in GUIDE or f"\n{key} = " in GUIDE, key
    for verdict in VERDICTS:
        assert f"| {verdict} |" in GUIDE


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "sanctions"', 'kind = "other"', "kind: expected one of sanctions, beneficial-owner"),
        ("threshold = 50", "threshold = 500", "stake.threshold: expected a number from 0 to 100, found 500"),
        ('comparison = ">="', 'comparison = "="', "comparison: expected one of >, >="),
        ("decides = []", 'decides = ["shares"]', "decides: expected a list of shareholding, votingRights"),
        ("aggregate = true", "aggregate = 1", "aggregate: expected true or false, found 1"),
        ("aggregate = true", "aggregate = true\nextra = 1", "extra: expected no such key"),
        ('dimensions = ["economic"]', "dimensions = []", "stake.dimensions: expected at least one dimension"),
        ('name = "ofac-50"', "name = ", "not a TOML file"),
        ('owners = "any"', 'joint = "some"\nowners = "any"', "joint: expected one of parts, each"),
        (
            'chains = "level"',
            'chains = "multiply"\njoint = "each"',
            'joint: expected "parts" with chains = "multiply"',
        ),
    ],
)
def test_a_wrong_rule_file_is_told_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (SHIPPED / "ofac-50.toml").read_text(encoding="utf-8")
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_rule(path)
    assert message in caught.value.message
    assert caught.value.hint


def test_names_of_rules_are_unique_and_unknown_ones_are_answered_with_those_known(tmp_path: Path) -> None:
    (tmp_path / "again.toml").write_text((SHIPPED / "ofac-50.toml").read_text(encoding="utf-8"))
    with pytest.raises(UsageError, match="taken"):
        rules(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        rules(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no rule 'ofac'") as caught:
        find_rule("ofac")
    assert "ofac-50" in str(caught.value.hint)
