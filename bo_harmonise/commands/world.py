"""`world`: an invented world of registers with known truth; `evaluate --world` measures the tool on it."""

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from bo_harmonise.commands.options import console, parse_date, talk_options
from bo_harmonise.commands.stages import run_stages, take_in
from bo_harmonise.console import Console, show_rows
from bo_harmonise.workspace import Workspace


@click.command("world", epilog="Example:  bo-harmonise world --companies 10000 --seed 7 -o my_world")
@click.option(
    "--companies",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="Companies of the world, in all countries together.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed and numbers give the same bytes."
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the world; it must be empty or not exist.",
)
@click.option(
    "--snapshots",
    "deliveries",
    type=click.IntRange(min=1, max=100),
    default=1,
    show_default=True,
    help="Monthly deliveries of every register; from one to the next a few records change.",
)
@click.option(
    "--parameters",
    type=click.Path(dir_okay=False, path_type=Path),
    help="TOML file with other shares of phenomena (see docs/world.md).",
)
@talk_options
def world_command(
    companies: int,
    seed: int,
    folder: Path,
    deliveries: int,
    parameters: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write an invented world: files of every register in its true format, and the truth about them.

    `registers/<date>` holds the files, to be given to `run`; `truth` holds Parquet tables that say which
    record is which person or company, who truly owns what, and which common owners no single register shows.
    """
    from bo_harmonise.world.make import make_world
    from bo_harmonise.world.parameters import load

    talk = console(quiet=quiet, verbose=verbose)
    world = make_world(
        folder,
        companies=companies,
        seed=seed,
        parameters=load(parameters),
        deliveries=deliveries,
        progress=lambda made: talk.progress(f"{made} of {companies} companies"),
    )
    counts = world.counts
    talk.say(
        f"{folder}: {companies} companies, {counts['record']} records of {counts['party']} parties, "
        f"{counts['hidden_common_owner']} pairs with a common owner that no single register shows"
    )
    talk.say(f"Next: bo-harmonise run {world.registers} -w ws --as-of {world.as_of}")


def measure_world(
    world: Path, folder: Path | None, *, threshold: float, models: Path | None, as_json: bool
) -> None:
    """Run the registers of a world, unless they were run already, and print how right the answers are."""
    from bo_harmonise.world.evaluation import evaluate_world, truth_files

    truth_files(world)
    with tempfile.TemporaryDirectory() as moment:
        space = Workspace(folder or Path(moment) / "workspace")
        if not space.database.is_file():
            _run(world, space, threshold, models)
        kept = space.manifest().get("settings", {}).get("resolve", {})
        found = evaluate_world(world, space.database, threshold=kept.get("threshold", threshold))
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    show_rows(_rows(found.to_json()), "table")


def _run(world: Path, space: Workspace, threshold: float, models: Path | None) -> None:
    from bo_harmonise.ingest.stage import IngestSettings
    from bo_harmonise.pipeline import RunSettings
    from bo_harmonise.resolve import ResolveSettings

    description = json.loads((world / "world.json").read_text("utf-8"))
    talk = Console()
    settings = RunSettings(
        as_of=parse_date(description["as_of"], "as_of"),
        resolve=ResolveSettings(threshold=threshold, models=models),
    )
    with space.writing():
        for day in description["deliveries"]:
            take_in(space, [world / "registers" / day], IngestSettings(), talk)
        run_stages(space, settings, talk, "build")


def _rows(figures: dict[str, Any]) -> list[dict[str, object]]:
    """Flatten the figures to rows: the whole questions first, then what is weakest."""
    owners, shares = figures["hidden_common_owners"], figures["ultimate_owners"]
    rows: list[dict[str, object]] = [
        {
            "measured": f"{kind} pairs",
            "precision": figures[kind]["shipped"]["precision"],
            "recall": figures[kind]["shipped"]["recall"],
            "value": figures[kind]["shipped"]["f1"],
            "figure": "F1",
            "cases": figures[kind]["gold_pairs"],
        }
        for kind in ("person", "entity")
    ]
    rows.append(
        {
            "measured": "hidden common owners",
            "precision": owners["precision"],
            "recall": owners["recall"],
            "value": None,
            "figure": None,
            "cases": owners["wanted"],
        }
    )
    for figure, value, cases in (
        ("true share inside the interval", shares["true_inside_share"], shares["decided"]),
        ("shown stakes that have an interval", shares["found_share"], shares["shown"]),
        ("mean width of intervals", shares["mean_width"], shares["decided"]),
    ):
        rows.append(_row("ultimate owners", figure, value, cases))
    rows += [
        _row(f"weakest: {of['question']}, {of['phenomenon']}", of["figure"], of["value"], of["cases"])
        for of in figures["weakest"]
    ]
    return rows


def _row(measured: str, figure: str, value: object, cases: int) -> dict[str, object]:
    return {
        "measured": measured,
        "precision": None,
        "recall": None,
        "value": value,
        "figure": figure,
        "cases": cases,
    }
