"""How far a long job is: what a stage tells, and how long the rest will take."""

from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """Take what is being done now, how much of it is done, and how long it is expected to take."""

    def __call__(
        self, step: str, done: float = 0, total: float = 0, *, expected: float | None = None
    ) -> None:
        """Tell the step; `done` of `total` in any unit, `expected` in seconds, where they are known."""


def silent(step: str, done: float = 0, total: float = 0, *, expected: float | None = None) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Estimate:
    """A step with its share done and the seconds that are left; None where nobody can tell."""

    share: float | None
    left: float | None


def estimate(elapsed: float, done: float, total: float, expected: float | None) -> Estimate:
    """Reckon from what is done, or from what was expected before anything was.

    What was counted goes before what was expected, once a second has passed and a twentieth is done.

    >>> estimate(30, 25, 100, None)
    Estimate(share=0.25, left=90.0)
    >>> estimate(30, 0, 0, 40)
    Estimate(share=0.75, left=10)
    >>> estimate(60, 0, 0, 40)
    Estimate(share=None, left=None)
    """
    if total > 0 and done > 0:
        share = min(done / total, 1.0)
        known = elapsed >= 1 and share >= 0.05
        return Estimate(share, elapsed * (1 - share) / share if known else None)
    if expected and elapsed < expected:
        return Estimate(elapsed / expected, expected - elapsed)
    return Estimate(None, None)


def in_words(seconds: float) -> str:
    """Say a time as people do.

    >>> in_words(4.2), in_words(97), in_words(5000)
    ('4 s', '2 min', '1 h 23 min')
    """
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


RATES = {
    "ingest": 60.0,
    "current": 90.0,
    "features": 500.0,
    "resolve": 1400.0,
    "own": 500.0,
    "build": 400.0,
}
"""Seconds a gigabyte takes on two cores, before a workspace has figures of its own: for `ingest` of the
unpacked files, for the others of the Parquet of the statements. Measured with `bench` on 10,000 companies."""


def expected_seconds(stage: str, size: int, last: tuple[float, int] | None = None) -> float:
    """Seconds that a stage is expected to take for `size` bytes; `last`: seconds and bytes of its last run.

    >>> expected_seconds("resolve", 2_000, last=(30.0, 1_000))
    60.0
    """
    if last and last[0] and last[1]:
        return last[0] / last[1] * size
    return RATES[stage] * size / 1e9
