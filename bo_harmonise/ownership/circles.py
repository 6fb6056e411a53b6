"""Circular ownership: groups of parties that hold stakes in each other, some of them wholly."""

import numpy as np
import pyarrow as pa

from bo_harmonise.ownership.edges import per_cent
from bo_harmonise.ownership.graph import Stakes


def circles(dimension: str, stakes: Stakes, party_ids: pa.Array) -> pa.Table:
    """Return one row a group: its members, whether it is closed, and what it surely holds of itself.

    `held_inside_min` is the least share of a member that the group holds; a closed group has 100 of each.
    """
    looped = np.flatnonzero(stakes.in_loop)
    order = looped[np.lexsort((looped, stakes.groups[looped]))]
    begin = np.flatnonzero(np.diff(stakes.groups[order], prepend=-1)) if len(order) else order
    sizes = np.diff(np.concatenate((begin, [len(order)])))
    inside = np.bincount(
        stakes.owned, weights=np.where(stakes.inside, stakes.turning, 0.0), minlength=stakes.size
    )
    least = np.minimum.reduceat(inside[order], begin) if len(order) else np.empty(0)
    closed = stakes.closed[order] >= 0
    members = pa.ListArray.from_arrays(
        pa.array(np.concatenate((begin, [len(order)])), pa.int32()), party_ids.take(pa.array(order))
    )
    first = order[begin]
    by_first = np.argsort(first, kind="stable")
    table = pa.table(
        {
            "dimension": pa.array([dimension] * len(first), pa.string()),
            "members": members,
            "member_count": sizes.astype(np.int64),
            "is_closed": np.logical_or.reduceat(closed, begin) if len(order) else np.empty(0, dtype=bool),
            "held_inside_min": per_cent(least),
        }
    )
    return table.take(pa.array(by_first))
