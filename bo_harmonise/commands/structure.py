"""The shape of ownership: `group`, `gateways`, `tell`."""

from pathlib import Path

import click

from bo_harmonise.commands.ask import find, opened
from bo_harmonise.commands.options import output_options, workspace_option
from bo_harmonise.console import show


@click.command("group", epilog="Example:  bo-harmonise group GB-COH:01234567 -w ws")
@click.argument("party")
@click.option(
    "--rule",
    default="eu-owned-or-controlled-2024",
    show_default=True,
    metavar="NAME",
    help="What counts as control; a sanctions rule of: bo-harmonise rules.",
)
@workspace_option
@output_options
def group_command(party: str, rule: str, folder: Path, form: str | None, output: Path | None) -> None:
    """List the corporate group of PARTY: whoever controls it from the top, and all that they control."""
    from bo_harmonise.ownership import group_of

    with opened(folder) as connection:
        rows = group_of(connection, find(connection, party), rule=rule)
    show(rows, form, output)


@click.command("gateways", epilog='Example:  bo-harmonise gateways "Anna Example" -w ws')
@click.argument("listed", nargs=-1, required=True, metavar="LISTED…")
@workspace_option
@output_options
def gateways_command(listed: tuple[str, ...], folder: Path, form: str | None, output: Path | None) -> None:
    """List the parties whose removal cuts most of the LISTED… parties from most companies."""
    from bo_harmonise.ownership import gateways

    with opened(folder) as connection:
        rows = gateways(connection, [find(connection, who) for who in listed])
    show(rows, form, output)


@click.command(
    "tell", epilog='Example:  bo-harmonise tell "Anna Example" GB-COH:01234567 LV-RE:40003000001 -w ws'
)
@click.argument("owner")
@click.argument("company")
@click.argument("other")
@workspace_option
def tell_command(owner: str, company: str, other: str, folder: Path) -> None:
    """Tell how OWNER is a hidden common owner of COMPANY and OTHER, statement by statement, for a report."""
    from bo_harmonise.ownership import tell_hidden_common_owner

    with opened(folder) as connection:
        ids = [find(connection, who) for who in (owner, company, other)]
        text = tell_hidden_common_owner(connection, *ids)
    click.echo(text)
