"""The part of the ownership graph that one question needs, read from the tables of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bo_harmonise.db import run_file
from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.control import read_holdings
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Ints, Stakes
from bo_harmonise.ownership.rows import Block
from bo_harmonise.ownership.rulebook import Rule
from bo_harmonise.ownership.verdicts import Multiplied, Verdicts, judge

SQL = Path(__file__).parent / "sql"

_STAKES = """
SELECT owner, owned, share_min / 100 AS low,
  CASE WHEN $known AND NOT is_quantified THEN share_min ELSE share_max END / 100 AS high,
  share_min_exclusive AS low_open, share_max_exclusive AS high_open, is_free AS free
FROM own_edge WHERE dimension = $dimension ORDER BY owned, owner
"""


@dataclass(frozen=True)
class Picture:
    """Parties by number, in the order of their party_ids; the edges are in the temporary table `own_edge`."""

    connection: duckdb.DuckDBPyConnection
    party_ids: pa.Array

    @classmethod
    def around(
        cls, connection: duckdb.DuckDBPyConnection, parties: Sequence[str], *, direction: str
    ) -> "Picture":
        """Look `up` to who holds the parties or `down` to what they hold.

        Raises UsageError for a party that does not exist.
        """
        wanted = list(dict.fromkeys(parties))
        known = connection.execute(
            "SELECT party_id FROM party WHERE list_contains($wanted, party_id)", {"wanted": wanted}
        ).fetchall()
        unknown = sorted(set(wanted) - {row[0] for row in known})
        if unknown:
            raise UsageError(
                f"no such party: {', '.join(unknown)}", hint="Look party_ids up in the table party."
            )
        run_file(connection, SQL / "picture.sql", {"parties": wanted, "direction": direction})
        found = connection.sql("SELECT party_id FROM own_party ORDER BY party").to_arrow_table()
        return cls(connection, found["party_id"].combine_chunks())

    @property
    def size(self) -> int:
        """Count the parties."""
        return len(self.party_ids)

    def numbers(self, parties: Sequence[str]) -> Ints:
        """Return the numbers of parties that are in the picture."""
        found = pc.index_in(pa.array(list(parties), pa.string()), value_set=self.party_ids)
        return np.asarray(found.drop_null().to_numpy(zero_copy_only=False), dtype=np.int64)

    def ids(self, numbers: Ints) -> pa.Array:
        """Return the party_ids of numbers."""
        return self.party_ids.take(pa.array(numbers))

    def stakes(self, dimension: str, *, known: bool = False) -> Stakes:
        """Return the graph of one dimension; with `known`, stakes without a figure count as nothing."""
        values = {"dimension": dimension, "known": known}
        found = self.connection.execute(_STAKES, values).fetchnumpy()
        return Stakes.of(self.size, **{name: np.ascontiguousarray(values) for name, values in found.items()})

    def shares(self, *, known: bool = False) -> dict[str, Block]:
        """Return the effective shares by dimension."""
        return {name: effective(self.stakes(name, known=known)) for name in ("economic", "voting")}

    def multiplied(self, owners: Ints) -> Multiplied:
        """Return what owners have when chains are multiplied."""
        return Multiplied.of(self.shares(), self.shares(known=True), self.size, owners)

    def judge(self, rule: Rule, owners: Ints) -> Verdicts:
        """Judge what each of the owners, by itself, has in the companies of the picture."""
        holdings = read_holdings(self.connection, rule, self.size)
        return judge(holdings, rule, owners, owners, self.multiplied(owners))
