"""The stages after `ingest`: current statements, features, resolution, ownership, database.

Each reads the Parquet of the stage before it and is left out when its inputs and settings have not changed
since it last ran.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

import duckdb

from bo_harmonise import __version__, db
from bo_harmonise.build import build_database
from bo_harmonise.disk import folder_size, needed, require
from bo_harmonise.ownership import OwnSettings, own
from bo_harmonise.ownership.rulebook import rule_files
from bo_harmonise.progress import Progress, expected_seconds, silent
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.standardise.features import build_features
from bo_harmonise.statements import person_numbers, register_current, register_statements, write_current
from bo_harmonise.workspace import Workspace, fingerprint, now, sha256

if TYPE_CHECKING:
    from bo_harmonise.resolve.pipeline import Comparer


class Engine(Protocol):
    """Runs the stages before `own` elsewhere than in this process: `spark/` does on a cluster."""

    def make_current(
        self, connection: duckdb.DuckDBPyConnection, workspace: Workspace, out: Path, as_of: date
    ) -> dict[str, int]:
        """Do what `write_current` does; the connection has the views of `register_statements`."""

    def make_features(
        self, connection: duckdb.DuckDBPyConnection, current: Path, out: Path, numbers: Sequence[str]
    ) -> None:
        """Do what `build_features` does."""

    @property
    def comparer(self) -> "Comparer":
        """What finds and scores pairs for `resolve`."""


STAGES = ("current", "features", "resolve", "own", "build")


@dataclass(frozen=True)
class RunSettings:
    """Settings of all stages; `threads` and `memory` (bytes) do not change what comes out."""

    as_of: date
    resolve: ResolveSettings = field(default_factory=ResolveSettings)
    own: OwnSettings = field(default_factory=OwnSettings)
    threads: int | None = None
    memory: int | None = None


@dataclass(frozen=True)
class StageResult:
    """What became of one stage."""

    name: str
    is_skipped: bool
    seconds: float
    counts: dict[str, Any]


class Pipeline:
    """Run stages in a workspace that the caller holds for writing."""

    def __init__(
        self,
        workspace: Workspace,
        settings: RunSettings,
        progress: Progress = silent,
        engine: Engine | None = None,
    ) -> None:
        self._engine = engine
        self._workspace = workspace
        self._settings = settings
        self._progress = progress
        self._current = workspace.root / "current"
        self._run_id = ""
        self._size = 0

    def run(self, last: str = "build") -> list[StageResult]:
        """Run the stages up to `last` that are not up to date; return what became of each."""
        results = []
        key = ""
        stages = STAGES[: STAGES.index(last) + 1]
        self._size = folder_size(self._workspace.statements)
        is_checked = False
        for place, name in enumerate(stages):
            key = self._key(name, key)
            if not is_checked and not self._is_done(name, key):
                wanted = needed(stages[place:], self._size)
                require(self._workspace.root, wanted, f"To run {', '.join(stages[place:])}")
                is_checked = True
            results.append(self._stage(name, key))
        self._remember()
        return results

    def _remember(self) -> None:
        """Keep the settings for the commands that follow and do not name them."""
        manifest = self._workspace.manifest()
        settings = {
            "as_of": self._settings.as_of.isoformat(),
            "resolve": _without_threads(self._settings.resolve.as_dict()) | {"train": False},
        }
        if manifest.get("settings") != settings:
            manifest["settings"] = settings
            self._workspace.write_manifest(manifest)

    def _key(self, name: str, before: str) -> str:
        settings = self._settings
        own_inputs: dict[str, Any] = {
            "current": {
                "deliveries": {
                    source: [*sorted(entry["files"].values()), entry["key"]]
                    for source, entry in self._workspace.manifest().get("deliveries", {}).items()
                },
                "as_of": settings.as_of,
                "tables": [*STATEMENT_TABLES, "seen"],
            },
            "features": {},
            "resolve": {
                "settings": _without_threads(settings.resolve.as_dict()),
                "judgements": _hash(self._workspace.judgements),
            },
            "own": asdict(settings.own) | {"rules": _rules(settings.own.rules)},
            "build": {},
        }
        return fingerprint({"version": __version__, "before": before, "stage": name, **own_inputs[name]})

    def _is_done(self, name: str, key: str) -> bool:
        done = self._workspace.manifest()["stages"].get(name)
        return bool(done) and done["key"] == key and self._work(name)[0].exists()

    def _stage(self, name: str, key: str) -> StageResult:
        target, work = self._work(name)
        manifest = self._workspace.manifest()
        done = manifest["stages"].get(name, {})
        if self._is_done(name, key):
            return StageResult(name, is_skipped=True, seconds=0, counts=done["counts"])
        last = (done["seconds"], done["bytes"]) if "bytes" in done else None
        self._progress(_DOING[name], expected=expected_seconds(name, self._size, last))
        # A run is named by its inputs and settings, so that the same run twice gives the same tables; when it
        # happened stands in the manifest.
        self._run_id = key[:16]
        start = perf_counter()
        with self._workspace.replacing(target) as draft:
            counts = work(draft)
        seconds = round(perf_counter() - start, 3)
        manifest["stages"][name] = {
            "key": key,
            "at": now(),
            "seconds": seconds,
            "bytes": self._size,
            "counts": counts,
        }
        self._workspace.write_manifest(manifest)
        return StageResult(name, is_skipped=False, seconds=seconds, counts=counts)

    def _work(self, name: str) -> tuple[Path, Callable[[Path], dict[str, Any]]]:
        workspace = self._workspace
        return {
            "current": (self._current, self._make_current),
            "features": (workspace.features, self._make_features),
            "resolve": (workspace.resolution, self._make_resolution),
            "own": (workspace.ownership, self._make_ownership),
            "build": (workspace.database, self._make_database),
        }[name]

    def _connect(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return db.connect(
            temp=self._workspace.temp / "spill",
            threads=self._settings.threads,
            memory=self._settings.memory,
        )

    def _make_current(self, draft: Path) -> dict[str, Any]:
        with self._connect() as connection:
            register_statements(connection, self._workspace)
            if self._engine:
                return self._engine.make_current(connection, self._workspace, draft, self._settings.as_of)
            return write_current(connection, draft, self._settings.as_of)

    def _make_features(self, draft: Path) -> dict[str, Any]:
        previous = self._workspace.features if self._workspace.features.is_dir() else None
        with self._connect() as connection:
            register_statements(connection, self._workspace)
            numbers = person_numbers(connection)
            if self._engine:
                self._engine.make_features(connection, self._current, draft, numbers)
                return {}
            register_current(connection, self._current)
            kept = build_features(
                connection, draft, previous=previous, progress=self._progress, numbers=numbers
            )
        return {"kept": kept}

    def _make_resolution(self, draft: Path) -> dict[str, Any]:
        workspace = self._workspace
        with self._connect() as connection:
            register_current(connection, self._current)
            summary = resolve(
                connection,
                draft,
                features=workspace.features,
                settings=self._settings.resolve,
                judgements=workspace.judgements if workspace.judgements.is_file() else None,
                previous=workspace.resolution if workspace.resolution.is_dir() else None,
                run_id=self._run_id,
                progress=self._progress,
                comparer=self._engine.comparer if self._engine else None,
            )
        return summary.as_dict()

    def _make_ownership(self, draft: Path) -> dict[str, Any]:
        with self._connect() as connection:
            return compute_ownership(
                connection,
                self._workspace,
                self._current,
                draft,
                as_of=self._settings.as_of,
                settings=self._settings.own,
            )

    def _make_database(self, draft: Path) -> dict[str, Any]:
        return build_database(
            self._workspace,
            self._current,
            draft,
            as_of=self._settings.as_of,
            threads=self._settings.threads,
            memory=self._settings.memory,
        )


_DOING = {
    "current": "choosing the statements in force",
    "features": "standardising names, dates and addresses",
    "resolve": "resolving people and companies",
    "own": "computing ownership",
    "build": "building the database",
}


def compute_ownership(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    current: Path,
    out: Path,
    *,
    as_of: date,
    settings: OwnSettings,
) -> dict[str, Any]:
    """Run `own` on the statements in `current` and the parties of a workspace; return what was found."""
    register_current(connection, current)
    register_resolution(connection, workspace.resolution)
    register_statements(connection, workspace)
    connection.execute(
        "CREATE TEMP TABLE own_definition AS "
        "SELECT register, any_value(definition ORDER BY snapshot_date DESC) AS definition "
        "FROM delivered_source GROUP BY register ORDER BY register"
    )
    summary = own(connection, out, as_of=as_of, settings=settings)
    return asdict(summary) | {"as_of": summary.as_of.isoformat()}


def register_resolution(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make views over the tables of the resolution stage."""
    for file in sorted(folder.glob("*.parquet")):
        path = str(file).replace("'", "''")
        connection.execute(f"CREATE OR REPLACE VIEW \"{file.stem}\" AS FROM read_parquet('{path}')")


def _without_threads(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name != "threads"}


def _rules(place: Path | None) -> dict[str, str] | None:
    """Hash a user's own rules by file; where they lie does not matter."""
    return {file.name: sha256(file) for file in rule_files(place)} if place else None


def _hash(path: Path) -> str | None:
    return sha256(path) if path.is_file() else None
