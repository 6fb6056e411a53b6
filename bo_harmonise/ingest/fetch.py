"""Bring files that are named by a URI of `pyarrow.fs` into the workspace, where they can be read again."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.fs as pafs

from bo_harmonise.errors import InputError
from bo_harmonise.progress import Progress

_CHUNK = 1 << 22


def is_uri(text: str | Path) -> bool:
    """Whether a place is named by a URI rather than by a path.

    >>> is_uri("s3://bucket/a.zip"), is_uri("data/a.zip"), is_uri(Path("s3://bucket/a.zip"))
    (True, False, False)
    """
    return isinstance(text, str) and "://" in text


def fetch(
    paths: Sequence[Path | str], folder: Path, progress: Progress
) -> tuple[list[Path], dict[Path, str]]:
    """Return the paths with a copy in `folder` in the place of each URI, and the URI of each copy.

    A URI may name a file or a folder. A copy has the name, the size and the time of what it is of; it is not
    made again while these are the same. InputError when there is nothing at a URI.
    """
    found: list[Path] = []
    origins: dict[Path, str] = {}
    for place in paths:
        if not isinstance(place, str):
            found.append(place)
            continue
        # A folder of its own: files of one name at two places are two files.
        target = folder / hashlib.sha256(place.encode()).hexdigest()[:12]
        for name, uri, info, filesystem in _files(place):
            copy = target / name
            if not _is_copy(copy, info):
                progress(f"fetching {uri}")
                _copy(filesystem, info, copy)
            found.append(copy)
            origins[copy] = uri
    return found, origins


def _files(uri: str) -> list[tuple[str, str, pafs.FileInfo, pafs.FileSystem]]:
    """Files at a URI: the name below it, the URI of each, and what the file system tells of it."""
    base, mark, options = uri.partition("?")
    try:
        filesystem, path = pafs.FileSystem.from_uri(uri)
        top = filesystem.get_file_info(path)
        if top.type == pafs.FileType.File:
            return [(PurePosixPath(path).name, uri, top, filesystem)]
        if top.type == pafs.FileType.NotFound:
            raise InputError(f"there is nothing at {uri}.", hint="Check the URI and the rights to read it.")
        infos = filesystem.get_file_info(pafs.FileSelector(path, recursive=True))
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{uri} cannot be read: {error}",
            hint="URIs of pyarrow.fs are known: s3://, gs://, abfs://, hdfs://, file://. Are the rights set "
            "in the environment?",
        ) from error
    names = [
        (info.path[len(path.rstrip("/")) + 1 :], info) for info in infos if info.type == pafs.FileType.File
    ]
    return [
        (name, f"{base.rstrip('/')}/{name}{mark}{options}", info, filesystem)
        for name, info in sorted(names, key=itemgetter(0))
    ]


def _is_copy(copy: Path, info: pafs.FileInfo) -> bool:
    if not copy.is_file() or copy.stat().st_size != info.size:
        return False
    return info.mtime_ns is None or copy.stat().st_mtime_ns == info.mtime_ns


def _copy(filesystem: pafs.FileSystem, info: pafs.FileInfo, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    draft = copy.with_name(f".{copy.name}.part")
    with filesystem.open_input_stream(info.path, compression=None) as stream, draft.open("wb") as out:
        shutil.copyfileobj(stream, out, _CHUNK)
    if info.mtime_ns is not None:
        # A delivery without a date in its name or content is dated by the time of its file.
        os.utime(draft, ns=(info.mtime_ns, info.mtime_ns))
    draft.replace(copy)
