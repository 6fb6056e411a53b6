"""Chains of parties from an owner to a company, as Arrow lists."""

import numpy as np
import pyarrow as pa

from bo_harmonise.ownership.graph import Ints
from bo_harmonise.ownership.rows import Block


def find(block: Block, size: int, owner: Ints, company: Ints) -> Ints:
    """Rows of `block` (sorted by owner, company) for pairs; -1 where there is none."""
    if not len(block):
        return np.full(len(owner), -1, dtype=np.int64)
    keys = block.owner * size + block.company
    wanted = owner * size + company
    row = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[row] == wanted, row, -1)


def shortest(block: Block, size: int, rows: Ints | None = None) -> tuple[Ints, Ints]:
    """Return the shortest chains of `rows` (all by default) as offsets and parties, end to end.

    Chain `i` is `parties[offsets[i]:offsets[i + 1]]`, from the owner to the company.
    """
    wanted = np.arange(len(block)) if rows is None else rows
    lengths = block.distance[wanted] + 1
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    parties = np.empty(int(offsets[-1]), dtype=np.int64)
    parties[offsets[:-1]] = block.owner[wanted]
    place, at, owner = offsets[1:] - 1, block.company[wanted], block.owner[wanted]
    via = block.via[wanted]
    while len(place):
        parties[place] = at
        further = via != owner
        place, at, owner = place[further] - 1, via[further], owner[further]
        via = block.via[find(block, size, owner, at)] if len(at) else at
    return offsets, parties


def as_lists(offsets: Ints, parties: Ints, party_ids: pa.Array) -> pa.ListArray:
    """Chains as an Arrow list of party_ids."""
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), party_ids.take(pa.array(parties)))
