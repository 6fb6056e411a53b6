"""`screen`: an invented list against the sample registers; every verdict is worked out by hand here."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from adapters_helper import GOLDEN
from click.testing import CliRunner, Result

from bo_harmonise.cli import cli
from bo_harmonise.errors import UsageError

LIST = GOLDEN / "ftm" / "screened.ftm.json"


@pytest.fixture
def workspace(sample_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace that may be written to."""
    return Path(shutil.copytree(sample_workspace, tmp_path / "ws"))


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--quiet"])


def screened(*arguments: str | Path) -> dict[str, dict[str, Any]]:
    result = call("screen", *arguments, "--rule", "ofac-50", "--format", "json")
    assert result.exception is None, result.output
    return {row["company_name"]: row for row in json.loads(result.stdout)}


def test_a_list_is_taken_in_resolved_and_screened(workspace: Path) -> None:
    found = screened(LIST, "-w", workspace)
    # Mørch (Treasury) holds 50 to 66.67 % of Vadehav Energi (Denmark), more than 25 to 50 % of Saltmarsh
    # Turbines (United Kingdom), 40 % of Jūrmalas Vējš (Latvia); Vējslauks (Customs) the other 60 % of that.
    # Kurzemes Koks (Treasury) holds Gaujas Papīrs wholly. Ben-Sharvit (49 % of Baltezera Ūdens) was listed
    # until 2020.
    assert {name: (row["verdict"], row["share_min"], row["share_max"]) for name, row in found.items()} == {
        'SIA "Gaujas Papīrs"': ("yes", 100, 100),
        'SIA "Jūrmalas Vējš"': ("yes", 100, 100),
        "SALTMARSH TURBINES LTD": ("possible", 25, 50),
        "Vadehav Energi ApS": ("yes", 50, 66.67),
    }
    shared = found['SIA "Jūrmalas Vējš"']
    assert shared["listed_names"] == ["Kristaps Vējslauks", "Sofie Lindegaard Mørch"]
    assert shared["lists"] == ["xq_customs_list", "xq_treasury_list"]
    assert shared["authorities"] == ["Customs of Xq", "Treasury of Xq"]
    assert shared["listed_since"] == "2022-03-01"
    assert found['SIA "Gaujas Papīrs"']["listed_since"] == "2024-01-10"
    assert found["SALTMARSH TURBINES LTD"]["is_near_miss"]
    assert 0.9 <= found["Vadehav Energi ApS"]["match_probability"] < 1
    assert all(len(row["statement_ids"]) >= 1 and len(row["deciding_chain"]) >= 2 for row in found.values())


def test_one_list_among_those_that_a_file_holds(workspace: Path) -> None:
    screened(LIST, "-w", workspace)
    treasury = screened("ftm", "--on", "Treasury", "-w", workspace)
    assert (treasury['SIA "Jūrmalas Vējš"']["verdict"], treasury['SIA "Jūrmalas Vējš"']["is_near_miss"]) == (
        "no",
        True,
    )
    assert treasury['SIA "Jūrmalas Vējš"']["share_max"] == 40
    customs = screened("ftm@2026-09-15", "--on", "xq_customs", "-w", workspace)
    assert {name: row["share_min"] for name, row in customs.items()} == {'SIA "Jūrmalas Vējš"': 60}
    assert customs['SIA "Jūrmalas Vējš"']["lists"] == ["xq_customs_list"]


def test_as_of_chooses_the_listings_in_force_that_day(workspace: Path) -> None:
    found = screened(LIST, "--as-of", "2019-06-01", "-w", workspace)
    # Only Ben-Sharvit was listed then, and he held 49 %: a near miss.
    assert {name: (row["verdict"], row["share_max"]) for name, row in found.items()} == {
        'SIA "Baltezera Ūdens"': ("no", 49)
    }
    with duckdb.connect(workspace / "harmonised.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT CAST(as_of AS VARCHAR) FROM run").fetchall() == [("2019-06-01",)]


def test_a_list_that_is_taken_in_already_is_not_taken_in_again(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = screened(LIST, "-w", workspace)
    before = (workspace / "harmonised.duckdb").stat().st_mtime_ns
    assert screened(LIST, "-w", workspace) == first
    (tmp_path / "ftm").mkdir()
    monkeypatch.chdir(tmp_path)  # the register is meant, not the folder
    assert screened("ftm", "-w", workspace) == first
    assert (workspace / "harmonised.duckdb").stat().st_mtime_ns == before


def test_parties_by_name_do_not_touch_the_workspace(sample_workspace: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Sofie Lindegaard Mørch\n\nKristaps Vējslauks\n", encoding="utf-8")
    before = (sample_workspace / "harmonised.duckdb").stat().st_mtime_ns
    found = screened(f"@{names}", "-w", sample_workspace)
    assert found['SIA "Jūrmalas Vējš"']["share_min"] == 100
    assert found['SIA "Jūrmalas Vējš"']["lists"] is None
    assert (sample_workspace / "harmonised.duckdb").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gb_psc"], "gb_psc has no listing that is in force on 2026-10-01"),
        (["Nobody Atall"], "no party is called 'Nobody Atall'"),
        (["@missing.txt"], "missing.txt does not exist"),
    ],
)
def test_what_is_no_list_is_refused(sample_workspace: Path, arguments: list[str], says: str) -> None:
    result = call("screen", *arguments, "--rule", "ofac-50", "-w", sample_workspace)
    assert says in str(result.exception)


