"""Run the chain on a world, each stage in a process of its own, and tell what it took."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bo_harmonise.disk import folder_size, unpacked_size
from bo_harmonise.errors import BoHarmoniseError, UsageError
from bo_harmonise.pipeline import STAGES
from bo_harmonise.progress import Progress, silent

_FLOOR = {"ingest": "copy", "resolve": "splink", "own": "recursion"}
"""What stands beside a stage."""


@dataclass(frozen=True)
class Measurement:
    """What one stage took on one world.

    `seconds` on the clock, `cpu` seconds of all cores, `rows` in the stage's own unit (records read,
    statements, records, parties), `peak_mib` of resident memory, `disk_mib` that the workspace held at the
    most, `input_mib` of input (unpacked files, or Parquet of statements). `floor_seconds` and `floor_ratio`
    are of the bare floor, where there is one; for `resolve` the ratio is that of scoring alone.
    """

    companies: int
    stage: str
    seconds: float
    cpu: float
    rows: int
    peak_mib: int
    disk_mib: int
    input_mib: float
    pairs: int | None = None
    reused: int | None = None
    floor_seconds: float | None = None
    floor_ratio: float | None = None


@dataclass(frozen=True)
class Limits:
    """Threads and memory (bytes) that each stage may use; None for what it takes by itself."""

    threads: int | None = None
    memory: int | None = None

    def options(self) -> list[str]:
        """Return them as `bench.stage` takes them."""
        given = (("--threads", self.threads), ("--memory", self.memory))
        return [text for name, value in given if value for text in (name, str(value))]


@dataclass(frozen=True)
class Wanted:
    """The world to measure on: size, seed, shares of phenomena (TOML), and which of its registers are read.

    Without `registers` all are.
    """

    companies: int
    seed: int
    parameters: Path | None = None
    registers: tuple[str, ...] = ()

    def command(self, world: Path) -> list[str]:
        """Return how to write it, with two deliveries."""
        options = ["--companies", str(self.companies), "--seed", str(self.seed), "--snapshots", "2", "-q"]
        if self.parameters:
            options += ["--parameters", str(self.parameters)]
        return [sys.executable, "-m", "bo_harmonise", "world", *options, "-o", str(world)]

    def files(self, delivery: Path) -> list[Path]:
        """Return the files of a delivery that are read.

        In a world of a few companies nobody is listed: the file of listed parties is empty.
        """
        known = sorted(place.name for place in delivery.iterdir())
        for name in self.registers:
            if name not in known:
                raise UsageError(
                    f"The world has no register {name!r}.", hint=f"Its registers: {', '.join(known)}"
                )
        places = [delivery / name for name in self.registers or known]
        return sorted(
            path for place in places for path in place.rglob("*") if path.is_file() and _has_content(path)
        )


def measure_world(
    wanted: Wanted,
    folder: Path,
    limits: Limits,
    progress: Progress = silent,
    *,
    has_floors: bool = True,
) -> Iterator[Measurement]:
    """Make a world with two deliveries in `folder`; yield what each stage took on the first, and the second.

    Stages of the second delivery have ` +1` after their names. The world and the workspace stay in `folder`.
    """
    companies = wanted.companies
    world, space = folder / "world", folder / "workspace"
    progress(f"{companies:,} companies: writing the world")
    made = _run(wanted.command(world), folder)
    deliveries = sorted((world / "registers").iterdir())
    files = [wanted.files(each) for each in deliveries]
    size = sum(map(unpacked_size, files[0])) / 2**20
    yield Measurement(companies, "world", made.seconds, made.cpu, companies, made.peak, made.disk, size)
    as_of = date.fromisoformat(deliveries[0].name)
    for number, paths in enumerate(files):
        suffix = " +1" if number else ""
        stages = ("ingest", *STAGES[: STAGES.index("resolve") + 1]) if number else ("ingest", *STAGES)
        for stage in stages:
            progress(f"{companies:,} companies: {stage}{suffix}")
            given = paths if stage == "ingest" else []
            yield _measure(companies, stage, suffix, space, given, as_of, limits, has_floors and not number)


def _has_content(path: Path) -> bool:
    return path.stat().st_size > 0


def _measure(
    companies: int,
    stage: str,
    suffix: str,
    space: Path,
    files: Sequence[Path],
    as_of: date,
    limits: Limits,
    has_floor: bool,
) -> Measurement:
    size = sum(map(unpacked_size, files)) if files else folder_size(space / "statements")

    def call(what: str) -> _Taken:
        command = [sys.executable, "-m", "bo_harmonise.bench.stage", str(space), what, *map(str, files)]
        return _run([*command, "--as-of", as_of.isoformat(), *limits.options()], space)

    taken = call(stage)
    told = taken.told
    floor = call(_FLOOR[stage]).told if has_floor and stage in _FLOOR else {}
    bare = floor.get("seconds")
    return Measurement(
        companies,
        f"{stage}{suffix}",
        round(taken.seconds, 3),
        round(taken.cpu, 3),
        told["rows"],
        taken.peak,
        taken.disk,
        round(size / 2**20, 3),
        told.get("pairs"),
        told.get("reused"),
        bare and round(bare, 3),
        bare and round(floor.get("ours", taken.seconds) / bare, 2),
    )


@dataclass(frozen=True)
class _Taken:
    seconds: float
    cpu: float
    peak: int
    disk: int
    told: dict[str, Any]


def _run(command: Sequence[str], watched: Path) -> _Taken:
    """Run a process; tell its time, memory and the most that the folder grew."""
    before = folder_size(watched) if watched.exists() else 0
    most, done = [before], threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], _size(watched))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as log:
        with subprocess.Popen(command, stdout=out, stderr=log) as process:  # noqa: S603
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        out.seek(0)
        log.seek(0)
        if process.returncode:
            raise BoHarmoniseError(f"{' '.join(command[:6])} …: {log.read().strip()[-2000:]}")
        text = out.read().strip()
    disk = max(most[0], _size(watched)) - before
    cpu = usage.ru_utime + usage.ru_stime
    told = json.loads(text) if text.startswith("{") else {}
    return _Taken(seconds, cpu, usage.ru_maxrss // 1024, disk // 2**20, told)


def _size(folder: Path) -> int:
    """Size of a folder that another process writes to: a file may be gone before it is looked at."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(place, name).stat().st_size
            except FileNotFoundError:
                continue
    return total
