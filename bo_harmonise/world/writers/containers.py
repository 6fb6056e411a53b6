"""Write text into plain files, gzip files and zip members, byte for byte the same at every run."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """Open `path` for writing as UTF-8 with LF line ends, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        yield out


@contextmanager
def gzip_file(path: Path, *, level: int = 1) -> Iterator[TextIO]:
    """Open a gzip file for writing as UTF-8 with LF line ends, without a time stamp."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", level, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as out,
    ):
        yield out


@contextmanager
def zip_member(path: Path, member: str, at: datetime, *, level: int = 6) -> Iterator[TextIO]:
    """Open the only member of a new zip for writing as UTF-8 with LF line ends.

    `at` is the time stamp of the member: a zip that carried the time of writing would differ from run to run.
    The member may grow beyond 4 GiB (zip64), as those of Companies House and GLEIF do.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    info = zipfile.ZipInfo(member, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive,
        archive.open(info, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as out,
    ):
        yield out
