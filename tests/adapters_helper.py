"""What the tests of adapters share: take files in, look at the statements, compare with a golden pair."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bo_harmonise.ingest.stage import IngestSettings, IngestSummary, ingest
from bo_harmonise.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
REAL = Path(__file__).parents[2] / "shared/data/registers"
"""Files of real registers; they are no part of the project."""


def take_in(tmp_path: Path, *paths: Path, **settings: Any) -> tuple[Workspace, IngestSummary]:
    """Take files into a new workspace below `tmp_path`."""
    workspace = Workspace(tmp_path / "workspace")
    with workspace.writing():
        summary = ingest(workspace, paths, IngestSettings(**settings))
    return workspace, summary


def again(workspace: Workspace, *paths: Path, **settings: Any) -> IngestSummary:
    """Take files into a workspace that there is."""
    with workspace.writing():
        return ingest(workspace, paths, IngestSettings(**settings))


def rows(workspace: Workspace, table: str) -> list[dict[str, Any]]:
    """Rows of one table of all deliveries, in the order in which they are stored."""
    return [
        row
        for path in sorted(workspace.statements.glob(f"*/{table}.parquet"))
        for row in pq.read_table(path).to_pylist()
    ]


def plain(found: list[dict[str, Any]], *without: str) -> list[dict[str, Any]]:
    """Rows as they stand in a golden file: without empty columns and `without`, JSON text parsed."""
    return [
        {
            name: json.loads(value) if name == "extra" else json.loads(json.dumps(value, default=str))
            for name, value in row.items()
            if name not in {"statement_id", *without} and value not in (None, [])
        }
        for row in found
    ]


def expected(folder: Path, table: str) -> list[dict[str, Any]]:
    """Rows of the golden file of one table."""
    golden: list[dict[str, Any]] = json.loads(
        (folder / "expected" / f"{table}.json").read_text(encoding="utf-8")
    )
    return golden


def all_accounted(summary: IngestSummary, *, rejected: int = 0) -> bool:
    """Whether every record read was mapped, ignored or rejected, and so many were rejected."""
    totals = [report.totals for report in summary.reports]
    return (
        bool(totals)
        and all(t["read"] == t["mapped"] + t["ignored"] + t["rejected"] for t in totals)
        and sum(t["rejected"] for t in totals) == rejected
    )


def psc(number: str, key: str, name: str = "Mr Odo Vintle", **data: Any) -> str:
    """Return one invented line of the PSC register."""
    path = f"/company/{number}/persons-with-significant-control/individual/{key}"
    record = {
        "etag": f"etag-{key}-{json.dumps(data, sort_keys=True)}",
        "kind": "individual-person-with-significant-control",
        "links": {"self": path},
        "name": name,
        "natures_of_control": ["ownership-of-shares-25-to-50-percent"],
        "notified_on": "2020-01-01",
    }
    return json.dumps({"company_number": number, "data": record | data}) + "\n"


def write(path: Path, *lines: str) -> Path:
    """Write text to a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")
    return path
