"""Growing columns of results: who holds what over all chains, company by company."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from bo_harmonise.ownership.graph import Flags, Floats, Ints


@dataclass(frozen=True)
class Block:
    """Results for some companies, sorted by company and holder."""

    company: Ints
    owner: Ints
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    count: Floats
    distance: Ints
    via: Ints

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.owner)

    def of_owners(self, owners: Ints) -> "Block":
        """Return the rows of some owners, in the same order."""
        return self.rows(np.flatnonzero(np.isin(self.owner, owners)))

    def rows(self, at: Ints) -> "Block":
        """Return the rows at places."""
        # A gather is bound by memory, and NumPy lets other threads run meanwhile: two take half the time.
        with ThreadPoolExecutor(2) as pool:
            columns = pool.map(lambda name: np.take(getattr(self, name), at), _TYPES)
            return Block(**dict(zip(_TYPES, columns, strict=True)))


_TYPES = {
    "company": np.int64,
    "owner": np.int64,
    "low": np.float64,
    "high": np.float64,
    "low_open": np.bool_,
    "high_open": np.bool_,
    "count": np.float64,
    "distance": np.int64,
    "via": np.int64,
}


class Rows:
    """Blocks one after another; `start[c] .. stop[c]` are the rows of company `c`."""

    def __init__(self, size: int) -> None:
        self.start = np.zeros(size, dtype=np.int64)
        self.stop = np.zeros(size, dtype=np.int64)
        self.length = 0
        self._columns: dict[str, np.ndarray] = {
            name: np.empty(1024, dtype=kind) for name, kind in _TYPES.items()
        }

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the rows of one column so far (a view)."""
        return self._columns[name][: self.length]

    def append(self, block: Block) -> None:
        """Add the rows of companies that have none yet."""
        grown = self.length + len(block)
        if grown > len(self._columns["owner"]):
            room = max(grown, 2 * len(self._columns["owner"]))
            for name, column in self._columns.items():
                wider = np.empty(room, dtype=column.dtype)
                wider[: self.length] = column[: self.length]
                self._columns[name] = wider
        for name, column in self._columns.items():
            column[self.length : grown] = getattr(block, name)
        if len(block):
            first = np.flatnonzero(np.concatenate(([True], block.company[1:] != block.company[:-1])))
            companies = block.company[first]
            self.start[companies] = self.length + first
            self.stop[companies] = self.length + np.concatenate((first[1:], [len(block)]))
        self.length = grown

    def block(self) -> Block:
        """Return all rows."""
        return Block(**{name: self[name] for name in _TYPES})
