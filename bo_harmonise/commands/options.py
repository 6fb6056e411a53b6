"""Options that commands share, and what their values mean."""

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from bo_harmonise.console import FORMATS, Console
from bo_harmonise.errors import UsageError
from bo_harmonise.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)


class InputPath(click.ParamType[Path | str]):
    """A path that is there, as Path, or a URI of `pyarrow.fs`, as text."""

    name = "path"
    _path = click.Path(exists=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Return what was given; a usage error for a path at which there is nothing."""
        if isinstance(value, str) and "://" in value:
            return value
        return Path(os.fsdecode(self._path.convert(value, param, ctx)))


def workspace_option(function: F) -> F:
    """Add -w/--workspace."""
    return click.option(
        "-w",
        "--workspace",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("workspace"),
        envvar="BO_HARMONISE_WORKSPACE",
        show_default=True,
        show_envvar=True,
        help="The folder to work in.",
    )(function)


def output_options(function: F) -> F:
    """Add --format and -o; a file whose ending is no form is refused before anything is done."""
    asked = function

    @wraps(asked)
    def checked(*args: Any, form: str | None, output: Path | None, **options: Any) -> Any:
        if form is None and output is not None and output.suffix:
            form_of(output)
        return asked(*args, form=form, output=output, **options)

    function = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="Form of the result. [default: a table on a terminal, CSV in a pipe]",
    )(cast("F", checked))
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of stdout; its ending says the form.",
    )(function)


def form_of(output: Path) -> str:
    """Return the form that the ending of a file says; UsageError where it says none.

    >>> form_of(Path("owners.JSONL"))
    'jsonl'
    """
    ending = output.suffix.lstrip(".").lower()
    if ending not in FORMATS:
        raise UsageError(
            f"{output}: {output.suffix} is no form of output.",
            hint=f"Endings that say a form: {', '.join(f'.{form}' for form in FORMATS)}. "
            "With any other ending, say --format.",
        )
    return ending


def talk_options(function: F) -> F:
    """Add --quiet and --verbose."""
    function = click.option("-q", "--quiet", is_flag=True, help="Say nothing but warnings and errors.")(
        function
    )
    return click.option("-v", "--verbose", is_flag=True, help="Say more.")(function)


def machine_options(function: F) -> F:
    """Add --threads and --memory."""
    function = click.option(
        "--threads", type=click.IntRange(min=1), help="Threads to use. [default: all cores]"
    )(function)
    return click.option(
        "--memory", metavar="SIZE", help="Memory limit, such as 4GB. [default: about 60 % of the machine]"
    )(function)


def as_of_option(function: F) -> F:
    """Add --as-of."""
    return click.option(
        "--as-of", metavar="DATE", help="What was true on this day (YYYY-MM-DD). [default: today]"
    )(function)


def past_option(function: F) -> F:
    """Add --as-of to a question to the database."""
    return click.option(
        "--as-of",
        metavar="DATE",
        help="What was true on this day (YYYY-MM-DD). [default: that of the database]",
    )(function)


def rules_option(function: F) -> F:
    """Add --rules to a question: rules of the user's own."""
    return _rules("Folder or file of your own rules. [default: those that the workspace was run with]")(
        function
    )


def kept_rules_option(function: F) -> F:
    """Add --rules to a stage, which keeps them in the workspace."""
    return _rules(
        "Folder or file of your own rules, kept in the workspace in the place of those before; "
        "an empty folder takes them out."
    )(function)


def _rules(text: str) -> Callable[[F], F]:
    place = click.Path(exists=True, path_type=Path)
    return click.option("--rules", "rules_place", type=place, metavar="PATH", help=text)


def own_rules(space: Workspace, given: Path | None) -> Path | None:
    """Return where the user's own rules are: what is given, else what the workspace keeps, if anything."""
    return given or (space.rules if space.rules.is_dir() else None)


def console(*, quiet: bool, verbose: bool) -> Console:
    """Return how much this call says."""
    return Console(is_quiet=quiet, is_verbose=verbose)


def workspace(folder: Path) -> Workspace:
    """Return the workspace in a folder that need not be there yet."""
    return Workspace(folder)


def parse_date(text: str | None, option: str) -> date:
    """Read a date; today (UTC) without one."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: expected a date as YYYY-MM-DD, found {text!r}.") from None


def parse_size(text: str | None) -> int | None:
    """Read a size in bytes.

    >>> parse_size("1.5GB"), parse_size("800M"), parse_size(None)
    (1610612736, 838860800, None)
    """
    if text is None:
        return None
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise UsageError(f"--memory: expected a size such as 4GB or 800MB, found {text!r}.")
    power = " KMGT".index(match[2].upper() or " ")
    return int(float(match[1]) * 1024**power)
