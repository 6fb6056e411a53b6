"""What leaves the workspace or comes back: `export`, `validate`."""

from pathlib import Path

import click

from bo_harmonise.commands.ask import opened
from bo_harmonise.commands.options import output_options, parse_date, workspace_option
from bo_harmonise.console import show_rows
from bo_harmonise.errors import ValidationError

_SHOWN = 1000
_EXPORTS = ("bods", "csv", "parquet")


@click.command("validate", epilog="Example:  bo-harmonise validate statements.jsonl")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "all_", is_flag=True, help=f"List all findings, not only the first {_SHOWN}.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@output_options
def validate_command(file: Path, all_: bool, strict: bool, form: str | None, output: Path | None) -> None:
    """Check the statements in FILE (JSON Lines or an array) against BODS 0.4: its schema and its rules.

    Works offline. Exit code 5 when there are errors (with --strict: warnings).
    """
    from bo_harmonise.validate import validate_file

    counts = {"error": 0, "warning": 0}
    rows: list[dict[str, object]] = []
    for finding in validate_file(file):
        counts[finding.level] += 1
        if all_ or len(rows) < _SHOWN:
            rows.append(vars(finding))
    if rows:
        show_rows(rows, form, output)
    left = sum(counts.values()) - len(rows)
    more = f", {left} more are not listed (--all lists them)" if left else ""
    click.echo(f"{file}: {counts['error']} errors, {counts['warning']} warnings{more}", err=True)
    if counts["error"] or (strict and counts["warning"]):
        raise ValidationError(f"{file} breaks BODS 0.4.", hint="Each finding names its row and JSON pointer.")


@click.command("export", epilog="Example:  bo-harmonise export bods -o statements.jsonl -w ws")
@click.argument("kind", type=click.Choice(_EXPORTS), metavar="|".join(_EXPORTS))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="What to write: a file for bods, else a folder with one file a table.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="Only this table (csv, parquet); may be repeated.",
)
@click.option(
    "--as-of", metavar="DATE", help="Only the statements in force on this day. [default: all versions]"
)
@workspace_option
def export_command(kind: str, output: Path, tables: tuple[str, ...], as_of: str | None, folder: Path) -> None:
    """Write the database out as csv, parquet, or bods (BODS 0.4 JSON Lines).

    In CSV, nested values are JSON, and text that a spreadsheet would take for a formula begins with an
    apostrophe. In BODS, an annotation of each joined record says which resolved party it belongs to.
    """
    from bo_harmonise.export import export

    output.parent.mkdir(parents=True, exist_ok=True)
    with opened(folder) as connection:
        day = parse_date(as_of, "--as-of") if as_of else None
        summary = export(connection, kind, output, names=tables or None, as_of=day)
    for name, count in summary.rows.items():
        click.echo(f"{name}: {count} rows", err=True)
