"""Read every input into raw Parquet and tell to which delivery it belongs."""

import codecs
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from bo_harmonise.adapters.spec import Adapter, FileSpec
from bo_harmonise.ingest.detect import Found, date_in_name, valid_date
from bo_harmonise.read.containers import Member, chunks, encoding_of, head, plain_file
from bo_harmonise.read.delimited import read_delimited
from bo_harmonise.read.json_array import is_wrapper, read_json_array
from bo_harmonise.read.jsonl import read_jsonl, read_pieces
from bo_harmonise.read.pieces import cut
from bo_harmonise.read.raw import RawFile, Reader
from bo_harmonise.read.spelling import respelled
from bo_harmonise.read.xml import read_xml
from bo_harmonise.workspace import sha256

_LINES_LOOKED_AT = 20
_LONGEST_LINE = 1 << 26


@dataclass(frozen=True)
class Input:
    """An input that was read: what it is, its raw rows, and where it belongs.

    `label` names it in `source_file`: as its member does, with folders above it where two would be one.
    """

    found: Found
    raw: RawFile
    sha256: str
    register: str
    snapshot_date: date
    dated_by: str
    label: str
    file_bytes: int

    @property
    def source_id(self) -> str:
        """Return `<register>@<snapshot date>`."""
        return f"{self.register}@{self.snapshot_date.isoformat()}"


@dataclass(frozen=True)
class Delivery:
    """All files of one register that were delivered for one date."""

    source_id: str
    register: str
    snapshot_date: date
    adapter: Adapter
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Reading:
    """What was read of a file: its raw rows, the register it is of, and the date that its content states."""

    raw: RawFile
    register: str
    stated: date | None


def group_inputs(
    found: Sequence[Found], readings: Sequence[Reading], hashes: dict[Path, str], snapshot: date | None
) -> list[Delivery]:
    """Group what was read into deliveries, in order of their source_ids.

    The snapshot date is, in this order: `snapshot`; the date in the name of the file or of a folder above
    it; the date that the content states; the date the file was last changed.
    """
    inputs: dict[str, list[Input]] = defaultdict(list)
    for item, reading in zip(found, readings, strict=True):
        day, dated_by = _snapshot_date(item, reading.stated, snapshot)
        digest = hashes[item.member.path]
        entry = _input(item, reading.raw, digest, reading.register, day, dated_by)
        inputs[entry.source_id].append(entry)
    return [
        Delivery(
            source_id, group[0].register, group[0].snapshot_date, group[0].found.adapter, _labelled(group)
        )
        for source_id, group in sorted(inputs.items())
    ]


def _input(item: Found, raw: RawFile, digest: str, register: str, day: date, dated_by: str) -> Input:
    size = item.member.path.stat().st_size
    return Input(item, raw, digest, register, day, dated_by, item.member.label, size)


Earlier = tuple[Found, str, str]
"""A file that a delivery had before: what it is, its SHA-256, how it was dated."""


def join_earlier(delivery: Delivery, earlier: Sequence[Earlier], readings: Sequence[Reading]) -> Delivery:
    """Return the delivery with its earlier files, read again."""
    inputs = list(delivery.inputs)
    for (item, digest, dated_by), reading in zip(earlier, readings, strict=True):
        register, day = delivery.register, delivery.snapshot_date
        inputs.append(_input(item, reading.raw, digest, register, day, dated_by))
    return replace(delivery, inputs=_labelled(inputs))


def read_raw(
    connection: duckdb.DuckDBPyConnection,
    item: Found,
    folder: Path,
    reader: Reader | None = None,
    *,
    pieces: bool = True,
) -> Reading:
    """Read a file into Parquet in `folder`, with its own reader or the given one.

    Lines of JSON are read while they are unpacked, in `pieces`, else the file is unpacked first.
    """
    member, spec = item.member, item.spec
    encoding = encoding_of(head(member), spec.encoding)
    is_cut = pieces and reader is None and not spec.spellings and spec.format in {"json", "jsonl"}
    if is_cut and is_lines(chunks(member, encoding=encoding), spec):
        cut_pieces = cut(chunks(member, encoding=encoding), folder)
        raw = read_pieces(connection, cut_pieces, spec, folder / "raw", member.label)
    else:
        plain = respelled(plain_file(member, folder, encoding=encoding), spec.spellings, folder)
        read = reader or _reader(spec, plain)
        raw = read(connection, plain, spec, folder / "raw.parquet", member.label)
    return Reading(raw, _register(connection, item, raw), _stated_date(connection, item, raw))


