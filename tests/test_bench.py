"""The chain measured on a small world, and what measurements say together."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bo_harmonise.bench.measure import Measurement, Wanted
from bo_harmonise.bench.report import compare, growth, report, table
from bo_harmonise.errors import InputError, UsageError
from bo_harmonise.pipeline import STAGES
from bo_harmonise.world.parameters import load

ROOT = Path(__file__).parents[1]


def measured(companies: int, cpu: float, stage: str = "own") -> Measurement:
    return Measurement(companies, stage, 2 * cpu, cpu, 10 * companies, 100, 5, 1.0)


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bo_harmonise", "bench", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[dict, Path]:
    """A measurement of the smallest world, with its file."""
    file = tmp_path_factory.mktemp("bench") / "told.json"
    done = call("--companies", 60, "--json", "-q", "-o", file)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(file.read_text(encoding="utf-8"))
    return json.loads(done.stdout), file


def test_every_stage_is_measured(told):
    stages = {row["stage"]: row for row in told[0]["stages"]}
    second = [f"{stage} +1" for stage in ("ingest", "current", "features", "resolve")]
    assert list(stages) == ["world", "ingest", *STAGES, *second]
    assert all(row["cpu"] > 0 and row["peak_mib"] > 20 and row["rows"] > 0 for row in stages.values())
    assert {name for name, row in stages.items() if row["floor_ratio"]} == {"ingest", "resolve", "own"}


def test_a_second_delivery_keeps_scores(told):
    stages = {row["stage"]: row for row in told[0]["stages"]}
    assert stages["resolve"]["reused"] == 0
    assert stages["resolve +1"]["reused"] > 0


def test_only_some_registers_of_a_world_are_read(tmp_path):
    for register in ("gb_psc", "gleif", "dk_cvr"):
        (tmp_path / register).mkdir()
        (tmp_path / register / "file").write_text("x")
    (tmp_path / "gleif" / "empty").touch()
    wanted = Wanted(10, 1, registers=("gb_psc", "gleif"))
    assert wanted.files(tmp_path) == [tmp_path / "gb_psc" / "file", tmp_path / "gleif" / "file"]
    assert len(Wanted(10, 1).files(tmp_path)) == 3
    with pytest.raises(UsageError, match="no register 'gb'") as caught:
        Wanted(10, 1, registers=("gb",)).files(tmp_path)
    assert caught.value.hint == "Its registers: dk_cvr, gb_psc, gleif"


def test_a_register_that_nobody_knows_is_told_before_a_world_is_written(tmp_path):
    done = call("--companies", 10, "--register", "gb_pcs", "--keep", tmp_path / "kept")
    assert done.returncode == 4
    assert "Did you mean gb_psc?" in done.stderr
    assert not (tmp_path / "kept").exists()


def test_the_parameters_of_the_united_kingdom_and_gleif_are_some():
    assert load(ROOT / "benchmarks" / "uk_gleif.toml")["countries"]["GB"] == 0.95


def test_two_files_are_held_against_each_other(told):
    done = call("--compare", told[1], told[1], "--json")
    assert {row["seconds_ratio"] for row in json.loads(done.stdout)} == {1.0}


def test_growth_is_the_exponent_of_time_over_rows():
    rows = [measured(1000, 1.0), measured(10_000, 20.0), measured(100_000, 200.0)]
    assert growth(rows) == {"own": {"1000-10000": 1.3, "10000-100000": 1.0}}
    assert [row["growth"] for row in table(report(rows))] == [None, 1.3, 1.0]


def test_nothing_in_common_is_an_error():
    with pytest.raises(InputError, match="no stage of one size in common"):
        compare(report([measured(10, 1.0)]), report([measured(20, 1.0)]))
