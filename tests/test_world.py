"""Invented worlds: the same bytes every time, formats that the adapters take, truth that fits the files."""

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from bo_harmonise.cli import cli
from bo_harmonise.errors import InputError, UsageError
from bo_harmonise.world.make import make_world
from bo_harmonise.world.parameters import load

COMPANIES = 400


def _files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world."""
    folder = tmp_path_factory.mktemp("world") / "made"
    make_world(folder, companies=COMPANIES, seed=11)
    return folder


@pytest.fixture(scope="module")
def workspace(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, taken through the whole chain."""
    folder = tmp_path_factory.mktemp("world_ws")
    done = CliRunner().invoke(
        cli, ["run", str(world / "registers"), "-w", str(folder), "--as-of", "2026-10-01", "--strict"]
    )
    assert done.exception is None, done.output
    assert "warning:" not in done.output, "a column or a code that an adapter does not know"
    return folder


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(world, tmp_path):
    make_world(tmp_path / "again", companies=COMPANIES, seed=11)
    assert _files(tmp_path / "again") == _files(world)
    make_world(tmp_path / "other", companies=COMPANIES, seed=12)
    assert _files(tmp_path / "other") != _files(world)


def test_a_world_has_the_companies_that_were_asked_for(world):
    found = duckdb.sql(
        f"SELECT count(*) FROM '{world}/truth/party.parquet' WHERE party_id LIKE 'C%'"
    ).fetchall()
    assert found == [(COMPANIES,)]


def test_every_record_of_the_files_is_somebody_in_the_truth_and_none_is_missing(world, workspace):
    with duckdb.connect(str(workspace / "harmonised.duckdb"), read_only=True) as connection:
        unknown = connection.execute(
            f"SELECT record_id FROM party_record ANTI JOIN '{world}/truth/record.parquet' USING (record_id)"
        ).fetchall()
        missing = connection.execute(
            f"SELECT record_id FROM '{world}/truth/record.parquet' ANTI JOIN party_record USING (record_id)"
        ).fetchall()
        lost = connection.execute(
            "SELECT source_id FROM source WHERE records_rejected > 0 "
            "OR records_read <> records_mapped + records_rejected + records_ignored"
        ).fetchall()
    assert (unknown, missing, lost) == ([], [], [])


def test_every_register_that_has_an_adapter_has_files(workspace):
    with duckdb.connect(str(workspace / "harmonised.duckdb"), read_only=True) as connection:
        found = connection.execute("SELECT DISTINCT register FROM source ORDER BY register").fetchall()
    assert [register for (register,) in found] == [
        "bods_seven_scripts_ownership_register",
        "bods_tidewater_offshore_register",
        "dk_cvr",
        "ftm",
        "gb_psc",
        "gleif",
        "lv_ur",
        "sk_rpvs",
    ]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        make_world(tmp_path, companies=10, seed=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[structures]\nsinlge = 0.5\n", "no parameter structures.sinlge"),
        ("[structures]\nsingle = 2\n", "expected a share"),
        ("structures = 3\n", "expected a table"),
        ("[structures\n", "expected TOML"),
    ],
)
def test_parameters_that_make_no_sense_are_told(tmp_path, text, message):
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=message):
        load(file)


def test_parameters_of_a_user_take_the_place_of_ours(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[structures]\nloop = 1.0\n")
    parameters = load(file)
    assert parameters["structures"]["loop"] == 1.0
    assert parameters["structures"]["single"] == load()["structures"]["single"]


def _evaluated(world: Path, *options: str) -> dict:
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(world), "--json", *options])
    assert done.exception is None, done.output
    return json.loads(done.stdout)


def test_evaluation_answers_for_pairs_and_for_whole_questions(world, workspace):
    found = _evaluated(world, "-w", str(workspace))
    for kind in ("person", "entity"):
        assert found[kind]["shipped"]["f1"] >= 0.85, kind
        assert found[kind]["shipped"]["b_cubed"]["f1"] >= 0.9, kind
    assert found["hidden_common_owners"]["precision"] >= 0.8
    assert found["hidden_common_owners"]["recall"] >= 0.7
    shares = found["ultimate_owners"]
    assert shares["decided"] > COMPANIES
    assert shares["true_inside"] / shares["decided"] >= 0.97
    assert 0 < shares["mean_width"] < 50


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (["-w", "{sample}"], InputError, "not of the world"),
        (["--ignore", "birth_date"], UsageError, "takes no labelled"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(world, sample_workspace, options, error, message):
    given = [option.format(sample=sample_workspace) for option in options]
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(world), *given])
    assert isinstance(done.exception, error)
    assert message in str(done.exception)


def test_what_is_no_world_is_refused(tmp_path):
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert "no invented world" in str(done.exception)
