"""Read every input into raw Parquet and tell to which delivery it belongs."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from bo_harmonise.adapters.spec import Adapter, FileSpec
from bo_harmonise.ingest.detect import Found, date_in_name
from bo_harmonise.read.containers import plain_file
from bo_harmonise.read.delimited import read_delimited
from bo_harmonise.read.json_array import is_wrapper, read_json_array
from bo_harmonise.read.jsonl import read_jsonl
from bo_harmonise.read.raw import RawFile, Reader, quote
from bo_harmonise.read.spelling import respelled
from bo_harmonise.read.xml import read_xml
from bo_harmonise.workspace import sha256


@dataclass(frozen=True)
class Input:
    """An input that was read: what it is, its raw rows, and where it belongs."""

    found: Found
    raw: RawFile
    sha256: str
    register: str
    snapshot_date: date
    dated_by: str

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


def read_inputs(
    connection: duckdb.DuckDBPyConnection,
    found: Iterable[Found],
    temp: Path,
    *,
    snapshot: date | None,
    hashes: dict[Path, str],
    progress: Callable[[str], None],
) -> list[Delivery]:
    """Read all inputs and group them into deliveries, in order of their source_ids.

    The snapshot date is, in this order: `snapshot`; the date in the name of the file or of a folder above
    it; the date that the content states; the date the file was last changed.
    """
    inputs: dict[str, list[Input]] = defaultdict(list)
    for position, item in enumerate(found):
        progress(f"reading {item.member.label}")
        folder = temp / f"raw-{position}"
        folder.mkdir(parents=True)
        plain = plain_file(item.member, folder, encoding=item.spec.encoding)
        plain = respelled(plain, item.spec.spellings, folder)
        raw = _reader(item.spec, plain)(
            connection, plain, item.spec, folder / "raw.parquet", item.member.label
        )
        day, dated_by = _snapshot_date(connection, item, raw, snapshot)
        entry = Input(item, raw, hashes[item.member.path], _register(connection, item, raw), day, dated_by)
        inputs[entry.source_id].append(entry)
    return [
        Delivery(source_id, group[0].register, group[0].snapshot_date, group[0].found.adapter, tuple(group))
        for source_id, group in sorted(inputs.items())
    ]


def hash_files(found: Iterable[Found]) -> dict[Path, str]:
    """SHA-256 of every file, by path."""
    return {path: sha256(path) for path in sorted({item.member.path for item in found})}


def _reader(spec: FileSpec, file: Path) -> Reader:
    """Choose the reader; for JSON the content says whether it is lines or one document."""
    if spec.format == "csv":
        return read_delimited
    if spec.format == "xml":
        return read_xml
    with file.open("rb") as stream:
        first = stream.readline(1 << 26).lstrip(b"\xef\xbb\xbf \t").rstrip()
    if first.startswith(b"{") and first.endswith(b"}") and not is_wrapper(first, spec):
        return read_jsonl
    return read_json_array


def _snapshot_date(
    connection: duckdb.DuckDBPyConnection, item: Found, raw: RawFile, snapshot: date | None
) -> tuple[date, str]:
    if snapshot:
        return snapshot, "option"
    if text := date_in_name(item.member):
        return date.fromisoformat(text), "name"
    if item.spec.snapshot:
        row = connection.execute(
            f"SELECT try_cast({item.spec.snapshot} AS DATE) FROM read_parquet({quote(str(raw.parquet))})"
        ).fetchone()
        if row and row[0]:
            return row[0], "content"
    if text := raw.header.get("ContentDate"):
        return date.fromisoformat(text[:10]), "content"
    changed = datetime.fromtimestamp(item.member.path.stat().st_mtime, tz=UTC).date()
    return changed, "file time"


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
