"""`doctor`: versions, memory, optional parts, health of a workspace."""

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import click

from bo_harmonise import __version__
from bo_harmonise.commands.options import output_options, workspace_option
from bo_harmonise.console import show_rows
from bo_harmonise.workspace import Workspace, sha256

_PARTS = ("duckdb", "splink", "pyarrow", "lxml", "python-stdnum", "rustworkx", "scipy")
_EXTRAS = {"spark": "pyspark", "web": "starlette", "xlsx": "openpyxl"}


@click.command("doctor", epilog="Example:  bo-harmonise doctor -w ws")
@workspace_option
@output_options
def doctor_command(folder: Path, form: str | None, output: Path | None) -> None:
    """Tell what this installation and machine have, and whether the workspace is sound."""
    rows = [("bo-harmonise", __version__, ""), ("python", platform.python_version(), "")]
    for part in _PARTS:
        try:
            rows.append((part, version(part), ""))
        except PackageNotFoundError:
            rows.append((part, "missing", "pip install bo-harmonise again"))
    for extra, module in _EXTRAS.items():
        there = find_spec(module) is not None
        rows.append(
            (
                f"extra {extra}",
                "there" if there else "not installed",
                "" if there else f"pip install 'bo-harmonise[{extra}]'",
            )
        )
    rows += _machine(folder)
    rows += _workspace(Workspace(folder))
    show_rows([{"what": a, "found": b, "advice": c} for a, b, c in rows], form, output)


def _machine(folder: Path) -> list[tuple[str, str, str]]:
    from bo_harmonise.db import default_memory_bytes

    place = next(path for path in (folder.resolve(), *folder.resolve().parents) if path.exists())
    free = shutil.disk_usage(place).free
    return [
        ("cores", str(os.cpu_count()), ""),
        ("memory limit", f"{default_memory_bytes() / 2**30:.1f} GiB", "change it with --memory"),
        (
            "free disk",
            f"{free / 2**30:.1f} GiB",
            "" if free > 5 * 2**30 else "national registers need tens of GiB",
        ),
    ]


def _workspace(space: Workspace) -> list[tuple[str, str, str]]:
    if not space.root.is_dir():
        return [("workspace", "none here", f"bo-harmonise run PATH… -w {space.root}")]
    manifest = space.manifest()
    rows = [("workspace", str(space.root), "")]
    deliveries = manifest.get("deliveries", {})
    for source_id in sorted({*deliveries, *space.source_ids()}):
        whole = source_id in space.source_ids() and source_id in deliveries
        rows.append(
            (
                f"delivery {source_id}",
                "sound" if whole else "damaged",
                "" if whole else "ingest its files again",
            )
        )
        for file, digest in deliveries.get(source_id, {}).get("files", {}).items():
            path = Path(file)
            if path.is_file() and sha256(path) != digest:
                rows.append((f"  {path.name}", "has changed since", "ingest it again"))
    for stage, entry in manifest["stages"].items():
        rows.append((f"stage {stage}", f"done {entry['at']}, {entry['seconds']} s", ""))
    if space.root.is_dir() and any(space.root.glob("**/*.old")):
        rows.append(("half-written files", "there", "the next command that writes mends them"))
    return rows
