from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bo_harmonise import db
from bo_harmonise.errors import WorkspaceError
from bo_harmonise.schema import STATEMENT_TABLES, table
from bo_harmonise.statements import register_current, register_statements, write_current
from bo_harmonise.workspace import Workspace

Row = dict[str, Any]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with db.connect() as opened:
        yield opened


def source(day: str, register: str = "reg", role: str = "owners", **more: Any) -> Row:
    return {
        "source_id": f"{register}@{day}",
        "register": register,
        "snapshot_date": date.fromisoformat(day),
        "file_name": f"{role}.csv",
        "file_role": role,
        "file_sha256": "",
        "file_bytes": 0,
        "adapter_version": "1",
        "ended_records": "vanish",
        "records_read": 0,
        "records_mapped": 0,
        "records_rejected": 0,
        "records_ignored": 0,
    } | more


def statement(kind: str, day: str, record: str = "r", role: str = "owners", **more: Any) -> Row:
    """Return a statement of the delivery of that day, named after the day."""
    row: Row = {
        "statement_id": day,
        "record_id": record,
        "record_status": "new",
        "source_id": f"reg@{day}",
        "source_file": f"{role}.csv",
        "source_key": record,
        "source_row": 1,
        "is_component": False,
        "is_reference": False,
        "entity_type": "registeredEntity",
        "person_type": "knownPerson",
        "interested_party_type": "person",
        "name": "Quillmere",
    } | more
    return {name: value for name, value in row.items() if name in table(kind).column_names}


def current(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, as_of: str, sources: list[Row], **given: list[Row]
) -> dict[str, list[Row]]:
    for name in (*STATEMENT_TABLES, "source"):
        rows = sources if name == "source" else given.get(name, [])
        connection.register(f"delivered_{name}", pa.Table.from_pylist(rows, schema=table(name).arrow_schema))
    out = tmp_path / "current"
    counts = write_current(connection, out, date.fromisoformat(as_of))
    found = {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in STATEMENT_TABLES}
    assert counts == {name: len(rows) for name, rows in found.items()}
    register_current(connection, out)
    assert connection.sql("FROM current_person").to_arrow_table().to_pylist() == found["person"]
    return found


DAYS = ("2026-01-01", "2026-02-01", "2026-03-01")


@pytest.mark.parametrize("kind", STATEMENT_TABLES)
@pytest.mark.parametrize(
    ("as_of", "chosen"),
    [
        ("2026-12-31", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        ("2026-02-28", "2026-02-01"),
        ("2026-01-01", "2026-01-01"),
        ("2020-01-01", "2026-01-01"),
    ],
)
def test_the_latest_snapshot_that_was_published_counts(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, kind: str, as_of: str, chosen: str
) -> None:
    sources = [source(day, ended_records="kept") for day in DAYS]
    found = current(connection, tmp_path, as_of, sources, **{kind: [statement(kind, day) for day in DAYS]})
    assert [row["statement_id"] for row in found[kind]] == [chosen]


@pytest.mark.parametrize("kind", STATEMENT_TABLES)
def test_within_a_snapshot_the_latest_statement_made_by_the_date_counts(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, kind: str
) -> None:
    dates = {"early": "2020-05-01", "late": "2021-05-01T10:00:00Z", "after": "2022-05-01", "undated": None}
    rows = [
        statement(kind, DAYS[0], statement_id=name, statement_date=day, source_row=number)
        for number, (name, day) in enumerate(dates.items(), start=1)
    ]
    chosen = {}
    for as_of in ("2019-01-01", "2021-05-01", "2030-01-01"):
        folder = tmp_path / as_of
        folder.mkdir()
        found = current(connection, folder, as_of, [source(DAYS[0])], **{kind: rows})
        chosen[as_of] = found[kind][0]["statement_id"]
    assert chosen == {"2019-01-01": "undated", "2021-05-01": "late", "2030-01-01": "after"}


def test_the_own_entry_goes_before_a_reference_and_a_name_before_none(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = [
        statement("entity", DAYS[0], "a", statement_id="entry"),
        statement("entity", DAYS[1], "a", statement_id="reference", is_reference=True),
        statement("entity", DAYS[0], "b", statement_id="named reference", is_reference=True),
        statement("entity", DAYS[1], "b", statement_id="bare reference", is_reference=True, name=None),
    ]
    found = current(connection, tmp_path, "2026-12-31", [source(day) for day in DAYS[:2]], entity=rows)
    assert [row["statement_id"] for row in found["entity"]] == ["entry", "named reference"]


def interest(end: str | None = None) -> Row:
    return {"type": "shareholding", "share_exact": 60.0, "end_date": date.fromisoformat(end) if end else None}


@pytest.mark.parametrize(
    ("as_of", "sources", "status", "end"),
    [
        # Gone from the next snapshot: ended at its date, not at that of a still later one.
        ("2026-12-31", [source(day) for day in DAYS], "closed", "2026-02-01"),
        # Not yet known at the date that is asked about.
        ("2026-01-31", [source(day) for day in DAYS], "new", None),
        # The later snapshot has no file of this kind: it says nothing about the relationship.
        ("2026-12-31", [source(DAYS[0]), source(DAYS[1], role="companies")], "new", None),
        # Another register.
        ("2026-12-31", [source(DAYS[0]), source(DAYS[1], "other")], "new", None),
        # A register that keeps its ended records.
        ("2026-12-31", [source(day, ended_records="kept") for day in DAYS], "new", None),
    ],
    ids=["gone", "not-yet", "other-file", "other-register", "kept"],
)
def test_what_is_gone_from_a_register_of_what_is_in_force_has_ended(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    as_of: str,
    sources: list[Row],
    status: str,
    end: str | None,
) -> None:
    rows = [statement("relationship", DAYS[0], interests=[interest(), interest("2025-06-01")])]
    (found,) = current(connection, tmp_path, as_of, sources, relationship=rows)["relationship"]
    assert found["record_status"] == status
    ends = [str(item["end_date"]) if item["end_date"] else None for item in found["interests"]]
    assert ends == [end, "2025-06-01"]


def test_what_is_still_there_has_not_ended(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [statement("relationship", day, interests=[interest()]) for day in DAYS]
    (found,) = current(connection, tmp_path, "2026-12-31", [source(day) for day in DAYS], relationship=rows)[
        "relationship"
    ]
    assert (found["statement_id"], found["record_status"]) == (DAYS[2], "new")
    assert found["interests"][0]["end_date"] is None


def test_a_workspace_without_statements_says_what_to_do(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(WorkspaceError, match="has no statements") as caught:
        register_statements(connection, Workspace(tmp_path))
    assert "bo-harmonise ingest" in (caught.value.hint or "")
