"""Is there room on the disk? Reckoned from the size of the input before work begins."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from bo_harmonise.errors import WorkspaceError

FACTORS = {"ingest": 1.6, "current": 1.2, "features": 3.0, "resolve": 6.0, "own": 3.0, "build": 10.0}
"""Bytes on disk at the peak of a stage, what it keeps and what it drops again, by byte of its input: the
unpacked files for `ingest`, the Parquet of the statements for the others. `bench` measured 0.6, 1.1, 0.8,
2.2, 0.7 and 7.4 at the most on 10,000 to 1,000,000 companies, where nothing was spilt; the rest is room to
spill."""

_PACKED = 10
"""How many times as large text of registers is as its gzip, where the file is too large to say."""


def unpacked_size(path: Path) -> int:
    """Size of a file's content in bytes: as the directory of a zip says, or the end of a gzip."""
    size = path.stat().st_size
    if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return sum(member.file_size for member in archive.infolist())
    if path.suffix.lower() == ".gz":
        # The last four bytes hold the size modulo 4 GiB of the last member; less than the file is wrong.
        with path.open("rb") as stream:
            stream.seek(max(size - 4, 0))
            stated = int.from_bytes(stream.read(4), "little")
        return stated if size < stated and size * _PACKED < 2**32 else size * _PACKED
    return size


def folder_size(folder: Path) -> int:
    """Size of all files in a folder, in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def needed(stages: Iterable[str], size: int) -> int:
    """Bytes that the stages need for an input of `size` bytes: what they keep adds up.

    >>> needed(["own", "build"], 1000)
    13000
    """
    return int(sum(FACTORS[stage] for stage in stages) * size)


def require(folder: Path, needed: int, what: str) -> None:
    """Raise WorkspaceError when the disk of a folder has not so many bytes free."""
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if needed > free:
        raise WorkspaceError(
            f"{what} needs about {needed:,} bytes of disk in {folder}, and {free:,} are free.",
            hint="Make room, or put the workspace on another disk: -w FOLDER",
        )
