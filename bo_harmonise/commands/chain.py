"""`run` and its stages: `ingest`, `resolve`, `own`, `build`."""

from pathlib import Path
from typing import Any

import click

from bo_harmonise.commands.engine import engine_options, opened_engine
from bo_harmonise.commands.options import (
    InputPath,
    as_of_option,
    console,
    kept_rules_option,
    machine_options,
    output_options,
    talk_options,
    workspace_option,
)
from bo_harmonise.commands.stages import (
    ingest_options,
    ingest_settings,
    keep_rules,
    resolve_options,
    run_settings,
    run_stages,
    take_in,
)
from bo_harmonise.commands.summary import finish
from bo_harmonise.errors import UsageError
from bo_harmonise.resources import sample_registers
from bo_harmonise.workspace import Workspace


@click.command("run", epilog="Example:  bo-harmonise run psc.zip lei2.xml.zip members.csv -w ws")
@click.argument("paths", nargs=-1, type=InputPath(), metavar="PATH…")
@click.option("--sample", is_flag=True, help="Use the invented sample registers that travel with the tool.")
@workspace_option
@as_of_option
@ingest_options
@resolve_options
@kept_rules_option
@machine_options
@engine_options
@output_options
@talk_options
def run_command(
    paths: tuple[Path | str, ...],
    sample: bool,
    folder: Path,
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Take PATH… in, resolve people and companies, compute ownership, build the database.

    Prints the common owners that no single register shows. What has not changed since the last run is left
    out.
    """
    talk = console(quiet=options["quiet"], verbose=options["verbose"])
    given = [*paths, *(sample_registers() if sample else [])]
    if not given:
        raise UsageError("no files were given.", hint="Name files or folders, or try --sample.")
    space = Workspace(folder)
    taking, settings = ingest_settings(options), run_settings(options, space, keep_date=False)
    with space.writing(), opened_engine(space, options, talk) as engine:
        settings = keep_rules(space, settings)
        take_in(space, given, taking, talk, engine)
        run_stages(space, settings, talk, "build", engine)
    finish(space, form, output, talk)


@click.command("ingest", epilog="Example:  bo-harmonise ingest BasicCompanyData-2026-10-01.zip -w ws")
@click.argument("paths", nargs=-1, type=InputPath(), metavar="PATH…")
@click.option(
    "--remove", "removed", multiple=True, metavar="SOURCE", help="Take this delivery (source_id) out again."
)
@workspace_option
@ingest_options
@machine_options
@engine_options
@talk_options
def ingest_command(
    paths: tuple[Path | str, ...], removed: tuple[str, ...], folder: Path, **options: Any
) -> None:
    """Take PATH… in and map it onto the common schema, or take deliveries out again."""
    talk = console(quiet=options["quiet"], verbose=options["verbose"])
    if not paths and not removed:
        raise UsageError("nothing to take in.", hint="Name files or folders, or --remove SOURCE.")
    space = Workspace(folder)
    taking = ingest_settings(options)
    with space.writing():
        for source_id in removed:
            _remove(space, source_id)
            talk.say(f"{source_id}: taken out; its parties go with the next build")
        if paths:
            with opened_engine(space, options, talk) as engine:
                take_in(space, list(paths), taking, talk, engine)


@click.command("resolve", epilog="Example:  bo-harmonise resolve --threshold 0.95 -w ws")
@workspace_option
@as_of_option
@resolve_options
@machine_options
@engine_options
@talk_options
def resolve_command(folder: Path, **options: Any) -> None:
    """Resolve people and companies across registers."""
    _one_stage(folder, options, "resolve")


@click.command("own", epilog="Example:  bo-harmonise own --as-of 2022-02-24 -w ws")
@workspace_option
@as_of_option
@resolve_options
@kept_rules_option
@machine_options
@talk_options
def own_command(folder: Path, **options: Any) -> None:
    """Compute who owns and controls what."""
    _one_stage(folder, options, "own")


@click.command("build", epilog="Example:  bo-harmonise build -w ws")
@workspace_option
@as_of_option
@resolve_options
@kept_rules_option
@machine_options
@talk_options
def build_command(folder: Path, **options: Any) -> None:
    """Build the DuckDB database, harmonised.duckdb."""
    _one_stage(folder, options, "build")


def _one_stage(folder: Path, options: dict[str, Any], last: str) -> None:
    talk = console(quiet=options["quiet"], verbose=options["verbose"])
    space = Workspace(folder).require()
    settings = run_settings(options, space)
    with space.writing(), opened_engine(space, options, talk) as engine:
        run_stages(space, keep_rules(space, settings), talk, last, engine)


def _remove(space: Workspace, source_id: str) -> None:
    from bo_harmonise.ingest.stage import remove

    remove(space, source_id)
