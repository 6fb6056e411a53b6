"""Make the shipped models from labelled records: `python -m bo_harmonise.resolve.train LABELS`.

A model starts from `models/base/<kind>.json`, the comparisons and the weights that an expert gives them,
and `fitting` moves the weights to where they explain the labels best. Only weights are written, no records.
"""

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bo_harmonise.db import connect, run_file
from bo_harmonise.resolve.fitting import Patterns, fit, read_patterns, with_weights
from bo_harmonise.resolve.labelled import read_labelled
from bo_harmonise.resolve.pipeline import KINDS, begin, block
from bo_harmonise.resolve.scoring import SHIPPED, Model, load_model
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features

_SAME = {"entity": 16.0, "person": 3.0}
"""How many different pairs one pair of the same party counts for. The pairs that blocking leaves are few of
the same and the hardest of the different; more than this costs precision on the lists."""

_GOLD = (
    "(SELECT gold_id FROM labelled JOIN resolve_record USING (record_id) WHERE record_no = l) = "
    "(SELECT gold_id FROM labelled JOIN resolve_record USING (record_id) WHERE record_no = r)"
)


@dataclass(frozen=True)
class Source:
    """A file of labelled records, how it is to be read, and what it counts for."""

    file: str
    kinds: tuple[str, ...]
    weight: float
    ignore: tuple[str, ...] = ()
    within: str | None = None
    own_rate: bool = False


SOURCES = (
    Source("sanctions_lists.parquet", ("entity", "person"), 1.5),
    Source("listed_companies.parquet", ("entity",), 1.0),
    Source(
        "script_split.parquet",
        ("entity", "person"),
        0.2,
        ("birth_date", "birth_dates", "countries"),
        "block",
        own_rate=True,
    ),
    Source("historical_50k.parquet", ("person",), 0.05, own_rate=True),
    Source("febrl3.parquet", ("person",), 0.02, own_rate=True),
)


def collect(labels: Path, models: dict[str, Model]) -> dict[str, list[Patterns]]:
    """Compare the labelled records of every source and count the patterns of their evidence."""
    found: dict[str, list[Patterns]] = {kind: [] for kind in KINDS}
    for source in SOURCES:
        with connect() as connection, tempfile.TemporaryDirectory() as folder:
            read_labelled(connection, labels / source.file, ignore=source.ignore, within=source.within)
            build_features(connection, Path(folder))
            begin(connection)
            connection.execute("INSERT INTO record_within SELECT record_id, within FROM labelled")
            for kind in KINDS:
                block(connection, kind, Path(folder), ResolveSettings())
                if kind in source.kinds:
                    run_file(connection, sql_file(f"evidence_{kind}"), {"low": 0, "high": 2**62})
                    counted = read_patterns(connection, models[kind], _GOLD)
                    found[kind].append(
                        replace(
                            counted,
                            same=_SAME[kind] * counted.same,
                            weight=source.weight,
                            own_rate=source.own_rate,
                        )
                    )
                connection.execute(
                    "INSERT INTO resolve_cluster "
                    "SELECT record_no, record_no FROM resolve_record WHERE kind = ?",
                    [kind],
                )
    return found


@click.command()
@click.argument("labels", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=SHIPPED, help="Folder for the models.")
def main(labels: Path, out: Path) -> None:
    """Make entity.json and person.json from the labelled records in the folder LABELS."""
    models = {kind: load_model(kind, SHIPPED / "base") for kind in KINDS}
    data = collect(labels, models)
    out.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        weights = fit(models[kind], data[kind])
        text = json.dumps(with_weights(models[kind], weights).settings, indent=2) + "\n"
        (out / f"{kind}.json").write_text(text, encoding="utf-8")
        for name, levels in weights.items():
            click.echo(f"{kind} {name}: {', '.join(f'{w:+.2f}' for w in levels.values())}", err=True)


if __name__ == "__main__":
    main()
