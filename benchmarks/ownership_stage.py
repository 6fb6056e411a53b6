"""The whole ownership stage on worlds of growing size: how its time and its memory grow.

    python benchmarks/ownership_stage.py [--edges 250000 500000 1000000] [--json]

Each size runs in a process of its own, so that its peak memory is its own, with DuckDB bounded as the tool
bounds it on a machine of 4 GiB. A world has half as many persons and 0.7 times as many companies as stakes,
over three registers: stakes as `ownership.draw` draws them (loops and bands), one in ten without a figure,
one in twenty of control; persons and companies that appear in several registers are joined by matches. One
owner in 100,000 stakes holds 5,000 companies, and as many formation agents hold as much for one owner each,
so that a quadratic step would show. The growth is the exponent of the power of the number of stakes that
the time grows by, from each size to the next: of the whole by processor time, which other work on the
machine disturbs least, of the steps by the clock.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))

from ownership import draw

from bo_harmonise.db import connect
from bo_harmonise.ownership import own
from bo_harmonise.schema import table

_MASS = 5_000
"""Companies of each owner of very many."""

_TABLES = """
CREATE TEMP TABLE holding AS
SELECT
  *,
  ['gb', 'dk', 'sk'][1 + owned % 3] AS register,
  row_number() OVER (ORDER BY owner, owned) AS number,
  hash(owner, owned) % 20 AS kind
FROM drawn;
CREATE TABLE party_record AS
SELECT DISTINCT
  CASE WHEN party < $persons THEN 'p' ELSE 'c' END || party AS party_id,
  register || ':' || CASE WHEN party < $persons THEN 'person:' ELSE 'entity:' END || party AS record_id,
  register || '@2026-01-01' AS source_id,
  register
FROM (SELECT owner AS party, register FROM holding UNION SELECT owned, register FROM holding);
CREATE TABLE party AS
SELECT
  party_id,
  CASE WHEN party_id LIKE 'p%' THEN 'person' ELSE 'entity' END AS kind,
  'Party ' || party_id AS name,
  ['Party ' || party_id] AS names,
  list(DISTINCT upper(register) ORDER BY upper(register)) AS jurisdictions,
  NULL::VARCHAR AS birth_date,
  []::VARCHAR[] AS identifiers,
  list(register ORDER BY register) AS registers,
  count(*) AS record_count
FROM party_record GROUP BY party_id;
CREATE TEMP TABLE joined AS
SELECT
  record_id AS record_id_l,
  lead(record_id) OVER (PARTITION BY party_id ORDER BY record_id) AS record_id_r,
  CASE WHEN party_id LIKE 'p%' THEN 'person' ELSE 'entity' END AS kind,
  'splink' AS method,
  5.0 AS match_weight,
  0.9 + (hash(party_id) % 1000) / 10000.0 AS match_probability,
  true AS is_joined
FROM party_record QUALIFY record_id_r IS NOT NULL;
CREATE TEMP TABLE stated AS
SELECT
  'statement-' || number AS statement_id,
  register || ':relationship:' || number AS record_id,
  'new' AS record_status,
  '2025-06-01' AS statement_date,
  register || '@2026-01-01' AS source_id,
  'file' AS source_file,
  CAST(number AS VARCHAR) AS source_key,
  number AS source_row,
  false AS is_component,
  register || ':entity:' || owned AS subject_record_id,
  register || CASE WHEN owner < $persons THEN ':person:' ELSE ':entity:' END || owner
    AS interested_party_record_id,
  CASE WHEN owner < $persons THEN 'person' ELSE 'entity' END AS interested_party_type,
  [{
    'type': CASE WHEN kind = 0 THEN 'otherInfluenceOrControl' ELSE 'shareholding' END,
    'direct_or_indirect': 'direct',
    'beneficial_ownership_or_control': owner < $persons,
    'share_min': CASE WHEN kind > 2 THEN share * 100 END,
    'share_max': CASE WHEN kind > 2 THEN high * 100 END,
    'start_date': DATE '2020-01-01' + INTERVAL (number % 2000) DAY
  }] AS interests
FROM holding;
CREATE TEMP TABLE entities AS
SELECT
  'statement-' || record_id AS statement_id,
  record_id,
  'new' AS record_status,
  '2025-01-01' AS statement_date,
  source_id,
  'file' AS source_file,
  record_id AS source_key,
  1 AS source_row,
  'registeredEntity' AS entity_type,
  'Party ' || party_id AS name,
  upper(register) AS jurisdiction,
  'active' AS status,
  [{
    'type': 'registered',
    'address': (hash(party_id) % 100000)::VARCHAR || ' High Street',
    'country': upper(register)
  }] AS addresses
FROM party_record WHERE party_id LIKE 'c%';
CREATE TEMP TABLE persons AS
SELECT
  'statement-' || record_id AS statement_id,
  record_id,
  'new' AS record_status,
  '2025-01-01' AS statement_date,
  source_id,
  'file' AS source_file,
  record_id AS source_key,
  1 AS source_row,
  'knownPerson' AS person_type,
  [{'type': 'individual', 'full_name': 'Party ' || party_id}] AS names
