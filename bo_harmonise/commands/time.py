"""Questions over registers and time: `compare`, `changes`."""

from pathlib import Path

import click

from bo_harmonise.commands.ask import ask, names_in, opened
from bo_harmonise.commands.options import output_options, parse_date, past_option, workspace_option
from bo_harmonise.console import show
from bo_harmonise.queries import named_query
from bo_harmonise.workspace import Workspace


@click.command("compare", epilog="Example:  bo-harmonise compare -w ws --format csv")
@past_option
@workspace_option
@output_options
def compare_command(as_of: str | None, folder: Path, form: str | None, output: Path | None) -> None:
    """List where two registers describe one company differently, with both statements."""
    rows = ask(folder, named_query("discrepancies").sql, as_of=as_of)
    with opened(folder) as connection:
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


@click.command("changes", epilog="Example:  bo-harmonise changes 2022-01-01 2022-06-30 -w ws")
@click.argument("since")
@click.argument("until")
@click.option(
    "--threshold",
    "thresholds",
    type=click.FloatRange(0, 100),
    multiple=True,
    metavar="PER_CENT",
    help="Report effective shares that crossed it; may be repeated. [default: 25, 50 and 75]",
)
@workspace_option
@output_options
def changes_command(
    since: str,
    until: str,
    thresholds: tuple[float, ...],
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List what changed between SINCE and UNTIL: owners gone and new, stakes, thresholds crossed."""
    from bo_harmonise.ownership import changes
    from bo_harmonise.ownership.comparison import THRESHOLDS
    from bo_harmonise.past import choose_current, opened_history

    days = parse_date(since, "SINCE"), parse_date(until, "UNTIL")
    with opened_history(Workspace(folder).require()) as connection:
        rows = changes(connection, *days, thresholds=thresholds or THRESHOLDS, choose=choose_current)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)
