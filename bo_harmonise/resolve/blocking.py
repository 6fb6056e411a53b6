"""Make the pairs that are compared: several keys, none of which may grow beyond a bound."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file

_LEVELS = 3
"""How often a block that is too large is made finer."""

_LOOSE = ("birth", "address", "words")
"""Rules whose keys many people share who have nothing else in common: their blocks hold half as many. Of the
3.0 million pairs that only these brought in a world of 100,000 companies 283 matched."""

_KEYS = 4_000_000
"""Keys whose blocks are worked out at once, about: of so many, sorts and sums take some 200 MB."""


@dataclass(frozen=True)
class WorstBlock:
    """A key that more records share than a block may hold."""

    rule: str
    key: str
    records: int


@dataclass(frozen=True)
class LeftOut:
    """What the bounds left out of one rule: blocks that no finer key breaks up."""

    rule: str
    blocks: int
    records: int
    pairs: int


@dataclass(frozen=True)
class BlockingReport:
    """How many pairs were made, where the largest blocks are, and what the bounds left out."""

    pairs: int
    worst: tuple[WorstBlock, ...]
    left_out: tuple[LeftOut, ...]


def find_blocks(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[str],
    settings: ResolveSettings,
    name_keys: Callable[[], None] | None = None,
) -> BlockingReport:
    """Make the blocks of `block_all`: `block_done`, and `block_near` of those that no key breaks up.

    `block_all` has block, rule (an index of `rules`), record_no and the keys that split the block further
    while it is too large, as `block_add.sql` makes it of `block_key`. `block_order` has, for every record,
    the place by name at which it stands among its neighbours in a block that stays too large, and `within`,
    which both records of a pair must share. `name_keys` makes `block_key` again for the records of
    portion -1, where it does not hold the keys of all records. The pairs are counted by who makes them.
    """
    bounds = [settings.max_block // 2 if rule in _LOOSE else settings.max_block for rule in rules]
    values = {"window": settings.window}
    run_file(connection, sql_file("block_start"), {"bounds": bounds})
    keys = connection.execute("SELECT count(*) FROM block_all").fetchall()[0][0]
    parts = 1 + keys // _KEYS
    for part in range(parts):
        run_file(connection, sql_file("block_part"), {**values, "part": part, "parts": parts})
        # Once more than there are finer keys: what fits after the last is done, the rest stays open.
        for _ in range(_LEVELS + 1):
            run_file(connection, sql_file("block_level"), values)
        run_file(connection, sql_file("block_near"), values)
    for name in ("block_open", "block_size", "block_all", "block_bound"):
        connection.execute(f"DROP TABLE {name}")
    return BlockingReport(0, _worst(connection, rules, name_keys), _left_out(connection, rules))


def _worst(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[str], name_keys: Callable[[], None] | None
) -> tuple[WorstBlock, ...]:
    if not connection.execute("SELECT count(*) FROM block_worst").fetchall()[0][0]:
        return ()
    run_file(connection, sql_file("block_worst"))
    if name_keys:
        name_keys()
    told = run_file(connection, sql_file("block_told")).fetchall()
    worst = [WorstBlock(rules[rule], key, records) for rule, key, records in told]
    return tuple(sorted(worst, key=lambda block: (-block.records, block.rule, block.key)))


def _left_out(connection: duckdb.DuckDBPyConnection, rules: Sequence[str]) -> tuple[LeftOut, ...]:
    left = connection.execute(
        "SELECT rule, CAST(sum(blocks) AS BIGINT), CAST(sum(records) AS BIGINT), "
        "CAST(sum(pairs_left_out) AS BIGINT) FROM block_left GROUP BY rule ORDER BY rule"
    )
    return tuple(LeftOut(rules[rule], *rest) for rule, *rest in left.fetchall())
