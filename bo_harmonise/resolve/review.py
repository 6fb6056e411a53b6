"""List the pairs that a person should look at, the most consequential first."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.resolve.judgements import read_judgements
from bo_harmonise.resolve.sqlfile import sql_file


@dataclass(frozen=True)
class UncertainPair:
    """A pair near the threshold; `consequence` counts the pairs of companies that its decision connects.

    A decision connects two companies when each side of the pair has an interest in one of them and no
    register shows the two together.
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
    consequence: int

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
    values = {
        "pair": str(resolution / "pair.parquet"),
        "party_record": str(resolution / "party_record.parquet"),
        "low": low,
        "high": high,
    }
    found = run_file(connection, sql_file("review"), values).fetchall()
    pairs = (UncertainPair(*row) for row in found if (row[0], row[1]) not in done)
    return [pair for pair, _ in zip(pairs, range(limit), strict=False)]
