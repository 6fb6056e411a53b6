"""The questions asked of the database: owners, holdings, chains, common owners, groups.

All take a connection on which the tables of the database are (`party`, `party_record`, `match`,
`ownership_edge`, `effective_ownership`, `control`, `declared`) and party_ids; a party_id that does not exist
is a UsageError.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.chains import find
from bo_harmonise.ownership.control import verdict_rows
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Stakes
from bo_harmonise.ownership.picture import Picture
from bo_harmonise.ownership.reasons import because
from bo_harmonise.ownership.rulebook import find_rule

SQL = Path(__file__).parent / "sql"


def _asked(connection: duckdb.DuckDBPyConnection, name: str, values: dict[str, object]) -> pa.Table:
    statement = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    found: pa.Table = connection.sql(statement, params=values).to_arrow_table()
    return found


def _known(connection: duckdb.DuckDBPyConnection, parties: Sequence[str]) -> None:
    found = connection.execute(
        "SELECT party_id FROM party WHERE list_contains($parties, party_id)", {"parties": list(parties)}
    ).fetchall()
    unknown = sorted(set(parties) - {row[0] for row in found})
    if unknown:
        raise UsageError(f"no such party: {', '.join(unknown)}", hint="Look party_ids up in the table party.")


def owners_of(
    connection: duckdb.DuckDBPyConnection,
    party_id: str,
    rule: str | None = None,
    *,
    rules_folder: Path | None = None,
) -> pa.Table:
    """Return who holds what in a company over all chains; with a rule, what it says of each of them.

    Without a rule, one row an owner and dimension, ultimate owners first. With a rule, one row an owner that
    the rule can mean (persons only, for definitions of beneficial owners): verdict, the share that the rule
    looks at, the share level by level and multiplied over all chains, the test that decides and how (`test`,
    `because`), the deciding chain, what is missing to decide. `declared_by` names the registers
    that declare the person a beneficial owner of the company.
    """
    _known(connection, [party_id])
    if rule is None:
        return _asked(connection, "owners_of", {"party": party_id})
    return _judged(connection, party_id, rule, rules_folder, direction="up")


def holdings_of(
    connection: duckdb.DuckDBPyConnection,
    party_id: str,
    rule: str | None = None,
    *,
    rules_folder: Path | None = None,
) -> pa.Table:
    """Return what a party holds over all chains; with a rule, what it says of each company."""
    _known(connection, [party_id])
    if rule is None:
        return _asked(connection, "holdings_of", {"party": party_id})
    return _judged(connection, party_id, rule, rules_folder, direction="down")


def _judged(
    connection: duckdb.DuckDBPyConnection, party_id: str, rule: str, folder: Path | None, *, direction: str
) -> pa.Table:
    chosen = find_rule(rule, folder)
    picture = Picture.around(connection, [party_id], direction=direction)
    itself = picture.numbers([party_id])
    owners = itself if direction == "down" else np.setdiff1d(np.arange(picture.size), itself)
    verdicts = picture.judge(chosen, owners)
    rows = verdict_rows(connection, chosen, verdicts, picture.party_ids, least=0)
    connection.register("own_judged", rows)
    owners_kind = chosen.owners if direction == "up" else "any"
    control = [*chosen.decides, *chosen.indicates, "unknownInterest", "unpublishedInterest"]
    values: dict[str, object] = {"party": party_id, "owners": owners_kind, "control": control}
    found = _asked(connection, "judged", values)
    connection.unregister("own_judged")
    reasons = pa.array([because(row) for row in found.to_pylist()], pa.string())
    inner = ["way", "through_party_id", "through_min", "through_max", "control_types"]
    place = found.column_names.index("way")
    return found.add_column(place, "because", reasons).drop_columns(inner)


def common_owners(
    connection: duckdb.DuckDBPyConnection, parties: Sequence[str], *, at_least: int | None = None
) -> pa.Table:
    """Return who holds something, over any chain, in all of the companies, or in `at_least` so many."""
    _known(connection, parties)
    wanted = len(set(parties)) if at_least is None else at_least
    return _asked(connection, "common_owners", {"parties": list(parties), "at_least": wanted})


def group_of(
    connection: duckdb.DuckDBPyConnection, party_id: str, *, rule: str = "eu-owned-or-controlled-2024"
) -> pa.Table:
    """Return the corporate group: whoever controls the party from the top, and all that they control.

    Reads `control`, so that the rule must be one that is computed for everybody.
    """
    _known(connection, [party_id])
    return _asked(connection, "group_of", {"party": party_id, "rule": rule})


@dataclass(frozen=True)
class Chains:
    """Chains from one party to another, the shortest first.

    `total` is how many simple chains there are, None where a loop is too large to count them; `is_complete`
    says whether all of them are in `rows`.
    """

    rows: pa.Table
    total: int | None
    is_complete: bool

    @property
    def note(self) -> str:
        """Say what is shown of what there is."""
        shown = self.rows.num_rows
        if self.is_complete:
            return {0: "no chain", 1: "one chain, and no other"}.get(shown, f"all {shown:,} chains")
        of = "more than can be counted" if self.total is None else f"{self.total:,}"
        return f"the {shown:,} shortest of {of} chains: raise the limit to see more"


def chains_between(
    connection: duckdb.DuckDBPyConnection, owner: str, company: str, *, limit: int = 1000
) -> Chains:
    """Return the simple chains from `owner` to `company`, at most `limit`, and how many there are.

    One row a chain: the parties, the share that the chain alone gives (lower and upper bounds multiplied; of
    a pair the economic stake, else votes, else any interest without a figure), and for each step the
    dimension, the registers and the statements it rests on.
    """
    _known(connection, [owner, company])
    picture = Picture.around(connection, [company], direction="up")
    numbers = picture.numbers([owner])
    steps = connection.sql((SQL / "step.sql").read_text(encoding="utf-8")).to_arrow_table()
    if not len(numbers) or owner == company:
        return Chains(_chain_rows([], {}, picture), 0, is_complete=True)
    start, goal = int(numbers[0]), int(picture.numbers([company])[0])
    stakes = Stakes.of(
        picture.size,
        steps["owner"].to_numpy(),
        steps["owned"].to_numpy(),
        low=steps["low"].to_numpy(),
        high=steps["high"].to_numpy(),
    )
    reach = effective(stakes)
    row = int(find(reach, picture.size, np.array([start]), np.array([goal]))[0])
    if row < 0:
        return Chains(_chain_rows([], {}, picture), 0, is_complete=True)
    total = int(reach.count[row]) if np.isfinite(reach.count[row]) else None
    toward = reach.company == goal
    left = dict(zip(reach.owner[toward].tolist(), reach.distance[toward].tolist(), strict=True)) | {goal: 0}
    step_of = {(step["owner"], step["owned"]): step for step in steps.to_pylist()}
    found = _shortest_first(step_of, start, goal, left=left, wanted=limit + 1)
    is_complete = len(found) <= limit
    return Chains(_chain_rows(found[:limit], step_of, picture), total, is_complete)


def _shortest_first(
    step_of: dict[tuple[int, int], dict[str, object]],
    start: int,
    goal: int,
    *,
    left: dict[int, int],
    wanted: int,
) -> list[tuple[int, ...]]:
    """Find simple chains by length, then by their parties; `left` is how far it is to the goal at least."""
    onward: dict[int, list[int]] = {}
    for holder, held in step_of:
        onward.setdefault(holder, []).append(held)
    waiting: list[tuple[int, tuple[int, ...]]] = [(left[start], (start,))]
    found: list[tuple[int, ...]] = []
    while waiting and len(found) < wanted:
        _, chain = heapq.heappop(waiting)
        if chain[-1] == goal:
            found.append(chain)
            continue
        for held in onward.get(chain[-1], ()):
            if held in left and held not in chain:
                heapq.heappush(waiting, (len(chain) + left[held], (*chain, held)))
    return found


def _chain_rows(
    chains: list[tuple[int, ...]], step_of: dict[tuple[int, int], dict[str, object]], picture: Picture
) -> pa.Table:
    ids = picture.party_ids.to_pylist() if chains else []
    rows = []
    for chain in chains:
        steps = [step_of[pair] for pair in pairwise(chain)]
        rows.append(
            {
                "chain": [ids[party] for party in chain],
                "share_min": _multiplied([step["low"] for step in steps]),
                "share_max": _multiplied([step["high"] for step in steps]),
                "dimensions": [step["dimension"] for step in steps],
                "registers": [step["registers"] for step in steps],
                "statement_ids": [step["statement_ids"] for step in steps],
            }
        )
    texts = pa.list_(pa.string())
    return pa.Table.from_pylist(
        rows,
        schema=pa.schema(
            [
                ("chain", texts),
                ("share_min", pa.float64()),
                ("share_max", pa.float64()),
                ("dimensions", texts),
                ("registers", pa.list_(texts)),
                ("statement_ids", pa.list_(texts)),
            ]
        ),
    )


def _multiplied(parts: list[object]) -> float:
    return round(float(np.prod(np.asarray(parts, dtype=np.float64))) * 100, 10)
