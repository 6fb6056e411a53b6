"""The stage `ingest`: files in, statements out, nothing taken in twice."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bo_harmonise import db
from bo_harmonise.adapters.registry import find_adapters, get_adapter
from bo_harmonise.adapters.spec import Adapter
from bo_harmonise.errors import InputError, MappingError
from bo_harmonise.ingest.detect import Found, expand, identify
from bo_harmonise.ingest.mapping import DeliveryReport, map_delivery
from bo_harmonise.ingest.raw_stage import hash_files, read_inputs
from bo_harmonise.workspace import Workspace, fingerprint, sha256


@dataclass(frozen=True)
class IngestSettings:
    """How to take files in; `threads` and `memory` (bytes) do not change what comes out."""

    adapter: str | None = None
    adapters_folder: Path | None = None
    snapshot: date | None = None
    strict: bool = False
    threads: int | None = None
    memory: int | None = None


@dataclass
class IngestSummary:
    """What the stage did."""

    reports: list[DeliveryReport] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    settings: IngestSettings,
    progress: Callable[[str], None] = lambda _: None,
) -> IngestSummary:
    """Take files and folders into the workspace, which the caller holds for writing.

    Raises UnknownFileError, InputError, AdapterError, and MappingError when records were rejected under
    `strict`; then nothing of the call is kept.
    """
    adapters = find_adapters(settings.adapters_folder)
    forced = get_adapter(settings.adapter, adapters) if settings.adapter else None
    found = [item for path in expand(paths) for item in identify(path, adapters, forced=forced)]
    if not found:
        raise InputError("no files were given.", hint="Name files or folders of register data.")
    hashes = hash_files(found)
    manifest = workspace.manifest()
    known: dict[str, dict[str, Any]] = manifest.setdefault("deliveries", {})
    summary = IngestSummary()
    todo = _not_yet_taken(found, hashes, known, settings, workspace, summary)
    if not todo:
        return summary
    with db.connect(temp=workspace.temp / "spill", threads=settings.threads, memory=settings.memory) as connection:
        deliveries = read_inputs(
            connection, todo, workspace.temp, snapshot=settings.snapshot, hashes=hashes, progress=progress
        )
        drafts: list[tuple[str, Path, DeliveryReport]] = []
        for delivery in deliveries:
            progress(f"mapping {delivery.source_id}")
            draft = workspace.temp / f"draft-{len(drafts)}"
            report = map_delivery(connection, delivery, draft, workspace)
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
                "files": {
                    str(item.found.member.path.resolve()): item.sha256 for item in delivery.inputs
                },
                "key": _key(delivery.adapter, settings),
                "report": asdict(report),
            }
            summary.reports.append(report)
    workspace.write_manifest(manifest)
    return summary


def _key(adapter: Adapter, settings: IngestSettings) -> str:
    """Fingerprint of the adapter's own files and of the settings that change what comes out."""
    files = {path.name: sha256(path) for path in sorted(adapter.folder.iterdir()) if path.is_file()}
    return fingerprint({"adapter": files, "snapshot": settings.snapshot})


def _not_yet_taken(
    found: list[Found],
    hashes: dict[Path, str],
    known: dict[str, dict[str, Any]],
    settings: IngestSettings,
    workspace: Workspace,
    summary: IngestSummary,
) -> list[Found]:
    """Leave out deliveries whose files are all here already; take their other files along with new ones.

    A delivery is mapped as a whole (shares of one file need the totals of another), so a file that is added
    to a delivery brings back those that were taken in before.
    """
    by_hash = {digest: path for path, digest in hashes.items()}
    adapters = {item.adapter.name: item.adapter for item in found}
    fresh = set(hashes.values())
    for source_id, entry in sorted(known.items()):
        adapter = adapters.get(entry["report"]["adapter"])
        held = set(entry["files"].values())
        same = adapter is not None and entry["key"] == _key(adapter, settings)
        if same and held & fresh and (workspace.statements / source_id).is_dir():
            fresh -= held
            if held <= by_hash.keys():
                summary.skipped.append(source_id)
    return [item for item in found if hashes[item.member.path] in fresh]


def delivery_tables(workspace: Workspace, source_id: str) -> dict[str, int]:
    """Count the rows of each table of one delivery."""
    return {
        path.stem: pq.read_metadata(path).num_rows
        for path in sorted((workspace.statements / source_id).glob("*.parquet"))
    }
