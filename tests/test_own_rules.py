"""A user's own rules: kept in the workspace, judged for everybody, computed anew when they change."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from elbonia import call, delivery

from bo_harmonise import cli
from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.rulebook import SHIPPED

CONTROL = "SELECT DISTINCT rule FROM control ORDER BY rule"


def rule(folder: Path, name: str, threshold: float, like: str = "ofac-50") -> Path:
    """Write a rule like a shipped one, with another name and threshold."""
    folder.mkdir(exist_ok=True)
    text = (SHIPPED / f"{like}.toml").read_text(encoding="utf-8")
    head, stake = text.split("[stake]")
    lines = [
        line if not line.startswith("threshold") else f"threshold = {threshold}"
        for line in stake.splitlines()
    ]
    path = folder / f"{name}.toml"
    head = head.replace(f'name = "{like}"', f'name = "{name}"')
    path.write_text(head + "[stake]" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tessaly Brandrethe has 20 per cent of Quillmere Ferries."""
    folder = tmp_path_factory.mktemp("own_rules")
    file = delivery(folder / "elbonia.json", "2024-01-10", 20)
    call("ingest", file, "-w", folder / "ws", "--snapshot", "2024-01-10", "--quiet")
    call("build", "-w", folder / "ws", "--as-of", "2024-06-01", "--quiet")
    return folder / "ws"


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(copytree(made, tmp_path / "ws"))


def own_key(workspace: Path) -> str:
    manifest = json.loads((workspace / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["stages"]["own"]["key"])


def judged(workspace: Path) -> list[str]:
    rows = call("query", "--sql", CONTROL, "-w", workspace, "--format", "json")
    return [row["rule"] for row in rows]


def test_rules_are_kept_and_what_depends_on_them_is_computed_anew(workspace: Path, tmp_path: Path) -> None:
    assert judged(workspace) == []
    without = own_key(workspace)
    mine = tmp_path / "mine"
    rule(mine, "mine-15", 15)
    call("build", "--rules", mine, "-w", workspace, "--quiet")
    first = own_key(workspace)
    assert (first != without, judged(workspace)) == (True, ["mine-15"])
    # Nothing new: neither when the same rules are given again, from another place, nor when none are.
    elsewhere = tmp_path / "elsewhere"
    rule(elsewhere, "mine-15", 15)
    for options in (("--rules", elsewhere), ()):
        result = CliRunner().invoke(cli.cli, ["build", "-w", str(workspace), *map(str, options)])
        assert "nothing has changed" in result.stderr
        assert own_key(workspace) == first
    # The rule says something else now: 20 is less than 25.
    rule(mine, "mine-15", 25)
    call("build", "--rules", mine, "-w", workspace, "--quiet")
    assert (own_key(workspace) != first, judged(workspace)) == (True, [])
    (mine / "mine-15.toml").unlink()
    call("build", "--rules", mine, "-w", workspace, "--quiet")
    assert own_key(workspace) == without
    assert not (workspace / "rules").exists()


def test_questions_know_the_rules_of_the_workspace(workspace: Path, tmp_path: Path) -> None:
    file = rule(tmp_path / "mine", "mine-15", 15)
    rule(tmp_path / "mine", "other-15", 15)
    call("own", "--rules", file, "-w", workspace, "--quiet")
    call("build", "-w", workspace, "--quiet")
    assert judged(workspace) == ["mine-15"]
    last = ("-w", workspace, "--format", "json")
    assert "mine-15" in {row["rule"] for row in call("rules", *last)}
    (row,) = call("owners", "Quillmere Ferries", "--rule", "mine-15", *last)
    assert row["verdict"] == "yes"
    assert call("owned", "Tessaly Brandrethe", "--rule", "mine-15", *last)[0]["verdict"] == "yes"
    assert call("screen", "Tessaly Brandrethe", "--rule", "mine-15", *last)[0]["verdict"] == "yes"
    rows = call("query", "--sql", CONTROL, "--as-of", "2024-02-01", *last)
    assert [row["rule"] for row in rows] == ["mine-15"]
    for options in (("--rule", "mine-15"), ("--rule", "other-15", "--rules", tmp_path / "mine")):
        names = [row["name"] for row in call("group", "Quillmere Ferries", *options, *last)]
        assert names == ["Tessaly Brandrethe", "Quillmere Ferries"]
    # A definition of owners that is not judged for everybody is computed when the group is asked for.
    assert [row["name"] for row in call("group", "Quillmere Ferries", "--rule", "uk-psc", *last)] == [
        "Quillmere Ferries"
    ]


def test_a_definition_of_owners_that_multiplies_is_judged_for_every_person(
    workspace: Path, tmp_path: Path
) -> None:
    rule(tmp_path / "mine", "mine-20", 20, like="eu-amlr")
    call("build", "--rules", tmp_path / "mine", "-w", workspace, "--quiet")
    sql = "SELECT rule, verdict, share_min, test FROM control"
    (row,) = call("query", "--sql", sql, "-w", workspace, "--format", "json")
    assert (row["rule"], row["verdict"], row["share_min"]) == ("mine-20", "yes", 20)


def test_a_name_that_is_taken_is_an_error_and_the_old_rules_stay(workspace: Path, tmp_path: Path) -> None:
    rule(tmp_path / "mine", "mine-15", 15)
    call("build", "--rules", tmp_path / "mine", "-w", workspace, "--quiet")
    taken = rule(tmp_path / "bad", "ofac-50", 10)
    with pytest.raises(UsageError, match="'ofac-50' is taken by a shipped rule"):
        CliRunner().invoke(
            cli.cli, ["build", "--rules", str(taken), "-w", str(workspace)], catch_exceptions=False
        )
    assert judged(workspace) == ["mine-15"]
    assert [path.name for path in (workspace / "rules").iterdir()] == ["mine-15.toml"]
