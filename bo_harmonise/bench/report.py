"""What measurements say together: how fast stages grow, and how two versions compare."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from math import log
from typing import Any

from bo_harmonise import __version__
from bo_harmonise.bench.measure import Measurement
from bo_harmonise.errors import InputError


def report(measured: Sequence[Measurement]) -> dict[str, Any]:
    """Return all that was measured as JSON values: `stages` row by row, `growth` by stage.

    Growth is the exponent e of time ~ rows^e between one size and the next, of CPU seconds, which depend
    least on what else the machine does. 1 is proportional.
    """
    return {
        "bo_harmonise": __version__,
        "machine": {
            "cores": os.cpu_count(),
            "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
            "python": platform.python_version(),
        },
        "stages": [asdict(row) | {"rows_per_second": _rate(row)} for row in measured],
        "growth": growth(measured),
    }


def _rate(row: Measurement) -> int | None:
    return round(row.rows / row.seconds) if row.seconds else None


def growth(measured: Sequence[Measurement]) -> dict[str, dict[str, float]]:
    """Exponent of each stage between one size and the next.

    >>> def row(companies, cpu):
    ...     return Measurement(companies, "own", cpu, cpu, companies * 3, 1, 1, 1.0)
    >>> growth([row(100, 2.0), row(1000, 20.0), row(10000, 2000.0)])
    {'own': {'100-1000': 1.0, '1000-10000': 2.0}}
    """
    found: dict[str, dict[str, float]] = {}
    by_stage: dict[str, list[Measurement]] = {}
    for row in sorted(measured, key=lambda each: each.companies):
        by_stage.setdefault(row.stage, []).append(row)
    for stage, rows in by_stage.items():
        for low, high in pairwise(rows):
            if low.rows and high.rows > low.rows and low.cpu:
                exponent = log(high.cpu / low.cpu) / log(high.rows / low.rows)
                found.setdefault(stage, {})[f"{low.companies}-{high.companies}"] = round(exponent, 2)
    return found


def table(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a person reads: a stage and size each, with the growth up to that size."""
    rows = []
    for row in told["stages"]:
        exponents = told["growth"].get(row["stage"], {})
        up_to = [value for name, value in exponents.items() if name.endswith(f"-{row['companies']}")]
        rows.append(
            {
                "companies": row["companies"],
                "stage": row["stage"],
                "seconds": round(row["seconds"], 1),
                "cpu_seconds": round(row["cpu"], 1),
                "rows": row["rows"],
                "rows_per_second": row["rows_per_second"],
                "peak_mib": row["peak_mib"],
                "disk_mib": row["disk_mib"],
                "growth": up_to[0] if up_to else None,
                "times_floor": row["floor_ratio"],
            }
        )
    return rows


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return, for each stage and size that both have, the new figures as multiples of the old.

    Raises InputError when they have none in common.
    """
    before = {(row["companies"], row["stage"]): row for row in old["stages"]}
    rows = []
    for row in new["stages"]:
        earlier = before.get((row["companies"], row["stage"]))
        if earlier is None:
            continue
        rows.append(
            {
                "companies": row["companies"],
                "stage": row["stage"],
                "seconds_old": earlier["seconds"],
                "seconds_new": row["seconds"],
                "seconds_ratio": _ratio(row["seconds"], earlier["seconds"]),
                "cpu_ratio": _ratio(row["cpu"], earlier["cpu"]),
                "peak_ratio": _ratio(row["peak_mib"], earlier["peak_mib"]),
            }
        )
    if not rows:
        raise InputError(
            "the two files have no stage of one size in common.", hint="Measure worlds of the same sizes."
        )
    return rows


def _ratio(new: float, old: float) -> float | None:
    return round(new / old, 2) if old else None
