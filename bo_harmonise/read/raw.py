"""What every reader gives: a Parquet file of raw rows, the rows it refused, and what it did not know."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.errors import InputError

RAW_LIMIT = 4096
"""Characters of a refused record that are kept."""


@dataclass(frozen=True)
class Refused:
    """A record that could not be read."""

    row: int
    code: str
    message: str
    raw: str


@dataclass
class RawFile:
    """Raw rows of one file: `parquet`, one file or several in the order of their rows.

    They have the declared columns and `source_row` (from 1).
    `missing` are the declared columns that a CSV file has not; they are null.
    """

    parquet: tuple[Path, ...]
    rows: int
    refused: list[Refused] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    missing: tuple[str, ...] = ()
    header: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """SQL table expression of all rows. Files are named, not matched: a folder may be called `[x]`."""
        return f"read_parquet([{', '.join(quote(str(file)) for file in self.parquet)}])"


Reader = Callable[[duckdb.DuckDBPyConnection, Path, FileSpec, Path, str], RawFile]
"""(connection, plain file, spec, Parquet file to write, name for messages) -> raw rows."""


def known_paths(tree: object, prefix: str = "") -> set[str]:
    """Dotted paths of all objects and values of a column tree.

    >>> sorted(known_paths({"a": "VARCHAR", "b": [{"c": "VARCHAR"}]}))
    ['a', 'b', 'b.c']
    """
    if isinstance(tree, list):
        return known_paths(tree[0], prefix)
    if not isinstance(tree, dict):
        return set()
    found: set[str] = set()
    for name, node in tree.items():
        path = f"{prefix}{name}"
        found.add(path)
        found |= known_paths(node, f"{path}.")
    return found


def is_left(path: str, left: tuple[str, ...]) -> bool:
    """Whether the adapter knowingly leaves the path: itself, or something above it (`a.*` leaves all in a).

    >>> is_left("a.b.c", ("a.b",)), is_left("a.bc", ("a.b",)), is_left("x_1", ("x_*",))
    (True, False, True)
    >>> is_left("a.b.c", ("*.b",)), is_left("a.b.c", ("*.c",))
    (False, True)
    """
    for pattern in left:
        if "*" in pattern:
            if fnmatchcase(path, pattern):
                return True
        elif path == pattern or path.startswith(f"{pattern}."):
            return True
    return False


def row_numbers(count: int, missing: Sequence[int], head: int = 0) -> pa.Table:
    """Numbers in the file of `count` good rows, in order, for a positional join: one column `number`.

    `missing` are the numbers of the rows that are not among the good ones, in order; `head` rows stand before
    all.

    >>> row_numbers(4, [2, 3, 6])["number"].to_pylist()
    [1, 4, 5, 7]
    """
    ordinals = np.arange(1, count + 1, dtype=np.int64)
    # Behind how many good rows the n-th missing row stands: its number less what else stands before it.
    good_before = np.array(missing, np.int64) - head - np.arange(1, len(missing) + 1, dtype=np.int64)
    return number_table(ordinals + head + np.searchsorted(good_before, ordinals, side="left"), "number")


def number_table(numbers: npt.NDArray[np.int64], name: str) -> pa.Table:
    """Arrow table of one column of whole numbers, by way of the buffer: `pa.array` imports pandas (0.3 s).

    >>> number_table(np.array([1, 4]), "n").to_pydict()
    {'n': [1, 4]}
    """
    buffer = pa.py_buffer(np.ascontiguousarray(numbers, np.int64))
    return pa.Table.from_arrays([pa.Array.from_buffers(pa.int64(), len(numbers), [None, buffer])], [name])


def quote(text: str) -> str:
    """Return the SQL string literal, for names that come from an adapter or a command line.

    >>> quote("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def unreadable(label: str, error: Exception, expected: str) -> InputError:
    """Error for a file that is not what its adapter expects."""
    text = error.args[0] if error.args else error
    # ijson hands bytes on where the text is not UTF-8.
    detail = (
        (text.decode(errors="replace") if isinstance(text, bytes) else str(error)).strip().splitlines()[0]
    )
    return InputError(
        f"{label}: expected {expected}, found: {detail}",
        hint="Is the file complete? `bo-harmonise adapters check` shows how far it can be read.",
    )
