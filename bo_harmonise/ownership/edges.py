"""Which stated stakes are edges of the graph, and which are conclusions that chains explain."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.ownership.chains import find
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Flags, Floats, Ints, Stakes
from bo_harmonise.ownership.rows import Block

DIMENSIONS = ("economic", "voting", "board", "control")

_STAKES = """
SELECT
  stake, owner, owned, list_position(['economic', 'voting', 'board', 'control'], dimension) - 1 AS dimension,
  is_conclusion, is_assumed, is_quantified, share_min / 100 AS low, share_max / 100 AS high,
  share_min_exclusive AS low_open, share_max_exclusive AS high_open,
  NOT list_has_any(types, ['unknownInterest', 'unpublishedInterest']) AS is_kind_known
FROM own_stake
ORDER BY stake
"""

_SAME = 1e-9


def per_cent(part: Floats) -> Floats:
    """Parts of one as per cent, without the last digits, which are rounding noise.

    >>> per_cent(np.array([0.75 * 0.6])).tolist()
    [45.0]
    """
    return np.round(part * 100, 10)


@dataclass(frozen=True)
class Stated:
    """Reconciled statements, one row a (pair, dimension, conclusion or not); shares as parts of one."""

    size: int
    owner: Ints
    owned: Ints
    dimension: Ints
    is_conclusion: Flags
    is_assumed: Flags
    is_quantified: Flags
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    is_kind_known: Flags
    is_person: Flags
    """Of each party, whether it is a natural person."""

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Stated":
        """Read `own_stake`."""
        kinds = connection.execute(
            "SELECT kind = 'person' AS is_person FROM own_party ORDER BY party"
        ).fetchnumpy()
        is_person = np.ascontiguousarray(kinds["is_person"], dtype=np.bool_)
        columns = connection.execute(_STAKES).fetchnumpy()
        columns.pop("stake")
        given = {name: np.ascontiguousarray(values) for name, values in columns.items()}
        return cls(len(is_person), **given, is_person=is_person)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.owner)


@dataclass(frozen=True)
class Edges:
    """The stakes that chains are made of, and what became of each conclusion.

    `used` marks rows of `stated` that are edges; `low` and `high` are their bounds, which for a conclusion
    are what the chains leave unexplained. `free` marks stakes that what others hold does not bound: assumed
    ones without a figure (the person may stand behind another holder) and interests of unknown kind (which
    may be no shares at all, or stand behind theirs). `is_explained` marks conclusions that chains explain.
    """

    stated: Stated
    used: Flags
    free: Flags
    low: Floats
    high: Floats
    is_explained: Flags
    chain_low: Floats
    chain_high: Floats

    def stakes(self, dimension: str, *, known: bool = False) -> Stakes:
        """Return the graph of one dimension; with `known`, stakes without a figure count as nothing."""
        rows = np.flatnonzero(self.used & (self.stated.dimension == DIMENSIONS.index(dimension)))
        if not known:
            return self._stakes(rows)
        high = np.where(self.stated.is_quantified, self.high, self.low)
        return self._stakes(rows, high)

    def union(self) -> Stakes:
        """Return the graph of interests of any kind: the economic stake of a pair, else votes, else any."""
        rows = np.flatnonzero(self.used)
        stated = self.stated
        order = rows[np.lexsort((stated.dimension[rows], stated.owned[rows], stated.owner[rows]))]
        pair = stated.owner[order] * stated.size + stated.owned[order]
        return self._stakes(order[np.concatenate(([True], pair[1:] != pair[:-1]))] if len(order) else order)

    def _stakes(self, rows: Ints, high: Floats | None = None) -> Stakes:
        stated = self.stated
        return Stakes.of(
            stated.size,
            stated.owner[rows],
            stated.owned[rows],
            low=self.low[rows],
            high=(self.high if high is None else high)[rows],
            low_open=stated.low_open[rows],
            high_open=stated.high_open[rows],
            free=self.free[rows],
        )

    def arrow(self) -> pa.Table:
        """Return one row a stake, for `ownership_edge.sql`."""
        return pa.table(
            {
                "stake": np.arange(len(self.stated)),
                "is_used": self.used,
                "is_free": self.free,
                "share_min": per_cent(self.low),
                "share_max": per_cent(self.high),
                "is_explained": self.is_explained,
                "chain_min": per_cent(self.chain_low),
                "chain_max": per_cent(self.chain_high),
            }
        )


def settle(stated: Stated) -> Edges:
    """Decide what is an edge.

    Direct stakes are. A stake that is assumed to be direct is, unless another chain leads from the holder
    to the company: then it counts as a conclusion, as what is declared to be indirect does. A conclusion is
    an edge only for what no chain explains: wholly where no chain leads there, else for the part of it that
    lies above the upper bound of the chains.
    """
    length = len(stated)
    edges = Edges(
        stated,
        used=~stated.is_conclusion,
        free=~stated.is_kind_known,
        low=stated.low.copy(),
        high=stated.high.copy(),
        is_explained=np.zeros(length, dtype=np.bool_),
        chain_low=np.full(length, np.nan),
        chain_high=np.full(length, np.nan),
    )
    if stated.is_assumed.any() and (~stated.is_conclusion).any():
        _drop_assumed(edges)
        _free_assumed(edges)
    concluded = ~edges.used
    if concluded.any():
        _compare_conclusions(edges, concluded)
    return edges


def _drop_assumed(edges: Edges) -> None:
    """Take out assumed stakes where another chain leads from the holder to the company."""
    stated = edges.stated
    graph = edges.union()
    reach = effective(graph)
    rows = np.flatnonzero(stated.is_assumed & edges.used)
    explained = reach.count[find(reach, stated.size, stated.owner[rows], stated.owned[rows])] > 1
    # Inside a loop each member leads to each other, so that two assumed stakes in it would explain each
    # other: there only a chain that enters from outside counts.
    looped = np.flatnonzero(explained & graph.in_loop[stated.owned[rows]])
    for place in looped:
        owner, owned = stated.owner[rows[place]], stated.owned[rows[place]]
        held = graph.owned[graph.owner == owner]
        outside = held[graph.groups[held] != graph.groups[owned]]
        explained[place] = bool(
            (find(reach, stated.size, outside, np.full(len(outside), owned, dtype=np.int64)) >= 0).any()
        )
    edges.used[rows[explained]] = False


def _free_assumed(edges: Edges) -> None:
    """Let assumed stakes without a figure reach up to what other people hold directly.

    A register that declares a beneficial owner beside the members of a company says that the person stands
    behind one of them: what a company among the members surely holds is not lost to the owner.
    """
    stated = edges.stated
    rows = np.flatnonzero(edges.used & stated.is_assumed & ~stated.is_quantified & stated.is_kind_known)
    edges.free[rows] = True
    for number in range(len(DIMENSIONS)):
        held = edges.used & stated.is_person[stated.owner] & (stated.dimension == number)
        sure = np.bincount(stated.owned[held], weights=edges.low[held], minlength=stated.size)
        mine = rows[stated.dimension[rows] == number]
        edges.high[mine] = np.clip(1.0 - sure[stated.owned[mine]], 0.0, edges.high[mine])


def _compare_conclusions(edges: Edges, concluded: Flags) -> None:
    """Set conclusions beside the chains, and use the part that no chain explains."""
    stated = edges.stated
    reach = effective(edges.union())
    for number, dimension in enumerate(DIMENSIONS):
        rows = np.flatnonzero(concluded & (stated.dimension == number))
        if not len(rows):
            continue
        owner, owned = stated.owner[rows], stated.owned[rows]
        reached = find(reach, stated.size, owner, owned) >= 0
        if dimension in ("board", "control"):
            added = ~reached
        else:
            chains = effective(edges.stakes(dimension))
            at = find(chains, stated.size, owner, owned)
            low, high = _share(chains, at)
            edges.chain_low[rows], edges.chain_high[rows] = low, high
            known = stated.is_quantified[rows]
            over = known & (at >= 0) & (stated.low[rows] > high + _SAME)
            added = np.where(known, (at < 0) | over, ~reached)
            edges.low[rows] = np.where(over, stated.low[rows] - high, stated.low[rows])
            edges.high[rows] = np.where(over, stated.high[rows] - low, stated.high[rows])
        edges.is_explained[rows] = ~added
        # One edge a pair: a stake of its own stands before the conclusion about the same pair, and is kept.
        edges.used[rows[added & ~stated.is_conclusion[rows]]] = True
        last = rows[added & stated.is_conclusion[rows]]
        edges.used[last[~_stands_before(edges, last)]] = True


def _share(chains: Block, at: Ints) -> tuple[Floats, Floats]:
    """Bounds at rows; nan where there is no chain."""
    if not len(chains):
        return np.full(len(at), np.nan), np.full(len(at), np.nan)
    return np.where(at >= 0, chains.low[at], np.nan), np.where(at >= 0, chains.high[at], np.nan)


def _stands_before(edges: Edges, rows: Ints) -> Flags:
    """Whether a stake of its own of the same pair and dimension is used: the row before, in order."""
    stated = edges.stated
    before = np.maximum(rows - 1, 0)
    same: Flags = (
        (stated.owner[before] == stated.owner[rows])
        & (stated.owned[before] == stated.owned[rows])
        & (stated.dimension[before] == stated.dimension[rows])
        & ~stated.is_conclusion[before]
        & edges.used[before]
    )
    return same
