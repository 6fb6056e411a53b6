"""`adapters`: which registers are known, one in detail, how a file fares, a skeleton for a new one."""

import tempfile
from pathlib import Path

import click

from bo_harmonise.adapters.registry import find_adapters, get_adapter
from bo_harmonise.adapters.skeleton import write_skeleton
from bo_harmonise.commands.options import output_options
from bo_harmonise.console import show_rows

_FOLDER = click.option(
    "--adapters",
    "adapters_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own adapters.",
)


@click.group("adapters", epilog="Example:  bo-harmonise adapters show gb_psc")
def adapters_command() -> None:
    """Show the registers that are known, how a file fares, a skeleton for a new one."""


@adapters_command.command("list", epilog="Example:  bo-harmonise adapters list --format csv")
@_FOLDER
@output_options
def list_command(adapters_folder: Path | None, form: str | None, output: Path | None) -> None:
    """List the registers that are known."""
    rows = [
        {
            "adapter": adapter.name,
            "jurisdiction": adapter.jurisdiction,
            "title": adapter.title,
            "files": ", ".join(spec.role for spec in adapter.files),
            "licence": adapter.licence,
        }
        for adapter in find_adapters(adapters_folder).values()
    ]
    show_rows(rows, form, output)


@adapters_command.command("show", epilog="Example:  bo-harmonise adapters show lv_ur")
@click.argument("name")
@_FOLDER
def show_command(name: str, adapters_folder: Path | None) -> None:
    """Show what the adapter NAME declares: the register, its files, names and columns."""
    adapter = get_adapter(name, find_adapters(adapters_folder))
    click.echo((adapter.folder / "adapter.toml").read_text(encoding="utf-8"), nl=False)


@adapters_command.command("check", epilog="Example:  bo-harmonise adapters check gb_psc snapshot.zip")
@click.argument("name")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…"
)
@_FOLDER
@output_options
def check_command(
    name: str, files: tuple[Path, ...], adapters_folder: Path | None, form: str | None, output: Path | None
) -> None:
    """Map FILE… with the adapter NAME into nothing, and report what became of every record.

    Lists records by outcome, rejects by reason, columns, keys and codes that the adapter does not know,
    CSV columns that it reads and a file lacks, and counts that differ from what the register states. Exit
    code 4 when there is any of these.
    """
    from bo_harmonise.ingest.stage import IngestSettings, ingest
    from bo_harmonise.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        space = Workspace(Path(folder))
        with space.writing():
            summary = ingest(space, files, IngestSettings(adapter=name, adapters_folder=adapters_folder))
    rows: list[dict[str, object]] = []
    is_clean = True
    for report in summary.reports:
        for outcome, count in report.totals.items():
            rows.append({"source_id": report.source_id, "about": "records", "what": outcome, "count": count})
        for about, counts in (
            ("statements", report.statements),
            ("ignored", report.ignored),
            ("rejected", report.rejected),
            ("unknown column", report.unknown_columns),
            ("missing column", report.missing_columns),
            ("unknown code", report.unknown_codes),
            ("count differs", dict.fromkeys(report.failed_checks, 1)),
        ):
            is_clean = is_clean and (about in {"statements", "ignored"} or not counts)
            rows += [
                {"source_id": report.source_id, "about": about, "what": what, "count": count}
                for what, count in counts.items()
            ]
    show_rows(rows, form, output)
    if not is_clean:
        click.get_current_context().exit(4)


@adapters_command.command("new", epilog="Example:  bo-harmonise adapters new xx_register --in my_adapters")
@click.argument("name")
@click.option(
    "--in",
    "parent",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("adapters"),
    show_default=True,
    help="Folder of your own adapters.",
)
def new_command(name: str, parent: Path) -> None:
    """Write the skeleton of an adapter NAME, to be filled in."""
    made = write_skeleton(parent, name)
    click.echo(f"{made}: fill in adapter.toml, then the .sql files; docs/adapters.md says how.", err=True)
    click.echo(f"Try it: bo-harmonise adapters check {name} FILE --adapters {parent}", err=True)
