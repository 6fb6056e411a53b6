"""What leaves the workspace or comes back: `export`, `validate`."""

from pathlib import Path

import click

from bo_harmonise.commands.options import output_options
from bo_harmonise.console import show_rows
from bo_harmonise.errors import ValidationError

_SHOWN = 1000


@click.command("validate", epilog="Example:  bo-harmonise validate statements.jsonl")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "all_", is_flag=True, help=f"List all findings, not only the first {_SHOWN}.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@output_options
def validate_command(file: Path, all_: bool, strict: bool, form: str | None, output: Path | None) -> None:
    """Check the statements in FILE (JSON Lines or an array) against BODS 0.4: its schema and its rules.

    Works offline. Exit code 5 when there are errors (with --strict: warnings).
    """
    from bo_harmonise.validate import validate_file  # noqa: PLC0415

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
