"""Questions to the database: `query`, `owners`, `owned`, `path`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.commands.options import output_options, workspace_option
from bo_harmonise.console import show, show_rows
from bo_harmonise.errors import BoHarmoniseError, UsageError, WorkspaceError
from bo_harmonise.queries import named_queries, named_query
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa


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
        show(ask(folder, sql, _values(params)), form, output)
    elif name:
        query = named_query(name)
        values = _values(params)
        missing = [item for item in query.parameters if item not in values]
        if missing:
            raise UsageError(
                f"the query {name} needs {', '.join(missing)}.",
                hint=f"Like this: {query.example}",
            )
        show(ask(folder, query.sql, values), form, output)
    else:
        raise UsageError("what is the question?", hint="Name a query, or use --sql or --list.")


@click.command("owners", epilog="Example:  bo-harmonise owners GB-COH:01234567 -w ws")
@click.argument("company")
@workspace_option
@output_options
def owners_command(company: str, folder: Path, form: str | None, output: Path | None) -> None:
    """Who owns COMPANY (a party_id, scheme:id or name), over all chains and registers."""
    _about(folder, company, "FROM owners_of($who)", form, output)


@click.command("owned", epilog='Example:  bo-harmonise owned "Anna Example" -w ws')
@click.argument("party")
@workspace_option
@output_options
def owned_command(party: str, folder: Path, form: str | None, output: Path | None) -> None:
    """List what PARTY (a party_id, scheme:id or name) owns, over all chains and registers."""
    _about(folder, party, "FROM owned_by($who)", form, output)


@click.command("path", epilog="Example:  bo-harmonise path LV-RE:40003000001 DK-CVR:10000009 -w ws")
@click.argument("one")
@click.argument("other")
@workspace_option
@output_options
def path_command(one: str, other: str, folder: Path, form: str | None, output: Path | None) -> None:
    """All chains of stakes between ONE and OTHER (each a party_id, scheme:id or name)."""
    for who in (one, other):
        find(folder, who)
    show(ask(folder, "FROM chains_between($one, $other)", {"one": one, "other": other}), form, output)


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
    import duckdb  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    from bo_harmonise import db  # noqa: PLC0415

    with db.connect(database(folder), read_only=True) as connection:
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


def find(folder: Path, who: str) -> None:
    """Check that `who` names a party; UsageError suggests names that are alike."""
    if ask(folder, "FROM find_party($who)", {"who": who}).num_rows:
        return
    close = ask(
        folder,
        "SELECT name FROM party WHERE name IS NOT NULL "
        "ORDER BY jaro_winkler_similarity(lower(name), lower($who)) DESC, name LIMIT 3",
        {"who": who},
    )["name"].to_pylist()
    raise UsageError(
        f"no party is called {who!r}, and none has that number or id.",
        hint="Did you mean "
        + ", ".join(map(repr, close))
        + "? Numbers are written SCHEME:ID, such as GB-COH:01234567.",
    )


def _about(folder: Path, who: str, sql: str, form: str | None, output: Path | None) -> None:
    find(folder, who)
    show(ask(folder, sql, {"who": who}), form, output)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for item in params:
        name, equals, value = item.partition("=")
        if not equals:
            raise UsageError(f"--param: expected NAME=VALUE, found {item!r}.")
        values[name] = value
    return values
