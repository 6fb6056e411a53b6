"""Hidden common owners: parties with an interest in two companies that no single register connects.

A register by itself shows what its own statements say about records that it links itself (one record_id, or
an identifier that two of its records share). Walks go down from each ultimate owner, statement by statement,
and carry the set of registers they have used and the merges of resolution they stand on. For every two
companies the two walks are taken that need the fewest registers; where one register suffices the pair is
not hidden.

Decisions, for the reader's sake:
- Owners are persons and parties that nobody is known to own; the holding companies between are on the chains.
- A pair of which one company holds the other is a parent and its subsidiary, not two companies of one owner.
- Arrangements (trusts, nominations, joint holdings) are links of chains, never one of the two companies.
- A pair that follows from a pair nearer to the owner, seen in the same registers, has no row of its own.
- Of an owner of very many companies not every two are compared (5,000 make 12 million pairs), but each with
  the largest of each set of registers; how many pairs were left out is said owner by owner.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from bo_harmonise.db import run_file
from bo_harmonise.ownership.chains import find
from bo_harmonise.ownership.edges import per_cent
from bo_harmonise.ownership.graph import Floats, Ints, Stakes
from bo_harmonise.ownership.rows import Block

SQL = Path(__file__).parent / "sql"

_ROWS_AT_ONCE = 200_000

_LINKED_CLASSES = 32
"""Parties of more records than that are joined as a whole: paths of merges between them are not followed."""


def hidden_common_owners(
    connection: duckdb.DuckDBPyConnection,
    *,
    graph: Stakes,
    reach: Block,
    shares: dict[str, Block],
    companies_per_group: int,
) -> Iterator[pa.Table]:
    """Find them and yield the rows of `hidden_common_owner`, ranked, in portions (at least one).

    `graph` and `reach` are of interests of any kind, `shares` the effective shares by dimension. Leaves
    `own_pair_limit` (owners with too many companies to compare every two) on the connection.
    """
    _native_classes(connection)
    run_file(connection, SQL / "hidden_prepare.sql")
    _top_owners(connection, graph, reach, shares)
    run_file(connection, SQL / "hidden_joined.sql")
    _surest_pairs(connection)
    run_file(connection, SQL / "hidden_path.sql", {"linked_classes": _LINKED_CLASSES})
    while run_file(connection, SQL / "hidden_link.sql").fetchall()[0][0]:
        pass
    run_file(connection, SQL / "hidden_start.sql", {"linked_classes": _LINKED_CLASSES})
    depth = 1
    while run_file(connection, SQL / "hidden_step.sql", {"depth": depth}).fetchall()[0][0]:
        depth += 1
    run_file(connection, SQL / "hidden_pair.sql", {"companies_per_group": companies_per_group})
    _related(connection, graph.size, reach)
    return _portions(connection, _rank(connection, graph.size, shares))


def _native_classes(connection: duckdb.DuckDBPyConnection) -> None:
    """Give one number to records that a register links itself (`own_class`)."""
    found = run_file(connection, SQL / "hidden_identifier.sql").fetchnumpy()
    count = connection.execute("SELECT count(*) FROM own_record").fetchall()[0][0]
    links = csr_matrix(
        (np.ones(len(found["position"]), dtype=np.int8), (found["position"], found["anchor"])),
        shape=(count, count),
    )
    classes = connected_components(links, directed=False)[1].astype(np.int64)
    connection.register("own_class_number", pa.table({"position": np.arange(count), "class": classes}))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_class AS SELECT record_id, c.class FROM "
        "(SELECT record_id, row_number() OVER (ORDER BY record_id) - 1 AS position FROM own_record) "
        "JOIN own_class_number AS c USING (position)"
    )
    connection.unregister("own_class_number")


def _surest_pairs(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the surest pairs that hold the classes of each party together (`own_tree`)."""
    pairs = connection.sql(
        "WITH pair AS (SELECT *, dense_rank() OVER (ORDER BY party, class_l) - 1 AS l FROM own_direct) "
        "SELECT p.party, p.class_l, p.class_r, p.probability, p.records.l AS record_id_l, "
        "p.records.r AS record_id_r, p.l, q.l AS r FROM pair AS p "
        "JOIN (SELECT DISTINCT party, class_l, l FROM pair) AS q "
        "ON q.party = p.party AND q.class_l = p.class_r "
        "WHERE p.class_l < p.class_r ORDER BY p.probability DESC, p.party, p.class_l, p.class_r"
    ).to_arrow_table()
    size = max(pc.max(pairs["r"]).as_py() or 0, pc.max(pairs["l"]).as_py() or 0) + 1
    # The places in the order are the weights: no two are equal, so that there is one tree only.
    places = np.arange(1, pairs.num_rows + 1, dtype=np.float64)
    weights = csr_matrix((places, (pairs["l"].to_numpy(), pairs["r"].to_numpy())), shape=(size, size))
    kept = np.sort(minimum_spanning_tree(weights).data).astype(np.int64) - 1
    connection.register("own_tree_arrow", pairs.take(pa.array(kept)))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_tree AS "
        "SELECT party, class_l, class_r, probability, record_id_l, record_id_r FROM own_tree_arrow UNION ALL "
        "SELECT party, class_r, class_l, probability, record_id_l, record_id_r FROM own_tree_arrow"
    )
    connection.unregister("own_tree_arrow")


