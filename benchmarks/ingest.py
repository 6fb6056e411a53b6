"""Ingest of a PSC snapshot beside DuckDB's bare copy and beside a plain Python loop, in one run.

    python benchmarks/ingest.py [--lines 500000] [--json FILE]

Writes an invented snapshot in the true format, then measures in a process each, from file to Parquet:
`adapter` (zip, the whole of `ingest`), `bare copy` (`COPY (SELECT * FROM read_json(…))` of the same
lines, unzipped) and `python loop` (unzipped; json and dicts, the same columns as the adapter). Prints
seconds, ratios and peak memory for a fifth of the lines and for all. Ratios are what to compare: the
machine's speed varies.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise.ingest.stage import IngestSettings, ingest
from bo_harmonise.schema import table
from bo_harmonise.workspace import Workspace
from bo_harmonise.world.psc_bulk import write_psc_zip

NAME = "persons-with-significant-control-snapshot-2026-10-01"
MODES = ("adapter", "bare copy", "python loop")
REPEATS = 3


def adapter(archive: Path, out: Path) -> None:
    """Take the zip in as `bo-harmonise ingest` does."""
    workspace = Workspace(out / "workspace")
    with workspace.writing():
        ingest(workspace, [archive], IngestSettings())


def bare_copy(text: Path, out: Path) -> None:
    """Copy the lines to one Parquet file with DuckDB alone."""
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_json('{text}', format = 'newline_delimited', "
        f"ignore_errors = true)) TO '{out}/copy.parquet'"
    )


def python_loop(text: Path, out: Path) -> None:
    """Write the columns of the common schema with a dict a record."""
    names = ("entity", "person", "relationship")
    writers = {name: pq.ParquetWriter(out / f"{name}.parquet", table(name).arrow_schema) for name in names}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    seen: set[str] = set()
    with text.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            record = json.loads(line)
            for name, row in mapped(record, number, seen):
                rows[name].append(row)
            if number % 20_000 == 0:
                flush(writers, rows)
    flush(writers, rows)
    for writer in writers.values():
        writer.close()


def flush(writers: dict[str, pq.ParquetWriter], rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write and forget the rows so far."""
    for name, writer in writers.items():
        writer.write_table(pa.Table.from_pylist(rows[name], schema=table(name).arrow_schema))
        rows[name].clear()


