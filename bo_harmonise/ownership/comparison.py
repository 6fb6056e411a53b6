"""What changed in between two dates: owners gone, new, changed, and thresholds crossed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.edges import DIMENSIONS, per_cent
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.run import prepare

SQL = Path(__file__).parent / "sql"

THRESHOLDS = (25.0, 50.0, 75.0)


def changes(
    connection: duckdb.DuckDBPyConnection,
    since: date,
    until: date,
    *,
    thresholds: tuple[float, ...] = THRESHOLDS,
    choose: Callable[[duckdb.DuckDBPyConnection, date], None] | None = None,
) -> pa.Table:
    """Return what changed in the stakes between two dates.

    `connection` has what `own` reads; `choose` puts there the statements that were in force on a day (without
    it, those that are there serve for both days, by the dates of their interests). One row a change, `kind`
    being owner_new, owner_gone, share_changed, interest_new, interest_gone (direct stakes; the last two of
    the board and of control, where the owner stays) or threshold_crossed (effective share, `threshold` in per
    cent: surely at or above it at one date and surely below at the other). Shares or votes of which one of
    the days says nothing are 0 to 100 on that day while the owner has an interest of another kind. Raises
    UsageError when `since` is not before `until`.
    """
    if since >= until:
        raise UsageError(f"{since} is not before {until}", hint="Give the earlier date first.")
    for name, day in (("before", since), ("after", until)):
        if choose is not None:
            choose(connection, day)
        edges = prepare(connection, day)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE own_edge_{name} AS FROM own_edge")
        parts = []
        for dimension in DIMENSIONS[:2]:
            block = effective(edges.stakes(dimension))
            parts.append(
                pa.table(
                    {
                        "owner": block.owner,
                        "company": block.company,
                        "dimension": pa.array(np.full(len(block), dimension, dtype=object), pa.string()),
                        "share_min": per_cent(block.low),
                        "share_max": per_cent(block.high),
                    }
                )
            )
        connection.register("own_share_arrow", pa.concat_tables(parts))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE own_share_{name} AS FROM own_share_arrow")
        connection.unregister("own_share_arrow")
        reach = effective(edges.union())
        connection.register("own_reach_arrow", pa.table({"owner": reach.owner, "company": reach.company}))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE own_reach_{name} AS FROM own_reach_arrow")
        connection.unregister("own_reach_arrow")
    statement = (SQL / "changes.sql").read_text(encoding="utf-8")
    found: pa.Table = connection.sql(statement, params={"thresholds": list(thresholds)}).to_arrow_table()
    return found
