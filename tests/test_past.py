"""What was true on another day: from the statements that were in force then, not from the latest ones."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from elbonia import call, delivery

from bo_harmonise import cli, db
from bo_harmonise.errors import UsageError
from bo_harmonise.past import opened_at
from bo_harmonise.workspace import Workspace


@pytest.fixture(scope="module")
def two_deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("past")
    workspace = folder / "ws"
    for day, share in (("2024-01-10", 20), ("2025-01-10", 60)):
        file = delivery(folder / f"elbonia-{day}.json", day, share)
        call("ingest", file, "-w", workspace, "--snapshot", day, "--quiet")
    call("build", "-w", workspace, "--as-of", "2025-06-01", "--quiet")
    return workspace


def test_a_stake_is_what_the_delivery_of_that_day_says(two_deliveries: Path) -> None:
    def share(*options: str) -> list[tuple[float, float]]:
        rows = call("owners", "Quillmere Ferries", *options, "-w", two_deliveries, "--format", "json")
        return [(row["share_min"], row["share_max"]) for row in rows]

    assert share() == [(60, 60)]
    assert share("--as-of", "2025-02-01") == [(60, 60)]
    assert share("--as-of", "2024-02-01") == [(20, 20)]


@pytest.mark.parametrize(("day", "verdict", "share"), [("2024-02-01", "no", 20), ("2025-02-01", "yes", 60)])
def test_a_rule_judges_what_was_true_then(two_deliveries: Path, day: str, verdict: str, share: float) -> None:
    options = ("--rule", "uk-psc", "--as-of", day, "-w", two_deliveries, "--format", "json")
    (row,) = call("owned", "Tessaly Brandrethe", *options)
    assert (row["verdict"], row["share_min"]) == (verdict, share)


def test_chains_groups_and_gateways_of_another_day(two_deliveries: Path) -> None:
    last = ("-w", two_deliveries, "--format", "json", "--as-of")
    (chain,) = call("path", "Tessaly Brandrethe", "Quillmere Ferries", *last, "2024-02-01")
    assert (chain["share_min"], chain["registers"]) == (20, [["bods_register_of_elbonia"]])
    assert [row["name"] for row in call("group", "Quillmere Ferries", *last, "2024-02-01")] == [
        "Quillmere Ferries"
    ]
    assert [row["name"] for row in call("group", "Quillmere Ferries", *last, "2025-02-01")] == [
        "Tessaly Brandrethe",
        "Quillmere Ferries",
    ]
    assert call("gateways", "Tessaly Brandrethe", *last, "2024-02-01") == []


def test_changes_compare_the_statements_of_each_day(two_deliveries: Path) -> None:
    days = ("changes", "2024-02-01", "2025-02-01", "-w", two_deliveries, "--format", "json")
    rows = call(*days)
    assert [(row["kind"], row["threshold"], row["before_max"], row["after_min"]) for row in rows] == [
        ("share_changed", None, 20, 60),
        ("threshold_crossed", 25, 20, 60),
        ("threshold_crossed", 50, 20, 60),
    ]
    chosen = call(*days, "--threshold", "30", "--threshold", "70")
    assert [row["threshold"] for row in chosen] == [None, 30]


def test_the_day_of_the_database_gives_what_the_database_has(sample_workspace: Path) -> None:
    tables = ("ownership_edge", "effective_ownership", "declared")
    with db.connect(sample_workspace / "harmonised.duckdb", read_only=True) as connection:
        built = [connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in tables]
    with opened_at(Workspace(sample_workspace), date(2026, 10, 1)) as connection:
        computed = [
            connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in tables[:2]
        ]
        declared = connection.execute("SELECT * EXCLUDE (definition) FROM declared ORDER BY ALL").fetchall()
    assert computed == built[:2]
    assert len(declared) == len(built[2]) > 0


def test_common_owners_of_several_companies(sample_workspace: Path) -> None:
    companies = ("Penhallow Marine Ltd", "Meridian Cay Trading Ltd", "SALTMARSH TURBINES LTD")
    last = ("-w", sample_workspace, "--format", "json")
    assert call("common", *companies, *last) == []
    rows = call("common", *companies[:2], *last)
    assert {(row["owner_name"], row["companies"]) for row in rows} == {("Ilektra Drosinou-Kampa", 2)}
    assert {row["company_name"] for row in rows} == {"PENHALLOW MARINE LTD", "Meridian Cay Trading Ltd"}
    for row in rows:
        assert row["chain_names"][0] == row["owner_name"]
        assert row["chain_names"][-1] == row["company_name"]
    owners = {
        row["owner_name"]: row["companies"] for row in call("common", *companies, "--at-least", "2", *last)
    }
    assert owners == {"Ilektra Drosinou-Kampa": 2}


def test_queries_are_answered_as_of_another_day(two_deliveries: Path) -> None:
    last = ("-w", two_deliveries, "--format", "json")
    owners = ("query", "owners", "--param", "who=Quillmere Ferries", *last)
    assert [row["share_min"] for row in call(*owners)] == [60]
    assert [row["share_min"] for row in call(*owners, "--as-of", "2024-02-01")] == [20]
    sql = "SELECT (SELECT as_of FROM run) AS day, verdict, share_max FROM control WHERE rule = 'ofac-50'"
    assert [row["day"] for row in call("query", "--sql", sql, *last)] == ["2025-06-01"]
    assert [row["day"] for row in call("query", "--sql", sql, *last, "--as-of", "2025-02-01")] == [
        "2025-02-01"
    ]
    assert call("query", "--sql", sql, *last, "--as-of", "2024-02-01") == []
    assert call("query", "--sql", sql, *last, "--as-of", "2023-01-01") == []
    # The database of the workspace stays as it is, and nothing is left behind.
    assert [row["day"] for row in call("query", "--sql", sql, *last)] == ["2025-06-01"]
    assert not list((two_deliveries / "tmp").glob("20*"))


def test_registers_are_compared_as_of_another_day(tmp_path: Path) -> None:
    """Elbonia says 20, then 60 per cent; Grand Fenwick says 20 all along: they differ from 2025 on."""
    workspace = tmp_path / "ws"
    for publisher, day, share in (
        ("Elbonia", "2024-01-10", 20),
        ("Fenwick", "2024-01-10", 20),
        ("Elbonia", "2025-01-10", 60),
    ):
        file = delivery(tmp_path / f"{publisher}-{day}.json", day, share, publisher)
        call("ingest", file, "-w", workspace, "--snapshot", day, "--quiet")
    call("build", "-w", workspace, "--as-of", "2025-06-01", "--quiet")
    last = ("compare", "-w", workspace, "--format", "json")

    def shares(*options: str) -> list[tuple[str, str]]:
        return [(row["value_l"], row["value_r"]) for row in call(*last, *options) if row["about"] == "share"]

    assert len(shares()) == 1
    assert shares("--as-of", "2025-02-01") == shares()
    assert shares("--as-of", "2024-02-01") == []


def test_a_hidden_common_owner_is_told_as_of_another_day(sample_workspace: Path) -> None:
    row = ("Ilektra Drosinou-Kampa", "Penhallow Marine Ltd", "Meridian Cay Trading Ltd")

    def told(*options: str) -> str:
        result = CliRunner().invoke(cli.cli, ["tell", *row, "-w", str(sample_workspace), *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert told("--as-of", "2026-09-30") == told()
    with pytest.raises(UsageError, match="no hidden common owner"):
        CliRunner().invoke(
            cli.cli,
            ["tell", *row, "-w", str(sample_workspace), "--as-of", "1990-01-01"],
            catch_exceptions=False,
        )


def test_files_and_pipes_have_names_beside_ids(sample_workspace: Path) -> None:
    last = ("-w", sample_workspace, "--format", "json")
    rows = call("owners", "Nørrevig Shipping ApS", "--rule", "uk-owned-or-controlled", *last)
    for row in rows:
        assert len(row["deciding_chain_names"]) == len(row["deciding_chain"])
        assert row["deciding_chain_names"][0] == row["owner_name"]
        if row["missing"]:
            assert re.search(r"\w \((P|E)-[0-9a-f]{16}\)", row["missing"])
            assert not re.search(r"(?<!\()\b(P|E)-[0-9a-f]{16}", row["missing"])
    assert any(row["missing"] for row in rows)
    shares = [row for row in call("compare", *last) if row["about"] == "share"]
    assert all(row["value_l"].startswith("Alasdair Penrose-Quill (P-") for row in shares)
    assert shares
    (address,) = [row for row in call("compare", *last) if row["about"] == "address"]
    assert address["value_l"] == "Hrnčiarska vyhliadka 1234/1, Košice, 040 01, SK"
    assert {row["top_name"] for row in call("group", "Nørrevig Shipping ApS", *last)} == {
        "Miron Denisovich Olkhovsky"
    }
