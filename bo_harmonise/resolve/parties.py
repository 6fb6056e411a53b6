"""Give clusters the party ids that survive, and tell what became of the old ones."""

import hashlib
from pathlib import Path

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.resolve.sqlfile import sql_file

_EMPTY_PREVIOUS = "CREATE OR REPLACE TEMP TABLE previous_party_record (party_id VARCHAR, record_id VARCHAR)"
_EMPTY_LINEAGE = (
    "CREATE OR REPLACE TEMP TABLE previous_lineage "
    "(party_id VARCHAR, event VARCHAR, other_party_id VARCHAR, run_id VARCHAR)"
)


def name_parties(connection: duckdb.DuckDBPyConnection, previous: Path | None, run_id: str) -> None:
    """Make `party_record_new`, `party_new` and `lineage_all` from `resolve_cluster` and the last run.

    A cluster takes over the id of the old party with which it shares most records, each id going to one
    cluster only; the others get an id made from their smallest record id. `previous` is the folder with
    the last run's `party_record.parquet` and `lineage.parquet`.
    """
    _read_previous(connection, previous)
    run_file(connection, sql_file("assign"))
    _settle_contested(connection)
    run_file(connection, sql_file("name_new"))
    _settle_collisions(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE party_record_new AS "
        "SELECT n.party_id, c.record_no FROM resolve_cluster AS c JOIN party_named AS n USING (cluster_no)"
    )
    run_file(connection, sql_file("lineage"))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lineage_all AS "
        "SELECT party_id, event, other_party_id, run_id FROM previous_lineage WHERE run_id <> $run "
        "UNION ALL SELECT party_id, event, other_party_id, $run FROM lineage_new",
        {"run": run_id},
    )
    run_file(connection, sql_file("party"))


def _read_previous(connection: duckdb.DuckDBPyConnection, previous: Path | None) -> None:
    records = previous / "party_record.parquet" if previous else None
    lineage = previous / "lineage.parquet" if previous else None
    if records is not None and records.is_file():
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE previous_party_record AS "
            "SELECT party_id, record_id FROM read_parquet($path)",
            {"path": str(records)},
        )
    else:
        connection.execute(_EMPTY_PREVIOUS)
    if lineage is not None and lineage.is_file():
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE previous_lineage AS FROM read_parquet($path)",
            {"path": str(lineage)},
        )
    else:
        connection.execute(_EMPTY_LINEAGE)


def _settle_contested(connection: duckdb.DuckDBPyConnection) -> None:
    """Where parties merged or split, give each old id to the cluster that has most of its records."""
    contested = connection.execute(
        "SELECT cluster_no, party_id FROM party_overlap AS o "
        "WHERE NOT EXISTS (SELECT 1 FROM party_taken AS t WHERE t.cluster_no = o.cluster_no) "
        "ORDER BY shared DESC, party_id, cluster_no"
    ).fetchall()
    clusters: set[int] = set()
    parties: set[str] = set()
    taken = []
    for cluster_no, party_id in contested:
        if cluster_no not in clusters and party_id not in parties:
            clusters.add(cluster_no)
            parties.add(party_id)
            taken.append((cluster_no, party_id))
    if taken:
        connection.executemany("INSERT INTO party_taken VALUES (?, ?)", taken)


def _settle_collisions(connection: duckdb.DuckDBPyConnection) -> None:
    """Give another id to a new cluster whose own id went to the cluster that its party continues in."""
    doubled = connection.execute(
        "SELECT cluster_no, record_id, kind FROM party_named WHERE taken_id IS NULL AND party_id IN "
        "(SELECT party_id FROM party_named GROUP BY party_id HAVING count(*) > 1) ORDER BY cluster_no"
    ).fetchall()
    if not doubled:
        return
    used = {row[0] for row in connection.execute("SELECT party_id FROM party_named").fetchall()}
    for cluster_no, record_id, kind in doubled:
        attempt, party_id = 1, ""
        while not party_id or party_id in used:
            digest = hashlib.sha256(f"{record_id}#{attempt}".encode()).hexdigest()
            party_id, attempt = f"{kind[0].upper()}-{digest[:16]}", attempt + 1
        used.add(party_id)
        connection.execute("UPDATE party_named SET party_id = ? WHERE cluster_no = ?", [party_id, cluster_no])
