"""The only place that opens DuckDB: limits, threads, and running `.sql` files."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

_MEMORY_SHARE = 0.6
"""The rest of the machine is for the system and for other programs."""

_OUTSIDE = 0.25
"""Share of a process's memory for what `memory_limit`, DuckDB's buffer manager's, does not cover:
Python, Arrow, the lists of a query while they are worked on."""

_STORAGE = "v1.4.0"
"""Clients of this version and later can open a database file, not only those of version 2."""


def default_memory_bytes() -> int:
    """About 60 % of the machine's memory (of the cgroup's, where that is less)."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file() and (text := limit.read_text().strip()).isdigit():
        total = min(total, int(text))
    return int(total * _MEMORY_SHARE)


def buffer_bytes(memory: int | None) -> int:
    """Memory of the buffer manager when the process may take `memory` bytes; at least 100 MiB.

    >>> buffer_bytes(4 * 2**30) // 2**20
    3072
    """
    return max(int((memory or default_memory_bytes()) * (1 - _OUTSIDE)), 100 * 2**20)


@contextmanager
def connect(
    path: Path | None = None,
    *,
    temp: Path | None = None,
    threads: int | None = None,
    memory: int | None = None,
    read_only: bool = False,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB database (in memory without `path`) and close it.

    `temp` is the folder to spill to, `threads` the number of threads (default: all cores) and
    `memory` what the process may take, in bytes (default: about 60 % of the machine); three quarters of it
    are for the buffer manager.
    """
    config: dict[str, Any] = {
        "memory_limit": f"{buffer_bytes(memory) // 2**20}MiB",
        "preserve_insertion_order": "true",
        "storage_compatibility_version": _STORAGE,
        # Nothing is fetched or installed at run time: the tool is used on machines without a network.
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads:
        config["threads"] = str(threads)
    if temp:
        temp.mkdir(parents=True, exist_ok=True)
        config["temp_directory"] = str(temp)
    connection = duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def scratch(connection: duckdb.DuckDBPyConnection) -> Iterator[Path]:
    """Give a folder beside what the connection spills, which is gone afterwards."""
    spill = Path(connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0])
    with TemporaryDirectory(prefix="scratch-", dir=spill if spill.is_dir() else None) as folder:
        yield Path(folder)


def run_file(
    connection: duckdb.DuckDBPyConnection, path: Path, values: Mapping[str, Any] | None = None
) -> duckdb.DuckDBPyConnection:
    """Run the statements of a `.sql` file; `$name` takes its value from `values`.

    Only the names that a statement uses are passed to it, so that one file may hold several statements.
    """
    result = connection
    for statement in connection.extract_statements(path.read_text(encoding="utf-8")):
        wanted = {name: (values or {})[name] for name in statement.named_parameters}
        result = connection.execute(statement, wanted or None)
    return result


def query_text(path: Path) -> str:
    """Return the one query of a `.sql` file, fit to stand inside another statement."""
    return path.read_text(encoding="utf-8").strip().rstrip(";")
