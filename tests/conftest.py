"""Fixtures that several tests share."""

import fcntl
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from bo_harmonise.cli import cli

# How long an example takes says more of what else the machine does than of the code: speed is for benchmarks.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A workspace into which the sample registers were run; made once, for all workers. Read it only."""
    base = tmp_path_factory.getbasetemp()
    # The folders of the workers stand in one of the run; without workers, what is above is of all runs.
    shared = base if worker_id == "master" else base.parent
    folder = shared / "sample_workspace"
    with (shared / "sample_workspace.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "harmonised.duckdb").is_file():
            result = CliRunner().invoke(
                cli, ["run", "--sample", "-w", str(folder), "--as-of", "2026-10-01", "--quiet"]
            )
            assert result.exception is None, result.output
    return folder
