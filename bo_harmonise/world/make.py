"""Make an invented world: draw cell after cell, let every register write it, and write down the truth."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from bo_harmonise.errors import UsageError
from bo_harmonise.world import crossing, structures
from bo_harmonise.world.changes import change
from bo_harmonise.world.draw import Weighted
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell
from bo_harmonise.world.parameters import Parameters, load
from bo_harmonise.world.registers import sanctions
from bo_harmonise.world.registers.base import Register
from bo_harmonise.world.registers.dk import Denmark
from bo_harmonise.world.registers.gb import UnitedKingdom
from bo_harmonise.world.registers.lei import LeiIndex
from bo_harmonise.world.registers.lv import Latvia
from bo_harmonise.world.registers.publishers import NativeRegister, OffshoreRegister
from bo_harmonise.world.registers.sanctions import SanctionsList
from bo_harmonise.world.registers.sk import Slovakia
from bo_harmonise.world.truth import TruthWriter

LAST_DELIVERY = date(2026, 10, 1)
"""Date of the last delivery of every register; earlier ones are of the firsts of the months before."""

_REGISTERS = (
    UnitedKingdom,
    LeiIndex,
    Denmark,
    Slovakia,
    Latvia,
    OffshoreRegister,
    NativeRegister,
    SanctionsList,
)
_CROSSING = (
    "cross_person",
    "cross_family",
    "cross_chain",
    "foreign_parent",
    "namesakes",
    "likely_namesakes",
    "company_namesakes",
)
_LARGEST_CELL = 30
"""No structure has more companies; where fewer are left to make, the simplest structure fills up."""

_PROGRESS_EVERY = 20_000


@dataclass(frozen=True)
class World:
    """Where a world is: `registers` holds a folder a delivery, `truth` the truth tables."""

    folder: Path
    counts: dict[str, int]
    as_of: str

    @property
    def registers(self) -> Path:
        """Folder of the deliveries."""
        return self.folder / "registers"


def make_world(
    folder: Path,
    *,
    companies: int,
    seed: int,
    parameters: Parameters | None = None,
    deliveries: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> World:
    """Write a world of `companies` companies: `registers/<date>/…`, `truth/*.parquet` and `world.json`.

    The same numbers, seed and parameters give the same bytes. `deliveries` is how many monthly deliveries
    each register makes; the truth is that of the last. `progress` hears how many companies are made.
    UsageError when the folder holds something already, or a number makes no sense.
    """
    if companies < 1 or deliveries < 1:
        raise UsageError("A world has at least one company and one delivery.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is not empty.", hint="Name another folder for the world.")
    parameters = parameters or load()
    dates = _dates(deliveries)
    maker = Maker(seed, companies, parameters)
    with ExitStack() as files:
        made: list[list[Register]] = [
            [register(maker, folder / "registers" / day, day, files) for register in _REGISTERS]
            for day in dates
        ]
        truth = files.enter_context(TruthWriter(folder / "truth", tuple(sorted(r.name for r in made[0]))))
        for cell, first in _cells(maker, companies, dates, progress):
            for delivery in range(first, len(dates)):
                if delivery > first:
                    change(maker, cell, delivery, dates[delivery])
                cell.shown.clear()
                for register in made[delivery]:
                    register.show(cell)
            truth.add(cell)
        for registers in made:
            for register in registers:
                register.finish()
        counts = truth.counts
    _without_empty_files(folder / "registers")
    description = {
        "companies": companies,
        "seed": seed,
        "deliveries": dates,
        "as_of": dates[-1],
        "parameters": parameters,
        "truth": counts,
    }
    text = json.dumps(description, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "world.json").write_text(f"{text}\n", encoding="utf-8")
    return World(folder, counts, dates[-1])


def _without_empty_files(folder: Path) -> None:
    """Take away files without a line: a small world has no company in some registers."""
    for path in folder.rglob("*"):
        if path.suffix == ".gz":
            with gzip.open(path) as content:
                is_empty = not content.read(1)
        else:
            is_empty = path.is_file() and not path.stat().st_size
        if is_empty:
            path.unlink()


def _cells(
    maker: Maker, companies: int, dates: list[str], progress: Callable[[int], None]
) -> Iterator[tuple[Cell, int]]:
    """Yield the cells of a world, each with the delivery that has it first."""
    table = maker.parameters["structures"]
    drawn = Weighted(table, table.values())
    number, told = 0, 0
    wanted = companies
    for first in range(len(dates)):
        if first:
            wanted = maker.companies + max(1, round(companies * maker.rate("snapshots", "added")))
        while maker.companies < wanted:
            number += 1
            random = Random(f"{maker.seed}/{number}")  # noqa: S311
            pattern = drawn.draw(random) if wanted - maker.companies > _LARGEST_CELL else "single"
            cell = Cell(number, pattern, random)
            source = crossing if pattern in _CROSSING else structures
            getattr(source, pattern)(maker, cell)
            if maker.happens(random, "sanctions", "strangers") and cell.people:
                sanctions.stranger(maker, cell)
            for company in cell.companies:
                crossing.sanctioned_company(maker, cell, company)
            yield cell, first
            if maker.companies - told >= _PROGRESS_EVERY:
                told = maker.companies
                progress(told)


def _dates(count: int) -> list[str]:
    """Return the firsts of the last months.

    >>> _dates(3)
    ['2026-08-01', '2026-09-01', '2026-10-01']
    """
    months = [LAST_DELIVERY.year * 12 + LAST_DELIVERY.month - 1 - n for n in range(count)]
    return [f"{month // 12}-{month % 12 + 1:02d}-01" for month in reversed(months)]
