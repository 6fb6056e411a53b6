"""Resolve skewed person records: time and peak memory, and scoring beside Splink scoring the same pairs bare.

    python benchmarks/resolve.py [--records 1000000] [--keep FOLDER]

The names are invented from syllables and as skewed as real ones: the commonest family name is borne by one
person in a hundred. Scoring is timed beside two bare runs of Splink on the same pairs: with the same
comparisons written straight into its levels, and with the usual comparisons of its library on given name,
family name, birth date, country and post code, which see less of the names.
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
from splink import DuckDBAPI, Linker, SettingsCreator

from bo_harmonise import schema
from bo_harmonise.db import connect, run_file
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.resolve.bare import usual
from bo_harmonise.resolve.pipeline import begin, block
from bo_harmonise.resolve.scoring import load_model, score
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.features import build_features
from bo_harmonise.statements import register_current

_PEOPLE = """
INSERT INTO made_person BY NAME
WITH drawn AS (
    SELECT
        i,
        -- A third of the people stand in a second register.
        i - CASE WHEN i % 4 = 3 THEN 1 ELSE 0 END AS who
    FROM range($records) AS r (i)
),
person AS (
    SELECT
        i,
        who,
        hash(who, 'g') / 18446744073709551616.0 AS g,
        hash(who, 'f') / 18446744073709551616.0 AS f,
        hash(who, 'm') / 18446744073709551616.0 AS m,
        1940 + hash(who, 'y') % 60 AS year,
        1 + hash(who, 'b') % 12 AS month,
        hash(who, 'p') % 40000 AS place
    FROM drawn
),
named AS (
    SELECT
        *,
        CAST(floor(pow(3000, g)) AS INTEGER) AS given_no,
        CAST(floor(pow(60000, f)) AS INTEGER) AS family_no,
        CAST(floor(pow(3000, m)) AS INTEGER) AS middle_no
    FROM person
),
spelt AS (
    SELECT
        *,
        syllables(given_no, 2) AS given,
        syllables(family_no + 7000, 3) AS family,
        syllables(middle_no, 2) AS middle
    FROM named
)
SELECT
    'r' || i AS statement_id,
    CASE WHEN i % 4 = 3 THEN 'bb' ELSE 'aa' END || ':person:' || i AS record_id,
    'new' AS record_status,
    CASE WHEN i % 4 = 3 THEN 'bb' ELSE 'aa' END || '@2026-01-01' AS source_id,
    'bench' AS source_file,
    CAST(i AS VARCHAR) AS source_key,
    i AS source_row,
    false AS is_component,
    'knownPerson' AS person_type,
    [{
        'type': 'legal',
        'full_name': CASE
            WHEN i % 8 = 7 THEN family || ' ' || given ELSE given || ' ' || middle || ' ' || family
        END,
        'given_name': NULL, 'family_name': NULL, 'patronymic_name': NULL
    }] AS names,
    printf('%d-%02d', year, month) AS birth_date,
    [CASE WHEN who % 20 = 0 THEN 'IE' ELSE 'GB' END] AS nationalities,
    [{
        'type': 'service', 'address': 1 + place % 90 || ' Bench Street', 'locality': 'Town ' || place % 900,
        'region': NULL, 'post_code': printf('AB%d %dCD', place % 99, place % 9), 'country': 'GB'
    }] AS addresses
FROM spelt
"""

_SYLLABLES = """
CREATE MACRO syllables(n, length) AS
list_aggregate(
    list_transform(
        range(length),
        lambda k: string_split('ka lo mi ra ten vor sel dan bri gus pol nek tam hul fen jor wix zab', ' ')
            [CAST(1 + (n // CAST(pow(18, k) AS BIGINT)) % 18 AS BIGINT)]
    ),
    'string_agg', ''
)
"""


def _people(connection: duckdb.DuckDBPyConnection, records: int, folder: Path) -> None:
    """Give a connection the current records as a workspace does: as views over Parquet."""
    connection.execute(_SYLLABLES)
    for name in (*schema.STATEMENT_TABLES, "seen"):
        columns = "record_id VARCHAR, first_source_id VARCHAR"
        table = (
            f"CREATE TABLE made_seen ({columns})"
            if name == "seen"
            else schema.table(name).ddl(f"made_{name}")
        )
        connection.execute(table)
    connection.execute(_PEOPLE, {"records": records})
    connection.execute("INSERT INTO made_seen SELECT record_id, source_id FROM made_person")
    for name in (*schema.STATEMENT_TABLES, "seen"):
        file = {"file": str(folder / f"{name}.parquet")}
        connection.execute(f"COPY (FROM made_{name} ORDER BY record_id) TO $file (FORMAT parquet)", file)
        connection.execute(f"DROP TABLE made_{name}")
    register_current(connection, folder)


def _whole(records: int, folder: Path) -> dict[str, float]:
    """Run the stage as a user does, in this process, and tell its time and peak memory."""
    with connect(temp=folder / "spill") as connection:
        _people(connection, records, folder)
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
    people = summary.kinds["person"]
    return {
        "features": ready - start,
        "resolve": done - ready,
        "pairs": people.compared,
        "parties": summary.parties,
        "left_out": sum(left.pairs for left in people.blocking.left_out),
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
        _people(connection, records, folder)
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
