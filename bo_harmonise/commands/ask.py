"""Questions to the database: `query`, and what all questions share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.commands.options import output_options, parse_date, past_option, workspace_option
from bo_harmonise.console import show, show_rows
from bo_harmonise.errors import BoHarmoniseError, UsageError, WorkspaceError
from bo_harmonise.queries import named_queries, named_query
from bo_harmonise.tables import party_ids
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@click.command("query", epilog='Example:  bo-harmonise query --sql "FROM party LIMIT 5" -w ws')
@click.argument("name", required=False)
@click.argument("more", nargs=-1, metavar="")
@click.option("--sql", help="Ask in SQL.")
@click.option("--list", "list_", is_flag=True, help="List the named queries.")
@click.option("--show", "show_", metavar="NAME", help="Print the SQL of a named query.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@past_option
@workspace_option
@output_options
def query_command(
    name: str | None,
    more: tuple[str, ...],
    sql: str | None,
    list_: bool,
    show_: str | None,
    params: tuple[str, ...],
    as_of: str | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """Ask the database: the query NAME, or SQL.

    With --as-of all tables are computed anew, from the statements that were in force then; the parties are as
    they are resolved now.
    """
    if more:
        wanted = named_query(name).parameters if name in named_queries() else ()
        raise UsageError(
            f"one query at a time, and its parameters by name: {more[0]!r} is neither.",
            hint=f"Give a parameter as --param NAME=VALUE, here --param {wanted[0] if wanted else 'NAME'}="
            f"{more[0]!r}."
            if wanted or not name
            else f"The query {name} has no parameters; others take them as --param NAME=VALUE.",
        )
    if list_:
        rows = [
            {"query": q.name, "question": q.question, "parameters": ", ".join(q.parameters)}
            for q in named_queries().values()
        ]
        show_rows(rows, form, output)
    elif show_:
        click.echo(named_query(show_).sql, nl=False)
    elif sql:
        show(ask(folder, sql, _values(params), as_of=as_of), form, output, is_whole=True)
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
        show(ask(folder, query.sql, values, as_of=as_of), form, output)
    else:
        raise UsageError("what is the question?", hint="Name a query, or use --sql or --list.")


def database(folder: Path) -> Path:
    """Path of the database of a workspace; WorkspaceError when it has not been built."""
    space = Workspace(folder).require()
    if not space.database.is_file():
        raise WorkspaceError(
            f"{folder} has no database yet.", hint=f"Build it: bo-harmonise build -w {folder}"
        )
    return space.database


def ask(
    folder: Path, sql: str, values: dict[str, Any] | None = None, *, as_of: str | None = None
) -> "pa.Table":
    """Return the result of a query on the database of a workspace; the database cannot be changed by it."""
    import duckdb
    import pyarrow as pa

    with opened_whole(folder, as_of) as connection:
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
def asking(
    folder: Path, as_of: str | None, *who: str, rule: str | None = None, rules: Path | None = None
) -> Iterator[tuple["duckdb.DuckDBPyConnection", list[str]]]:
    """Find who is meant, and open the database, or what was true on another day, to ask about them.

    Gives the connection and the party ids, in the order of `who`.
    """
    with opened(folder) as connection:
        found = [find(connection, one) for one in who]
    with opened_on(folder, as_of, rule=rule, rules=rules) as connection:
        yield connection, found


@contextmanager
def opened_on(
    folder: Path, as_of: str | None, *, rule: str | None = None, rules: Path | None = None
) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the database, or what was true on another day, for reading; `rule` is the one `control` is for."""
    if as_of is None:
        with opened(folder) as connection:
            yield connection
        return
    from bo_harmonise.past import opened_at

    with opened_at(Workspace(folder), parse_date(as_of, "--as-of"), rule=rule, rules=rules) as connection:
        yield connection


@contextmanager
def opened_whole(folder: Path, as_of: str | None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the database for reading, or the whole of it as it would have been made on another day."""
    day = parse_date(as_of, "--as-of") if as_of else None
    with opened(folder) as connection:
        if day is None or connection.execute("SELECT as_of FROM run").fetchone() == (day,):
            yield connection
            return
    from bo_harmonise.past import database_at

    click.echo(f"computing everything as of {day}; parties are as they are resolved now", err=True)
    with database_at(Workspace(folder), day) as connection:
        yield connection


def date_of(folder: Path) -> str:
    """Day of which the database of a workspace is."""
    with opened(folder) as connection:
        return str(connection.execute("SELECT as_of FROM run").fetchall()[0][0])


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
    close = connection.execute(_ALIKE, {"who": who}).fetchall()
    raise UsageError(
        f"no party is called {who!r}, and none has that number or id.",
        hint="Did you mean "
        + ", ".join(repr(name) for (name,) in close)
        + "? Numbers are written SCHEME:ID, such as GB-COH:01234567.",
    )


# Who was asked for by a surname: names that have it as a whole word go before those that are alike.
_ALIKE = r"""
WITH named AS (
    SELECT DISTINCT
        name,
        concat(' ', regexp_replace(lower(strip_accents(name)), '[^\pL\pN]+', ' ', 'g'), ' ') AS words
    FROM party
    WHERE name IS NOT NULL
)
SELECT name
FROM named
ORDER BY
    contains(
        words,
        concat(' ', trim(regexp_replace(lower(strip_accents($who)), '[^\pL\pN]+', ' ', 'g')), ' ')
    ) DESC,
    jaro_winkler_similarity(lower(name), lower($who)) DESC,
    name
LIMIT 3
"""

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
