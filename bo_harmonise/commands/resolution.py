"""Resolution seen from outside: `explain`, `charts`, `judge`, `review`."""

import getpass
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bo_harmonise.commands.ask import find, opened
from bo_harmonise.commands.options import output_options, workspace_option
from bo_harmonise.commands.sides import side_by_side, tell_side_by_side
from bo_harmonise.console import show_rows
from bo_harmonise.errors import UsageError
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

    from bo_harmonise.resolve import Explanation, UncertainPair

_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}


@click.command(
    "explain", epilog="Example:  bo-harmonise explain gb_psc:person:01234567/a lv_ur:person:b -w ws"
)
@click.argument("one")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="Write Splink's waterfall chart of the pair, a page that needs no network.",
)
@workspace_option
@output_options
def explain_command(
    one: str,
    other: str | None,
    as_json: bool,
    chart: Path | None,
    folder: Path,
    form: str | None,
    output: Path | None,
) -> None:
    """Tell why ONE and OTHER are, or are not, one party; of ONE alone, why each record is in it.

    Each is a record_id, party_id, scheme:id or name. Prints the records side by side, a paragraph in plain
    words, the comparisons with their match weights, what would change the verdict, and the statements it
    rests on.
    """
    from bo_harmonise.resolve import explain, waterfall_page

    if chart and other is None:
        raise UsageError(
            "--chart draws a pair: ONE alone has none.",
            hint="Name two records or parties: explain ONE OTHER.",
        )
    space = Workspace(folder).require()
    with opened(folder) as connection:
        names = [_record_or_party(connection, who) for who in (one, other) if who is not None]
        found = explain(connection, space.resolution, *names, judgements=space.judgements)
        if chart and found.record_id_r:
            page = waterfall_page(connection, space.resolution, found.record_id_l, found.record_id_r)
            chart.write_text(page, encoding="utf-8")
            click.echo(f"The chart is in {chart}.", err=True)
        if as_json or form == "json" or (form is None and output and output.suffix == ".json"):
            text = json.dumps(_whole(connection, found), ensure_ascii=False, indent=2, default=str)
            if output:
                output.write_text(f"{text}\n", encoding="utf-8")
            else:
                click.echo(text)
            return
        _tell(connection, found, form, output)


def _whole(connection: "duckdb.DuckDBPyConnection", found: "Explanation") -> dict[str, Any]:
    """All of an explanation as JSON values, with the data of the two records of each pair."""
    whole = found.as_dict()
    for part, values in zip((found, *found.links), (whole, *whole["links"]), strict=True):
        if part.record_id_r is not None:
            values["data"] = side_by_side(connection, part.record_id_l, part.record_id_r)
    return whole


def _record_or_party(connection: "duckdb.DuckDBPyConnection", who: str) -> str:
    """Return `who` where it is a record_id, else the party_id of the party that it names."""
    if connection.execute("SELECT 1 FROM party_record WHERE record_id = ? LIMIT 1", [who]).fetchall():
        return who
    return find(connection, who, with_records=True)


def _tell(
    connection: "duckdb.DuckDBPyConnection", found: "Explanation", form: str | None, output: Path | None
) -> None:
    for part in (found, *found.links):
        if part.record_id_r is not None:
            tell_side_by_side(connection, part.record_id_l, part.record_id_r)
        click.echo(f"\n{part.text}")
        if part.rows:
            rows = [
                {
                    "comparison": row.comparison,
                    "found": row.level,
                    "match weight": row.match_weight if row.known else None,
                }
                for row in part.rows
            ]
            show_rows(rows, form or "table", output)
        for change in part.changes:
            click.echo(f"What would change it: {change}")
    click.echo("\nStatements:")
    for item in found.statements:
        click.echo(
            f"  {item.record_id}  {item.statement_id}  "
            f"{item.source_id} {item.source_file} row {item.source_row}"
        )