def _labelled(inputs: list[Input]) -> tuple[Input, ...]:
    """Give every input a label of its own, with as few folders as it takes; return them in order of these."""
    labels = [item.found.member.label for item in inputs]
    depth = 0
    while len(set(labels)) < len(labels):
        depth += 1
        labels = [
            f"{'/'.join(item.found.member.path.resolve().parts[-1 - depth : -1])}/{item.found.member.label}"
            for item in inputs
        ]
    ordered = sorted(zip(labels, inputs, strict=True), key=lambda pair: pair[0])
    return tuple(replace(item, label=label) for label, item in ordered)


def hash_files(found: Iterable[Found]) -> dict[Path, str]:
    """SHA-256 of every file, by path."""
    return {path: sha256(path) for path in sorted({item.member.path for item in found})}


def _reader(spec: FileSpec, file: Path) -> Reader:
    """Choose the reader; for JSON the content says whether it is lines or one document."""
    if spec.format == "csv":
        return read_delimited
    if spec.format == "xml":
        return read_xml
    return read_jsonl if is_lines(chunks(Member(file)), spec) else read_json_array


def is_lines(content: Iterable[bytes], spec: FileSpec) -> bool:
    """Whether most of the first lines are objects by themselves: one that is malformed does not decide."""
    lines = _first_lines(content)
    if lines and lines[0].startswith(b"["):
        return False
    objects = [line for line in lines if line.startswith(b"{") and line.endswith(b"}") and _is_json(line)]
    return bool(objects) and 2 * len(objects) >= len(lines) and not is_wrapper(objects[0], spec)


def _first_lines(content: Iterable[bytes]) -> list[bytes]:
    """Return the first lines that are not blank, stripped; of an array in one line what was read so far."""
    lines: list[bytes] = []
    rest = b""
    for number, chunk in enumerate(content):
        rest += chunk if number else chunk.removeprefix(codecs.BOM_UTF8)
        *ended, rest = rest.split(b"\n")
        lines += [line.strip() for line in ended if line.strip()]
        is_array = (lines or [rest.lstrip()])[0].startswith(b"[")
        if is_array or len(lines) >= _LINES_LOOKED_AT or len(rest) > _LONGEST_LINE:
            break
    return [*lines, *filter(None, [rest.strip()])][:_LINES_LOOKED_AT]


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _snapshot_date(item: Found, stated: date | None, snapshot: date | None) -> tuple[date, str]:
    if snapshot:
        return snapshot, "option"
    if day := date_in_name(item.member):
        return day, "name"
    if stated:
        return stated, "content"
    changed = datetime.fromtimestamp(item.member.path.stat().st_mtime, tz=UTC).date()
    return changed, "file time"


def _stated_date(connection: duckdb.DuckDBPyConnection, item: Found, raw: RawFile) -> date | None:
    """Return the date that the content of a file states."""
    if item.spec.snapshot:
        row = connection.execute(f"SELECT try_cast({item.spec.snapshot} AS DATE) FROM {raw.table}").fetchone()
        if row and row[0]:
            day: date = row[0]
            return day
    return valid_date(raw.header.get("ContentDate", "")[:10])


def _register(connection: duckdb.DuckDBPyConnection, item: Found, raw: RawFile) -> str:
    """Return the register's name; for a format of many publishers, with the publisher in it."""
    name = item.adapter.name
    if not item.adapter.publisher_in:
        return name
    row = connection.execute(f"SELECT mode({item.adapter.publisher_in}) FROM {raw.table}").fetchone()
    slug = re.sub(r"[^a-z0-9]+", "_", str(row[0] if row and row[0] else "").lower()).strip("_")
    return f"{name}_{slug}" if slug else name
