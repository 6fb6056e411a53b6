"""Questions to the database: `query`, `owners`, `owned`, `path`."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.commands.options import output_options, workspace_option
from bo_harmonise.console import show, show_rows
from bo_harmonise.errors import BoHarmoniseError, UsageError, WorkspaceError
from bo_harmonise.queries import named_queries, named_query
from bo_harmonise.tables import party_ids
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from bo_harmonise.ownership import Rule


@click.command("query", epilog='Example:  bo-harmonise query --sql "FROM party LIMIT 5" -w ws')
@click.argument("name", required=False)
@click.option("--sql", help="Ask in SQL.")
@click.option("--list", "list_", is_flag=True, help="List the named queries.")
@click.option("--show", "show_", metavar="NAME", help="Print the SQL of a named query.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@workspace_option
@output_options
def query_command(
    name: str | None,
    sql: str | None,
    list_: bool,
    show_: str | None,
    params: tuple[str, ...],
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """Ask the database: the query NAME, or SQL."""
    if list_:
        rows = [
            {"query": q.name, "question": q.question, "parameters": ", ".join(q.parameters)}
            for q in named_queries().values()
        ]
        show_rows(rows, form, output)
    elif show_:
        click.echo(named_query(show_).sql, nl=False)
    elif sql:
        show(ask(folder, sql, _values(params)), form, output, is_whole=True)
    elif name:
        query = named_query(name)
        values = _values(params)
        missing = [item for item in query.parameters if item not in values]
        if missing:
            raise UsageError(
                f"the query {name} needs {', '.join(missing)}.",
                hint=f"Like this: {query.example}",
            )
        with opened(folder) as connection:
            # All parameters of the named queries are parties.
            values |= {item: find(connection, values[item]) for item in query.parameters}
        show(ask(folder, query.sql, values), form, output)
    else:
        raise UsageError("what is the question?", hint="Name a query, or use --sql or --list.")


_RULE = click.option(
    "--rule",
    "chosen_rules",
    multiple=True,
    metavar="NAME",
    help="Judge under this rule; they are listed by: bo-harmonise rules. May be repeated.",
)
_RULES = click.option(
    "--rules",
    "rules_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own rules.",
)


@click.command("owners", epilog="Example:  bo-harmonise owners GB-COH:01234567 --rule uk-psc -w ws")
@click.argument("company")
@_RULE
@_RULES
@workspace_option
@output_options
def owners_command(
    company: str,
    chosen_rules: tuple[str, ...],
    rules_folder: Path | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """Who owns COMPANY (a party_id, scheme:id or name), over all chains and registers.

    With --rule: who would be a beneficial owner, or in control, under that definition, and what is missing to
    decide.
    """
    from bo_harmonise.ownership import owners_of

    with opened(folder) as connection:
        rows = _judged(owners_of, connection, find(connection, company), chosen_rules, rules_folder)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


@click.command("owned", epilog='Example:  bo-harmonise owned "Anna Example" -w ws')
@click.argument("party")
@_RULE
@_RULES
@workspace_option
@output_options
def owned_command(
    party: str,
    chosen_rules: tuple[str, ...],
    rules_folder: Path | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """List what PARTY (a party_id, scheme:id or name) owns, over all chains and registers."""
    from bo_harmonise.ownership import holdings_of

    with opened(folder) as connection:
        rows = _judged(holdings_of, connection, find(connection, party), chosen_rules, rules_folder)
        names = names_in(connection, rows)
    show(rows, form, output, names=names)


def _judged(
    question: Callable[..., "pa.Table"],
    connection: "duckdb.DuckDBPyConnection",
    party_id: str,
    chosen_rules: tuple[str, ...],
    rules_folder: Path | None,
) -> "pa.Table":
    """Ask the question under each rule, in the order given; which rule it is stands first in a row."""
    import pyarrow as pa

    if not chosen_rules:
        return question(connection, party_id)
    from bo_harmonise.ownership import find_rule

    for rule in dict.fromkeys(chosen_rules):
        tell_superseded(find_rule(rule, rules_folder))
    rows = pa.concat_tables(
        [
            question(connection, party_id, rule, rules_folder=rules_folder)
            for rule in dict.fromkeys(chosen_rules)
        ]
    )
    return rows.select(["rule", *(name for name in rows.column_names if name != "rule")])


@click.command("path", epilog="Example:  bo-harmonise path LV-RE:40003000001 DK-CVR:10000009 -w ws")
@click.argument("one")
@click.argument("other")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Chains to show at most."
)
@workspace_option
@output_options
def path_command(
    one: str, other: str, limit: int, folder: Path, form: str | None, output: Path | None
) -> None:
    """All chains of stakes between ONE and OTHER (each a party_id, scheme:id or name), either way."""
    from bo_harmonise.ownership import chains_between

    with opened(folder) as connection:
        ids = find(connection, one), find(connection, other)
        ways = [chains_between(connection, *pair, limit=limit) for pair in (ids, ids[::-1])]
        chosen = max(ways, key=lambda way: way.rows.num_rows)
        names = names_in(connection, chosen.rows)
    click.echo(chosen.note, err=True)
    show(chosen.rows, form, output, names=names)


@click.command("rules", epilog="Example:  bo-harmonise rules --show ofac-50")
@click.option("--show", "show_", metavar="NAME", help="Explain one rule.")
@_RULES
@output_options
def rules_command(
    show_: str | None, rules_folder: Path | None, form: str | None, output: Path | None
) -> None:
    """List the rules of control and beneficial ownership, or explain one (in full with --format json)."""
    from bo_harmonise.ownership import find_rule, rules

    if show_:
        rule = find_rule(show_, rules_folder)
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
        for rule in rules(rules_folder).values()
    ]
    show_rows(rows, form, output)


def tell_superseded(rule: "Rule") -> None:
    """Say, beside the data, that another rule holds today."""
    if rule.superseded_by:
        click.echo(f"{rule.name} is no longer the rule in force: see {rule.superseded_by}", err=True)


def database(folder: Path) -> Path:
    """Path of the database of a workspace; WorkspaceError when it has not been built."""
    space = Workspace(folder).require()
    if not space.database.is_file():
        raise WorkspaceError(
            f"{folder} has no database yet.", hint=f"Build it: bo-harmonise build -w {folder}"
        )
    return space.database


def ask(folder: Path, sql: str, values: dict[str, Any] | None = None) -> "pa.Table":
    """Return the result of a query on the database of a workspace; the database cannot be changed by it."""
    import duckdb
    import pyarrow as pa

    with opened(folder) as connection:
        try:
            result = connection.sql(sql, params=values or None)
        except duckdb.Error as error:
            raise BoHarmoniseError(
                f"the database refuses the question: {error}",
                hint='Tables and columns: bo-harmonise query --sql "SHOW TABLES", docs/schema.md',
            ) from error
        if result is None:
            return pa.table({})
        return result.to_arrow_table()


@contextmanager
def opened(folder: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the database of a workspace for reading."""
    from bo_harmonise import db

    with db.connect(database(folder), read_only=True) as connection:
        yield connection


