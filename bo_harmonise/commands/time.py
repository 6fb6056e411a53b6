"""Questions over registers and time: `compare`, `changes`, `screen`."""

from pathlib import Path

import click

from bo_harmonise.commands.ask import ask, find, opened
from bo_harmonise.commands.options import output_options, parse_date, workspace_option
from bo_harmonise.console import show
from bo_harmonise.errors import UsageError
from bo_harmonise.queries import named_query


@click.command("compare", epilog="Example:  bo-harmonise compare -w ws --format csv")
@workspace_option
@output_options
def compare_command(folder: Path, form: str | None, output: Path | None) -> None:
    """List where two registers describe one company differently, with both statements."""
    show(ask(folder, named_query("discrepancies").sql), form, output)


@click.command("changes", epilog="Example:  bo-harmonise changes 2022-01-01 2022-06-30 -w ws")
@click.argument("since")
@click.argument("until")
@workspace_option
@output_options
def changes_command(since: str, until: str, folder: Path, form: str | None, output: Path | None) -> None:
    """List what changed between SINCE and UNTIL: owners gone and new, stakes, thresholds crossed."""
    from bo_harmonise.ownership import changes  # noqa: PLC0415

    with opened(folder) as connection:
        rows = changes(connection, parse_date(since, "SINCE"), parse_date(until, "UNTIL"))
    show(rows, form, output)


@click.command("screen", epilog='Example:  bo-harmonise screen "Anna Example" --rule ofac-50 -w ws')
@click.argument("listed", nargs=-1, required=True, metavar="LISTED…")
@click.option(
    "--rule", required=True, metavar="NAME", help="The rule; they are listed by: bo-harmonise rules."
)
@click.option(
    "--near",
    type=float,
    default=40.0,
    show_default=True,
    help="Report a near miss from this share on, in per cent.",
)
@click.option(
    "--rules",
    "rules_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own rules.",
)
@workspace_option
@output_options
def screen_command(
    listed: tuple[str, ...],
    rule: str,
    near: float,
    rules_folder: Path | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List the companies that LISTED… own or control.

    Each is a party id, scheme:id or name, or @FILE with one of these a line.
    """
    from bo_harmonise.ownership import screen  # noqa: PLC0415

    with opened(folder) as connection:
        parties = [find(connection, who) for who in _spelled_out(listed)]
        rows = screen(connection, parties, rule=rule, near=near, rules_folder=rules_folder)
    show(rows, form, output)


def _spelled_out(listed: tuple[str, ...]) -> list[str]:
    """Put the lines of `@FILE` in the place of its name."""
    found: list[str] = []
    for item in listed:
        if not item.startswith("@"):
            found.append(item)
            continue
        path = Path(item[1:])
        if not path.is_file():
            raise UsageError(f"{path} does not exist.", hint="@FILE names a text file with one party a line.")
        found += [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return found
