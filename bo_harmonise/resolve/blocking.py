"""Make the pairs that are compared: several keys, none of which may grow beyond a bound."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file

_LEVELS = 3
"""How often a block that is too large is made finer."""


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


def make_pairs(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[str], settings: ResolveSettings
) -> BlockingReport:
    """Make the table `block_pair` (l, r, rules) from `block_key` and `block_order`.

    `block_key` has record_no, rule (an index of `rules`), key, and `finer`: the keys that split the block
    further while it is too large. `block_order` has, for every record, the place by name at which it
    stands among its neighbours in a block that stays too large, and `within`, which both records of a
    pair must share. Bits of `rules` in the result say which rules made the pair.
    """
    values = {"max_block": settings.max_block, "window": settings.window}
    run_file(connection, sql_file("block_open"), values)
    for level in range(1, _LEVELS + 1):
        run_file(connection, sql_file("block_level"), {**values, "level": level})
    run_file(
        connection, sql_file("block_level"), {**values, "level": _LEVELS + 1}
    )  # beyond the last key: what fits is done, the rest stays open
    run_file(connection, sql_file("block_pair"), values)
    worst = connection.execute("SELECT rule, key, records FROM block_worst ORDER BY ALL").fetchall()
    left = connection.execute("SELECT rule, blocks, records, pairs_left_out FROM block_left ORDER BY rule")
    left_out = tuple(LeftOut(rules[rule], *rest) for rule, *rest in left.fetchall())
    pairs = connection.execute("SELECT count(*) FROM block_pair").fetchall()[0][0]
    return BlockingReport(
        pairs=pairs,
        worst=tuple(
            sorted(
                (WorstBlock(rules[r], k, n) for r, k, n in worst), key=lambda b: (-b.records, b.rule, b.key)
            )
        ),
        left_out=left_out,
    )
