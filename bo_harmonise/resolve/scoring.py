"""Score pairs with Splink.

The evidence of a pair (the best of all its name pairs, for one) costs much more than its score, so it is
worked out once, in SQL, and Splink reads it from there: the table it scores has one row a pair, and the
blocked pairs that are registered with it pair every row with itself.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from math import floor, log2
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from bo_harmonise.errors import ResolutionError

SHIPPED = Path(__file__).parent / "models"


@dataclass(frozen=True)
class Level:
    """One level of a comparison: what it says in words, and its match weight without term frequency."""

    code: int
    label: str
    match_weight: float
    condition: str


@dataclass(frozen=True)
class Comparison:
    """One comparison of a model with its levels by code; -1 is "not known on both sides"."""

    name: str
    description: str
    levels: dict[int, Level]


@dataclass(frozen=True)
class Model:
    """A model as Splink reads it, one file a kind of party."""

    kind: str
    settings: dict[str, Any]

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons with their levels, coded as Splink codes them."""
        found = []
        for raw in self.settings["comparisons"]:
            levels = raw["comparison_levels"]
            code = sum(not level.get("is_null_level", False) for level in levels)
            coded = {}
            for level in levels:
                is_null = level.get("is_null_level", False)
                code -= not is_null
                weight = 0.0 if is_null else log2(level["m_probability"] / level["u_probability"])
                number = -1 if is_null else code
                coded[number] = Level(number, level["label_for_charts"], weight, level["sql_condition"])
            found.append(Comparison(raw["output_column_name"], raw["comparison_description"], coded))
        return tuple(found)

    def for_size(self, records: int) -> "Model":
        """Return the model for so many records: the more there are, the more chance coincidences.

        The models are made for a thousand records. Every doubling beyond takes 0.4 off the prior match
        weight, not 1, because words and addresses count as rarer the more records do not have them. Halves
        of a doubling count, so that a few records more leave all scores as they are.
        """
        weight = self.prior_weight - 0.4 * floor(2 * log2(max(records, 1000) / 1000)) / 2
        prior = 1 / (1 + 2.0**-weight)
        return Model(self.kind, {**self.settings, "probability_two_random_records_match": prior})

    @property
    def prior_weight(self) -> float:
        """Match weight before any evidence."""
        prior = self.settings["probability_two_random_records_match"]
        return log2(prior / (1 - prior))

    @property
    def term_frequency_columns(self) -> frozenset[str]:
        """Columns whose frequency adjusts a weight; the pair table gives it as `tf_<column>`."""
        return frozenset(
            level["tf_adjustment_column"]
            for c in self.settings["comparisons"]
            for level in c["comparison_levels"]
            if "tf_adjustment_column" in level
        )

    @property
    def has_term_frequency(self) -> frozenset[str]:
        """Names of the comparisons whose weight depends on how rare the value is."""
        return frozenset(
            c["output_column_name"]
            for c in self.settings["comparisons"]
            if any("tf_adjustment_column" in level for level in c["comparison_levels"])
        )


def load_model(kind: str, folder: Path | None = None) -> Model:
    """Read the model of a kind from a folder, or the shipped one.

    Raises ResolutionError when it is missing or not JSON.
    """
    path = (folder or SHIPPED) / f"{kind}.json"
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResolutionError(
            f"There is no model {path}.", hint="Leave out --models to use the shipped models."
        ) from error
    except json.JSONDecodeError as error:
        raise ResolutionError(f"The model {path} is not JSON: {error}.") from error
    return Model(kind, settings)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Splink's progress messages out of the user's terminal."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def score(connection: duckdb.DuckDBPyConnection, model: Model, pairs: str, into: str) -> None:
    """Score the table `pairs` and append its rows to the table `into`, made when it is missing.

    `pairs` has `unique_id` (BIGINT), the evidence columns that the model names, and `tf_…` columns for
    those with term-frequency adjustment. `into` gets unique_id, match_weight, match_probability and for
    each comparison `gamma_…` (the code of its level) and `mw_…` (its match weight, rarity included).
    """
    api = DuckDBAPI(connection=connection)
    with quiet():
        scored = predict(api, model, pairs, connection.execute)
        query = f"SELECT {', '.join(score_columns(model))} FROM {scored.physical_name}"
        exists = connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [into]
        ).fetchone()
        insert = (
            f"INSERT INTO {into} {query}" if exists and exists[0] else f"CREATE TEMP TABLE {into} AS {query}"
        )
        connection.execute(insert)
        scored.drop_table_from_database_and_remove_from_cache()


def predict(api: Any, model: Model, pairs: str, run: Callable[[str], object]) -> Any:
    """Let Splink score the table or view `pairs` of any of its backends; `run` executes SQL there."""
    linker = Linker(api.register(pairs), model.settings, log_level=None, validate_settings=False)
    run(
        "CREATE OR REPLACE TEMP VIEW resolve_self AS "
        f"SELECT unique_id AS join_key_l, unique_id AS join_key_r, '0' AS match_key FROM {pairs}"
    )
    for column in sorted(model.term_frequency_columns):
        name = f"resolve_tf_{column}"
        run(
            f"CREATE OR REPLACE TEMP VIEW {name} AS "
            f"SELECT CAST(NULL AS STRING) AS {column}, CAST(NULL AS DOUBLE) AS tf_{column}"
        )
        linker.table_management.register_term_frequency_lookup(api.register(name), column)
    linker.table_management.register_blocked_pairs_for_predict(api.register("resolve_self"))
    return linker.inference.predict(warning_mode="never")


def score_columns(model: Model) -> list[str]:
    """Columns of a scored table, from what Splink predicts."""
    columns = ["unique_id_l AS unique_id", "match_weight", "match_probability"]
    for comparison in model.comparisons:
        tf = f" + mw_tf_adj_{comparison.name}" if comparison.name in model.has_term_frequency else ""
        columns.append(f"CAST(gamma_{comparison.name} AS TINYINT) AS gamma_{comparison.name}")
        columns.append(f"CAST(mw_{comparison.name}{tf} AS FLOAT) AS mw_{comparison.name}")
    return columns
