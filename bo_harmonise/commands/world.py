"""`world`: an invented world of registers with known truth."""

from pathlib import Path

import click

from bo_harmonise.commands.options import console, talk_options


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
