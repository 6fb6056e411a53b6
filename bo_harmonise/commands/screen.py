"""Screening: `screen`, which takes lists in and asks what their parties own or control."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.commands.ask import date_of, find, names_in, opened
from bo_harmonise.commands.options import (
    as_of_option,
    console,
    machine_options,
    output_options,
    own_rules,
    rules_option,
    talk_options,
    workspace_option,
)
from bo_harmonise.commands.stages import (
    ingest_options,
    ingest_settings,
    report_ingest,
    resolve_options,
    run_settings,
    run_stages,
)
from bo_harmonise.commands.stakes import tell_superseded
from bo_harmonise.console import Console, show
from bo_harmonise.errors import UsageError
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@click.command("screen", epilog="Example:  bo-harmonise screen entities.ftm.json --rule ofac-50 -w ws")
@click.argument("lists", nargs=-1, required=True, metavar="LIST…")
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
    "--on",
    "on_list",
    multiple=True,
    metavar="TEXT",
    help="Of the lists, take only listings with this in the name of the list, authority or programme.",
)
@rules_option
@workspace_option
@as_of_option
@ingest_options
@resolve_options
@machine_options
@output_options
@talk_options
def screen_command(
    lists: tuple[str, ...],
    rule: str,
    near: float,
    on_list: tuple[str, ...],
    rules_place: Path | None,
    folder: Path,
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """List the companies that listed parties own or control, and those that they nearly do.

    LIST is a file that an adapter knows (a FollowTheMoney export): it is taken in and resolved with all that
    the workspace holds, and its parties whose listing is in force are screened for. Or a source_id or
    register that was taken in before; or one party: a party id, scheme:id or name; or @FILE with one of these
    a line.
    """
    from bo_harmonise.commands.nearly import nearly_matched, tell_nearly_matched
    from bo_harmonise.ownership import find_rule, screen

    space = Workspace(folder).require()
    rules = own_rules(space, rules_place)
    tell_superseded(find_rule(rule, rules))
    talk = console(quiet=options["quiet"], verbose=options["verbose"])
    named = _spelled_out(lists)
    known = {name for source_id in space.source_ids() for name in (source_id, source_id.split("@")[0])}
    # A folder may be called as a register is: what the workspace knows goes before what lies around.
    files = [Path(item) for item in named if item not in known and Path(item).exists()]
    taken = _bring_up_to_date(space, files, options, talk)
    with opened(folder) as connection:
        records = _Lists(connection, space, on_list)
        parties = [party for item in named for party in records.parties(item, taken.get(Path(item), []))]
        rows = screen(connection, list(dict.fromkeys(parties)), rule=rule, near=near, rules_folder=rules)
        rows = _with_listings(connection, rows, on_list)
        names = names_in(connection, rows)
        nearly = nearly_matched(connection, sorted(set(parties)), space.judgements)
    listed = len(set(parties))
    talk.say(
        f"{listed:,} listed {'party' if listed == 1 else 'parties'}, "
        f"{rows.num_rows:,} {'company' if rows.num_rows == 1 else 'companies'}"
    )
    if nearly:
        talk.say(tell_nearly_matched(nearly, folder))
    show(rows, form, output, names=names)


def _bring_up_to_date(
    space: Workspace, files: Sequence[Path], options: dict[str, Any], talk: Console
) -> dict[Path, list[str]]:
    """Take the files in and bring the database to the date that is asked for; return their source_ids.

    Without --as-of the date of the database stays. The workspace is not written to where nothing is new.
    """
    known = date_of(space.root) if space.database.is_file() else None
    as_of = options["as_of"] or known
    if not files and as_of == known:
        return {}
    from bo_harmonise.ingest.stage import ingest

    taking, settings = ingest_settings(options), run_settings(options | {"as_of": as_of}, space)
    taken: dict[Path, list[str]] = {}
    with space.writing():
        for file in files:
            summary = ingest(space, [file], taking, talk.progress)
            report_ingest(summary, talk)
            taken[file] = [*summary.skipped, *(report.source_id for report in summary.reports)]
        run_stages(space, settings, talk, "build")
    return taken


class _Lists:
    """The listed parties of a workspace, by what a user calls a list."""

    def __init__(
        self, connection: "duckdb.DuckDBPyConnection", space: Workspace, on_list: Sequence[str]
    ) -> None:
        self._connection = connection
        self._space = space
        self._on_list = list(on_list)

    def parties(self, item: str, source_ids: Sequence[str]) -> list[str]:
        """Party ids of one LIST; `source_ids` are those of its deliveries where it is a file.

        Raises UsageError where a list has no listing in force, or a name is that of nobody.
        """
        chosen = list(source_ids) or [
            name for name in self._space.source_ids() if item in {name, name.split("@")[0]}
        ]
        if not chosen:
            if Path(item).suffix in _FILES:
                raise UsageError(f"{item}: there is no such file.", hint="Name a list that an adapter knows.")
            return [find(self._connection, item)]
        files = [
            str(self._space.statements / source_id / f"{name}.parquet")
            for source_id in chosen
            for name in ("entity", "person")
        ]
        found = self._connection.execute(_LISTED, {"files": files, "on_list": self._on_list}).fetchall()
        if not found:
            row = self._connection.execute("SELECT CAST(as_of AS VARCHAR) FROM run").fetchone()
            raise UsageError(
                f"{item} has no listing{' on ' + ', '.join(self._on_list) if self._on_list else ''} that is "
                f"in force on {row[0] if row else 'that day'}.",
                hint="Is it a list? All listings: bo-harmonise query listed-parties",
            )
        return [str(party_id) for (party_id,) in found]


def _with_listings(
    connection: "duckdb.DuckDBPyConnection", rows: "pa.Table", on_list: Sequence[str]
) -> "pa.Table":
    """Say of each company on which lists those stand that hold it, by whom they are listed and since when."""
    connection.register("screened", rows)
    found: pa.Table = connection.sql(_SCREENED, params={"on_list": list(on_list)}).to_arrow_table()
    connection.unregister("screened")
    return found


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


_FILES = (".csv", ".gz", ".json", ".jsonl", ".xml", ".zip")

_LISTED = """
SELECT DISTINCT party_id
FROM listings_in_force(CAST($on_list AS VARCHAR[]))
SEMI JOIN (SELECT record_id FROM read_parquet($files, union_by_name = true)) AS record USING (record_id)
ORDER BY party_id
"""

_SCREENED = """
WITH numbered AS (
    SELECT *, row_number() OVER () AS place FROM screened
),
held AS (
    SELECT place, unnest(listed_holders) AS party_id FROM numbered
),
listed AS (
    SELECT
        place,
        list(DISTINCT list ORDER BY list) FILTER (list IS NOT NULL) AS lists,
        list(DISTINCT authority ORDER BY authority) FILTER (authority IS NOT NULL) AS authorities,
        min(start_date) AS listed_since
    FROM held
    JOIN listings_in_force(CAST($on_list AS VARCHAR[])) USING (party_id)
    GROUP BY place
),
named AS (
    SELECT place, list(DISTINCT party.name ORDER BY party.name) AS listed_names
    FROM held
    JOIN party USING (party_id)
    GROUP BY place
)
SELECT
    numbered.* EXCLUDE (place),
    named.listed_names,
    listed.lists,
    listed.authorities,
    listed.listed_since
FROM numbered
LEFT JOIN named USING (place)
LEFT JOIN listed USING (place)
ORDER BY place
"""
