"""What a process of its own does for a measurement: `python -m bo_harmonise.bench.stage WORKSPACE WHAT …`.

Prints one JSON object to stdout: `rows`, and what else the measurement tells.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bo_harmonise.bench import floors
from bo_harmonise.ingest.stage import IngestSettings, ingest
from bo_harmonise.pipeline import STAGES, Pipeline, RunSettings
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.workspace import Workspace

_FLOORS = {"copy": floors.copy, "splink": floors.splink, "recursion": floors.recursion}


def main(arguments: list[str]) -> None:
    """Do one stage, or one floor, and tell what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("what", choices=["ingest", *STAGES, *_FLOORS])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--memory", type=int)
    given = parser.parse_args(arguments)
    space = Workspace(given.workspace)
    if given.what in _FLOORS:
        told = _FLOORS[given.what](space, given.files)
    else:
        with space.writing():
            told = _ingest(space, given) if given.what == "ingest" else _stage(space, given)
    sys.stdout.write(json.dumps(told) + "\n")


def _ingest(space: Workspace, given: argparse.Namespace) -> dict[str, Any]:
    settings = IngestSettings(threads=given.threads, memory=given.memory)
    reports = ingest(space, given.files, settings).reports
    return {"rows": sum(report.totals["read"] for report in reports)}


def _stage(space: Workspace, given: argparse.Namespace) -> dict[str, Any]:
    settings = RunSettings(as_of=given.as_of, threads=given.threads, memory=given.memory)
    results = {result.name: result for result in Pipeline(space, settings).run(given.what)}
    counts = results[given.what].counts
    statements = sum(results["current"].counts[name] for name in STATEMENT_TABLES)
    if given.what == "resolve":
        kinds = counts["kinds"].values()
        return {
            "rows": counts["records"],
            "pairs": sum(kind["compared"] for kind in kinds),
            "reused": sum(kind["reused"] for kind in kinds),
        }
    return {"rows": counts["party"] if given.what == "build" else statements}


if __name__ == "__main__":
    main(sys.argv[1:])
