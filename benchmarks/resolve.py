"""Resolve skewed person records: time and peak memory, and scoring beside Splink scoring the same pairs bare.

    python benchmarks/resolve.py [--records 1000000] [--keep FOLDER]

The people are those of `people.py`. Scoring is timed beside two bare runs of Splink on the same pairs: with
the same comparisons written straight into its levels, and with the usual comparisons of its library on given
name, family name, birth date, country and post code, which see less of the names.
"""

import argparse
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
from people import people
from splink import DuckDBAPI, Linker, SettingsCreator

from bo_harmonise.db import connect, run_file
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.resolve.bare import usual
from bo_harmonise.resolve.pipeline import begin, block
from bo_harmonise.resolve.scoring import load_model, score
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features


def _whole(records: int, folder: Path) -> dict[str, float]:
    """Run the stage as a user does, in this process, and tell its time and peak memory."""
    with connect(temp=folder / "spill") as connection:
        people(connection, records, folder)
        start = time.perf_counter()
        build_features(connection, folder / "features")
        ready = time.perf_counter()
        summary = resolve(
            connection,
            folder / "out",
            features=folder / "features",
            settings=ResolveSettings(),
            judgements=None,
            previous=None,
            run_id="bench",
        )
        done = time.perf_counter()
    found = summary.kinds["person"]
    return {
        "features": ready - start,
        "resolve": done - ready,
        "pairs": found.compared,
        "parties": summary.parties,
        "left_out": sum(left.pairs for left in found.blocking.left_out),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


_SAME = {
    "name_score_l": "person_names_likeness(names_l, names_r).score",
    "birth_level_l": "dates_level(birth_dates_l, birth_dates_r)",
    "country_level_l": "CAST(list_has_any(countries_l, countries_r) AS INTEGER)",
    "address_level_l": "CASE WHEN list_has_any(address_keys_l, address_keys_r) THEN 5 "
    "WHEN list_has_any(post_codes_l, post_codes_r) THEN 4 "
    "WHEN shared_bits(address_tokens_l, address_tokens_r, address_bits_l) >= 14 THEN 3 ELSE 1 END",
    "identifier_level_l": "identifier_level(identifiers_l, identifiers_r)",
    "further_bits_l": "shared_bits(all_words_l, all_words_r, word_bits_l)",
    "company_level_l": "CASE WHEN list_has_any(companies_l, companies_r) THEN 2 END",
}
"""The comparisons of the person model as a user would write them without a table of evidence."""


def _same_model() -> dict[str, Any]:
    """Return the person model with its levels written on the records, without term frequency."""
    text = json.dumps(load_model("person").settings)
    for column, expression in _SAME.items():
        text = text.replace(column, expression)
    settings: dict[str, Any] = json.loads(text)
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            for key in [k for k in level if k.startswith(("tf_", "disable_tf"))]:
                del level[key]
    return settings


def _bare(
    connection: duckdb.DuckDBPyConnection, table: str, settings: SettingsCreator | dict[str, Any]
) -> float:
    api = DuckDBAPI(connection=connection)
    start = time.perf_counter()
    linker = Linker(api.register(table), settings, log_level=None, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register("bare_pair"))
    scored = linker.inference.predict(warning_mode="never")
    taken = time.perf_counter() - start
    scored.drop_table_from_database_and_remove_from_cache()
    return taken


def _side_by_side(records: int, folder: Path) -> dict[str, float]:
    """Time scoring of the same pairs by this package, and by Splink bare in two ways."""
    with connect(temp=folder / "spill") as connection:
        people(connection, records, folder)
        build_features(connection, folder / "features")
        begin(connection)
        block(connection, "person", folder / "features", ResolveSettings())
        pairs = connection.execute("SELECT count(*) FROM resolve_pair").fetchall()[0][0]
        model = load_model("person").for_size(records)
        start = time.perf_counter()
        run_file(connection, sql_file("evidence_person"), {"low": 0, "high": 2**62})
        score(connection, model, "resolve_evidence", "resolve_score")
        ours = time.perf_counter() - start
        connection.execute(
            "CREATE TEMP TABLE bare_same AS "
            "SELECT record_no AS unique_id, * EXCLUDE (record_no) FROM compare_person"
        )
        connection.execute(
            "CREATE TEMP TABLE bare_usual AS SELECT record_no AS unique_id, "
            "array_to_string(names[1].given, ' ') AS given, array_to_string(names[1].family, ' ') AS family, "
            "birth_dates[1] AS birth, countries[1] AS country, post_codes[1] AS post_code FROM feature"
        )
        connection.execute(
            "CREATE TEMP TABLE bare_pair AS "
            "SELECT l AS join_key_l, r AS join_key_r, '0' AS match_key FROM resolve_pair"
        )
        alone = _bare(connection, "bare_usual", usual())
        same = _bare(connection, "bare_same", _same_model())
    return {"ours": ours, "usual": alone, "same": same, "pairs": pairs}


def main() -> None:
    """Run the whole stage in a process of its own, then the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        if options.whole:
            print(json.dumps(_whole(options.records, Path(name))))
            return
        command = [sys.executable, __file__, "--whole", "--records", str(options.records)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        sides = _side_by_side(min(options.records, 30_000), Path(name))
    print(
        f"resolve: {options.records:,} people, {told['pairs']:,} pairs compared, {told['parties']:,} parties"
    )
    print(f"  resolve takes {told['resolve'] / told['features']:.1f} times as long as making the features")
    print(f"  peak memory {told['peak']:.2f} GB")
    print(f"  pairs left out by the bounds: {told['left_out']:,}")
    print(f"scoring {sides['pairs']:,} pairs, in times of Splink bare on the same pairs:")
    print(f"  {sides['ours'] / sides['same']:.2f} with the same comparisons in Splink's own levels")
    print(f"  {sides['ours'] / sides['usual']:.2f} with the usual comparisons of Splink's library")


if __name__ == "__main__":
    main()
