"""The command line in a process of its own, as a user calls it."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent / "bo-harmonise"


def call(*arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
    """Run `bo-harmonise` and return what it printed, and how it ended."""
    environment = {**os.environ, "COLUMNS": "100", **options.pop("env", {})}
    return subprocess.run(
        [BIN, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment, **options
    )
