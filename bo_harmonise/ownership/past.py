"""What the questions of ownership read, computed on a connection for one day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from bo_harmonise.ownership.control import control_rows
from bo_harmonise.ownership.edges import DIMENSIONS
from bo_harmonise.ownership.rulebook import find_rule
from bo_harmonise.ownership.run import effective_portions, multiplier, prepare, read_party_ids
from bo_harmonise.schema import table


def compute_past(
    connection: duckdb.DuckDBPyConnection,
    as_of: date,
    *,
    rule: str | None = None,
    rules_folder: Path | None = None,
) -> None:
    """Make temporary tables `ownership_edge`, `effective_ownership`, `declared` and `control` as of a day.

    `connection` has what `own` reads. `control` has the verdicts of `rule` alone, and is empty without one.
    """
    chosen = find_rule(rule, rules_folder) if rule else None
    edges = prepare(connection, as_of, rules_folder)
    party_ids = read_party_ids(connection)
    for name, source in (("ownership_edge", "own_edge"), ("declared", "own_declared")):
        columns = ", ".join(f'"{column}"' for column in table(name).column_names)
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {columns} FROM "{source}"')
    shares = (
        rows
        for dimension in DIMENSIONS[:2]
        for rows in effective_portions(dimension, edges.stakes(dimension), party_ids)
    )
    _keep(connection, "effective_ownership", shares)
    _keep(
        connection,
        "control",
        control_rows(connection, chosen, party_ids, multiplier(edges)) if chosen else iter(()),
    )


def _keep(connection: duckdb.DuckDBPyConnection, name: str, portions: Iterator[pa.Table]) -> None:
    """Make a temporary table of the common schema from portions of its rows."""
    schema = table(name).arrow_schema
    connection.register("own_portion", schema.empty_table())
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM own_portion')
    for rows in portions:
        connection.register("own_portion", rows.select(schema.names).cast(schema))
        connection.execute(f'INSERT INTO "{name}" FROM own_portion')
    connection.unregister("own_portion")