def names_in(connection: "duckdb.DuckDBPyConnection", rows: "pa.Table") -> dict[str, str]:
    """Names of the parties whose ids are in a table; of the nameless the number, or that it is withheld."""
    found = connection.execute(
        "SELECT party_id, coalesce(name, identifiers[1], '(name withheld)') FROM party "
        "WHERE party_id IN (SELECT unnest($ids))",
        {"ids": party_ids(rows)},
    ).fetchall()
    return dict(found)


def find(connection: "duckdb.DuckDBPyConnection", who: str, *, with_records: bool = False) -> str:
    """Return the party_id of the one party that `who` names (a party_id, scheme:id or name).

    UsageError when it names none, with names that are alike, or several, with what tells them apart and, with
    `with_records`, their record ids.
    """
    found = [row[0] for row in connection.execute("FROM find_party($who)", {"who": who}).fetchall()]
    if len(found) == 1:
        return str(found[0])
    if found:
        told = _told_apart(connection, found[:_CANDIDATES], with_records=with_records)
        left = len(found) - _CANDIDATES
        more = f"\n  and {left} more" if left > 0 else ""
        raise UsageError(
            f"{len(found)} parties are called {who!r}.",
            hint="Say which by its id:\n  " + "\n  ".join(told) + more,
        )
    if number := _NUMBER.fullmatch(who):
        schemes = connection.execute(
            "SELECT DISTINCT split_part(unnest(identifiers), ':', 1) AS scheme FROM party ORDER BY scheme"
        ).fetchall()
        known = [scheme for (scheme,) in schemes if re.fullmatch(_SCHEME, scheme)]
        raise UsageError(
            f"no party has the number {who}.",
            hint="Look for it by name; it may be in a delivery that was not taken in."
            if number[1].upper() in known
            else f"Schemes in this workspace: {', '.join(known)}.",
        )
    close = connection.execute(
        "SELECT name FROM party WHERE name IS NOT NULL "
        "ORDER BY jaro_winkler_similarity(lower(name), lower($who)) DESC, name LIMIT 3",
        {"who": who},
    ).fetchall()
    raise UsageError(
        f"no party is called {who!r}, and none has that number or id.",
        hint="Did you mean "
        + ", ".join(repr(name) for (name,) in close)
        + "? Numbers are written SCHEME:ID, such as GB-COH:01234567.",
    )


_CANDIDATES = 8
_SCHEME = r"[A-Za-z]{2}-[A-Za-z0-9-]+"
_NUMBER = re.compile(rf"({_SCHEME}):\S+")


def _told_apart(
    connection: "duckdb.DuckDBPyConnection", party_ids: list[str], *, with_records: bool
) -> list[str]:
    """Say of each party what tells it from those of its name: birth date, places, registers, a holding."""
    rows = connection.execute(_APART, {"party_ids": party_ids}).fetchall()
    told = []
    for party_id, kind, born, places, registers, company, records in rows:
        facts = [
            f"born {born}" if born else "",
            ", ".join(places),
            f"in {', '.join(registers)}",
            f"holds a stake in {company}" if company else "",
        ]
        told.append(f"{party_id} ({kind}): {'; '.join(fact for fact in facts if fact)}")
        told += [f"    {record}" for record in records if with_records]
    return told


_APART = """
SELECT
    party.party_id,
    kind,
    birth_date,
    jurisdictions,
    registers,
    (
        SELECT company.name
        FROM ownership_edge AS edge
        JOIN party AS company ON company.party_id = edge.owned_party_id
        WHERE edge.owner_party_id = party.party_id AND company.name IS NOT NULL
        ORDER BY edge.share_max DESC NULLS LAST, company.name
        LIMIT 1
    ) AS company,
    (
        SELECT list(record_id ORDER BY record_id)
        FROM party_record
        WHERE party_record.party_id = party.party_id
    ) AS records
FROM party
WHERE list_contains($party_ids, party.party_id)
ORDER BY party.party_id
"""


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for item in params:
        name, equals, value = item.partition("=")
        if not equals:
            raise UsageError(f"--param: expected NAME=VALUE, found {item!r}.")
        values[name] = value
    return values
