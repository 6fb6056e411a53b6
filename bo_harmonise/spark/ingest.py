"""Read and map files on the executors: a task a file, a task for every part of a large file of JSON Lines.

A delivery is mapped by one task, as shares of one of its files need the totals of another; deliveries are
mapped side by side.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.adapters.registry import find_adapters
from bo_harmonise.ingest.detect import Found
from bo_harmonise.ingest.mapping import map_delivery
from bo_harmonise.ingest.raw_stage import Delivery, Reading, is_lines, read_raw
from bo_harmonise.ingest.report import DeliveryReport
from bo_harmonise.progress import Progress
from bo_harmonise.read.containers import Member, chunks, encoding_of, head, is_plain
from bo_harmonise.read.jsonl import read_jsonl
from bo_harmonise.read.raw import RawFile, Refused, quote
from bo_harmonise.spark import lines, store, tasks
from bo_harmonise.workspace import Workspace


@dataclass(frozen=True)
class _Job:
    """A file, or the lines of one that begin between two bytes, behind so many others."""

    found: Found
    location: str
    span: tuple[int, int] | None = None
    lines_before: int = 0


@dataclass(frozen=True)
class _Read:
    """What a task read, and where its raw rows lie; there are none where no line began."""

    reading: Reading | None
    location: str
    lines_before: int


@dataclass(frozen=True)
class _Key:
    """What mapping needs of a workspace: the key of the hashes of national numbers."""

    secret: bytes

    def key(self) -> bytes:
        """Return the key."""
        return self.secret


class SparkWorker:
    """Reads and maps on the executors; see `ingest.worker.Worker`."""

    def __init__(
        self,
        spark: Any,
        shared: store.Store,
        workspace: Workspace,
        adapters: Path | None,
        origins: Mapping[Path, str],
        split_bytes: int,
        progress: Progress,
    ) -> None:
        self._spark = spark
        self._store = shared
        self._workspace = workspace
        self._adapters = adapters
        self._split = split_bytes
        self._progress = progress
        # Executors read a file that was named by a URI from there, not its copy.
        self._locations = dict(origins)
        self._raw: dict[Member, list[_Read]] = {}

    def read(self, found: Sequence[Found]) -> list[Reading]:
        """Read every file; the readings in order. Their raw rows stay in the store."""
        if not found:
            return []
        jobs = [job for item in found for job in self._jobs(item)]
        tasks.check_files(self._spark, sorted({job.location for job in jobs}))
        self._progress(f"reading {len(found)} files on Spark, in {len(jobs)} parts")
        work = partial(_read, self._adapters, self._store.location("raw"))
        done = tasks.run_tasks(self._spark, work, jobs)
        readings = []
        for item in found:
            mine = [read for job, read in zip(jobs, done, strict=True) if job.found is item]
            self._raw[item.member] = [read for read in mine if read.reading]
            readings.append(_joined(mine))
        return readings

    def _jobs(self, item: Found) -> list[_Job]:
        """Cut a file into what one task reads each."""
        path = item.member.path
        if path not in self._locations:
            name = f"inputs/{len(self._locations)}/{path.name}"
            self._locations[path] = self._store.publish(path, name)
        location = self._locations[path]
        is_split = (
            path.stat().st_size > self._split
            and is_plain(item.member, encoding=encoding_of(head(item.member), item.spec.encoding))
            and item.spec.format in {"json", "jsonl"}
            and is_lines(chunks(item.member), item.spec)
        )
        if not is_split:
            return [_Job(item, location)]
        spans = lines.spans(path.stat().st_size, self._split)
        counts = tasks.run_tasks(self._spark, partial(lines.count, location), spans)
        before = [sum(counts[:place]) for place in range(len(spans))]
        return [_Job(item, location, span, lead) for span, lead in zip(spans, before, strict=True)]

    def map(self, deliveries: Sequence[Delivery], drafts: Sequence[Path]) -> Iterator[DeliveryReport]:
        """Write the statements of each delivery to its draft."""
        self._progress(f"mapping {len(deliveries)} deliveries on Spark")
        pairs = [(delivery, [self._raw[i.found.member] for i in delivery.inputs]) for delivery in deliveries]
        key = _Key(self._workspace.key())
        work = partial(_map, self._adapters, self._store.location("statements"), key)
        for (report, files), draft in zip(tasks.run_tasks(self._spark, work, pairs), drafts, strict=True):
            draft.mkdir(parents=True)
            for name, location in files.items():
                store.fetch(location, draft / name)
            yield report


def _here(found: Found, adapters: Path | None, path: Path) -> Found:
    """Return the file as this executor knows it: with its own copy of the adapter."""
    adapter = find_adapters(adapters)[found.adapter.name]
    return Found(Member(path, found.member.inner), adapter, adapter.file(found.spec.role))


def _read(adapters: Path | None, place: str, job: _Job) -> _Read:
    """Read a file, or some lines of one, into raw rows in the store."""
    with tasks.task_connection() as (connection, work):
        # The file keeps its name: messages say it.
        path = work / "input" / job.found.member.path.name
        path.parent.mkdir()
        if job.span is not None:
            if not lines.copy(job.location, job.span, path):
                return _Read(None, "", job.lines_before)
        elif store.is_uri(job.location):
            store.fetch(job.location, path)
        else:
            path = Path(job.location)
        reading = read_raw(
            connection,
            _here(job.found, adapters, path),
            work,
            reader=read_jsonl if job.span else None,
            pieces=False,
        )
        location = store.fresh(place, "raw")
        (file,) = reading.raw.parquet
        store.put(file, location)
    label = job.found.member.label
    refused = [_moved(row, label, job.lines_before) for row in reading.raw.refused]
    return _Read(replace(reading, raw=replace(reading.raw, refused=refused)), location, job.lines_before)


def _moved(refused: Refused, label: str, lines_before: int) -> Refused:
    """Give a refused line its number in the whole file.

    >>> _moved(Refused(2, "malformed-json", "a.jsonl line 2: expected", "x"), "a.jsonl", 40).message
    'a.jsonl line 42: expected'
    """
    row = refused.row + lines_before
    message = refused.message.replace(f"{label} line {refused.row}:", f"{label} line {row}:", 1)
    return replace(refused, row=row, message=message)


def _joined(parts: Sequence[_Read]) -> Reading:
    """Put the readings of the parts of one file together; the raw rows stay where they are."""
    readings = [part.reading for part in parts if part.reading]
    first = readings[0]
    registers = Counter[str]()
    for reading in readings:
        registers[reading.register] += reading.raw.rows
    raw = RawFile(
        parquet=first.raw.parquet,
        rows=sum(reading.raw.rows for reading in readings),
        refused=[refused for reading in readings for refused in reading.raw.refused],
        unknown=sum((reading.raw.unknown for reading in readings), Counter()),
        missing=first.raw.missing,
        header=first.raw.header,
    )
    stated = next((reading.stated for reading in readings if reading.stated), None)
    return Reading(raw, registers.most_common(1)[0][0], stated)


def _map(
    adapters: Path | None, place: str, key: _Key, job: tuple[Delivery, list[list[_Read]]]
) -> tuple[DeliveryReport, dict[str, str]]:
    """Map a delivery; return the report and the locations of its tables by the names of their files."""
    delivery, parts = job
    with tasks.task_connection() as (connection, work):
        inputs = []
        for number, (item, reads) in enumerate(zip(delivery.inputs, parts, strict=True)):
            raw = work / f"raw-{number}.parquet"
            _assemble(connection, reads, raw)
            found = _here(item.found, adapters, item.found.member.path)
            inputs.append(replace(item, found=found, raw=replace(item.raw, parquet=(raw,))))
        adapter = inputs[0].found.adapter
        out = work / "draft"
        report = map_delivery(connection, replace(delivery, adapter=adapter, inputs=tuple(inputs)), out, key)
        files = {}
        for path in sorted(out.iterdir()):
            files[path.name] = store.fresh(place, path.stem)
            store.put(path, files[path.name])
    return report, files


def _assemble(connection: duckdb.DuckDBPyConnection, reads: Sequence[_Read], out: Path) -> None:
    """Bring the raw rows of one file here, numbered as in the whole file."""
    pieces = []
    for number, read in enumerate(reads):
        piece = out.with_suffix(f".{number}.parquet")
        store.fetch(read.location, piece)
        pieces.append(
            f"SELECT * REPLACE (source_row + {read.lines_before} AS source_row) "
            f"FROM read_parquet({quote(str(piece))})"
        )
    connection.execute(
        f"COPY ({' UNION ALL '.join(pieces)}) TO {quote(str(out))} (FORMAT parquet, ROW_GROUP_SIZE 40960)"
    )
