"""The stage `ingest`: files in, statements out, nothing taken in twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bo_harmonise import __version__, db
from bo_harmonise.adapters.registry import find_adapters, get_adapter
from bo_harmonise.adapters.spec import Adapter
from bo_harmonise.disk import needed, require, unpacked_size
from bo_harmonise.errors import InputError, MappingError, UnknownFileError
from bo_harmonise.ingest.detect import Found, expand, identify
from bo_harmonise.ingest.raw_stage import Delivery, Earlier, Input, group_inputs, hash_files, join_earlier
from bo_harmonise.ingest.report import DeliveryReport
from bo_harmonise.ingest.statement_tables import SHARED
from bo_harmonise.ingest.worker import LocalWorker, Worker
from bo_harmonise.progress import Progress, expected_seconds, silent
from bo_harmonise.read.containers import Member
from bo_harmonise.workspace import Workspace, fingerprint, sha256

_PART = re.compile(r"part\d+|\d+of\d+", re.IGNORECASE)
"""Names of files that are parts of one: `…-part2_7.zip`, `…_2of20.zip`."""
_DATA = {".toml", ".sql", ".csv", ".py"}
"""Files of an adapter's folder that decide what it does."""


@dataclass(frozen=True)
class IngestSettings:
    """How to take files in; `threads` and `memory` (bytes) do not change what comes out."""

    adapter: str | None = None
    adapters_folder: Path | None = None
    snapshot: date | None = None
    strict: bool = False
    replace: bool = False
    skip_unknown: bool = False
    threads: int | None = None
    memory: int | None = None


@dataclass
class IngestSummary:
    """What the stage did."""

    reports: list[DeliveryReport] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    settings: IngestSettings,
    progress: Progress = silent,
    worker: Worker | None = None,
) -> IngestSummary:
    """Take files and folders into the workspace, which the caller holds for writing.

    `worker` reads and maps them elsewhere than in this process.

    Raises UnknownFileError, InputError, AdapterError, and MappingError when records were rejected under
    `strict`; then nothing of the call is kept.
    """
    adapters = find_adapters(settings.adapters_folder)
    forced = get_adapter(settings.adapter, adapters) if settings.adapter else None
    summary = IngestSummary()
    found = _identify_all(paths, adapters, forced, settings, summary)
    hashes = hash_files(found)
    found = _without_copies(found, hashes)
    manifest = workspace.manifest()
    known: dict[str, dict[str, Any]] = manifest.setdefault("deliveries", {})
    todo = _not_yet_taken(found, hashes, known, settings, workspace, summary)
    if not todo:
        return summary
    size = sum(unpacked_size(path) for path in sorted({item.member.path for item in todo}))
    require(workspace.root, needed(["ingest"], size), "To take the files in")
    progress(f"taking in {size / 1e6:,.0f} MB", expected=expected_seconds("ingest", size))
    with db.connect(
        temp=workspace.temp / "spill", threads=settings.threads, memory=settings.memory
    ) as connection:
        worker = worker or LocalWorker(connection, workspace, progress)
        deliveries = group_inputs(todo, worker.read(todo), hashes, settings.snapshot)
        for number, delivery in enumerate(deliveries):
            earlier = list(
                _earlier(delivery, known.get(delivery.source_id), hashes, replace=settings.replace)
            )
            readings = worker.read([item for item, *_ in earlier])
            deliveries[number] = join_earlier(delivery, earlier, readings)
        places = [workspace.temp / f"draft-{number}" for number in range(len(deliveries))]
        drafts: list[tuple[str, Path, DeliveryReport]] = []
        reports = worker.map(deliveries, places)
        for delivery, draft, report in zip(deliveries, places, reports, strict=True):
            if settings.strict and report.totals["rejected"]:
                raise MappingError(
                    f"{delivery.source_id}: {report.totals['rejected']} of {report.totals['read']} records "
                    f"were rejected ({', '.join(f'{n} {c}' for c, n in report.rejected.items())}).",
                    hint="Without --strict they are kept in the table `reject` and the run goes on.",
                )
            drafts.append((delivery.source_id, draft, report))
        for (source_id, draft, report), delivery in zip(drafts, deliveries, strict=True):
            with workspace.replacing(workspace.statements / source_id) as place:
                draft.rename(place)
            known[source_id] = {
                "files": {str(item.found.member.path.resolve()): item.sha256 for item in delivery.inputs},
                "inputs": [_entry(item) for item in delivery.inputs],
                "key": _key(delivery.adapter, settings),
                "report": asdict(report),
            }
            # With each delivery: a kill between two of them leaves none that the manifest does not know.
            workspace.write_manifest(manifest)
            summary.reports.append(report)
    remapped = {report.source_id for report in summary.reports}
    summary.skipped = [source_id for source_id in summary.skipped if source_id not in remapped]
    return summary


def _entry(item: Input) -> dict[str, str | None]:
    """Return what the manifest keeps of an input, so that it can be read again."""
    return {
        "path": str(item.found.member.path.resolve()),
        "inner": item.found.member.inner,
        "sha256": item.sha256,
        "role": item.found.spec.role,
        "dated_by": item.dated_by,
    }


def _without_copies(found: list[Found], hashes: dict[Path, str]) -> list[Found]:
    """Leave out what is named twice, or is a copy of a file that is named."""
    first = {(hashes[item.member.path], item.member.inner): item for item in reversed(found)}
    return list(reversed(first.values()))