FROM party_record WHERE party_id LIKE 'p%';
"""


def stakes(edges: int) -> dict[str, np.ndarray]:
    """Draw the stakes; the mass owners are persons, the agents companies beside those drawn."""
    drawn = draw(edges, loops=True)
    persons, companies = edges // 2, edges * 7 // 10
    rng = np.random.default_rng(3)
    owner, owned = [drawn["owner"]], [drawn["owned"]]
    for number in range(max(1, edges // 100_000)):
        direct = persons + rng.choice(companies, min(_MASS, companies // 20), replace=False)
        kept = persons + rng.choice(companies, min(_MASS, companies // 20), replace=False)
        agent = persons + companies + number
        owner += [np.full(len(direct), number), np.full(len(kept), agent), np.array([number + 50])]
        owned += [direct, kept, np.array([agent])]
    added = np.zeros(sum(len(part) for part in owner[1:]))
    columns = {
        "owner": np.concatenate(owner),
        "owned": np.concatenate(owned),
        "share": np.concatenate((drawn["share"], added + 0.02)),
        "high": np.concatenate((drawn["high"], added + 0.03)),
    }
    _, first = np.unique(columns["owner"] * (2 * edges) + columns["owned"], return_index=True)
    return {name: values[first] for name, values in columns.items()}


def load(connection: duckdb.DuckDBPyConnection, edges: int) -> int:
    """Put the tables that `own` reads on a connection; return the number of stakes."""
    drawn = stakes(edges)
    connection.register("drawn", pa.table(drawn))
    for statement in connection.extract_statements(_TABLES):
        values = {"persons": edges // 2}
        connection.execute(statement, values if statement.named_parameters else None)
    connection.unregister("drawn")
    for name, source in (
        ("current_entity", "entities"),
        ("current_person", "persons"),
        ("current_relationship", "stated"),
        ("match", "joined"),
    ):
        connection.register("empty", table(name.removeprefix("current_")).arrow_schema.empty_table())
        connection.execute(f'CREATE TABLE "{name}" AS FROM empty')
        connection.execute(f'INSERT INTO "{name}" BY NAME FROM "{source}"')
        connection.execute(f'DROP TABLE "{source}"')
        connection.unregister("empty")
    connection.execute("DROP TABLE holding")
    return len(drawn["owner"])


_MEMORY = int(0.6 * 4 * 2**30)
"""What the tool gives DuckDB on a machine of 4 GiB."""


def run(edges: int) -> dict[str, Any]:
    """Run the stage once and return its figures."""
    with (
        TemporaryDirectory() as folder,
        connect(Path(folder) / "world.duckdb", temp=Path(folder), memory=_MEMORY) as connection,
    ):
        count = load(connection, edges)
        loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        began, worked = perf_counter(), process_time()
        summary = own(connection, Path(folder) / "ownership", as_of=date(2026, 1, 1))
        seconds, processor_seconds = perf_counter() - began, process_time() - worked
    return {
        "edges": count,
        "seconds": seconds,
        "processor_seconds": processor_seconds,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "peak_gib_before": loaded,
        "steps": summary.seconds,
        "rows": summary.rows,
        "limited_owners": summary.limited_owners,
    }


def growth(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """Exponents of the time of the whole and of each step, from one size to the next."""
    step = math.log(other["edges"] / one["edges"])
    times = {"stage": (one["processor_seconds"], other["processor_seconds"])}
    times |= {name: (one["steps"][name], other["steps"][name]) for name in one["steps"]}
    return {name: math.log(after / before) / step for name, (before, after) in times.items()}


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edges", type=int, nargs="+", default=[250_000, 500_000, 1_000_000])
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(run(arguments.edges[0])))
        return
    reports = []
    for edges in arguments.edges:
        command = [sys.executable, __file__, "--one", "--edges", str(edges)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        reports.append(json.loads(done.stdout))
        if not arguments.json:
            print(_line(reports[-1]), flush=True)
    exponents = [growth(one, other) for one, other in pairwise(reports)]
    if arguments.json:
        print(json.dumps({"sizes": reports, "growth": exponents}, indent=2))
        return
    for (one, other), found in zip(pairwise(reports), exponents, strict=True):
        told = ", ".join(f"{name} {value:.2f}" for name, value in found.items())
        print(f"growth from {one['edges']:,} to {other['edges']:,} stakes: {told}")


def _line(report: dict[str, Any]) -> str:
    steps = ", ".join(f"{name} {value:.1f} s" for name, value in report["steps"].items())
    return (
        f"{report['edges']:,} stakes: {report['seconds']:.1f} s ({report['processor_seconds']:.1f} s of "
        f"processors), peak {report['peak_gib']:.2f} GiB "
        f"({report['peak_gib_before']:.2f} before the stage); {steps}; "
        f"hidden common owners {report['rows']['hidden_common_owner']:,}"
    )


if __name__ == "__main__":
    main()
