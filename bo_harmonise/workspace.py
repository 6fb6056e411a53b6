"""The folder a user works in: paths, manifest, lock, atomic writes.

WORKSPACE/
  manifest.json                       what was run, with which inputs, settings and counts
  secret.key                          key of the hashes of national identity numbers
  statements/<source_id>/*.parquet    the stages, each reading the one before it
  features/  resolution/  ownership/
  inputs/                             copies of files that were named by a URI
  judgements.csv                      a human's decisions
  rules/                              copies of the user's own rules
  harmonised.duckdb                   the file a user opens
  tmp/                                spill and half-written files; emptied by the next writer
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bo_harmonise import __version__
from bo_harmonise.errors import WorkspaceError, WorkspaceLockedError

_KEY_VARIABLE = "BO_HARMONISE_KEY"


class Keyed(Protocol):
    """What has the key of the hashes of national identity numbers: a workspace, or what stands for one."""

    def key(self) -> bytes:
        """Return the key."""


class Workspace:
    """Paths of a workspace and safe ways to write to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inputs = root / "inputs"
        self.statements = root / "statements"
        self.features = root / "features"
        self.resolution = root / "resolution"
        self.ownership = root / "ownership"
        self.judgements = root / "judgements.csv"
        self.rules = root / "rules"
        self.database = root / "harmonised.duckdb"
        self.temp = root / "tmp"
        self._manifest = root / "manifest.json"
        self._lock = root / ".lock"

    def require(self) -> "Workspace":
        """Return self; WorkspaceError when there is no workspace here."""
        if not self._manifest.is_file():
            raise WorkspaceError(
                f"{self.root} is no workspace.",
                hint=f"Make one: bo-harmonise run PATH… -w {self.root}",
            )
        return self

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for one writer; mend what a killed run left, empty `tmp` before and after."""
        if self.root.exists() and not self.root.is_dir():
            raise WorkspaceError(
                f"expected {self.root} to be a folder (or not to exist yet), but it is a file.",
                hint="Name another place for the workspace: -w FOLDER",
            )
        is_new = not self.root.exists()
        self.root.mkdir(parents=True, exist_ok=True)
        with self._lock.open("a+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise WorkspaceLockedError(
                    f"{self.root} is being written by {lock.read().strip() or 'another process'}.",
                    hint="Wait for it to end, or use another workspace.",
                ) from None
            lock.truncate(0)
            lock.write(f"process {os.getpid()} on {os.uname().nodename} since {now()}")
            lock.flush()
            self._recover()
            try:
                yield
            finally:
                shutil.rmtree(self.temp, ignore_errors=True)
                lock.truncate(0)
                if is_new and {path.name for path in self.root.iterdir()} == {self._lock.name}:
                    # Nothing came of it (no file was taken in): leave no empty workspace behind.
                    self._lock.unlink()
                    self.root.rmdir()

    def _recover(self) -> None:
        shutil.rmtree(self.temp, ignore_errors=True)
        self.temp.mkdir()
        # Only what `replacing` puts aside, which are folders of the stages: other files are the user's own.
        for old in (*self.root.glob("*.old"), *self.statements.glob("*.old")):
            if not old.is_dir():
                continue
            final = old.with_suffix("")
            if final.exists():
                _remove(old)
            else:
                old.rename(final)

    @contextmanager
    def replacing(self, target: Path) -> Iterator[Path]:
        """Give a path in `tmp` to write a file or folder to; it takes the place of `target` if all goes well.

        What stood at `target` stays until the new content is on disk; a kill between the two renames is
        mended by the next writer.
        """
        draft = self.temp / f"{target.name}-{secrets.token_hex(4)}"
        try:
            yield draft
            _sync(draft)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                old = target.with_name(target.name + ".old")
                target.rename(old)
                draft.rename(target)
                _remove(old)
            else:
                draft.replace(target)
            _sync_folder(target.parent)
        finally:
            if draft.exists():
                _remove(draft)

    def discard(self, target: Path) -> None:
        """Remove a file or folder of the workspace, all at once for whoever looks."""
        if target.exists():
            gone = self.temp / f"{target.name}-{secrets.token_hex(4)}"
            target.rename(gone)
            _remove(gone)

    def manifest(self) -> dict[str, Any]:
        """Return the manifest: `stages` by name, `runs` in order; an empty one for a new workspace."""
        if not self._manifest.is_file():
            return {"bo_harmonise": __version__, "stages": {}, "runs": []}
        try:
            manifest: dict[str, Any] = json.loads(self._manifest.read_text(encoding="utf-8"))
        except ValueError as error:
            raise WorkspaceError(
                f"{self._manifest} is damaged: {error}",
                hint="Restore it from a copy, or begin a new workspace; judgements.csv can be taken over.",
            ) from error
        return manifest

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest."""
        manifest["bo_harmonise"] = __version__
        with self.replacing(self._manifest) as draft:
            draft.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def key(self) -> bytes:
        """Key of the hashes of national identity numbers, made at first use.

        BO_HARMONISE_KEY in the environment takes its place, so that two workspaces can share one.
        """
        if text := os.environ.get(_KEY_VARIABLE):
            return text.encode()
        path = self.root / "secret.key"
        if not path.is_file():
            with self.replacing(path) as draft:
                draft.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
                draft.chmod(0o600)
        return path.read_text(encoding="ascii").strip().encode()

    def source_ids(self) -> list[str]:
        """Return the deliveries taken in, in order of their names."""
        if not self.statements.is_dir():
            return []
        return sorted(p.name for p in self.statements.iterdir() if (p / "source.parquet").is_file())


def now() -> str:
    """Return the present moment in UTC, to the second, RFC 3339."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprint(value: Any) -> str:
    """SHA-256 of a JSON-able value: equal for equal inputs and settings."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _sync(path: Path) -> None:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
