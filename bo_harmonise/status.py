"""How far a long job is, on stderr: a bar where that is a terminal, plain lines where it is not."""

import shutil
import sys
import threading
import time
from dataclasses import dataclass
from typing import ClassVar

import click

from bo_harmonise.progress import estimate, in_words

_PATIENCE = 2.0
"""Seconds that a job may take before a terminal shows how far it is."""
_TICK = 0.25
_REPEAT = 5.0
"""Least seconds between two plain lines about one step."""
_BAR = 24
_CLEAR = "\r\x1b[K"


@dataclass(frozen=True)
class Step:
    """What is being done since when, how much of it is done, and the seconds it was expected to take."""

    text: str
    since: float
    done: float = 0
    total: float = 0
    expected: float | None = None

    def describe(self, now: float) -> str:
        """Say the step and what is known of its end.

        >>> Step("scoring pairs", since=0, done=500, total=2000).describe(now=40)
        'scoring pairs, 500 of 2,000 (25 %, about 2 min left)'
        >>> Step("naming parties", since=0).describe(now=40)
        'naming parties'
        """
        told = estimate(now - self.since, self.done, self.total, self.expected)
        counted = f", {self.done:,.0f} of {self.total:,.0f}" if self.total else ""
        known = []
        if told.share and told.share >= 0.005:
            known.append(f"{told.share * 100:.0f} %")
        if told.left is not None:
            known.append(f"about {in_words(told.left)} left")
        return f"{self.text}{counted} ({', '.join(known)})" if known else f"{self.text}{counted}"

    def bar(self, now: float) -> str:
        """Draw the share that is done; nothing where it is not known.

        >>> Step("scoring", since=0, done=500, total=2000).bar(now=40)
        '██████··················'
        """
        share = estimate(now - self.since, self.done, self.total, self.expected).share
        return "" if share is None else "█" * round(share * _BAR) + "·" * (_BAR - round(share * _BAR))


class Status:
    """What one call is doing now."""

    _live: ClassVar["Status | None"] = None

    def __init__(self, colour: bool | None) -> None:
        self._colour = colour
        self._started = time.perf_counter()
        self._is_terminal = sys.stderr.isatty()
        self._lock = threading.Lock()
        self._ticker: threading.Thread | None = None
        self._step: Step | None = None
        self._is_shown = False
        self._printed = 0.0

    def tell(self, text: str, done: float, total: float, expected: float | None) -> None:
        """Take what is being done now."""
        now = time.perf_counter()
        with self._lock:
            before = self._step
            is_new = before is None or before.text != text
            since = now if is_new or before is None else before.since
            self._step = step = Step(text, since, done, total, expected)
        if not self._is_terminal:
            if is_new or now - self._printed >= _REPEAT:
                self._printed = now
                line = f"[{now - self._started:6.1f} s] {step.describe(now)}"
                click.secho(line, err=True, dim=True, color=self._colour)
        elif self._ticker is None:
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()
            Status._live = self

    @classmethod
    def clear_any(cls) -> None:
        """Take the bar away, whoever drew it."""
        if cls._live:
            cls._live.clear()

    def clear(self) -> None:
        """Take the bar away until something new is told, so that a line can be printed."""
        with self._lock:
            self._step = None
            if self._is_shown:
                click.echo(_CLEAR, err=True, nl=False)
                self._is_shown = False

    def _tick(self) -> None:
        while True:
            time.sleep(_TICK)
            now = time.perf_counter()
            with self._lock:
                if self._step is not None and now - self._started >= _PATIENCE:
                    bar, text = self._step.bar(now), self._step.describe(now)
                    line = f"{bar} {text}" if bar else f"{text}, {in_words(now - self._step.since)}"
                    click.echo(
                        f"{_CLEAR}{line[: shutil.get_terminal_size().columns - 1]}", err=True, nl=False
                    )
                    self._is_shown = True
