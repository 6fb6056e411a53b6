"""List the pairs that a person should look at, the most consequential first."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bo_harmonise.db import run_file
from bo_harmonise.resolve.consequence import Pair, sides
from bo_harmonise.resolve.judgements import read_judgements
from bo_harmonise.resolve.sqlfile import sql_file

_LARGEST = 200
"""Records of a party beyond which the sides of a pair in it are its two records alone."""


@dataclass(frozen=True)
class UncertainPair:
    """A pair near the threshold, and what its decision would reveal or remove.

    `connections` counts the pairs of companies, over chains of any length, that get or lose a common owner
    whom no single register shows; `owners` counts, for a pair of companies, the owners at the top of either
    that the other has not, each times the companies it gets or loses. Where a decision parts a joined pair,
    the party falls into two at its weakest links.
    """

    record_id_l: str
    record_id_r: str
    kind: str
    name_l: str | None
    name_r: str | None
    match_weight: float
    match_probability: float
    is_joined: bool
    refused: str | None
    connections: int
    owners: int

    def as_dict(self) -> dict[str, Any]:
        """Return the pair as JSON values."""
        return asdict(self)


def uncertain_pairs(
    connection: duckdb.DuckDBPyConnection,
    resolution: Path,
    *,
    judgements: Path | None = None,
    low: float = 0.1,
    high: float = 0.99,
    limit: int = 100,
) -> list[UncertainPair]:
    """Return the uncertain pairs that nobody has judged yet, the most consequential first.

    Uncertain is a match probability from `low` to `high`, or a match that was refused. What has been
    judged, `unsure` included, does not come again: a review goes on where it stopped. The connection has
    `current_entity`, `current_person` and `current_relationship`.
    """
    done = {j.pair for j in (read_judgements(judgements) if judgements else [])}
    party_record = str(resolution / "party_record.parquet")
    values = {
        "pair": str(resolution / "pair.parquet"),
        "party_record": party_record,
        "low": low,
        "high": high,
        "largest": _LARGEST,
    }
    held: dict[str, list[Pair]] = {}
    for party, left, right in run_file(connection, sql_file("review"), values).fetchall():
        held.setdefault(party, []).append((left, right))
    joined = connection.execute(
        "SELECT party_l, record_id_l, record_id_r FROM review_pair WHERE is_joined ORDER BY ALL"
    ).fetchall()
    parts = sides(held, [(party, (left, right)) for party, left, right in joined])
    if parts:
        columns = zip(("side", "party_id", "record_id"), zip(*parts, strict=True), strict=True)
        connection.register("review_part", pa.table({name: list(values) for name, values in columns}))
        connection.execute("INSERT INTO review_side FROM review_part")
        connection.unregister("review_part")
    found = run_file(connection, sql_file("consequence"), {"party_record": party_record}).fetchall()
    pairs = (UncertainPair(*row) for row in found if (row[0], row[1]) not in done)
    return [pair for pair, _ in zip(pairs, range(limit), strict=False)]
