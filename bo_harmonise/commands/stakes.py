"""Who owns what: `owners`, `owned`, `path`, and `rules`, by which they are judged."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bo_harmonise.commands.ask import asking, names_in
from bo_harmonise.commands.options import (
    output_options,
    own_rules,
    past_option,
    rules_option,
    workspace_option,
)
from bo_harmonise.console import show, show_rows
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from bo_harmonise.ownership import Rule


_RULE = click.option(
    "--rule",
    "chosen_rules",
    multiple=True,
    metavar="NAME",
    help="Judge under this rule; they are listed by: bo-harmonise rules. May be repeated.",
)


@click.command("owners", epilog="Example:  bo-harmonise owners GB-COH:01234567 --rule uk-psc -w ws")
@click.argument("company")
@_RULE
@rules_option
@past_option
@workspace_option
@output_options
def owners_command(
    company: str,
    chosen_rules: tuple[str, ...],
    rules_place: Path | None,
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """Who owns COMPANY (a party_id, scheme:id or name), over all chains and registers.

    With --rule: who would be a beneficial owner, or in control, under that definition, and what is missing to
    decide.
    """
    from bo_harmonise.ownership import owners_of

    rules = own_rules(Workspace(folder), rules_place)
    with asking(folder, as_of, company) as (connection, (party_id,)):
        rows = _judged(owners_of, connection, party_id, chosen_rules, rules)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


@click.command("owned", epilog='Example:  bo-harmonise owned "Anna Example" -w ws')
@click.argument("party")
@_RULE
@rules_option
@past_option
@workspace_option
@output_options
def owned_command(
    party: str,
    chosen_rules: tuple[str, ...],
    rules_place: Path | None,
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List what PARTY (a party_id, scheme:id or name) owns, over all chains and registers."""
    from bo_harmonise.ownership import holdings_of

    rules = own_rules(Workspace(folder), rules_place)
    with asking(folder, as_of, party) as (connection, (party_id,)):
        rows = _judged(holdings_of, connection, party_id, chosen_rules, rules)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


def _judged(
    question: Callable[..., "pa.Table"],
    connection: "duckdb.DuckDBPyConnection",
    party_id: str,
    chosen_rules: tuple[str, ...],
    rules: Path | None,
) -> "pa.Table":
    """Ask the question under each rule, in the order given; which rule it is stands first in a row."""
    import pyarrow as pa

    if not chosen_rules:
        return question(connection, party_id)
    from bo_harmonise.ownership import find_rule

    for rule in dict.fromkeys(chosen_rules):
        tell_superseded(find_rule(rule, rules))
    rows = pa.concat_tables(
        [question(connection, party_id, rule, rules_folder=rules) for rule in dict.fromkeys(chosen_rules)]
    )
    return rows.select(["rule", *(name for name in rows.column_names if name != "rule")])


@click.command("path", epilog="Example:  bo-harmonise path LV-RE:40003000001 DK-CVR:10000009 -w ws")
@click.argument("one")
@click.argument("other")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Chains to show at most."
)
@past_option
@workspace_option
@output_options
def path_command(
    one: str,
    other: str,
    limit: int,
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """All chains of stakes between ONE and OTHER (each a party_id, scheme:id or name), either way."""
    from bo_harmonise.ownership import chains_between

    with asking(folder, as_of, one, other) as (connection, ids):
        ways = [chains_between(connection, *pair, limit=limit) for pair in (ids, ids[::-1])]
        chosen = max(ways, key=lambda way: way.rows.num_rows)
        names = names_in(connection, chosen.rows)
    click.echo(chosen.note, err=True)
    show(chosen.rows, form, output, names=names)


@click.command("rules", epilog="Example:  bo-harmonise rules --show ofac-50")
@click.option("--show", "show_", metavar="NAME", help="Explain one rule.")
@rules_option
@workspace_option
@output_options
def rules_command(
    show_: str | None, rules_place: Path | None, folder: Path, form: str | None, output: Path | None
) -> None:
    """List the rules of control and beneficial ownership, or explain one (in full with --format json)."""
    from bo_harmonise.ownership import find_rule, rules

    place = own_rules(Workspace(folder), rules_place)
    if show_:
        rule = find_rule(show_, place)
        if form or output:
            show_rows([asdict(rule)], form, output)
            return
        click.echo(
            f"{rule.name}: {rule.title}\n{rule.authority}, as of {rule.as_of}\n\n{rule.explanation.strip()}"
        )
        click.echo(f"\nSource: {rule.source}\n{rule.url}\nChecked: {rule.checked}")
        tell_superseded(rule)
        return
    rows = [
        {
            "rule": rule.name,
            "kind": rule.kind,
            "stake": str(rule.stake),
            "title": rule.title,
            "authority": rule.authority,
        }
        for rule in rules(place).values()
    ]
    show_rows(rows, form, output)


def tell_superseded(rule: "Rule") -> None:
    """Say, beside the data, that another rule holds today."""
    if rule.superseded_by:
        click.echo(f"{rule.name} is no longer the rule in force: see {rule.superseded_by}", err=True)