def _top_owners(
    connection: duckdb.DuckDBPyConnection, graph: Stakes, reach: Block, shares: dict[str, Block]
) -> None:
    """Choose the owners to walk from (`own_top`), with their shares (`own_top_share`)."""
    is_top = top_parties(graph)
    rows = np.flatnonzero(is_top[reach.owner])
    low, high = interval(shares, graph.size, reach.owner[rows], reach.company[rows])[:2]
    table = pa.table(
        {"owner": reach.owner[rows], "company": reach.company[rows], "share_min": low, "share_max": high}
    )
    connection.register("own_top_share_arrow", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE own_top_share AS FROM own_top_share_arrow")
    connection.unregister("own_top_share_arrow")
    run_file(connection, SQL / "hidden_top.sql")


def top_parties(graph: Stakes) -> np.ndarray:
    """Parties that nobody outside their own loop holds a stake in."""
    held_from_outside = np.zeros(int(graph.groups.max(initial=-1)) + 1, dtype=np.bool_)
    outside = graph.groups[graph.owner] != graph.groups[graph.owned]
    held_from_outside[graph.groups[graph.owned[outside]]] = True
    return ~held_from_outside[graph.groups]


def interval(
    shares: dict[str, Block], size: int, owner: Ints, company: Ints
) -> tuple[Floats, Floats, np.ndarray]:
    """Share of owners in companies: the economic one, else of votes, else no figure; and which it is."""
    low, high = np.zeros(len(owner)), np.ones(len(owner))
    basis = np.full(len(owner), "control", dtype=object)
    for dimension in ("voting", "economic"):
        block = shares[dimension]
        at = find(block, size, owner, company)
        known = at >= 0
        low[known], high[known] = block.low[at[known]], block.high[at[known]]
        basis[known] = dimension
    return low, high, basis


def _related(connection: duckdb.DuckDBPyConnection, size: int, reach: Block) -> None:
    """List the pairs of which one company holds the other (`own_related`)."""
    pairs = connection.execute(
        "SELECT DISTINCT company_l, company_r FROM own_pair ORDER BY company_l, company_r"
    ).fetchnumpy()
    left, right = np.asarray(pairs["company_l"]), np.asarray(pairs["company_r"])
    related = (find(reach, size, left, right) >= 0) | (find(reach, size, right, left) >= 0)
    connection.register(
        "own_related_arrow", pa.table({"company_l": left[related], "company_r": right[related]})
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE own_related AS FROM own_related_arrow")
    connection.unregister("own_related_arrow")


def _rank(connection: duckdb.DuckDBPyConnection, size: int, shares: dict[str, Block]) -> int:
    """Put the pairs in order, the most telling first, with their intervals (`own_ranked`); count them."""
    found = run_file(connection, SQL / "hidden_rank.sql").fetchnumpy()
    pair = {name: np.asarray(found[name]) for name in ("owner", "company_l", "company_r")}
    columns: dict[str, np.ndarray] = dict(pair)
    for side in ("l", "r"):
        low, high, basis = interval(shares, size, pair["owner"], pair[f"company_{side}"])
        columns |= {f"share_min_{side}": per_cent(low), f"share_max_{side}": per_cent(high)}
        columns[f"basis_{side}"] = basis
    order = np.lexsort(
        (
            pair["company_r"],
            pair["company_l"],
            pair["owner"],
            -np.minimum(columns["share_max_l"], columns["share_max_r"]),
            -np.minimum(columns["share_min_l"], columns["share_min_r"]),
            -np.asarray(found["match_probability"]),
            -np.asarray(found["registers_needed"]),
        )
    )
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    connection.register("own_ranked_arrow", pa.table(columns | {"rank": rank}))
    connection.execute("CREATE OR REPLACE TEMP TABLE own_ranked AS FROM own_ranked_arrow")
    connection.unregister("own_ranked_arrow")
    return len(order)


def _portions(connection: duckdb.DuckDBPyConnection, count: int) -> Iterator[pa.Table]:
    """Yield the rows in their order, some at a time: millions of chains would not fit in memory."""
    party_ids = connection.sql("SELECT party_id FROM own_party ORDER BY party").to_arrow_table()
    names = party_ids["party_id"].combine_chunks()
    statement = (SQL / "hidden_table.sql").read_text(encoding="utf-8")
    for first in range(0, max(count, 1), _ROWS_AT_ONCE):
        rows = connection.sql(
            statement, params={"first": first, "last": first + _ROWS_AT_ONCE}
        ).to_arrow_table()
        for name in ("chain_l", "chain_r"):
            chain = rows[name].combine_chunks()
            lists = pa.ListArray.from_arrays(chain.offsets, names.take(chain.values))
            rows = rows.set_column(rows.column_names.index(name), name, lists)
        yield rows
