"""The ownership stage: from statements and resolved parties to who owns and controls what."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise.db import run_file
from bo_harmonise.ownership.chains import as_lists, shortest
from bo_harmonise.ownership.circles import circles
from bo_harmonise.ownership.control import control_rows
from bo_harmonise.ownership.edges import DIMENSIONS, Edges, Stated, per_cent, settle
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.flagging import raise_flags
from bo_harmonise.ownership.graph import Ints, Stakes
from bo_harmonise.ownership.hidden import hidden_common_owners
from bo_harmonise.ownership.rows import Block
from bo_harmonise.ownership.rulebook import rules
from bo_harmonise.ownership.settings import OwnSettings, OwnSummary
from bo_harmonise.ownership.verdicts import Multiplied
from bo_harmonise.schema import table

SQL = Path(__file__).parent / "sql"

_ROWS_AT_ONCE = 250_000


def own(
    connection: duckdb.DuckDBPyConnection, out: Path, *, as_of: date, settings: OwnSettings | None = None
) -> OwnSummary:
    """Compute ownership at `as_of` and write `out/*.parquet`; return what was found.

    `connection` has `current_entity`, `current_person`, `current_relationship`, `party`, `party_record` and
    `match` (see `schemas/common`). Shares in the files are per cent. Temporary tables whose names begin
    with `own_` are left on the connection for questions that follow.
    """
    chosen = settings or OwnSettings()
    out.mkdir(parents=True, exist_ok=True)
    summary = OwnSummary(as_of=as_of)
    with _timed(summary, "edges"):
        edges = prepare(connection, as_of, chosen.rules)
        run_file(connection, SQL / "discrepancy.sql")
        _write_sql(connection, out, summary, "ownership_edge", "own_edge")
        _write_sql(connection, out, summary, "ownership_conclusion", "own_conclusion")
        _write_sql(connection, out, summary, "declared", "own_declared")
        _write_sql(connection, out, summary, "discrepancy", "own_discrepancy")
        _write(out, summary, "rule_threshold", _thresholds(chosen.rules))
    for dimension in DIMENSIONS:
        count = int((edges.used & (edges.stated.dimension == DIMENSIONS.index(dimension))).sum())
        summary.edges[dimension] = count
    party_ids = read_party_ids(connection)
    with _timed(summary, "effective"):
        graphs = {dimension: edges.stakes(dimension) for dimension in DIMENSIONS[:2]}
        shares = {dimension: effective(graph) for dimension, graph in graphs.items()}
        _write_effective(out, summary, graphs, shares, party_ids)
        _write_circles(out, summary, graphs, party_ids)
    with _timed(summary, "control"):
        _write_control(connection, out, summary, chosen, party_ids, multiplier(edges, shares))
    with _timed(summary, "hidden"):
        graph = edges.union()
        reach = effective(graph)
        found = hidden_common_owners(
            connection,
            graph=graph,
            reach=reach,
            shares=shares,
            companies_per_group=chosen.companies_per_group,
        )
        _write_portions(out, summary, "hidden_common_owner", found)
        _write_sql(connection, out, summary, "hidden_common_owner_limit", "own_pair_limit")
        summary.limited_owners = summary.rows["hidden_common_owner_limit"]
        left_out = connection.execute("SELECT coalesce(sum(pairs_left_out), 0) FROM own_pair_limit")
        summary.pairs_left_out = int(left_out.fetchall()[0][0])
    with _timed(summary, "flags"):
        _write_flags(connection, out, summary, as_of)
    return summary


def prepare(connection: duckdb.DuckDBPyConnection, as_of: date, folder: Path | None = None) -> Edges:
    """Read the statements that hold at `as_of` into edges; leave `own_*` tables on the connection.

    `folder` has the user's own rules: those that name registers give the definition of what they declare.
    """
    values = {"as_of": as_of}
    for step in ("dimension", "interest", "edge"):
        run_file(connection, SQL / f"{step}.sql", values)
    edges = settle(Stated.read(connection))
    connection.register("own_settled", edges.arrow())
    _definitions(connection, folder)
    run_file(connection, SQL / "ownership_edge.sql")
    connection.unregister("own_settled")
    return edges


def _definitions(connection: duckdb.DuckDBPyConnection, folder: Path | None) -> None:
    """List the rule that each register declares by (`own_rule`); the words are its adapter's."""
    pairs = [(register, rule.name) for rule in rules(folder).values() for register in rule.registers]
    named = pa.table(
        {
            "register": pa.array([register for register, _ in pairs], pa.string()),
            "rule": pa.array([name for _, name in pairs], pa.string()),
        }
    )
    connection.register("own_rule_arrow", named)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_rule AS "
        "SELECT register, min(rule) AS rule FROM own_rule_arrow GROUP BY register"
    )
    connection.unregister("own_rule_arrow")
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS own_definition (register VARCHAR, definition VARCHAR)"
    )