@click.command("charts", epilog="Example:  bo-harmonise charts person -o person.html -w ws")
@click.argument("kind", type=click.Choice(["entity", "person"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE.html",
    help="The page to write; it needs no network.",
)
@workspace_option
def charts_command(kind: str, output: Path, folder: Path) -> None:
    """Draw the match weights of the model of KIND as the last run used it: Splink's chart, one HTML page.

    `explain ONE OTHER --chart FILE.html` draws how the weight of one pair adds up.
    """
    from bo_harmonise.resolve import match_weights_page

    space = Workspace(folder).require()
    output.write_text(match_weights_page(kind, space.resolution), encoding="utf-8")
    click.echo(f"The chart is in {output}.", err=True)


@click.command("judge", epilog='Example:  bo-harmonise judge REC1 REC2 different --why "twins" -w ws')
@click.argument("one")
@click.argument("other")
@click.argument("decision", type=click.Choice(["same", "different", "unsure"]))
@click.option("--why", default="", help="The reason, for those who come after you.")
@click.option("--who", default=None, help="Who decides. [default: the user of this machine]")
@workspace_option
def judge_command(one: str, other: str, decision: str, why: str, who: str | None, folder: Path) -> None:
    """Record that the records ONE and OTHER are the same, different, or that you are unsure.

    The decision outranks the model and survives every later run; it takes effect with the next `run` or
    `build`. A decision that contradicts earlier ones is an error that names them.
    """
    from bo_harmonise.resolve import add_judgement, earlier_judgement

    space = Workspace(folder).require()
    with opened(folder) as connection:
        for record in (one, other):
            if not connection.execute("SELECT 1 FROM party_record WHERE record_id = ?", [record]).fetchall():
                raise UsageError(
                    f"there is no record {record!r}.",
                    hint="Judgements are about records: bo-harmonise explain PARTY lists those of a party.",
                )
    with space.writing():
        earlier = earlier_judgement(space.judgements, one, other)
        made = add_judgement(space.judgements, one, other, decision, who=who or getpass.getuser(), why=why)
    if earlier:
        reason = f", because: {earlier.why}" if earlier.why else ", without a reason"
        click.echo(f"replaces {replace(earlier, row=0)}{reason}", err=True)
    click.echo(f"{made}. It takes effect with: bo-harmonise build -w {folder}", err=True)


@click.command("review", epilog="Example:  bo-harmonise review -w ws")
@click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Pairs to go through at most."
)
@click.option("--who", default=None, help="Who decides. [default: the user of this machine]")
@click.option("--list", "list_", is_flag=True, help="List the pairs instead of asking.")
@workspace_option
@output_options
def review_command(
    limit: int, who: str | None, list_: bool, folder: Path, form: str | None, output: Path | None
) -> None:
    """Go through the uncertain pairs, most consequential first, one key an answer.

    First come the pairs whose decision would reveal or remove the most connections between companies that no
    single register shows. Each answer is kept at once; what was answered does not come again.
    """
    from bo_harmonise.resolve import uncertain_pairs

    space = Workspace(folder).require()
    with opened(folder) as connection:
        pairs = uncertain_pairs(connection, space.resolution, judgements=space.judgements, limit=limit)
        if list_:
            show_rows([pair.as_dict() for pair in pairs], form, output)
            return
        answered = _ask_each(connection, space, pairs, who or getpass.getuser())
    click.echo(
        f"{answered} of {len(pairs)} pairs answered. They take effect with: bo-harmonise build -w {folder}",
        err=True,
    )


def _ask_each(
    connection: "duckdb.DuckDBPyConnection", space: Workspace, pairs: list["UncertainPair"], who: str
) -> int:
    from bo_harmonise.resolve import add_judgement, explain

    answered = 0
    for number, pair in enumerate(pairs, start=1):
        found = explain(connection, space.resolution, pair.record_id_l, pair.record_id_r)
        click.echo(f"\n{number}/{len(pairs)}  {pair.name_l}  |  {pair.name_r}   ({pair.kind})")
        tell_side_by_side(connection, pair.record_id_l, pair.record_id_r)
        click.echo(f"  {found.text}")
        click.echo(f"  {_hangs(pair)}")
        click.echo("  [s]ame  [d]ifferent  [u]nsure  [n]ext  [q]uit ", nl=False)
        answer = _key()
        click.echo(answer)
        if answer == "q":
            break
        if answer in _ANSWERS:
            with space.writing():
                add_judgement(space.judgements, pair.record_id_l, pair.record_id_r, _ANSWERS[answer], who=who)
            answered += 1
    return answered


def _hangs(pair: "UncertainPair") -> str:
    """Say what the decision on a pair would reveal or remove."""
    verb = "would go" if pair.is_joined else "would appear"
    parts = []
    if pair.connections:
        parts.append(f"{pair.connections} pairs of companies with a common owner that no register shows")
    if pair.owners:
        parts.append(f"{pair.owners} owners at the top of a company")
    answer = "different" if pair.is_joined else "same"
    return f"If {answer}, {' and '.join(parts)} {verb}." if parts else "No hidden owner hangs on it."


def _key() -> str:
    """Return the next key that means something; without a terminal, the next line's first letter."""
    while True:
        if sys.stdin.isatty():
            key = click.getchar()
        elif line := sys.stdin.readline():
            key = line.strip()
        else:
            return "q"
        if key[:1].lower() in {*_ANSWERS, "n", "q"}:
            return key[:1].lower()
