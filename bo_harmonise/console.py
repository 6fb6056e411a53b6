"""The one place that prints: data to stdout, everything else to stderr."""

import csv
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.errors import BoHarmoniseError
from bo_harmonise.status import Status
from bo_harmonise.tables import readable, with_names, write_table

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("table", "csv", "json", "jsonl", "parquet")


def colour() -> bool | None:
    """Tell whether to write in colour: not with NO_COLOR (https://no-color.org), else as the stream can."""
    return False if os.environ.get("NO_COLOR") else None


class Console:
    """Messages of one call: how much is said, and whether in colour."""

    def __init__(self, *, is_quiet: bool = False, is_verbose: bool = False) -> None:
        self.is_quiet = is_quiet
        self.is_verbose = is_verbose
        self._status = Status(colour())

    def say(self, text: str = "") -> None:
        """Print a line of the summary to stderr, unless --quiet."""
        self._status.clear()
        if not self.is_quiet:
            click.echo(text, err=True)

    def detail(self, text: str) -> None:
        """Print a line to stderr under --verbose."""
        self._status.clear()
        if self.is_verbose:
            click.echo(text, err=True)

    def warn(self, text: str) -> None:
        """Print a warning to stderr, even under --quiet."""
        self._status.clear()
        click.secho(f"warning: {text}", err=True, fg="yellow", color=colour())

    def progress(
        self, step: str, done: float = 0, total: float = 0, *, expected: float | None = None
    ) -> None:
        """Tell what is being done now: a bar on a terminal after two seconds, else a line with the time."""
        if not self.is_quiet:
            self._status.tell(step, done, total, expected)


def fail(error: BoHarmoniseError) -> None:
    """Print an error and what to do next to stderr."""
    Status.clear_any()
    click.secho(f"error: {error.message}", err=True, fg="red", color=colour())
    if error.hint:
        click.echo(f"  {error.hint}", err=True)


def show(
    rows: "pa.Table",
    form: str | None,
    output: Path | None = None,
    *,
    names: Mapping[str, str] | None = None,
    is_whole: bool = False,
) -> None:
    """Print a table to stdout, or write it to `output`.

    Without `form` a terminal gets a table, a pipe CSV, and a file what its ending says (else CSV). A table
    leaves out ids that stand beside names, and gives parties in chains the `names` of their ids, unless
    `is_whole`; the other forms always have everything, and the names beside the ids.
    """
    chosen = form or _default_form(output)
    if names and chosen != "table":
        rows = with_names(rows, names)
    if chosen == "parquet":
        _parquet(rows, output)
        return
    with _sink(output) as sink:
        if chosen == "csv":
            writer = csv.writer(sink, lineterminator="\n")
            writer.writerow(rows.column_names)
            for row in _plain(rows):
                writer.writerow([_flat(value) for value in row.values()])
        elif chosen == "json":
            json.dump(list(_plain(rows)), sink, ensure_ascii=False, indent=2, default=str)
            sink.write("\n")
        elif chosen == "jsonl":
            for row in _plain(rows):
                sink.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        else:
            write_table(rows if is_whole else readable(rows, names or {}), sink)


def show_rows(rows: list[dict[str, Any]], form: str | None, output: Path | None = None) -> None:
    """Print rows that are dicts with the same keys, as `show` does."""
    import pyarrow as pa

    show(pa.Table.from_pylist(rows), form, output)


def _default_form(output: Path | None) -> str:
    if output and (ending := output.suffix.lstrip(".").lower()) in FORMATS:
        return ending
    return "table" if output is None and sys.stdout.isatty() else "csv"


@contextmanager
def _sink(output: Path | None) -> Iterator[Any]:
    if output is None:
        yield sys.stdout
        return
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


def _parquet(rows: "pa.Table", output: Path | None) -> None:
    from pyarrow import parquet

    parquet.write_table(rows, str(output) if output else sys.stdout.buffer)


def _plain(rows: "pa.Table") -> Iterator[dict[str, Any]]:
    for batch in rows.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _flat(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value