def _thresholds(folder: Path | None) -> pa.Table:
    """List the per cents at which each rule, or what registers publish by it, changes."""
    rows = [
        {
            "rule": rule.name,
            "kind": rule.kind,
            "threshold": threshold,
            "comparison": rule.stake.comparison,
            "jurisdictions": list(rule.jurisdictions),
            "registers": list(rule.registers),
        }
        for rule in rules(folder).values()
        for threshold in (rule.stake.threshold, *rule.bands)
    ]
    return pa.Table.from_pylist(rows, schema=table("rule_threshold").arrow_schema)


@contextmanager
def _timed(summary: OwnSummary, step: str) -> Iterator[None]:
    began = perf_counter()
    yield
    summary.seconds[step] = round(perf_counter() - began, 3)


def read_party_ids(connection: duckdb.DuckDBPyConnection) -> pa.Array:
    """Return the party_ids in the order of their numbers (see `interest.sql`)."""
    found = connection.sql("SELECT party_id FROM own_party ORDER BY party").to_arrow_table()
    return found["party_id"].combine_chunks()


def _write_sql(
    connection: duckdb.DuckDBPyConnection, out: Path, summary: OwnSummary, name: str, source: str
) -> None:
    """Write a temporary table in its order; columns that serve only inside the stage stay behind."""
    found = connection.sql(f'FROM "{source}"').to_arrow_table()
    inner = [column for column in ("owner", "owned") if column in found.column_names]
    _write(out, summary, name, found.drop_columns(inner))


def _write(out: Path, summary: OwnSummary, name: str, rows: pa.Table) -> None:
    """Write one table with the types of its schema."""
    schema = table(name).arrow_schema
    pq.write_table(rows.select(schema.names).cast(schema), out / f"{name}.parquet", compression="zstd")
    summary.rows[name] = rows.num_rows


def _write_portions(out: Path, summary: OwnSummary, name: str, portions: Iterator[pa.Table]) -> None:
    """Write one table portion by portion."""
    schema = table(name).arrow_schema
    summary.rows[name] = 0
    with pq.ParquetWriter(out / f"{name}.parquet", schema, compression="zstd") as writer:
        for rows in portions:
            writer.write_table(rows.select(schema.names).cast(schema))
            summary.rows[name] += rows.num_rows


def _write_effective(
    out: Path,
    summary: OwnSummary,
    graphs: dict[str, Stakes],
    shares: dict[str, Block],
    party_ids: pa.Array,
) -> None:
    """Write `effective_ownership`, dimension by dimension, in portions."""
    schema = table("effective_ownership").arrow_schema
    total = 0
    with pq.ParquetWriter(out / "effective_ownership.parquet", schema, compression="zstd") as writer:
        for dimension, block in shares.items():
            graph = graphs[dimension]
            for first in range(0, len(block), _ROWS_AT_ONCE):
                rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(block)))
                writer.write_table(_effective_rows(dimension, graph, block, rows, party_ids).cast(schema))
            total += len(block)
    summary.rows["effective_ownership"] = total


