"""What the stages share: the options that say how they work, running them, and telling what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bo_harmonise.commands.options import own_rules, parse_date, parse_size
from bo_harmonise.console import Console
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
    from bo_harmonise.ownership import OwnSettings
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
        own=OwnSettings(rules=own_rules(space, options.get("rules_place"))),
        threads=options["threads"],
        memory=parse_size(options["memory"]),
    )


def keep_rules(space: Workspace, settings: "RunSettings") -> "RunSettings":
    """Copy the rules of the settings to a workspace that is held for writing; return settings that use these.

    Rules that cannot be read, or take a name that is taken, are a UsageError, and the old ones stay.
    """
    from bo_harmonise.ownership import OwnSettings, rules
    from bo_harmonise.ownership.rulebook import rule_files

    place = settings.own.rules
    if place is None or place.resolve() == space.rules.resolve():
        return settings
    rules(place)
    files = rule_files(place)
    if not files:
        space.discard(space.rules)
        return replace(settings, own=OwnSettings())
    with space.replacing(space.rules) as draft:
        draft.mkdir()
        for file in files:
            (draft / file.name).write_bytes(file.read_bytes())
    return replace(settings, own=OwnSettings(rules=space.rules))


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
        for title, counts, ask in (
            ("rejected", report.rejected, "; which and why: bo-harmonise query rejected-records"),
            ("unknown columns", report.unknown_columns, ""),
            ("missing columns", report.missing_columns, ""),
            ("unknown codes", report.unknown_codes, ""),
        ):
            if counts:
                listed = ", ".join(f"{name} ({count})" for name, count in list(counts.items())[:8])
                more = f" and {len(counts) - 8} more" if len(counts) > 8 else ""
                talk.warn(f"{report.source_id}: {title}: {listed}{more}{ask}")
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
