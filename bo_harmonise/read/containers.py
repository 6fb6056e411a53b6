"""Look inside files: plain, gzip and zip (a zip may hold several members), streaming."""

import codecs
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from isal import isal_zlib

from bo_harmonise.errors import InputError

_CHUNK = 1 << 20
_PACKED = 1 << 17
"""Packed bytes that are inflated at once: some ten times as many come out."""
_SNIFF_BYTES = 1 << 16
_SKIPPED = ("__MACOSX/", ".DS_Store")
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_InflateError = cast("type[Exception]", isal_zlib.error)  # its stubs call it an instance
_GZIP_MARKS = (b"\x1f\x8b",)
_ENCRYPTED = 0x1
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


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
    if path.suffix.lower() == ".xlsx" or not _begins_with(path, _ZIP_MARKS):
        return [Member(path)]
    with _zip(path) as archive:
        inner = [
            info
            for info in archive.infolist()
            if not info.is_dir() and not any(mark in info.filename for mark in _SKIPPED)
        ]
    for info in inner:
        _check_readable(path, info)
    if not inner:
        raise InputError(f"{path}: the zip archive holds no file.", hint="Fetch the file again.")
    return [Member(path, info.filename) for info in inner]


def _begins_with(path: Path, marks: tuple[bytes, ...]) -> bool:
    with path.open("rb") as stream:
        return stream.read(4).startswith(marks)


def _check_readable(path: Path, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise InputError(
            f"{path}!{info.filename}: expected plain content, found an encrypted member.",
            hint="Unpack the archive with its password and name the files in it.",
        )
    if info.compress_type not in _METHODS:
        raise InputError(
            f"{path}!{info.filename}: expected stored, deflated, bzip2 or LZMA content, "
            f"found compression method {info.compress_type}.",
            hint="Unpack the archive with another tool and name the files in it.",
        )


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise InputError(
            f"{path}: the zip archive is damaged ({error}).", hint="Fetch the file again."
        ) from error


@contextmanager
def open_binary(member: Member) -> Iterator[IO[bytes]]:
    """Open the content of a member as a stream of bytes."""
    if member.inner is not None:
        with _zip(member.path) as archive, archive.open(member.inner) as stream:
            yield stream
    elif _begins_with(member.path, _GZIP_MARKS):
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


def encoding_of(start: bytes, declared: str) -> str:
    r"""Return the encoding of a text: what its byte order mark says, else what the adapter declares.

    Spreadsheet programs save "Unicode text" as UTF-16, whatever the register delivers.

    >>> encoding_of("a".encode("utf-16"), "utf-8"), encoding_of(b"a", "cp1252")
    ('utf-16', 'cp1252')
    """
    return "utf-16" if start.startswith(_WIDE_MARKS) else declared


def is_plain(member: Member, *, encoding: str = "utf-8") -> bool:
    """Whether the content is a UTF-8 file as it stands: not packed, not in another encoding."""
    return member.inner is None and encoding == "utf-8" and not _begins_with(member.path, _GZIP_MARKS)


def plain_file(member: Member, temp: Path, *, encoding: str = "utf-8") -> Path:
    """Path of the content as a plain UTF-8 file: the file itself where it is one, else a copy in `temp`."""
    if is_plain(member, encoding=encoding):
        return member.path
    target = temp / f"plain-{member.name}"
    with target.open("wb") as out:
        for chunk in chunks(member, encoding=encoding):
            out.write(chunk)
    return target


def chunks(member: Member, *, encoding: str = "utf-8") -> Iterator[bytes]:
    """Yield the content as UTF-8, a mebibyte at a time or a little more; InputError when it is damaged."""
    if member.inner is not None and encoding == "utf-8" and _is_deflated(member):
        yield from _inflated(member)
        return
    with open_binary(member) as stream:
        if encoding != "utf-8":
            yield from _transcoded(member, stream, encoding)
            return
        while chunk := stream.read(_CHUNK):
            yield chunk


def _transcoded(member: Member, stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    # A byte that the encoding does not have stays as it is: what it stands in is then no UTF-8, and refused.
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    try:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode(errors="surrogateescape")
        yield decoder.decode(b"", final=True).encode(errors="surrogateescape")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{member.label}: expected {encoding}, found other bytes ({error.reason}).",
            hint="If the register has changed its encoding, set files.<role>.encoding in the adapter.",
        ) from error


def _is_deflated(member: Member) -> bool:
    with _zip(member.path) as archive:
        return archive.getinfo(member.inner or "").compress_type == zipfile.ZIP_DEFLATED


def _inflated(member: Member) -> Iterator[bytes]:
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
            while left and (chunk := stream.read(min(_PACKED, left))):
                left -= len(chunk)
                data = engine.decompress(chunk)
                crc = isal_zlib.crc32(data, crc)
                yield data
            data = engine.flush()
        except _InflateError as error:
            raise InputError(
                f"{member.label}: the zip archive is damaged ({error}).", hint="Fetch the file again."
            ) from error
        crc = isal_zlib.crc32(data, crc)
        yield data
    if crc != info.CRC:
        raise InputError(
            f"{member.label}: the zip archive is damaged (checksum differs).", hint="Fetch the file again."
        )