def mapped(record: dict[str, Any], number: int, seen: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """Map one line: its company, its person or owner, its relationship."""
    company, data = record.get("company_number"), record["data"]
    if company is None:
        return []
    key = data["links"]["self"]
    place = {"source_id": "gb_psc@2026-10-01", "source_file": NAME, "source_key": key, "source_row": number}
    subject = f"gb_psc:entity:{company}"
    found: list[tuple[str, dict[str, Any]]] = []
    if company not in seen:
        seen.add(company)
        found.append(("entity", entity(subject, place, None, [{"scheme": "GB-COH", "id": company}])))
    party = None
    kind = data["kind"]
    address = data.get("address") or {}
    addresses = [
        {
            "type": "service",
            "address": ", ".join(
                filter(None, map(address.get, ("premises", "address_line_1", "address_line_2")))
            ),
            "locality": address.get("locality"),
            "region": address.get("region"),
            "post_code": address.get("postal_code"),
        }
    ]
    if kind.startswith(("individual", "super-secure")):
        party = f"gb_psc:person:{company}/{key.rpartition('/')[2]}"
        elements = data.get("name_elements") or {}
        born = data.get("date_of_birth")
        found.append(
            (
                "person",
                {
                    **head("person", party, place, data),
                    "person_type": "knownPerson" if elements else "anonymousPerson",
                    "is_component": False,
                    "names": [
                        {
                            "type": "legal",
                            "full_name": data.get("name"),
                            "given_name": elements.get("forename"),
                            "family_name": elements.get("surname"),
                        }
                    ],
                    "birth_date": f"{born['year']}-{born['month']:02d}" if born else None,
                    "nationalities": [data["nationality"]] if "nationality" in data else None,
                    "residence_countries": [data["country_of_residence"]]
                    if "country_of_residence" in data
                    else None,
                    "addresses": addresses,
                },
            )
        )
    elif kind.startswith(("corporate", "legal")):
        party = f"gb_psc:entity:{company}/{key.rpartition('/')[2]}"
        number_there = (data.get("identification") or {}).get("registration_number")
        found.append(
            (
                "entity",
                entity(party, place, data.get("name"), [{"scheme": None, "id": number_there}])
                | {"addresses": addresses},
            )
        )
    found.append(
        (
            "relationship",
            {
                **head("relationship", f"gb_psc:relationship:{key}", place, data),
                "is_component": False,
                "subject_record_id": subject,
                "interested_party_record_id": party,
                "interested_party_type": "person" if party else "unspecified",
                "interests": [
                    {"type": "shareholding", "details": slug} for slug in data.get("natures_of_control", ())
                ],
            },
        )
    )
    return found


def head(name: str, record_id: str, place: dict[str, Any], data: Any) -> dict[str, Any]:
    """Give the columns that all statements have."""
    content = json.dumps(data)
    return {
        **place,
        "statement_id": hashlib.md5(
            f"{name}{record_id}{content}".encode(), usedforsecurity=False
        ).hexdigest(),
        "record_id": record_id,
        "record_status": "new",
    }


def entity(record_id: str, place: dict[str, Any], name: str | None, identifiers: list[Any]) -> dict[str, Any]:
    """Give an entity statement."""
    return {
        **head("entity", record_id, place, [name, identifiers]),
        "is_component": False,
        "is_reference": True,
        "entity_type": "registeredEntity",
        "name": name,
        "identifiers": identifiers,
    }


def measure(mode: str, archive: Path, text: Path) -> dict[str, float]:
    """Run one mode in a process of its own; give its seconds and peak memory in MiB."""
    done = subprocess.run(
        [sys.executable, __file__, "--mode", mode, "--archive", str(archive), "--text", str(text)],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run_mode(mode: str, archive: Path, text: Path) -> None:
    """Run one mode here and print what it took."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        start = time.perf_counter()
        if mode == "adapter":
            adapter(archive, Path(folder))
        else:
            {"bare copy": bare_copy, "python loop": python_loop}[mode](text, Path(folder))
        seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu": usage.ru_utime + usage.ru_stime,
                "peak_mib": usage.ru_maxrss / 1024,
            }
        )
    )


def main() -> None:
    """Parse the call, measure, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=500_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--mode", choices=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--archive", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--text", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.mode:
        run_mode(given.mode, given.archive, given.text)
        return
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for lines in (given.lines // 5, given.lines):
            archive = Path(folder) / f"{lines}" / f"{NAME}.zip"
            archive.parent.mkdir()
            write_psc_zip(archive, lines=lines, seed=1)
            with zipfile.ZipFile(archive) as opened:
                text = Path(opened.extract(opened.namelist()[0], archive.parent))
            # The best of several runs, taken in turn, so that a slow moment does not fall on one mode only.
            best: dict[str, dict[str, float]] = {}
            for repeat in range(REPEATS):
                for mode in MODES:
                    if mode == "python loop" and repeat:
                        continue
                    found = measure(mode, archive, text)
                    if mode not in best or found["seconds"] < best[mode]["seconds"]:
                        best[mode] = found
            results += [{"lines": lines, "mode": mode, **best[mode]} for mode in MODES]
    report(results)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def report(results: list[dict[str, Any]]) -> None:
    """Print the table, with each mode's time as a multiple of the bare copy's."""
    floor = {row["lines"]: row["seconds"] for row in results if row["mode"] == "bare copy"}
    print(f"{'lines':>9}  {'mode':<12} {'seconds':>8} {'x bare copy':>12} {'cpu s':>7} {'peak MiB':>9}")
    for row in results:
        ratio = row["seconds"] / floor[row["lines"]]
        print(
            f"{row['lines']:>9}  {row['mode']:<12} {row['seconds']:>8.2f} {ratio:>12.2f} "
            f"{row['cpu']:>7.2f} {row['peak_mib']:>9.0f}"
        )


if __name__ == "__main__":
    main()
