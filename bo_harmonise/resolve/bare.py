"""Score the pairs of a workspace beside Splink alone, for the benchmarks."""

import time
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink import comparison_library as cl

from bo_harmonise.db import run_file
from bo_harmonise.resolve.pipeline import begin, block
from bo_harmonise.resolve.scoring import load_model, quiet, score
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file


def usual() -> SettingsCreator:
    """Return the comparisons of Splink's library that a user would take for people."""
    names = [
        cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True)
        for column in ("given", "family")
    ]
    rest = [cl.LevenshteinAtThresholds("birth", [1, 2]), cl.ExactMatch("country"), cl.ExactMatch("post_code")]
    return SettingsCreator(link_type="dedupe_only", comparisons=[*names, *rest], retain_matching_columns=True)


def score_side_by_side(
    connection: duckdb.DuckDBPyConnection, features: Path, settings: ResolveSettings, pairs: int
) -> dict[str, Any]:
    """Time evidence and score of the first `pairs` pairs of people (`ours`), and Splink alone (`seconds`).

    The connection has the current records of a workspace, `features` is the folder of their features.
    """
    begin(connection)
    block(connection, "person", features, settings)
    known = connection.execute("SELECT count(*) FROM feature").fetchall()[0][0]
    run_file(connection, sql_file("bare"), {"pairs": pairs})
    start = time.perf_counter()
    run_file(connection, sql_file("evidence_person"), {"low": 0, "high": pairs})
    score(connection, load_model("person").for_size(known), "resolve_evidence", "resolve_score")
    ours = time.perf_counter() - start
    start = time.perf_counter()
    with quiet():
        api = DuckDBAPI(connection=connection)
        linker = Linker(api.register("bare_record"), usual(), log_level=None, validate_settings=False)
        linker.table_management.register_blocked_pairs_for_predict(api.register("bare_pair"))
        scored = linker.inference.predict(warning_mode="never")
    taken = time.perf_counter() - start
    rows = connection.execute(f"SELECT count(*) FROM {scored.physical_name}").fetchall()[0][0]
    return {"rows": rows, "seconds": taken, "ours": ours}