def effective_portions(dimension: str, graph: Stakes, party_ids: pa.Array) -> Iterator[pa.Table]:
    """Compute the effective shares of one dimension and yield the rows of `effective_ownership`."""
    block = effective(graph)
    for first in range(0, len(block), _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(block)))
        yield _effective_rows(dimension, graph, block, rows, party_ids)


def _effective_rows(
    dimension: str, graph: Stakes, block: Block, rows: np.ndarray, party_ids: pa.Array
) -> pa.Table:
    counted = np.isfinite(block.count[rows])
    return pa.table(
        {
            "owner_party_id": party_ids.take(pa.array(block.owner[rows])),
            "company_party_id": party_ids.take(pa.array(block.company[rows])),
            "dimension": pa.array([dimension]).take(pa.array(np.zeros(len(rows), dtype=np.int64))),
            "share_min": per_cent(block.low[rows]),
            "share_max": per_cent(block.high[rows]),
            "is_ultimate": ~graph.is_held[block.owner[rows]],
            "chain_count": pa.array(np.where(counted, block.count[rows], 0).astype(np.int64), mask=~counted),
            "shortest_chain": as_lists(*shortest(block, graph.size, rows), party_ids),
            "share_min_exclusive": block.low_open[rows],
            "share_max_exclusive": block.high_open[rows],
        }
    )


def _write_control(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    summary: OwnSummary,
    chosen: OwnSettings,
    party_ids: pa.Array,
    multiplied: Callable[[Ints], Multiplied],
) -> None:
    """Write `control`: what each rule that is computed for everybody says, where it does not say no."""
    schema = table("control").arrow_schema
    total = 0
    with pq.ParquetWriter(out / "control.parquet", schema, compression="zstd") as writer:
        for name, rule in sorted(rules(chosen.rules).items()):
            if not rule.in_control_table:
                continue
            said: Counter[str] = Counter()
            for found in control_rows(connection, rule, party_ids, multiplied):
                writer.write_table(found.select(schema.names).cast(schema))
                said.update(
                    {row["values"]: row["counts"] for row in found["verdict"].value_counts().to_pylist()}
                )
            summary.verdicts[name] = dict(said)
            total += said.total()
    summary.rows["control"] = total


def multiplier(edges: Edges, shares: dict[str, Block] | None = None) -> Callable[[Ints], Multiplied]:
    """Return what gives the multiplied shares of some owners; they are computed when first asked for.

    `shares` are the effective shares of `edges` by dimension, where they are known already.
    """

    @cache
    def of_all() -> tuple[dict[str, Block], dict[str, Block]]:
        names = DIMENSIONS[:2]
        known = {name: effective(edges.stakes(name, known=True)) for name in names}
        return shares or {name: effective(edges.stakes(name)) for name in names}, known

    return lambda owners: Multiplied.of(*of_all(), edges.stated.size, owners)


def _write_circles(out: Path, summary: OwnSummary, graphs: dict[str, Stakes], party_ids: pa.Array) -> None:
    """Write `circular_ownership`, and count what contradicts itself."""
    found = pa.concat_tables(circles(name, graph, party_ids) for name, graph in graphs.items())
    _write(out, summary, "circular_ownership", found)
    summary.closed_groups = sum(found["is_closed"].to_pylist())
    summary.over_declared = int((graphs["economic"].sum_low > 1.0 + 1e-9).sum())


def _write_flags(connection: duckdb.DuckDBPyConnection, out: Path, summary: OwnSummary, as_of: date) -> None:
    """Run the flags over the tables that were written, and write `red_flag`."""
    views = sorted(summary.rows)
    for name in views:
        path = str(out / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE TEMP VIEW \"{name}\" AS FROM read_parquet('{path}')")
    raise_flags(connection, {"as_of": as_of})
    _write_sql(connection, out, summary, "red_flag", "own_flag")
    for name in views:
        connection.execute(f'DROP VIEW temp."{name}"')