def _identify_all(
    paths: Sequence[Path],
    adapters: dict[str, Adapter],
    forced: Adapter | None,
    settings: IngestSettings,
    summary: IngestSummary,
) -> list[Found]:
    """Find the adapter of every file; all that no adapter knows are told at once, or left out if so asked."""
    found: list[Found] = []
    unknown: list[UnknownFileError] = []
    for path in expand(paths):
        try:
            found += identify(path, adapters, forced=forced)
        except UnknownFileError as error:
            unknown.append(error)
            summary.unknown.append(str(path))
    if unknown and not settings.skip_unknown:
        others = f"\nNor does any know: {', '.join(summary.unknown[1:])}." if len(unknown) > 1 else ""
        hint = f"{unknown[0].hint}. To leave out what is unknown: --skip-unknown"
        raise UnknownFileError(unknown[0].message + others, hint=hint)
    if not found:
        raise InputError("no files were given.", hint="Name files or folders of register data.")
    return found


def _refuse_second(delivery: Delivery, held: dict[str, Any], role: str) -> None:
    """Refuse a second file of one kind and date: taken together, the stakes of both would be added up."""
    name = Path(held["path"]).name
    for item in delivery.inputs:
        new = item.found.member.path.name
        if item.found.spec.role == role and not (_PART.search(name) and _PART.search(new) and name != new):
            raise InputError(
                f"{delivery.source_id} holds a file of the kind {role!r} already, {held['path']}; {new} is "
                "another one for the same date.",
                hint="To put the new one in its place: --replace. If both are parts of one delivery, name "
                "both in one call. If it is of another date: --snapshot.",
            )


def remove(workspace: Workspace, source_id: str) -> None:
    """Take a delivery out of the workspace, which the caller holds for writing.

    What it alone supported is gone with the next run of the stages. InputError when there is no such
    delivery.
    """
    manifest = workspace.manifest()
    known = manifest.get("deliveries", {})
    if source_id not in known:
        raise InputError(
            f"there is no delivery {source_id!r}.",
            hint="There are: " + (", ".join(sorted(known)) or "none") + ".",
        )
    del known[source_id]
    workspace.write_manifest(manifest)
    workspace.discard(workspace.statements / source_id)


def _earlier(
    delivery: Delivery, entry: dict[str, Any] | None, hashes: dict[Path, str], *, replace: bool
) -> Iterator[Earlier]:
    """Yield the files that were taken in for the delivery before and are not among those of this call.

    A delivery is mapped as a whole: shares of one file need the totals of another. A file whose path now has
    other content that belongs to the delivery is replaced by it; with `replace`, so is every file of the same
    kind.
    """
    if entry is None:
        return
    here = {(item.sha256, item.found.member.inner) for item in delivery.inputs}
    places = {str(item.found.member.path.resolve()) for item in delivery.inputs}
    moved = {digest: path for path, digest in hashes.items()}
    roles = {item.found.spec.role for item in delivery.inputs}
    for held in entry["inputs"]:
        digest = held["sha256"]
        if (digest, held["inner"]) in here:
            continue
        if held["path"] in places and digest not in moved:
            continue
        if digest not in moved and held["role"] in roles:
            if replace:
                continue
            _refuse_second(delivery, held, held["role"])
        path = moved.get(digest, Path(held["path"]))
        if not path.is_file() or sha256(path) != digest:
            new = ", ".join(item.found.member.label for item in delivery.inputs)
            raise InputError(
                f"{delivery.source_id}: {new} joins a delivery that was taken in from {path}, which is "
                f"{'no longer the same' if path.is_file() else 'no longer there'}; all files of a delivery "
                "are mapped together.",
                hint="Name that file too, where it is now, or date the new one otherwise: --snapshot.",
            )
        adapter = delivery.adapter
        yield (
            Found(Member(path, held["inner"]), adapter, adapter.file(held["role"])),
            digest,
            held["dated_by"],
        )


def _key(adapter: Adapter, settings: IngestSettings) -> str:
    """Fingerprint of what decides what comes out of a file: version, adapter, shared tables, settings."""
    folders = {"adapter": adapter.folder, "shared": SHARED}
    files = {
        name: {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.suffix in _DATA}
        for name, folder in folders.items()
    }
    return fingerprint({"version": __version__, "snapshot": settings.snapshot, **files})


def _not_yet_taken(
    found: list[Found],
    hashes: dict[Path, str],
    known: dict[str, dict[str, Any]],
    settings: IngestSettings,
    workspace: Workspace,
    summary: IngestSummary,
) -> list[Found]:
    """Leave out what was taken in with the same adapter and settings; note the deliveries that hold it."""
    adapters = {item.adapter.name: item.adapter for item in found}
    named = {(hashes[item.member.path], item.member.inner) for item in found}
    taken: set[tuple[str, str | None]] = set()
    for source_id, entry in sorted(known.items()):
        held = {(item["sha256"], item["inner"]) for item in entry["inputs"]}
        adapter = adapters.get(entry["report"]["adapter"])
        if adapter is None or not held & named or not (workspace.statements / source_id).is_dir():
            continue
        if entry["key"] == _key(adapter, settings):
            taken |= held
            summary.skipped.append(source_id)
    return [item for item in found if (hashes[item.member.path], item.member.inner) not in taken]


def delivery_tables(workspace: Workspace, source_id: str) -> dict[str, int]:
    """Count the rows of each table of one delivery."""
    return {
        path.stem: pq.read_metadata(path).num_rows
        for path in sorted((workspace.statements / source_id).glob("*.parquet"))
    }
