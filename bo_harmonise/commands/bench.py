"""`bench`: what the chain takes on worlds of several sizes."""

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from bo_harmonise.commands.options import console, machine_options, parse_size, talk_options
from bo_harmonise.console import Console, show_rows
from bo_harmonise.errors import InputError


@click.command("bench", epilog="Example:  bo-harmonise bench --companies 2000 --companies 10000")
@click.option(
    "--companies",
    "sizes",
    type=click.IntRange(min=1),
    multiple=True,
    default=(1000, 5000),
    show_default=True,
    help="Size of a world; name several to see how time grows.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the worlds.")
@click.option(
    "--parameters",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file with other shares of phenomena (see docs/world.md).",
)
@click.option(
    "--register",
    "registers",
    multiple=True,
    help="Read this register of the world only (gb_psc, gleif …); may be repeated.",
)
@click.option("--no-floors", is_flag=True, help="Leave out the bare floors that stages are held against.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the worlds and workspaces here."
)
@click.option(
    "--compare",
    "compared",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD NEW",
    help="Measure nothing: hold the JSON of two calls against each other.",
)
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the JSON to this file as well.",
)
@machine_options
@talk_options
def bench_command(
    compared: tuple[Path, Path] | None, is_json: bool, output: Path | None, **options: Any
) -> None:
    """Measure the chain on invented worlds: time, memory and disk by stage, growth, and bare floors.

    Every stage runs in a process of its own. The floors are a copy of the files for ingest, Splink alone for
    scoring, a bare recursive query for chains. Stages with +1 are those of a second delivery, a month later.
    """
    from bo_harmonise.bench.report import compare, table

    talk = console(quiet=options["quiet"], verbose=options["verbose"])
    if compared:
        _print(compare(*map(_read, compared)), is_json=is_json)
        return
    told = _measure(options, talk)
    if output:
        output.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if is_json:
        click.echo(json.dumps(told, indent=2))
    else:
        show_rows(table(told), "table")


def _measure(options: dict[str, Any], talk: Console) -> dict[str, Any]:
    from bo_harmonise.adapters.registry import find_adapters, get_adapter
    from bo_harmonise.bench.measure import Limits, Wanted, measure_world
    from bo_harmonise.bench.report import report

    adapters = find_adapters()
    for name in options["registers"]:
        # A name that nobody knows is told before a world is written, which takes minutes.
        get_adapter(name, adapters)
    limits = Limits(options["threads"], parse_size(options["memory"]))
    measured = []
    with tempfile.TemporaryDirectory(prefix="bo-harmonise-bench-") as temporary:
        for size in sorted(set(options["sizes"])):
            folder = (options["keep"] or Path(temporary)) / f"{size}-companies"
            folder.mkdir(parents=True, exist_ok=False)
            wanted = Wanted(size, options["seed"], options["parameters"], options["registers"])
            for row in measure_world(
                wanted, folder, limits, talk.progress, has_floors=not options["no_floors"]
            ):
                measured.append(row)
                talk.detail(f"{row}")
    return report(measured)


def _read(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}", hint="Give files that bench -o wrote.") from error
    if "stages" not in told:
        raise InputError(f"{path}: expected `stages`, found none.", hint="Give files that bench -o wrote.")
    return told


def _print(rows: list[dict[str, Any]], *, is_json: bool) -> None:
    if is_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        show_rows(rows, "table")
