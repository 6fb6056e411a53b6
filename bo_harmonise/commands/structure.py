"""The shape of ownership: `common`, `group`, `gateways`, `tell`."""

from pathlib import Path

import click

from bo_harmonise.commands.ask import asking, date_of, find, names_in, opened, opened_whole
from bo_harmonise.commands.options import (
    output_options,
    own_rules,
    past_option,
    rules_option,
    workspace_option,
)
from bo_harmonise.console import show
from bo_harmonise.workspace import Workspace


@click.command("common", epilog="Example:  bo-harmonise common GB-COH:01234567 LV-RE:40003000001 -w ws")
@click.argument("companies", nargs=-1, required=True, metavar="COMPANY COMPANY…")
@click.option(
    "--at-least",
    type=click.IntRange(min=1),
    metavar="N",
    help="Owners of at least so many of them. [default: of all]",
)
@past_option
@workspace_option
@output_options
def common_command(
    companies: tuple[str, ...],
    at_least: int | None,
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List who holds something, over any chain, in all of the COMPANIES, and what in each."""
    from bo_harmonise.ownership import common_owners

    with asking(folder, as_of, *companies) as (connection, parties):
        found = common_owners(connection, parties, at_least=at_least)
        connection.register("common_owner", found)
        rows = connection.sql(_STAKES).to_arrow_table()
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


# An owner has as many lines as stakes: lists of them are not read.
_STAKES = """
WITH numbered AS (
    SELECT * EXCLUDE (stakes), row_number() OVER () AS place, unnest(stakes) AS stake FROM common_owner
)
SELECT
    owner_party_id,
    owner_name,
    numbered.kind,
    companies,
    is_ultimate,
    stake.company_party_id AS company_party_id,
    company.name AS company_name,
    stake.dimension AS dimension,
    stake.share_min AS share_min,
    stake.share_max AS share_max,
    stake.chain AS chain
FROM numbered
JOIN party AS company ON company.party_id = stake.company_party_id
ORDER BY companies DESC, is_ultimate DESC, owner_party_id, company_party_id, dimension
"""


@click.command("group", epilog="Example:  bo-harmonise group GB-COH:01234567 -w ws")
@click.argument("party")
@click.option(
    "--rule",
    default="eu-owned-or-controlled-2024",
    show_default=True,
    metavar="NAME",
    help="What counts as control; they are listed by: bo-harmonise rules.",
)
@rules_option
@past_option
@workspace_option
@output_options
def group_command(
    party: str,
    rule: str,
    rules_place: Path | None,
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List the corporate group of PARTY: whoever controls it from the top, and all that they control."""
    from bo_harmonise.ownership import find_rule, group_of

    rules = own_rules(Workspace(folder), rules_place)
    if rules_place or not find_rule(rule, rules).in_control_table:
        # The database has no verdicts of that rule on everybody.
        as_of = as_of or date_of(folder)
    with asking(folder, as_of, party, rule=rule, rules=rules) as (connection, (party_id,)):
        rows = group_of(connection, party_id, rule=rule)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


@click.command("gateways", epilog='Example:  bo-harmonise gateways "Anna Example" -w ws')
@click.argument("listed", nargs=-1, required=True, metavar="LISTED…")
@past_option
@workspace_option
@output_options
def gateways_command(
    listed: tuple[str, ...], as_of: str | None, folder: Path, form: str | None, output: Path | None
) -> None:
    """List the parties whose removal cuts most of the LISTED… parties from most companies."""
    from bo_harmonise.ownership import gateways

    with asking(folder, as_of, *listed) as (connection, parties):
        rows = gateways(connection, parties)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


@click.command(
    "tell", epilog='Example:  bo-harmonise tell "Anna Example" GB-COH:01234567 LV-RE:40003000001 -w ws'
)
@click.argument("owner")
@click.argument("company")
@click.argument("other")
@past_option
@workspace_option
def tell_command(owner: str, company: str, other: str, as_of: str | None, folder: Path) -> None:
    """Tell how OWNER is a hidden common owner of COMPANY and OTHER, statement by statement, for a report."""
    from bo_harmonise.ownership import tell_hidden_common_owner
    from bo_harmonise.resolve import read_judgements

    judgements = read_judgements(Workspace(folder).require().judgements)
    reasons = {item.pair: item.reason for item in judgements if item.judgement == "same"}
    with opened(folder) as connection:
        ids = [find(connection, who) for who in (owner, company, other)]
    with opened_whole(folder, as_of) as connection:
        text = tell_hidden_common_owner(connection, *ids, reasons=reasons)
    click.echo(text)
