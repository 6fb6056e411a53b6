"""Deliveries in a workspace: replaced, removed, refused; settings that stay; slips of adapters told."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from bo_harmonise.cli import cli
from bo_harmonise.errors import AdapterError, InputError, UnknownFileError
from bo_harmonise.ingest.stage import IngestSettings, IngestSummary, ingest, remove
from bo_harmonise.resources import folder
from bo_harmonise.workspace import Workspace

LATVIA = folder("sample_registries") / "lv_ur" / "2026-10-01"
TOML = """[register]
name = "xx_register"
version = "1"
title = "Invented"
publisher = "Nobody"
licence = "None"
url = "https://register.example"

[files.stake]
title = "Stakes"
format = "csv"
names = ["stakes.csv"]
detect = ["company,holder"]

[files.stake.columns]
company = "VARCHAR"
holder = "VARCHAR"
"""
ENTITY = """SELECT concat('xx_register:entity:', company) AS record_id, company AS source_key,
source_file, source_row, 'registeredEntity' AS entity_type FROM raw_stake"""
RELATIONSHIP = """SELECT concat('xx_register:relationship:', company) AS record_id,
company AS source_key, source_file, source_row, concat('xx_register:entity:', company) AS subject_record_id,
concat('xx_register:persn:', holder) AS interested_party_record_id, 'person' AS interested_party_type,
[{'type': 'sharholding'}] AS interests FROM raw_stake"""


def take_in(space: Path, *paths: Path, **settings) -> IngestSummary:
    workspace = Workspace(space)
    with workspace.writing():
        return ingest(workspace, paths, IngestSettings(**settings))


def shares(space: Path) -> list[float]:
    rows = duckdb.sql(
        "SELECT item.share_exact FROM (SELECT unnest(interests) AS item "
        f"FROM '{space}/statements/*/relationship.parquet') "
        "WHERE item.share_exact IS NOT NULL ORDER BY 1"
    ).fetchall()
    return [value for (value,) in rows]


@pytest.fixture
def corrected(tmp_path) -> Path:
    """The members' file with one holding doubled, under another path."""
    target = tmp_path / "corrected" / "members.csv"
    target.parent.mkdir()
    text = (LATVIA / "members.csv").read_text(encoding="utf-8")
    assert ";840;" in text
    target.write_text(text.replace(";840;", ";1680;"), encoding="utf-8")
    return target


def test_a_second_file_of_one_kind_and_date_is_refused(tmp_path, corrected):
    take_in(tmp_path / "ws", LATVIA)
    before = shares(tmp_path / "ws")
    with pytest.raises(InputError, match="another one for the same date") as caught:
        take_in(tmp_path / "ws", corrected, snapshot=date(2026, 10, 1))
    assert "--replace" in (caught.value.hint or "")
    assert shares(tmp_path / "ws") == before


def test_replace_puts_the_new_file_in_the_place_of_the_old(tmp_path, corrected):
    take_in(tmp_path / "ws", LATVIA)
    take_in(tmp_path / "ws", corrected, snapshot=date(2026, 10, 1), replace=True)
    whole = tmp_path / "whole" / "2026-10-01"
    shutil.copytree(LATVIA, whole)
    shutil.copy(corrected, whole / "members.csv")
    take_in(tmp_path / "other", whole)
    assert shares(tmp_path / "ws") == shares(tmp_path / "other")


