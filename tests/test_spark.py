"""The sample registers on `local[2]`: Spark gives the tables that one machine gives, row by row."""

import fcntl
import json
import shutil
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from spark_helper import require_spark

from bo_harmonise.cli import cli
from bo_harmonise.resolve import add_judgement

pytestmark = pytest.mark.slow

# Small parts and splits, so that the samples are many tasks.
CUT = (
    "spark.sql.shuffle.partitions=3",
    "spark.bo_harmonise.partRecords=60",
    "spark.bo_harmonise.splitBytes=9000",
)


def run(*arguments: str) -> None:
    result = CliRunner().invoke(cli, [*arguments, "--quiet"])
    assert result.exception is None, result.output


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory, worker_id, sample_workspace):
    """The samples with two judgements, resolved on this machine and on Spark; made once, for all workers."""
    require_spark()
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    here, there = shared / "spark_workspaces" / "duckdb", shared / "spark_workspaces" / "spark"
    with (shared / "spark_workspaces.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not here.parent.exists():
            make_workspaces(sample_workspace, here, there)
    return here, there


def make_workspaces(sample: Path, here: Path, there: Path) -> None:
    shutil.copytree(sample, here)
    there.mkdir()
    records = linked(here)
    # Both start without parties of an earlier run, whose ids would be taken over.
    shutil.rmtree(here / "resolution")
    for space in (here, there):
        add_judgement(space / "judgements.csv", *records["joined"], "different", who="test")
        add_judgement(space / "judgements.csv", *records["apart"], "same", who="test")
    run("build", "-w", str(here), "--as-of", "2026-10-01")
    options = [item for setting in CUT for item in ("--spark-conf", setting)]
    run(
        *("run", "--sample", "-w", str(there), "--as-of", "2026-10-01"),
        *("--engine", "spark", "--spark-master", "local[2]", *options),
    )


def linked(space: Path) -> dict[str, tuple[str, str]]:
    """Two records that are one party, and two of different parties that were never compared."""
    with duckdb.connect() as connection:
        joined = connection.execute(
            "SELECT record_id_l, record_id_r FROM read_parquet(?) WHERE is_joined AND kind = 'person' "
            "ORDER BY ALL LIMIT 1",
            [str(space / "resolution" / "pair.parquet")],
        ).fetchall()[0]
        first, last = connection.execute(
            "SELECT min(record_id), max(record_id) FROM read_parquet(?) WHERE record_id LIKE '%:entity:%'",
            [str(space / "resolution" / "party_record.parquet")],
        ).fetchall()[0]
    return {"joined": joined, "apart": (first, last)}


def rows(file: Path) -> list[tuple]:
    with duckdb.connect() as connection:
        return near(connection.execute("FROM read_parquet(?)", [str(file)]).fetchall())


def near(value):
    """A value with its fractions to nine digits: the JVM rounds the last bit of a logarithm otherwise."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, str) and value.startswith('{"levels"'):
        return near(json.loads(value))
    if isinstance(value, dict):
        return {name: near(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(near(item) for item in value)
    return value


def tables(space: Path, stage: str) -> list[str]:
    """Tables of a stage; not those in `state`, by which one machine knows what is new."""
    files = (file.relative_to(space) for file in (space / stage).rglob("*.parquet"))
    return sorted(str(file) for file in files if "state" not in file.parts)


def parties(space: Path) -> dict[str, set[str]]:
    found = defaultdict(set)
    for party_id, record_id, *_ in rows(space / "resolution" / "party_record.parquet"):
        found[party_id].add(record_id)
    return found


def test_spark_gives_the_same_parties(workspaces):
    here, there = workspaces
    assert parties(there) == parties(here)
    assert max(map(len, parties(there).values())) > 3


@pytest.mark.parametrize("stage", ["statements", "current", "features", "resolution", "ownership"])
def test_spark_gives_the_same_rows_in_the_same_order(workspaces, stage):
    here, there = workspaces
    names = tables(here, stage)
    assert names == tables(there, stage)
    assert [name for name in names if rows(here / name) != rows(there / name)] == []
    assert names


def test_what_spark_did_is_not_done_again(workspaces, tmp_path):
    there = tmp_path / "copy"
    shutil.copytree(workspaces[1], there)
    result = CliRunner().invoke(cli, ["build", "-w", str(there), "--as-of", "2026-10-01"])
    assert "nothing has changed" in result.output


def test_nothing_of_spark_stays_in_the_workspace(workspaces):
    assert not [path for path in workspaces[1].rglob("*") if "spark-" in path.name]
