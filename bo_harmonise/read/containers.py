"""Look inside files: plain, gzip and zip (a zip may hold several members), streaming."""

import codecs
import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from isal import isal_zlib

from bo_harmonise.errors import InputError

_CHUNK = 1 << 20
_SNIFF_BYTES = 1 << 16
_SKIPPED = ("__MACOSX/", ".DS_Store")


@dataclass(frozen=True)
class Member:
    """One readable file: `path` itself, or a member of the zip at `path`."""

    path: Path
    inner: str | None = None

    @property
    def label(self) -> str:
        """Name for people and for `source_file`: the file, and the member after `!`."""
        return self.path.name + (f"!{self.inner}" if self.inner else "")

    @property
    def name(self) -> str:
        """Name of the content: of the zip member, or of the file without `.gz`."""
        return Path(self.inner).name if self.inner else self.path.name.removesuffix(".gz")


def members(path: Path) -> list[Member]:
    """Readable files in `path`; InputError when it cannot be opened."""
    if not path.is_file():
        raise InputError(f"{path} does not exist.", hint="Check the path.")
    if not zipfile.is_zipfile(path) or path.suffix.lower() == ".xlsx":
        return [Member(path)]
    with _zip(path) as archive:
        inner = [
            info.filename
            for info in archive.infolist()
            if not info.is_dir() and not any(mark in info.filename for mark in _SKIPPED)
        ]
    return [Member(path, name) for name in inner]


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(
            f"{path}: the zip archive is damaged ({error}).", hint="Fetch the file again."
        ) from error


@contextmanager
def open_binary(member: Member) -> Iterator[IO[bytes]]:
    """Open the content of a member as a stream of bytes."""
    if member.inner is not None:
        with _zip(member.path) as archive, archive.open(member.inner) as stream:
            yield stream
    elif member.path.suffix == ".gz":
        try:
            with gzip.open(member.path) as stream:
                yield stream  # type: ignore[misc]
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise InputError(
                f"{member.path}: the gzip file is damaged ({error}).", hint="Fetch the file again."
            ) from error
    else:
        with member.path.open("rb") as stream:
            yield stream


def head(member: Member) -> bytes:
    """Return the first 64 KiB of the content."""
    with open_binary(member) as stream:
        return stream.read(_SNIFF_BYTES)


def plain_file(member: Member, temp: Path, *, encoding: str = "utf-8") -> Path:
    """Path of the content as a plain UTF-8 file: the file itself where it is one, else a copy in `temp`."""
    if member.inner is None and member.path.suffix != ".gz" and encoding == "utf-8":
        return member.path
    target = temp / f"plain-{member.name}"
    with target.open("wb") as out:
        if encoding != "utf-8":
            with open_binary(member) as stream:
                _transcode(member, stream, out, encoding)
        elif member.inner is not None and _is_deflated(member):
            _inflate(member, out)
        else:
            with open_binary(member) as stream:
                shutil.copyfileobj(stream, out, _CHUNK)
    return target


def _transcode(member: Member, stream: IO[bytes], out: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(_CHUNK):
            out.write(decoder.decode(chunk).encode())
        out.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        raise InputError(
            f"{member.label}: expected {encoding}, found other bytes ({error.reason}).",
            hint="If the register has changed its encoding, set files.<role>.encoding in the adapter.",
        ) from error


def _is_deflated(member: Member) -> bool:
    with _zip(member.path) as archive:
        return archive.getinfo(member.inner or "").compress_type == zipfile.ZIP_DEFLATED


def _inflate(member: Member, out: IO[bytes]) -> None:
    """Inflate a zip member with ISA-L, which took half the time of zlib, and check its CRC."""
    with _zip(member.path) as archive:
        info = archive.getinfo(member.inner or "")
    engine = isal_zlib.decompressobj(-15)
    crc, left = 0, info.compress_size
    with member.path.open("rb") as stream:
        stream.seek(info.header_offset + 26)
        name_length = int.from_bytes(stream.read(2), "little")
        extra_length = int.from_bytes(stream.read(2), "little")
        stream.seek(name_length + extra_length, 1)
        try:
            while left and (chunk := stream.read(min(_CHUNK, left))):
                left -= len(chunk)
                data = engine.decompress(chunk)
                crc = isal_zlib.crc32(data, crc)
                out.write(data)
            data = engine.flush()
        except isal_zlib.error as error:
            raise InputError(
                f"{member.label}: the zip archive is damaged ({error}).", hint="Fetch the file again."
            ) from error
        out.write(data)
        crc = isal_zlib.crc32(data, crc)
    if crc != info.CRC:
        raise InputError(
            f"{member.label}: the zip archive is damaged (checksum differs).", hint="Fetch the file again."
        )
