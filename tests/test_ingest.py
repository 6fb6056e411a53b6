"""Deliveries as they are taken in: again, joined, malformed, by snapshot, with secrets, after a kill."""

import gzip
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from adapters_helper import again, all_accounted, psc, rows, take_in, write

from bo_harmonise import db
from bo_harmonise.build import build_database
from bo_harmonise.errors import InputError, MappingError, WorkspaceLockedError
from bo_harmonise.ingest import statement_tables
from bo_harmonise.statements import register_statements, write_current
from bo_harmonise.workspace import Workspace

TABLES = ("entity", "person", "relationship", "reject", "source")


def stored(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(workspace, name) for name in TABLES}


# Taking in twice, and joining.


def test_a_file_taken_in_twice_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"))
    workspace, _ = take_in(tmp_path, path)
    before = {file: file.read_bytes() for file in sorted(workspace.root.rglob("*")) if file.is_file()}
    summary = again(workspace, path)
    assert (summary.reports, summary.skipped) == ([], ["gb_psc@2026-10-01"])
    assert {file: file.read_bytes() for file in sorted(workspace.root.rglob("*")) if file.is_file()} == before


def test_a_copy_or_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"))
    copy = write(tmp_path / "copy" / "psc-2026-10-01.json", psc("01234567", "a"))
    workspace, summary = take_in(tmp_path, path, copy, tmp_path / "copy" / ".." / path.name)
    assert summary.reports[0].totals["read"] == 1
    assert len(rows(workspace, "source")) == 1
    assert again(workspace, copy).reports == []


def test_a_file_that_joins_a_delivery_brings_the_earlier_ones_back(tmp_path: Path) -> None:
    first = write(tmp_path / "psc-snapshot-2026-10-01_1of2.txt", psc("01234567", "a"))
    second = write(tmp_path / "psc-snapshot-2026-10-01_2of2.txt", psc("01234568", "b"))
    workspace, _ = take_in(tmp_path, first)
    summary = again(workspace, second)
    assert (len(summary.reports), summary.skipped) == (1, [])
    assert all_accounted(summary)
    together, _ = take_in(tmp_path / "together", second, first)
    assert stored(workspace) == stored(together)
    entry = workspace.manifest()["deliveries"]["gb_psc@2026-10-01"]
    assert set(entry["files"]) == {str(first), str(second)}
    assert again(workspace, first).skipped == again(workspace, second).skipped == ["gb_psc@2026-10-01"]


def test_an_old_and_a_new_file_of_one_delivery_are_mapped_together(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"psc-snapshot-2026-10-01_{n}of3.txt", psc(f"0123456{n}", f"k{n}"))
        for n in (1, 2, 3)
    ]
    workspace, _ = take_in(tmp_path, *files[:2])
    again(workspace, files[0], files[2])
    assert len(rows(workspace, "person")) == 3


@pytest.mark.parametrize("fate", ["gone", "changed"])
def test_a_delivery_whose_earlier_file_is_lost_cannot_be_joined(tmp_path: Path, fate: str) -> None:
    first = write(tmp_path / "psc-snapshot-2026-10-01_1of2.txt", psc("01234567", "a"))
    second = write(tmp_path / "psc-snapshot-2026-10-01_2of2.txt", psc("01234568", "b"))
    workspace, _ = take_in(tmp_path, first)
    before = stored(workspace)
    if fate == "gone":
        first.unlink()
    else:
        write(first, psc("01234567", "other"))
    with pytest.raises(InputError) as caught:
        again(workspace, second)
    assert str(first) in caught.value.message
    assert ("no longer there" if fate == "gone" else "no longer the same") in caught.value.message
    assert caught.value.hint
    assert stored(workspace) == before


