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
from bo_harmonise.read.containers import encoding_of, head, plain_file
from bo_harmonise.read.delimited import read_delimited
from bo_harmonise.read.json_array import is_wrapper, read_json_array
from bo_harmonise.read.jsonl import read_jsonl
from bo_harmonise.read.raw import RawFile, Reader, quote
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
    connection: duckdb.DuckDBPyConnection, item: Found, folder: Path, reader: Reader | None = None
) -> Reading:
    """Read a file into `folder/raw.parquet`, with its own reader or the given one."""
    encoding = encoding_of(head(item.member), item.spec.encoding)
    plain = plain_file(item.member, folder, encoding=encoding)
    plain = respelled(plain, item.spec.spellings, folder)
    read = reader or _reader(item.spec, plain)
    raw = read(connection, plain, item.spec, folder / "raw.parquet", item.member.label)
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
    return read_jsonl if is_lines(file, spec) else read_json_array


def is_lines(file: Path, spec: FileSpec) -> bool:
    """Whether most of the first lines are objects by themselves: one that is malformed does not decide."""
    lines: list[bytes] = []
    with file.open("rb") as stream:
        while len(lines) < _LINES_LOOKED_AT and (line := stream.readline(_LONGEST_LINE)):
            line = line.removeprefix(codecs.BOM_UTF8).strip()
            if not lines and line.startswith(b"["):
                return False
            if line:
                lines.append(line)
    objects = [line for line in lines if line.startswith(b"{") and line.endswith(b"}") and _is_json(line)]
    return bool(objects) and 2 * len(objects) >= len(lines) and not is_wrapper(objects[0], spec)


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
        row = connection.execute(
            f"SELECT try_cast({item.spec.snapshot} AS DATE) FROM read_parquet({quote(str(raw.parquet))})"
        ).fetchone()
        if row and row[0]:
            day: date = row[0]
            return day
    return valid_date(raw.header.get("ContentDate", "")[:10])


def _register(connection: duckdb.DuckDBPyConnection, item: Found, raw: RawFile) -> str:
    """Return the register's name; for a format of many publishers, with the publisher in it."""
    name = item.adapter.name
    if not item.adapter.publisher_in:
        return name
    row = connection.execute(
        f"SELECT mode({item.adapter.publisher_in}) FROM read_parquet({quote(str(raw.parquet))})"
    ).fetchone()
    slug = re.sub(r"[^a-z0-9]+", "_", str(row[0] if row and row[0] else "").lower()).strip("_")
    return f"{name}_{slug}" if slug else name
