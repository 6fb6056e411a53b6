"""The chain of stages: what it skips, and that the same input gives the same tables."""

import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bo_harmonise.errors import WorkspaceError
from bo_harmonise.ingest.stage import IngestSettings, ingest
from bo_harmonise.pipeline import STAGES, Pipeline, RunSettings
from bo_harmonise.resolve import ResolveSettings, add_judgement
from bo_harmonise.resources import sample_registers
from bo_harmonise.workspace import Workspace

AS_OF = date(2026, 10, 1)


def run(folder: Path, threads: int = 2, registers: list[Path] | None = None, **settings) -> list[str]:
    """Run the chain; return the stages that were not skipped."""
    space = Workspace(folder)
    with space.writing():
        ingest(space, registers or sample_registers(), IngestSettings(threads=threads))
        chosen = RunSettings(as_of=settings.pop("as_of", AS_OF), threads=threads, **settings)
        return [result.name for result in Pipeline(space, chosen).run() if not result.is_skipped]


def tables(folder: Path) -> dict[str, bytes | list]:
    """All tables, byte by byte; of blocking keys, which are kept as threads made them, the rows in order."""
    return {
        str(path.relative_to(folder)): (
            sorted(map(str, pq.read_table(path).to_pylist()))
            if path.name.endswith("_keys.parquet")
            else path.read_bytes()
        )
        for path in sorted(folder.rglob("*.parquet"))
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A workspace of two registers; tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("small")
    run(folder, registers=registers("gb_psc", "lv_ur"))
    return folder


@pytest.fixture
def copy(tmp_path):
    return lambda folder: Path(shutil.copytree(folder, tmp_path / "copy"))


def registers(*names: str) -> list[Path]:
    return [path for path in sample_registers() if path.name in names]


def test_one_thread_and_two_give_the_same_bytes(tmp_path):
    run(tmp_path / "one", threads=1)
    run(tmp_path / "two", threads=2)
    one, two = tables(tmp_path / "one"), tables(tmp_path / "two")
    assert len(one) > 40
    assert [name for name in one if one[name] != two.get(name)] == []
    assert one.keys() == two.keys()


def test_a_folder_may_have_any_name(small, tmp_path):
    """DuckDB takes a path with brackets or stars for a pattern, where there is no such file."""
    folder = tmp_path / "it's [x] * {a,b}"
    run(folder, registers=registers("gb_psc", "lv_ur"))
    assert tables(folder) == tables(small)


def test_what_has_not_changed_is_left_out(small):
    before = tables(small)
    assert run(small, registers=registers("gb_psc", "lv_ur")) == []
    assert tables(small) == before


def test_a_stage_runs_again_when_its_settings_change(small, copy):
    space = copy(small)
    again = run(space, registers=registers("gb_psc", "lv_ur"), resolve=ResolveSettings(threshold=0.95))
    assert again == ["resolve", "own", "build"]


def test_threads_are_no_reason_to_run_again(small):
    assert run(small, threads=1, registers=registers("gb_psc", "lv_ur")) == []


def test_another_date_runs_all_stages_again(small, copy):
    space = copy(small)
    assert run(space, registers=registers("gb_psc", "lv_ur"), as_of=date(2024, 1, 1)) == list(STAGES)


def test_a_judgement_runs_resolution_again(small, copy):
    space = copy(small)
    records = ["gb_psc:person:19000417/UJ7Xh4gtMHLSNsT9cDy5sT0d0k0", "gb_psc:entity:19000417"]
    add_judgement(space / "judgements.csv", *records, "different", who="test")
    assert run(space, registers=registers("gb_psc", "lv_ur")) == ["resolve", "own", "build"]


def test_a_new_register_runs_all_stages_again(small, copy):
    space = copy(small)
    assert run(space, registers=registers("sk_rpvs")) == list(STAGES)


def test_a_lost_result_is_made_again(small, copy):
    space = copy(small)
    (space / "harmonised.duckdb").unlink()
    assert run(space, registers=registers("gb_psc", "lv_ur")) == ["build"]


def test_a_workspace_without_statements_says_so(tmp_path):
    space = Workspace(tmp_path)
    with space.writing(), pytest.raises(WorkspaceError, match="has no statements") as caught:
        Pipeline(space, RunSettings(as_of=AS_OF)).run()
    assert "ingest" in (caught.value.hint or "")