def test_an_earlier_file_that_was_moved_is_found_when_named(tmp_path: Path) -> None:
    first = write(tmp_path / "psc-snapshot-2026-10-01_1of2.txt", psc("01234567", "a"))
    second = write(tmp_path / "psc-snapshot-2026-10-01_2of2.txt", psc("01234568", "b"))
    workspace, _ = take_in(tmp_path, first)
    moved = tmp_path / "moved" / first.name
    moved.parent.mkdir()
    first.rename(moved)
    again(workspace, second, moved)
    assert len(rows(workspace, "person")) == 2


def test_new_content_at_the_same_place_replaces_the_old(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"))
    workspace, _ = take_in(tmp_path, path)
    write(path, psc("01234567", "b"))
    again(workspace, path)
    assert [row["record_id"] for row in rows(workspace, "person")] == ["gb_psc:person:01234567/b"]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    first = write(tmp_path / "in" / "one" / "psc-2026-10-01.json", psc("01234567", "a"), "bad\n")
    second = write(
        tmp_path / "in" / "two" / "psc-2026-10-01.json", psc("01234568", "b"), psc("01234569", "c")
    )
    workspace, summary = take_in(tmp_path, first, second)
    assert all_accounted(summary, rejected=1)
    assert [(row["source_file"], row["source_row"]) for row in rows(workspace, "person")] == [
        ("one/psc-2026-10-01.json", 1),
        ("two/psc-2026-10-01.json", 1),
        ("two/psc-2026-10-01.json", 2),
    ]
    assert [row["source_file"] for row in rows(workspace, "reject")] == ["one/psc-2026-10-01.json"]


def test_a_record_that_stands_twice_is_one_statement_and_no_reject(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"), psc("01234567", "a"))
    workspace, summary = take_in(tmp_path, path)
    assert summary.reports[0].totals == {"read": 2, "mapped": 2, "ignored": 0, "rejected": 0}
    assert len(rows(workspace, "person")) == 1


@pytest.mark.parametrize("kind", ["gz", "zip", "gz without its name"])
def test_a_packed_file_gives_the_same_statements(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"), psc("01234568", "b"))
    if kind == "zip":
        packed = tmp_path / "psc-2026-10-01.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            target.write(path, "psc.txt")
    else:
        packed = tmp_path / ("psc-2026-10-01.json.gz" if kind == "gz" else "psc-2026-10-01")
        packed.write_bytes(gzip.compress(path.read_bytes()))
    expected, _ = take_in(tmp_path / "plain", path)
    found, _ = take_in(tmp_path / "packed", packed)
    for table in ("entity", "person", "relationship"):
        assert [row | {"source_file": ""} for row in rows(found, table)] == [
            row | {"source_file": ""} for row in rows(expected, table)
        ]


def test_threads_do_not_change_a_byte(tmp_path: Path) -> None:
    path = write(
        tmp_path / "psc-2026-10-01.json",
        *(psc(f"{n % 400:08}", f"k{n}", nationality="British") for n in range(3000)),
        "bad\n",
    )
    one, _ = take_in(tmp_path / "one", path, threads=1)
    two, _ = take_in(tmp_path / "two", path, threads=2)
    for table in TABLES:
        name = f"statements/gb_psc@2026-10-01/{table}.parquet"
        assert (one.root / name).read_bytes() == (two.root / name).read_bytes(), table


# Malformed input.


def test_a_malformed_line_is_rejected_wherever_it_stands(tmp_path: Path) -> None:
    good = psc("01234567", "a")
    for number, lines in ((1, ["{bad\n", good, good]), (2, [good, "{bad\n"])):
        path = write(tmp_path / str(number) / "psc-2026-10-01.json", *lines)
        workspace, summary = take_in(tmp_path / str(number), path)
        assert all_accounted(summary, rejected=1)
        assert [(row["source_row"], row["code"], row["raw"]) for row in rows(workspace, "reject")] == [
            (number, "malformed-json", "{bad")
        ]


def test_a_blank_first_line_does_not_shift_the_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", "\n", psc("01234567", "a"))
    workspace, _ = take_in(tmp_path, path)
    assert [row["source_row"] for row in rows(workspace, "person")] == [2]


def test_strict_leaves_nothing(tmp_path: Path) -> None:
    good = write(tmp_path / "psc-2026-09-01.json", psc("01234567", "a"))
    bad = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"), "bad\n")
    with pytest.raises(
        MappingError, match=r"gb_psc@2026-10-01: 1 of 2 records were rejected \(1 malformed-json\)"
    ):
        take_in(tmp_path, good, bad, strict=True)
    root = tmp_path / "workspace"
    assert not root.exists()


def test_an_input_error_leaves_the_workspace_as_it_was(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a")))
    before = set(workspace.root.rglob("*"))
    array = "[" + psc("01234567", "b").strip() + ',{"company_number":'
    good = write(tmp_path / "psc-2026-09-01.json", psc("01234567", "c"))
    with pytest.raises(InputError, match="after record 1"):
        again(workspace, good, write(tmp_path / "psc-2026-11-01.json", array))
    assert set(workspace.root.rglob("*")) == before


def test_a_lock_held_by_another_process_is_named(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    code = (
        "import sys\nfrom pathlib import Path\nfrom bo_harmonise.workspace import Workspace\n"
        "with Workspace(Path(sys.argv[1])).writing():\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceLockedError, match=f"being written by process {holder.pid} on "):
            again(Workspace(root), write(tmp_path / "psc.json", psc("01234567", "a")))
        holder.communicate()


# Snapshots.


def test_two_snapshots_keep_one_statement_for_what_did_not_change(tmp_path: Path) -> None:
    same, changed = psc("01234567", "same"), psc("01234568", "changed")
    first = write(tmp_path / "psc-2026-09-01.json", same, changed)
    second = write(
        tmp_path / "psc-2026-10-01.json",
        same,
        psc("01234568", "changed", natures_of_control=["ownership-of-shares-75-to-100-percent"]),
        psc("01234569", "added"),
    )
    workspace, _ = take_in(tmp_path, first, second)
    with db.connect() as connection:
        register_statements(connection, workspace)
        write_current(connection, tmp_path / "current", date(2026, 10, 15))
    with workspace.writing():
        build_database(workspace, tmp_path / "current", tmp_path / "x.duckdb", as_of=date(2026, 10, 15))
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        found = connection.execute(
            "SELECT split_part(record_id, '/', 2), record_status, source_id FROM relationship ORDER BY ALL"
        ).fetchall()
    assert found == [
        ("added", "new", "gb_psc@2026-10-01"),
        ("changed", "new", "gb_psc@2026-09-01"),
        ("changed", "updated", "gb_psc@2026-10-01"),
        ("same", "new", "gb_psc@2026-09-01"),
    ]
    current = pq.read_table(tmp_path / "current" / "relationship.parquet").to_pylist()
    assert [row["interests"][0]["share_min"] for row in current if row["record_id"].endswith("/changed")] == [
        75
    ]


# Secrets.


NUMBER = "X7731905512Q"


def bods_person(number: str, **more: Any) -> dict[str, Any]:
    return {
        "statementId": "11111111-2222-3333-4444-" + number[-4:].rjust(12, "0"),
        "statementDate": "2026-01-01",
        "declarationSubject": "subject",
        "recordId": f"person-{number[-2:]}",
        "recordType": "person",
        "publicationDetails": {
            "publicationDate": "2026-01-01",
            "bodsVersion": "0.4",
            "publisher": {"name": "Register of Ostrel"},
        },
        "recordDetails": {
            "isComponent": False,
            "personType": "knownPerson",
            "names": [{"type": "legal", "fullName": "Odo Vintle"}],
            "identifiers": [
                {"id": number, "scheme": "XAA-PASSPORT", "uri": f"https://passports.example/{number}"},
                {"id": number, "scheme": "XAA-IDCARD", "schemeName": "Identity card"},
                {"id": number, "scheme": "XAA-TAXID"},
            ],
        },
    } | more


def test_national_numbers_are_nowhere_in_clear(tmp_path: Path) -> None:
    broken = json.dumps(bods_person(NUMBER, recordType="personn"))
    cut = json.dumps(bods_person(NUMBER))[:-40]
    path = write(
        tmp_path / "bods-2026-01-01.jsonl", json.dumps(bods_person(NUMBER)) + "\n", broken + "\n", cut + "\n"
    )
    workspace, summary = take_in(tmp_path, path)
    assert all_accounted(summary, rejected=2)
    with workspace.writing():
        with db.connect() as connection:
            register_statements(connection, workspace)
            write_current(connection, workspace.root / "current", date(2026, 10, 15))
        build_database(workspace, workspace.root / "current", workspace.database, as_of=date(2026, 10, 15))
    identifiers = rows(workspace, "person")[0]["identifiers"]
    assert [item["scheme"] for item in identifiers] == ["XAA-PASSPORT", "XAA-IDCARD", "XAA-TAXID"]
    assert all(len(item["id"]) == 64 and item["uri"] is None for item in identifiers)
    # Values may be packed, so each is looked at as text as well as byte by byte.
    for file in sorted(workspace.root.rglob("*")):
        if file.is_file():
            assert NUMBER.encode() not in file.read_bytes(), file
        if file.suffix == ".parquet":
            assert NUMBER not in str(pq.read_table(file).to_pylist()), file
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            assert NUMBER not in str(connection.execute(f'FROM "{name}"').fetchall()), name


def test_the_key_makes_hashes_comparable_and_only_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "bods-2026-01-01.jsonl", json.dumps(bods_person(NUMBER)) + "\n")
    found = []
    for folder, key in (("a", None), ("b", None), ("c", "shared"), ("d", "shared")):
        monkeypatch.delenv("BO_HARMONISE_KEY", raising=False)
        if key:
            monkeypatch.setenv("BO_HARMONISE_KEY", key)
        workspace, _ = take_in(tmp_path / folder, path)
        found.append(rows(workspace, "person")[0]["identifiers"][0]["id"])
    assert len(set(found)) == 3
    assert found[2] == found[3]
    assert (tmp_path / "a" / "workspace" / "secret.key").stat().st_mode & 0o777 == 0o600


# Unfinished work of a killed run.


def test_a_kill_between_the_renames_is_mended(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"))
    workspace, _ = take_in(tmp_path, path)
    delivery = workspace.statements / "gb_psc@2026-10-01"
    before = stored(workspace)
    delivery.rename(delivery.with_name(delivery.name + ".old"))
    write(workspace.temp / "draft-0" / "entity.parquet", "half-written")
    assert again(workspace, path).skipped == ["gb_psc@2026-10-01"]
    assert stored(workspace) == before
    assert not workspace.temp.exists()
    shutil.copytree(delivery, delivery.with_name(delivery.name + ".old"))
    again(workspace, path)
    assert [item.name for item in workspace.statements.iterdir()] == ["gb_psc@2026-10-01"]


def test_statements_of_two_files_get_the_same_bytes_whichever_file_was_mapped_first(tmp_path):
    def written(name: str, first: str, second: str) -> bytes:
        file = tmp_path / f"{name}.parquet"
        with db.connect() as connection:
            connection.execute(
                "COPY (SELECT f || n AS statement_id, f AS source_file, n AS source_row, f || n AS record_id "
                f"FROM (VALUES ('{first}'), ('{second}')) AS files (f), range(40) AS rows (n)) "
                f"TO '{file}' (FORMAT parquet)"
            )
            assert statement_tables._put_in_order(connection, file) == 80
        return file.read_bytes()

    assert written("in_order", "a", "b") == written("turned", "b", "a")