def test_an_unknown_rule_is_refused_before_anything_is_taken_in(workspace: Path) -> None:
    result = call("screen", LIST, "--rule", "nothing", "-w", workspace)
    assert "there is no rule" in str(result.exception)
    assert not list((workspace / "statements").glob("ftm@*"))


def test_listings_can_be_asked_in_sql(workspace: Path) -> None:
    screened(LIST, "-w", workspace)
    with duckdb.connect(workspace / "harmonised.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "SELECT party.name, list, CAST(start_date AS VARCHAR), is_in_force "
            "FROM listing JOIN party USING (party_id) ORDER BY party.name"
        ).fetchall()
    assert rows == [
        ('Akciju sabiedrība "Kurzemes Koks"', "xq_treasury_list", "2024-01-10", True),
        ("Kristaps Vējslauks", "xq_customs_list", "2023-05-05", True),
        ("Noam Ben-Sharvit", "xq_treasury_list", "2016-01-01", False),
        ("Sofie Lindegaard Mørch", "xq_treasury_list", "2022-03-01", True),
    ]
    asked = CliRunner().invoke(cli, ["query", "listed-parties", "-w", str(workspace), "--format", "json"])
    assert [(row["party"], row["companies"]) for row in json.loads(asked.stdout)] == [
        ('Akciju sabiedrība "Kurzemes Koks"', 1),
        ("Kristaps Vējslauks", 1),
        ("Noam Ben-Sharvit", 2),
        ("Sofie Lindegaard Mørch", 3),
    ]


def test_who_is_no_longer_on_a_list_left_it_by_the_next_delivery(workspace: Path, tmp_path: Path) -> None:
    screened(LIST, "-w", workspace)
    later = tmp_path / "2026-09-20" / "entities.ftm.json"
    later.parent.mkdir()
    lines = LIST.read_text(encoding="utf-8").splitlines()
    later.write_text("".join(f"{line}\n" for line in lines if "NK-morch" not in line), encoding="utf-8")
    found = screened(later, "-w", workspace)
    assert set(found) == {'SIA "Gaujas Papīrs"', 'SIA "Jūrmalas Vējš"'}
    assert found['SIA "Jūrmalas Vējš"']["share_min"] == 60  # without Mørch
    with duckdb.connect(workspace / "harmonised.duckdb", read_only=True) as connection:
        ended = connection.execute(
            "SELECT CAST(end_date AS VARCHAR) FROM listing WHERE record_id = 'ftm:person:NK-morch'"
        ).fetchall()
    assert ended == [("2026-09-20",)]


def test_a_listed_party_that_almost_matched_is_told(sample_workspace: Path) -> None:
    with duckdb.connect(sample_workspace / "harmonised.duckdb", read_only=True) as connection:
        parties = dict(
            connection.execute(
                "SELECT name, any_value(party_id) FROM party "
                "WHERE name IN ('Owen Prydderch', 'Sofie Lindegaard Mørch') GROUP BY name"
            ).fetchall()
        )
    arguments = ["--rule", "ofac-50", "-w", str(sample_workspace)]
    nearly = CliRunner().invoke(cli, ["screen", parties["Owen Prydderch"], *arguments])
    assert nearly.exit_code == 0
    assert "1 listed party, " in nearly.stderr
    assert "1 listed party has uncertain pairs (the likeliest: Owen Prydderch at 78.1 %)" in nearly.stderr
    assert "bo-harmonise review -w" in nearly.stderr
    joined = CliRunner().invoke(cli, ["screen", parties["Sofie Lindegaard Mørch"], *arguments])
    assert joined.exit_code == 0
    assert "uncertain" not in joined.stderr


def test_a_list_that_is_not_there_is_said_to_be_no_file(sample_workspace: Path, tmp_path: Path) -> None:
    result = call("screen", tmp_path / "gone.ftm.json", "--rule", "ofac-50", "-w", sample_workspace)
    assert isinstance(result.exception, UsageError)
    assert "there is no such file" in result.exception.message
