"""What a second delivery costs beside a run from scratch: one per cent of the records are new.

    python benchmarks/increment.py [--records 1000000]

Features and resolution, in CPU seconds of all cores (what else the machine does moves them less than the
clock). The people are those of `people.py`. The parties of both ways are held against each other.
"""

import argparse
import logging
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
from people import people

from bo_harmonise.db import connect
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.standardise.features import build_features


def _run(
    records: int, folder: Path, previous: Path | None = None, *, first: bool = False
) -> tuple[float, float, int, int]:
    """Return CPU seconds of features and of resolution, pairs, and pairs that kept their score."""
    out = folder / "out"
    with connect(temp=folder / "spill") as connection:
        out.mkdir(parents=True)
        people(connection, records, folder, first=first)
        start = time.process_time()
        build_features(connection, out / "features", previous=previous and previous / "out" / "features")
        ready = time.process_time()
        summary = resolve(
            connection,
            out / "resolution",
            features=out / "features",
            settings=ResolveSettings(),
            judgements=None,
            previous=previous and previous / "out" / "resolution",
            run_id="bench",
        )
        done = time.process_time()
    kind = summary.kinds["person"]
    return ready - start, done - ready, kind.compared, kind.reused


def _clusters(folder: Path) -> str:
    """Hash of who is together with whom; party ids may be older than a run from scratch."""
    records = folder / "out" / "resolution" / "party_record.parquet"
    return str(
        duckdb.execute(
            "SELECT md5(string_agg(members, chr(10) ORDER BY members)) FROM "
            "(SELECT string_agg(record_id, ' ' ORDER BY record_id) AS members "
            "FROM read_parquet($file) GROUP BY party_id)",
            {"file": str(records)},
        ).fetchall()[0][0]
    )


def main() -> None:
    """Run from scratch, the first delivery, and the second on top of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    records = parser.parse_args().records
    logging.getLogger("splink").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        scratch, first, second = (Path(name, part) for part in ("scratch", "first", "second"))
        features, resolved, pairs, _ = _run(records, scratch)
        same = _clusters(scratch)
        shutil.rmtree(scratch)
        _run(records, first, first=True)
        features_2, resolved_2, _, reused = _run(records, second, first)
        if _clusters(second) != same:
            raise SystemExit("increment: the parties are not those of a run from scratch")
    whole, part = features + resolved, features_2 + resolved_2
    print(
        f"increment: {records:,} people, of them 1 % new, {pairs:,} pairs; "
        "the parties are those of a run from scratch"
    )
    print(f"  {100 * part / whole:.1f} % of the CPU of a run from scratch ({part:.1f} of {whole:.1f} s)")
    print(f"  features {100 * features_2 / features:.1f} %, resolution {100 * resolved_2 / resolved:.1f} %")
    print(f"  {100 * (pairs - reused) / pairs:.1f} % of the pairs scored again")


if __name__ == "__main__":
    main()
