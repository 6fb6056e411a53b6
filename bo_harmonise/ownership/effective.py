"""Effective ownership of every holder in every company, as intervals, over all chains and loops.

Walk upwards from a company, at each step to one of its holders, with the stakes as probabilities: the share
that a holder has is the probability that the walk meets it. For holders outside loops that is the series
`D (I - W)^-1`; for a company inside a loop it leaves out what comes back to that company itself.

The lower bound takes every stake at its lower bound. The upper bound lets each company give what its
holders are not sure to hold to the holder that serves best, stake by stake within its interval; for chains
without loops it is exact. Companies are taken level by level, so that each pair is computed once.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bo_harmonise.ownership.bands import Choices, greatest
from bo_harmonise.ownership.graph import Flags, Floats, Ints, Stakes, spread
from bo_harmonise.ownership.loops import Loops
from bo_harmonise.ownership.rows import Block, Rows

_TERMS_AT_ONCE = 4_000_000
"""Terms that are expanded together: about 100 bytes each while they are summed."""


@dataclass(frozen=True)
class Terms:
    """One term of a sum: the stake of a holder in a company times what an owner has in the holder."""

    rank: Ints
    owner: Ints
    edge: Ints
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    count: Floats
    distance: Ints


def effective(stakes: Stakes) -> Block:
    """Compute all pairs (owner, company) that a chain connects, sorted by (owner, company).

    Shares are parts of one. `count` is the number of simple chains (inf where a loop is too large to
    count them), `distance` the length of the shortest, `via` the party before the company on it.
    """
    rows = Rows(stakes.size)
    levels = stakes.levels
    held = np.flatnonzero(stakes.is_held)
    order = held[np.lexsort((held, stakes.in_loop[held], levels[held]))]
    bounds = np.concatenate(([0], np.cumsum(np.bincount(levels[order]))))
    for first, last in pairwise(bounds.tolist()):
        level = order[first:last]
        looped = stakes.in_loop[level]
        for companies in _portions(stakes, rows, level[~looped]):
            edges = spread(stakes.first_in[companies], stakes.first_in[companies + 1])
            rows.append(_summed(stakes, companies, _terms(stakes, rows, companies, edges)))
        if looped.any():
            _close_loops(stakes, rows, level[looped])
    block = rows.block()
    return block.rows(np.argsort(block.owner * np.int64(stakes.size) + block.company))


def _portions(stakes: Stakes, rows: Rows, companies: Ints) -> list[Ints]:
    """Split companies so that the terms of each portion fit in memory."""
    if not len(companies):
        return []
    edges = spread(stakes.first_in[companies], stakes.first_in[companies + 1])
    holders = stakes.owner[edges]
    weight = 1 + rows.stop[holders] - rows.start[holders]
    first = np.cumsum(np.diff(stakes.first_in)[companies]) - np.diff(stakes.first_in)[companies]
    load = np.cumsum(np.add.reduceat(weight, first))
    cuts = np.flatnonzero(np.diff(load // _TERMS_AT_ONCE)) + 1
    return np.split(companies, cuts)


def _terms(stakes: Stakes, rows: Rows, companies: Ints, edges: Ints) -> Terms:
    """Expand each stake to the holder itself and to all that have a share in the holder."""
    rank_of = np.empty(stakes.size, dtype=np.int64)
    rank_of[companies] = np.arange(len(companies))
    holder = stakes.owner[edges]
    start, stop = rows.start[holder], rows.stop[holder]
    lengths = 1 + stop - start
    row = spread(start - 1, stop)
    itself = np.zeros(len(row), dtype=np.bool_)
    itself[np.cumsum(lengths) - lengths] = True
    edge = np.repeat(edges, lengths)
    owner = np.where(itself, stakes.owner[edge], _at(rows["owner"], row))
    keep = owner != stakes.owned[edge]
    if not keep.all():
        row, itself, edge, owner = row[keep], itself[keep], edge[keep], owner[keep]
    return Terms(
        rank=rank_of[stakes.owned[edge]],
        owner=owner,
        edge=edge,
        low=np.where(itself, 1.0, _at(rows["low"], row)),
        high=np.where(itself, 1.0, _at(rows["high"], row)),
        low_open=~itself & _at(rows["low_open"], row),
        high_open=~itself & _at(rows["high_open"], row),
        count=np.where(itself, 1.0, _at(rows["count"], row)),
        distance=np.where(itself, 1, _at(rows["distance"], row) + 1),
    )


def _at(column: np.ndarray, row: Ints) -> np.ndarray:
    """Values at `row`; zeros where there are no rows yet (the value is not used then)."""
    return column[row] if len(column) else np.zeros(len(row), dtype=column.dtype)


def _sorted(size: int, rank: Ints, owner: Ints, distance: Ints) -> tuple[Ints, Ints]:
    """Order of the terms by (company, owner, distance), and where each (company, owner) begins."""
    key = rank * size + owner
    if not len(key):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    step = int(distance.max()) + 1
    # Sorting by one number takes half the time of sorting by two, and it fits while chains are short.
    if int(key.max()) < np.iinfo(np.int64).max // step:
        order = np.argsort(key * step + distance, kind="stable")
    else:
        order = np.lexsort((distance, key))
    ordered = key[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


def _summed(stakes: Stakes, companies: Ints, terms: Terms) -> Block:
    order, begin = _sorted(stakes.size, terms.rank, terms.owner, terms.distance)
    edge = terms.edge[order]
    low = stakes.low[edge] * terms.low[order]
    low_open = (low > 0) & (stakes.low_open[edge] | terms.low_open[order])
    high, high_open = _most(stakes, terms, order, begin)
    return Block(
        company=companies[terms.rank[order][begin]],
        owner=terms.owner[order][begin],
        low=np.minimum(_total(low, begin), 1.0),
        high=high,
        low_open=_any(low_open, begin),
        high_open=high_open,
        count=_total(terms.count[order], begin),
        distance=terms.distance[order][begin],
        via=stakes.owner[edge[begin]],
    )


def _total(values: Floats, begin: Ints) -> Floats:
    return np.add.reduceat(values, begin) if len(begin) else values


def _any(flags: Flags, begin: Ints) -> Flags:
    return np.logical_or.reduceat(flags, begin) if len(begin) else flags


def _most(stakes: Stakes, terms: Terms, order: Ints, begin: Ints) -> tuple[Floats, Flags]:
    """Upper bounds: what is left over goes first to the holder in which the owner has most."""
    edge, part = terms.edge[order], terms.high[order]
    spare = np.maximum(1.0 - stakes.sum_low[stakes.owned[edge]], 0.0)
    whole = np.maximum(stakes.high[edge] - stakes.low[edge], 0.0)
    room = np.where(stakes.free[edge], 0.0, whole)
    given = np.minimum(room, spare)
    sizes = np.diff(np.concatenate((begin, [len(order)])))
    shared = np.flatnonzero(np.repeat(sizes > 1, sizes))
    if len(shared):
        group = np.repeat(np.arange(len(sizes)), sizes)[shared]
        best = shared[np.lexsort((-part[shared], group))]
        before = np.cumsum(room[best]) - room[best]
        first = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
        before -= np.repeat(before[first], np.diff(np.concatenate((first, [len(group)]))))
        given[best] = np.clip(spare[best] - before, 0.0, room[best])
    given = np.where(stakes.free[edge], whole, given)
    value = (stakes.low[edge] + given) * part
    reached = (given >= whole) & stakes.high_open[edge]
    is_open = (value > 0) & (reached | terms.high_open[order])
    return np.minimum(_total(value, begin), 1.0), _any(is_open, begin)


def _close_loops(stakes: Stakes, rows: Rows, companies: Ints) -> None:
    """Add the rows of companies in loops: what enters the loop, times the series inside it."""
    edges = spread(stakes.first_in[companies], stakes.first_in[companies + 1])
    outside = stakes.groups[stakes.owner[edges]] != stakes.groups[stakes.owned[edges]]
    entry = _summed(stakes, companies, _terms(stakes, rows, companies, edges[outside]))
    loops = Loops.of(stakes, companies)
    inner = loops.steps_from(entry.company)
    times = np.repeat(np.arange(len(entry)), loops.fan_out(entry.company))
    stays = loops.source[inner] == loops.target[inner]
    own = np.flatnonzero(loops.source != loops.target)
    rank_of = np.empty(stakes.size, dtype=np.int64)
    rank_of[companies] = np.arange(len(companies))
    target = np.concatenate((loops.target[inner], loops.target[own]))
    owner = np.concatenate((entry.owner[times], loops.source[own]))
    distance = np.concatenate((entry.distance[times] + loops.distance[inner], loops.distance[own]))
    low = np.concatenate((entry.low[times] * loops.weight[inner], loops.own_weight[own]))
    is_open = np.concatenate(
        (
            (entry.low_open[times] & (loops.weight[inner] > 0))
            | ((entry.low[times] > 0) & loops.weight_open[inner]),
            loops.weight_open[own],
        )
    )
    count = np.concatenate((entry.count[times] * loops.paths[inner], loops.paths[own]))
    via = np.concatenate((np.where(stays, entry.via[times], loops.last[inner]), loops.last[own]))
    order, begin = _sorted(stakes.size, rank_of[target], owner, distance)
    block = Block(
        company=target[order][begin],
        owner=owner[order][begin],
        low=np.minimum(_total(low[order], begin), 1.0),
        high=np.ones(len(begin)),
        low_open=_any(is_open[order] & (low[order] > 0), begin),
        high_open=np.zeros(len(begin), dtype=np.bool_),
        count=_total(count[order], begin),
        distance=distance[order][begin],
        via=via[order][begin],
    )
    first = rows.length
    rows.append(block)
    rows["high"][first:] = _greatest(stakes, rows, companies, block)


def _greatest(stakes: Stakes, rows: Rows, companies: Ints, block: Block) -> Floats:
    """Upper bounds of the rows of companies in loops."""
    edges = spread(stakes.first_in[companies], stakes.first_in[companies + 1])
    terms = _terms(stakes, rows, companies, edges)
    order, begin = _sorted(stakes.size, terms.rank, terms.owner, terms.distance)
    edge, owner = terms.edge[order], terms.owner[order]
    holder = stakes.owner[edge]
    rank_of = np.zeros(stakes.size, dtype=np.int64)
    rank_of[companies] = np.arange(len(companies))
    keys = rank_of[block.company] * stakes.size + block.owner
    turning = stakes.inside[edge] & (holder != owner)
    inner = np.full(len(order), -1, dtype=np.int64)
    inner[turning] = np.searchsorted(keys, rank_of[holder[turning]] * stakes.size + owner[turning])
    choices = Choices(
        company=block.company,
        owner=block.owner,
        group=np.repeat(np.arange(len(begin)), np.diff(np.concatenate((begin, [len(order)])))),
        edge=edge,
        part=terms.high[order],
        inner=inner,
    )
    return greatest(stakes, choices, block.low)
