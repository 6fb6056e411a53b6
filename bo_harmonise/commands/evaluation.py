"""How good resolution is: `evaluate`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bo_harmonise.console import show_rows
from bo_harmonise.errors import UsageError

if TYPE_CHECKING:
    from bo_harmonise.resolve import Evaluation


@click.command(
    "evaluate", epilog="Example:  bo-harmonise evaluate labelled.parquet --ignore birth_date --json"
)
@click.argument("records", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--pairs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labelled pairs of names (name1, name2, label, schema) instead of records.",
)
@click.option("--ignore", metavar="COLUMNS", help="Columns that count as empty, separated by commas.")
@click.option("--within", metavar="COLUMN", help="Compare only records with the same value in this column.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the worst mistakes, explained, to this CSV file.",
)
@click.option(
    "--threshold",
    type=float,
    default=0.9,
    show_default=True,
    help="Match probability from which two records are one party.",
)
@click.option(
    "--models",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of models to use instead of the shipped ones.",
)
@click.option(
    "--world",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An invented world (see `world`) instead of records: the whole chain against its truth.",
)
@click.option(
    "-w",
    "--workspace",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --world: the workspace that its registers are run into, where they were not yet.",
)
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
def evaluate_command(
    records: Path | None,
    pairs: Path | None,
    ignore: str | None,
    within: str | None,
    errors: Path | None,
    threshold: float,
    models: Path | None,
    world: Path | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Measure resolution on RECORDS (Parquet) whose true parties are known by their gold_id.

    Columns: record_id, source, kind (person, entity), name, other_names[], birth_date, birth_dates[],
    countries[], address[], identifiers[], gold_id. Prints precision, recall and F1 over pairs and B-cubed, at
    the threshold and at the best one, and apart by kind, script and source; pairs that blocking never reached
    are counted apart.

    With --world hidden common owners and intervals of ultimate owners are measured too, by phenomenon.
    """
    from bo_harmonise.resolve import ResolveSettings, evaluate

    if world is not None:
        if records or pairs or ignore or within or errors:
            raise UsageError("--world takes no labelled records or pairs.", hint="Give it alone, or with -w.")
        from bo_harmonise.commands.world import measure_world

        measure_world(world, folder, threshold=threshold, models=models, as_json=as_json)
        return
    found = evaluate(
        records,
        ignore=[name.strip() for name in (ignore or "").split(",") if name.strip()],
        within=within,
        pairs=pairs,
        errors=errors,
        settings=ResolveSettings(threshold=threshold, models=models),
    )
    if as_json:
        click.echo(json.dumps(found.to_json(), indent=2))
        return
    show_rows(_figures(found), "table")


def _figures(found: "Evaluation") -> list[dict[str, object]]:
    """Flatten the figures to rows: what was measured, on how many pairs, at which threshold, and how well."""
    rows: list[dict[str, object]] = []

    def walk(path: tuple[str, ...], node: object, above: dict[str, object]) -> None:
        if not isinstance(node, dict):
            return
        if {"precision", "recall", "f1"} <= node.keys():
            rows.append(
                {
                    "measured": " / ".join(path),
                    "true pairs": above.get("gold_pairs"),
                    "never compared": above.get("never_compared"),
                    "threshold": node.get("threshold"),
                    "precision": node["precision"],
                    "recall": node["recall"],
                    "F1": node["f1"],
                    "recall at precision .95": node.get("recall_at_precision_95"),
                }
            )
        for name, child in node.items():
            walk((*path, str(name)), child, node)

    walk((), found.to_json(), {})
    return rows
