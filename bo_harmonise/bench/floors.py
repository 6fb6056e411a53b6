"""The least that a stage could cost: what it rests on, run bare on the same data."""

import gzip
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise import db
from bo_harmonise.resolve import ResolveSettings
from bo_harmonise.resolve.bare import score_side_by_side
from bo_harmonise.statements import register_current
from bo_harmonise.workspace import Workspace

_CHUNK = 1 << 22
_PAIRS = 300_000
"""Pairs that are scored side by side, where there are more."""

_RECURSION = Path(__file__).parent / "recursion.sql"


def copy(space: Workspace, files: Sequence[Path]) -> dict[str, Any]:
    """Floor of `ingest`: unpack the files and write their bytes to Parquet, reading nothing in them."""
    start = time.perf_counter()
    size = 0
    target = space.root.parent / "bare-copy.parquet"
    with pq.ParquetWriter(target, pa.schema([("bytes", pa.binary())]), compression="snappy") as writer:
        for file in files:
            for chunk in _chunks(file):
                size += len(chunk)
                writer.write_table(pa.table({"bytes": pa.array([chunk], pa.binary())}))
    target.unlink()
    return {"rows": size, "seconds": time.perf_counter() - start}


def _chunks(file: Path) -> Iterator[bytes]:
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as stream:
                    yield from iter(lambda: stream.read(_CHUNK), b"")
        return
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as stream:
        yield from iter(lambda: stream.read(_CHUNK), b"")


def splink(space: Workspace, files: Sequence[Path]) -> dict[str, Any]:  # noqa: ARG001
    """Floor of scoring: Splink alone with the usual comparisons of its library, on the same pairs of people.

    `seconds` are Splink's, `ours` what evidence and score take here.
    """
    with db.connect(temp=space.root.parent / "spill") as connection:
        register_current(connection, space.root / "current")
        return score_side_by_side(connection, space.features, ResolveSettings(), _PAIRS)


def recursion(space: Workspace, files: Sequence[Path]) -> dict[str, Any]:  # noqa: ARG001
    """Floor of chains: a recursive query that multiplies and adds the upper ends of economic stakes."""
    with db.connect(temp=space.root.parent / "spill") as connection:
        path = str(space.ownership / "ownership_edge.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW ownership_edge AS FROM read_parquet('{path}')")
        start = time.perf_counter()
        rows = db.run_file(connection, _RECURSION).fetchall()[0][0]
        return {"rows": rows, "seconds": time.perf_counter() - start}
