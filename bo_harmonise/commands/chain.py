"""`run` and its stages: `ingest`, `resolve`, `own`, `build`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bo_harmonise.commands.engine import engine_options, opened_engine
from bo_harmonise.commands.options import (
    InputPath,
    as_of_option,
    console,
    machine_options,
    output_options,
    parse_date,
    parse_size,
    talk_options,
    workspace_option,
)
from bo_harmonise.console import Console, show
from bo_harmonise.errors import UsageError
from bo_harmonise.resources import sample_registers
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    from bo_harmonise.ingest.stage import IngestSettings, IngestSummary
    from bo_harmonise.pipeline import Engine, RunSettings, StageResult
    from bo_harmonise.spark.engine import SparkEngine

F = TypeVar("F", bound=Callable[..., Any])


def ingest_options(function: F) -> F:
    """Add the options that say how to take files in."""
    for option in (
        click.option("--adapter", metavar="NAME", help="Read all files with this adapter."),
        click.option(
            "--adapters",
            "adapters_folder",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of your own adapters.",
        ),
        click.option(
            "--snapshot", metavar="DATE", help="Date of the delivery, where its name and content are silent."
        ),
        click.option(
            "--replace", is_flag=True, help="Put files in the place of those of the same kind and date."
        ),
        click.option("--skip-unknown", is_flag=True, help="Leave out files that no adapter knows."),
        click.option("--strict", is_flag=True, help="Fail when a record cannot be mapped."),
    ):
        function = option(function)
    return function


def resolve_options(function: F) -> F:
    """Add the options that say how to resolve."""
    for option in (
        click.option(
            "--threshold",
            type=float,
            help="Match probability from which two records are one party. [default: as last time, else 0.9]",
        ),
        click.option(
            "--review-threshold",
            type=float,
            help="Match probability from which a pair keeps its evidence. [default: as last time, else 0.1]",
        ),
        click.option(
            "--models",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of models to use instead of the shipped ones.",
        ),
        click.option("--train", is_flag=True, help="Re-estimate the models on these records."),
    ):
        function = option(function)
    return function


@click.command("run", epilog="Example:  bo-harmonise run psc.zip lei2.xml.zip members.csv -w ws")
@click.argument("paths", nargs=-1, type=InputPath(), metavar="PATH…")
@click.option("--sample", is_flag=True, help="Use the invented sample registers that travel with the tool.")
@workspace_option
@as_of_option
@ingest_options
@resolve_options
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
@machine_options
@talk_options
def own_command(folder: Path, **options: Any) -> None:
    """Compute who owns and controls what."""
    _one_stage(folder, options, "own")


@click.command("build", epilog="Example:  bo-harmonise build -w ws")
@workspace_option
@as_of_option
@resolve_options
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
        run_stages(space, settings, talk, last, engine)


def ingest_settings(options: dict[str, Any]) -> "IngestSettings":
    """Read the options that say how to take files in; UsageError for a value that means nothing."""
    from bo_harmonise.ingest.stage import IngestSettings

    return IngestSettings(
        adapter=options["adapter"],
        adapters_folder=options["adapters_folder"],
        snapshot=parse_date(options["snapshot"], "--snapshot") if options["snapshot"] else None,
        strict=options["strict"],
        replace=options["replace"],
        skip_unknown=options["skip_unknown"],
        threads=options["threads"],
        memory=parse_size(options["memory"]),
    )


def run_settings(options: dict[str, Any], space: Workspace, *, keep_date: bool = True) -> "RunSettings":
    """Read the options of the stages after ingest; what is not given stays as the workspace was last run.

    Without `keep_date` the day is today when none is given. UsageError for a value that means nothing.
    """
    from bo_harmonise.pipeline import RunSettings
    from bo_harmonise.resolve import ResolveSettings

    last = space.manifest().get("settings", {})
    given = {
        name: options[name]
        for name in ("threshold", "review_threshold", "models")
        if options[name] is not None
    }
    kept = ResolveSettings.from_dict(last["resolve"]) if "resolve" in last else ResolveSettings()
    return RunSettings(
        as_of=parse_date(options["as_of"] or (last.get("as_of") if keep_date else None), "--as-of"),
        resolve=replace(kept, **given, train=options["train"], threads=options["threads"]),
        threads=options["threads"],
        memory=parse_size(options["memory"]),
    )


def _remove(space: Workspace, source_id: str) -> None:
    from bo_harmonise.ingest.stage import remove

    remove(space, source_id)


def take_in(
    space: Workspace,
    paths: Sequence[Path | str],
    settings: "IngestSettings",
    talk: Console,
    engine: "SparkEngine | None" = None,
) -> None:
    """Take files in and tell what became of their records."""
    from bo_harmonise.ingest.fetch import fetch
    from bo_harmonise.ingest.stage import ingest

    files, origins = fetch(paths, space.inputs, talk.progress)
    worker = engine.worker(space, settings.adapters_folder, origins, talk.progress) if engine else None
    report_ingest(ingest(space, files, settings, talk.progress, worker), talk)


def report_ingest(summary: "IngestSummary", talk: Console) -> None:
    """Tell what became of the records of each delivery; warn of what an adapter did not know."""
    if summary.unknown:
        talk.warn(f"left out, as no adapter knows them: {', '.join(summary.unknown)}")
    for source_id in summary.skipped:
        talk.say(f"{source_id}: unchanged, left out")
    for report in summary.reports:
        totals = report.totals
        made = ", ".join(f"{count} {name}" for name, count in report.statements.items())
        talk.say(
            f"{report.source_id}: {totals['read']} records = {totals['mapped']} mapped + "
            f"{totals['ignored']} ignored + {totals['rejected']} rejected -> {made}"
        )
        if report.dated_by == "file time":
            talk.warn(f"{report.source_id}: dated by the time of the file; say --snapshot DATE to be sure.")
        for title, counts in (
            ("rejected", report.rejected),
            ("unknown columns", report.unknown_columns),
            ("missing columns", report.missing_columns),
            ("unknown codes", report.unknown_codes),
        ):
            if counts:
                listed = ", ".join(f"{name} ({count})" for name, count in list(counts.items())[:8])
                more = f" and {len(counts) - 8} more" if len(counts) > 8 else ""
                talk.warn(f"{report.source_id}: {title}: {listed}{more}")
        for text in report.failed_checks:
            talk.warn(f"{report.source_id}: {text}")


def run_stages(
    space: Workspace,
    settings: "RunSettings",
    talk: Console,
    last: str,
    engine: "Engine | None" = None,
) -> list["StageResult"]:
    """Run the stages up to `last` that are not up to date, and say so."""
    from bo_harmonise.pipeline import Pipeline

    results = Pipeline(space, settings, talk.progress, engine).run(last)
    done = [result for result in results if not result.is_skipped]
    if not done:
        talk.say("nothing has changed: all stages are up to date")
    for result in done:
        talk.detail(f"{result.name}: {result.seconds} s {result.counts}")
        if owners := result.counts.get("limited_owners"):
            talk.warn(
                f"{owners} owners have so many companies that not every two were compared for hidden common "
                f"owners: {result.counts['pairs_left_out']} pairs are left out, but each company is compared "
                "with the largest. Which owners: FROM hidden_common_owner_limit"
            )
    return results


def finish(space: Workspace, form: str | None, output: Path | None, talk: Console) -> None:
    """Print what a run found: a summary, and the hidden common owners (to be read: the first hundred)."""
    from bo_harmonise import db
    from bo_harmonise.queries import named_query

    with db.connect(space.database, read_only=True) as connection:
        is_for_reading = output is None and form is None
        question = _SUMMARY if is_for_reading else named_query("hidden-common-owners").sql
        found = connection.sql(question).to_arrow_table()
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (kind = 'person'), count(*) FILTER (len(registers) > 1), "
            "(SELECT as_of FROM run), (SELECT count(*) FROM hidden_common_owner) FROM party"
        ).fetchone()
    parties, people, shared, as_of, hidden = row or (0, 0, 0, None, 0)
    talk.say(
        f"As of {as_of}: {parties} parties ({people} people), {shared} of them in more than one register; "
        f"{hidden} hidden common owners"
    )
    if found.num_rows or not is_for_reading:
        show(found, "table" if is_for_reading else form, output)
    if found.num_rows < hidden:
        talk.say(f"These are the first {found.num_rows}; all: bo-harmonise query hidden-common-owners")
    talk.say(f"Ask more: duckdb {space.database}, or: bo-harmonise query --list")


# What one reads at the end of a run: a million rows would not be read.
_SUMMARY = """
WITH stake AS (
    SELECT *,
        CASE WHEN share_min_l = share_max_l THEN format('{:.4g} %', share_min_l)
            ELSE format('{:.4g}–{:.4g} %', share_min_l, share_max_l) END AS stake_l,
        CASE WHEN share_min_r = share_max_r THEN format('{:.4g} %', share_min_r)
            ELSE format('{:.4g}–{:.4g} %', share_min_r, share_max_r) END AS stake_r
    FROM hidden_common_owner
)
SELECT
    coalesce(owner_name, party_name(owner_party_id)) AS owner,
    coalesce(company_l_name, party_name(company_l_party_id)) || chr(10)
    || coalesce(company_r_name, party_name(company_r_party_id)) AS companies,
    stake_l || chr(10) || stake_r AS stakes,
    array_to_string(registers, chr(10)) AS "seen only across",
    coalesce(format('{:.3f}', match_probability), '') AS match
FROM stake
ORDER BY registers_needed DESC, match_probability DESC NULLS FIRST, least(share_max_l, share_max_r) DESC,
    owner, companies, owner_party_id
LIMIT 100
"""
