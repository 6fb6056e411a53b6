"""Work through records in portions, so that what a step makes of all of them is never in memory at once.

A portion is a range of record numbers, and so of record ids: the file of features, which is in their order,
is read only where the portion lies. Pairs belong to the portion of their left record, and wait in Parquet
files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from bo_harmonise.db import run_file, scratch
from bo_harmonise.resolve.sqlfile import sql_file


@dataclass(frozen=True)
class Portion:
    """Records `low` to `high` by number, which are `first` to `last` by record_id."""

    number: int
    low: int
    high: int
    first: str
    last: str

    @property
    def values(self) -> dict[str, Any]:
        """What the SQL files call it by."""
        return {
            "portion": self.number,
            "low": self.low,
            "high": self.high,
            "first": self.first,
            "last": self.last,
        }


def portions(connection: duckdb.DuckDBPyConnection) -> list[Portion]:
    """Return the portions of `record_wanted`; where it is empty, one that holds no record."""
    found = [Portion(*row) for row in run_file(connection, sql_file("portions")).fetchall()]
    return found or [Portion(0, 0, -1, "", "")]


def merged(found: Sequence[Portion], count: int) -> list[Portion]:
    """Put neighbours together, so that at most `count` portions are left.

    >>> [p.number for p in merged([Portion(n, n, n, str(n), str(n)) for n in range(5)], 2)]
    [0, 3]
    """
    each = -(-len(found) // count)
    groups = [found[start : start + each] for start in range(0, len(found), each)]
    return [replace(group[0], high=group[-1].high, last=group[-1].last) for group in groups]


def each_portion(connection: duckdb.DuckDBPyConnection, kind: str) -> Iterator[Portion]:
    """Make `portion` and `portion_name` of one portion of `record_wanted` after the other."""
    for part in portions(connection):
        run_file(connection, sql_file(f"portion_{kind}"), part.values)
        yield part
    for name in ("portion", "portion_name"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


@dataclass(frozen=True)
class PairFile:
    """The pairs of a portion, in the order of their right records."""

    portion: Portion
    path: Path

    @property
    def pairs(self) -> int:
        """How many there are."""
        return int(pq.read_metadata(self.path).num_rows)


@dataclass
class Pairs:
    """The pairs that are to be scored, in files of a folder."""

    folder: Path
    files: list[PairFile] = field(default_factory=list)

    def add(self, connection: duckdb.DuckDBPyConnection, kind: str, portion: Portion) -> None:
        """Write those of `block_pair`, and those that a person judged, as the pairs of a portion."""
        path = self.folder / f"{portion.number:06}.parquet"
        run_file(connection, sql_file("pair"), {**portion.values, "kind": kind, "file": str(path)})
        self.files.append(PairFile(portion, path))

    @property
    def total(self) -> int:
        """How many pairs there are in all."""
        return sum(file.pairs for file in self.files)

    @property
    def paths(self) -> list[str]:
        """All files, by the order of their records."""
        return [str(file.path) for file in self.files]

    def load(self, connection: duckdb.DuckDBPyConnection) -> Iterator[PairFile]:
        """Make `resolve_pair` of one portion after the other."""
        for file in self.files:
            run_file(connection, sql_file("pair_load"), {"file": str(file.path)})
            yield file


@contextmanager
def pairs_of(connection: duckdb.DuckDBPyConnection) -> Iterator[Pairs]:
    """Keep pairs in a folder of the connection's own that is gone afterwards."""
    with scratch(connection) as folder:
        yield Pairs(folder)
