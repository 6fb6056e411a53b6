"""Control: what a rule says about the parties, as rows of a table, with what is missing to decide."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.db import run_file
from bo_harmonise.ownership.chains import as_lists
from bo_harmonise.ownership.edges import per_cent
from bo_harmonise.ownership.graph import Ints, distinct
from bo_harmonise.ownership.level import Holdings
from bo_harmonise.ownership.rulebook import Rule
from bo_harmonise.ownership.verdicts import TESTS, VERDICTS, WAYS, Multiplied, Verdicts, find_key, judge

SQL = Path(__file__).parent / "sql"

_HOLDERS_AT_ONCE = 50_000


def read_holdings(connection: duckdb.DuckDBPyConnection, rule: Rule, size: int) -> Holdings:
    """Read `own_edge` as the rule sees it."""
    values = {
        "decides": list(rule.decides),
        "indicates": list(rule.indicates),
        "joint": rule.joint == "each",
        "economic": "economic" in (*rule.stake.dimensions, *rule.link.dimensions),
        "voting": "voting" in (*rule.stake.dimensions, *rule.link.dimensions),
    }
    found = run_file(connection, SQL / "holdings.sql", values).fetchnumpy()
    column = {name: np.ascontiguousarray(values) for name, values in found.items()}
    owner, owned = column["owner"].astype(np.int64), column["owned"].astype(np.int64)

    def both(name: str) -> np.ndarray:
        return np.stack((column[f"{name}_economic"], column[f"{name}_voting"]), axis=1)

    low = both("low")
    sums = np.zeros((size, 2))
    np.add.at(sums, owned, low)
    first = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=size)))).astype(np.int64)
    return Holdings(
        size=size,
        owner=owner,
        owned=owned,
        low=low,
        high=both("high"),
        known=both("known"),
        free=both("free"),
        low_open=both("low_open"),
        high_open=both("high_open"),
        decides=column["decides"],
        indicates=column["indicates"],
        may_control=column["may_control"],
        sum_low=sums,
        first_out=first,
    )


def control_rows(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    party_ids: pa.Array,
    multiplied: Callable[[Ints], Multiplied],
) -> Iterator[pa.Table]:
    """Judge every holder by a rule and yield the rows of `control` (verdicts other than "no"), in order.

    `multiplied` gives what chains of owners give when they are multiplied. Holders are judged some at a time,
    at least once: the sums of a million of them would take gigabytes.
    """
    holdings = read_holdings(connection, rule, len(party_ids))
    owners = distinct(holdings.owner)
    if rule.owners == "person":
        people = connection.execute("SELECT party FROM own_party WHERE kind = 'person'").fetchnumpy()
        owners = owners[np.isin(owners, np.asarray(people["party"]))]
    for first in range(0, max(len(owners), 1), _HOLDERS_AT_ONCE):
        some = owners[first : first + _HOLDERS_AT_ONCE]
        over_chains = multiplied(some) if rule.chains == "multiply" else None
        yield verdict_rows(connection, rule, judge(holdings, rule, some, some, over_chains), party_ids)


def verdict_rows(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    verdicts: Verdicts,
    party_ids: pa.Array,
    *,
    least: int = 1,
) -> pa.Table:
    """Return verdicts as rows of `control`; `least` is the weakest verdict (a place in VERDICTS) to keep."""
    rows = np.flatnonzero(verdicts.verdict >= least)
    before = _first_open(verdicts, rows)
    offsets, parties = verdicts.chains(rows)
    through, stake = verdicts.through(rows)
    found = pa.table(
        {
            "controller": parties[offsets[:-1]],
            "company": verdicts.company[rows],
            "before": verdicts.via[rows],
            "open": np.where(before >= 0, verdicts.pool.key[before] % verdicts.size, -1),
            "verdict": pa.array(VERDICTS).take(pa.array(verdicts.verdict[rows])),
            "test": pa.array(TESTS).take(pa.array(verdicts.test[rows])),
            "share_min": per_cent(verdicts.low[rows]),
            "share_max": per_cent(verdicts.high[rows]),
            "way": pa.array(WAYS).take(pa.array(verdicts.way[rows])),
            "level_min": per_cent(verdicts.level[rows, 0]),
            "level_max": per_cent(verdicts.level[rows, 1]),
            "multiplied_min": per_cent(verdicts.multiplied[rows, 0]),
            "multiplied_max": per_cent(verdicts.multiplied[rows, 1]),
            "through": through,
            "through_min": per_cent(stake[:, 0]),
            "through_max": per_cent(stake[:, 1]),
            "deciding_chain": as_lists(offsets, parties, party_ids),
        }
    )
    connection.register("own_verdict", found)
    statement = (SQL / "control.sql").read_text(encoding="utf-8")
    values = {"rule": rule.name, "link": str(rule.link), "stake": str(rule.stake)}
    table: pa.Table = connection.sql(statement, params=values).to_arrow_table()
    connection.unregister("own_verdict")
    return table


def _first_open(verdicts: Verdicts, rows: Ints) -> Ints:
    """Find the first place on each chain, before its end, that is not sure to count in full; -1 for none."""
    pool = verdicts.pool
    at = pool.before[verdicts.place[rows]]
    found = np.full(len(rows), -1, dtype=np.int64)
    while (at >= 0).any():
        is_outside = find_key(verdicts.members, pool.key[at]) < 0
        is_unsure = np.isin(_verdict_at(verdicts, at), (1, 2))
        way = pool.way[at]
        is_open = ((way == WAYS.index("level")) & is_outside) | ((way == WAYS.index("through")) & is_unsure)
        found = np.where((at >= 0) & is_open, at, found)
        at = np.where(at >= 0, pool.before[at], -1)
    return found


def _verdict_at(verdicts: Verdicts, place: Ints) -> Ints:
    """Strongest verdict on the pairs that stand at places of the pool."""
    at = find_key(verdicts.key, verdicts.pool.key[np.maximum(place, 0)])
    return verdicts.verdict[np.maximum(at, 0)]
