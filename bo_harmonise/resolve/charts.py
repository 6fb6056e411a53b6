"""Draw Splink's own charts of a model and of one pair, as pages that work without a network.

Splink brings the drawing libraries along and writes them into the page: nothing is fetched, and no further
package is needed.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from bo_harmonise.db import connect
from bo_harmonise.errors import ResolutionError
from bo_harmonise.resolve.finished import FinishedRun
from bo_harmonise.resolve.scoring import Model, load_model, predict, quiet


def match_weights_page(kind: str, resolution: Path | None = None) -> str:
    """Return a page with the match weight of every level of every comparison of a model.

    `kind` is entity or person, `resolution` the folder of the run whose model is shown; without it, the
    shipped model. A weight that rarity adjusts is that of a value as common as the model takes for usual.
    """
    model = load_model(kind, resolution / "models" if resolution else None)
    settings: Any = SettingsCreator.from_path_or_dict(model.settings).get_settings("duckdb")
    return str(settings.match_weights_chart().to_html(inline=True))


def waterfall_page(
    connection: duckdb.DuckDBPyConnection, resolution: Path, record_l: str, record_r: str
) -> str:
    """Return a page that adds up the match weight of a pair, comparison by comparison, from the prior on.

    It shows what the comparisons look at (scores and levels), no names. Raises ResolutionError for two
    records of which no evidence was kept.
    """
    run = FinishedRun(connection, resolution)
    found = run.rows(
        "SELECT kind, evidence FROM {pair} WHERE (record_id_l = $l AND record_id_r = $r) "
        "OR (record_id_l = $r AND record_id_r = $l)",
        {"l": record_l, "r": record_r},
    )
    if not found:
        raise ResolutionError(
            f"There is no evidence of {record_l} and {record_r} to draw: they were not compared with each "
            "other, or are very unlike.",
            hint="bo-harmonise explain PARTY lists the pairs that hold a party together.",
        )
    kind, evidence = found[0]
    return _waterfall(run.models[kind], json.loads(evidence)["values"])


def _waterfall(model: Model, values: Mapping[str, Any]) -> str:
    seen = {
        column
        for comparison in model.comparisons
        for level in comparison.levels.values()
        for column in re.findall(r"\b(\w+)_l\b", level.condition)
    }
    columns = sorted(seen | {f"tf_{column}" for column in model.term_frequency_columns})
    with connect() as own, quiet():
        own.execute(
            "CREATE TABLE charted AS SELECT CAST(0 AS BIGINT) AS unique_id, "
            + ", ".join(f'CAST(? AS DOUBLE) AS "{column}"' for column in columns),
            [values.get(column) for column in columns],
        )
        api = DuckDBAPI(connection=own)
        records = predict(api, model, "charted", own.execute).as_record_list()
        for column in model.term_frequency_columns:
            told = _rarity(values.get(f"tf_{column}"))
            records = [{**record, f"{column}_l": told, f"{column}_r": told} for record in records]
        linker = Linker(api.register("charted"), model.settings, log_level=None, validate_settings=False)
        chart = linker.visualisations.waterfall_chart(records, filter_nulls=False)
        return str(chart.to_html(inline=True))


def _rarity(frequency: float | None) -> str:
    """Say how rare what two records have in common is.

    >>> _rarity(2**-10), _rarity(None)
    ('one in 1,024', '')
    """
    return f"one in {1 / frequency:,.0f}" if frequency else ""