def test_parts_of_one_delivery_are_taken_together_in_any_number_of_calls(tmp_path):
    text = (LATVIA / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for number, rows in ((1, text[2:8]), (2, text[8:])):
        part = tmp_path / "2026-10-01" / f"register_{number}of2.csv"
        part.parent.mkdir(exist_ok=True)
        part.write_text("".join([*text[:2], *rows]), encoding="utf-8")
        take_in(tmp_path / "ws", part)
    count = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/ws/statements/*/entity.parquet'").fetchall()
    assert count == [(len(text) - 2,)]


def test_a_delivery_can_be_taken_out_again(tmp_path):
    sources = folder("sample_registries")
    with_both = tmp_path / "both"
    run = CliRunner().invoke
    for name in ("lv_ur", "gb_psc"):
        result = run(cli, ["run", str(sources / name), "-w", str(with_both), "--as-of", "2026-10-01", "-q"])
        assert result.exception is None, result.output
    assert run(cli, ["ingest", "--remove", "lv_ur@2026-10-01", "-w", str(with_both)]).exception is None
    assert run(cli, ["build", "-w", str(with_both), "-q"]).exception is None
    with duckdb.connect(str(with_both / "harmonised.duckdb"), read_only=True) as connection:
        registers = connection.execute("SELECT DISTINCT unnest(registers) FROM party").fetchall()
        assert registers == [("gb_psc",)]
        assert connection.execute("SELECT as_of FROM run").fetchall() == [(date(2026, 10, 1),)]


def test_what_is_not_there_cannot_be_taken_out(tmp_path):
    space = Workspace(tmp_path)
    with space.writing(), pytest.raises(InputError, match="no delivery 'lv_ur@2020-01-01'"):
        remove(space, "lv_ur@2020-01-01")


def test_later_commands_keep_the_settings_of_the_run(tmp_path):
    run = CliRunner().invoke
    source = str(folder("sample_registries") / "lv_ur")
    run(cli, ["run", source, "-w", str(tmp_path), "--as-of", "2025-05-05", "--threshold", "0.95", "-q"])
    result = run(cli, ["build", "-w", str(tmp_path)])
    assert "all stages are up to date" in result.output


def test_all_unknown_files_are_told_at_once_and_can_be_left_out(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(LATVIA, data / "2026-10-01")
    for name in ("notes.txt", "clients.txt"):
        (data / name).write_text("nothing that a register would publish\n")
    with pytest.raises(UnknownFileError, match=r"notes\.txt") as caught:
        take_in(tmp_path / "ws", data)
    assert "clients.txt" in caught.value.message
    summary = take_in(tmp_path / "ws", data, skip_unknown=True)
    assert [Path(name).name for name in summary.unknown] == ["clients.txt", "notes.txt"]
    assert len(summary.reports) == 1


def test_an_empty_file_is_called_empty(tmp_path):
    (tmp_path / "empty.csv").touch()
    with pytest.raises(UnknownFileError, match=r"empty\.csv is empty"):
        take_in(tmp_path / "ws", tmp_path / "empty.csv")


def test_rejected_records_come_with_where_to_see_them(tmp_path):
    line = '{"company_number":"19999999","data":{"kind":"exemptions","links":{"self":"/company/19999999/e"}}}'
    file = tmp_path / "persons-with-significant-control-snapshot-2026-10-01.txt"
    file.write_text(f'{line}\n{{"company_number":\n{line}\n')
    told = CliRunner().invoke(cli, ["run", str(file), "-w", str(tmp_path / "ws")]).output
    assert "rejected: malformed-json (1); which and why: bo-harmonise query rejected-records" in told
    asked = CliRunner().invoke(cli, ["query", "rejected-records", "-w", str(tmp_path / "ws")]).output
    assert "line 2: expected a JSON object, found malformed JSON" in asked


@pytest.fixture
def adapter(tmp_path) -> Path:
    place = tmp_path / "adapters" / "xx_register"
    place.mkdir(parents=True)
    (place / "adapter.toml").write_text(TOML)
    (place / "entity.sql").write_text(ENTITY)
    (place / "relationship.sql").write_text(RELATIONSHIP)
    (tmp_path / "stakes.csv").write_text("company,holder\n1,2\n")
    return place


def test_codes_and_records_that_do_not_exist_are_reported(tmp_path, adapter):
    summary = take_in(
        tmp_path / "ws", tmp_path / "stakes.csv", adapters_folder=adapter.parent, snapshot=date(2026, 1, 1)
    )
    (report,) = summary.reports
    assert report.unknown_codes == {"relationship.interests.type = sharholding": 1}
    assert report.failed_checks == [
        (
            "interested_party_record_id: 1 relationships name a record that nothing describes, "
            "such as xx_register:persn:2"
        )
    ]


def test_an_error_in_an_adapters_sql_names_its_file(tmp_path, adapter):
    (adapter / "entity.sql").write_text("SELECT since FROM raw_stake")
    with pytest.raises(AdapterError, match=r"xx_register/entity\.sql: .*since"):
        take_in(
            tmp_path / "ws",
            tmp_path / "stakes.csv",
            adapters_folder=adapter.parent,
            snapshot=date(2026, 1, 1),
        )
    assert not list((tmp_path / "ws").glob("statements/*"))
