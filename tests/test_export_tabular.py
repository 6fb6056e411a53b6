"""CSV and Parquet out: one file a table, safe in a spreadsheet, the same rows again."""

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from adapters_helper import take_in
from export_helper import database

from bo_harmonise import db
from bo_harmonise.errors import UsageError
from bo_harmonise.export import export

GOLDEN = Path(__file__).parent / "golden" / "bods"
SETUP = """
    UPDATE entity SET name = '=HYPERLINK("http://x")' WHERE entity_subtype = 'trust';
    UPDATE entity SET name = 'Tab, "quote"
and line' WHERE entity_type = 'anonymousEntity';
    DROP VIEW current_entity;
    CREATE VIEW current_entity AS FROM entity WHERE entity_type = 'registeredEntity'
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    workspace, _ = take_in(folder, GOLDEN / "bods-0.4.jsonl")
    return database(workspace, folder / "harmonised.duckdb", SETUP)


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_is_one_file_a_table(made: Path, tmp_path: Path) -> None:
    with db.connect(made, read_only=True) as connection:
        summary = export(connection, "csv", tmp_path / "csv")
    assert summary.rows == {
        "entity.csv": 3,
        "match.csv": 0,
        "party_record.csv": 0,
        "person.csv": 2,
        "relationship.csv": 7,
        "source.csv": 1,
    }
    assert {p.name for p in (tmp_path / "csv").iterdir()} == set(summary.rows)
    people = {row["record_id"].rsplit(":", 1)[-1]: row for row in cells(tmp_path / "csv/person.csv")}
    assert json.loads(people["per-1"]["names"])[0]["full_name"] == "Ана Забрева"
    assert json.loads(people["per-1"]["nationalities"]) == ["BG"]
    assert people["per-2"]["names"] == ""


def test_formulas_are_defused_and_text_survives(made: Path, tmp_path: Path) -> None:
    with db.connect(made, read_only=True) as connection:
        export(connection, "csv", tmp_path, names=["entity"])
    names = {row["entity_type"]: row["name"] for row in cells(tmp_path / "entity.csv")}
    assert names["arrangement"] == '\'=HYPERLINK("http://x")'
    assert names["anonymousEntity"] == 'Tab, "quote"\nand line'
    assert names["registeredEntity"] == "Vltava Glass s.r.o."
    assert [p.name for p in tmp_path.iterdir()] == ["entity.csv"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_every_beginning_of_a_formula_is_defused(tmp_path: Path, first: str) -> None:
    with db.connect() as connection:
        connection.execute("CREATE TABLE t (a VARCHAR, b BIGINT, c VARCHAR[])")
        connection.execute("INSERT INTO t VALUES (?, -1, ['=1'])", [f"{first}1"])
        export(connection, "csv", tmp_path, names=["t"])
    assert cells(tmp_path / "t.csv") == [{"a": f"'{first}1", "b": "-1", "c": '["=1"]'}]


def test_parquet_holds_the_same_rows(made: Path, tmp_path: Path) -> None:
    with db.connect(made, read_only=True) as connection:
        summary = export(connection, "parquet", tmp_path)
        kept = connection.sql("FROM relationship ORDER BY ALL").to_arrow_table()
    assert summary.rows["relationship.parquet"] == 7
    assert pq.read_table(tmp_path / "relationship.parquet").to_pylist() == kept.to_pylist()


def test_exports_are_the_same_every_time(made: Path, tmp_path: Path) -> None:
    for format_ in ("csv", "parquet", "bods"):
        for number, threads in enumerate((1, 2)):
            with db.connect(made, read_only=True, threads=threads) as connection:
                export(connection, format_, tmp_path / f"{format_}{number}")
        one, two = tmp_path / f"{format_}0", tmp_path / f"{format_}1"
        if format_ == "bods":
            assert one.read_bytes() == two.read_bytes()
        else:
            assert {p.name: p.read_bytes() for p in one.iterdir()} == {
                p.name: p.read_bytes() for p in two.iterdir()
            }


def test_as_of_takes_the_statements_in_force(made: Path, tmp_path: Path) -> None:
    with db.connect(made, read_only=True) as connection:
        summary = export(connection, "csv", tmp_path, names=["entity"], as_of=date(2026, 6, 30))
        assert summary.rows == {"entity.csv": 1}
        with pytest.raises(UsageError, match="built for 2026-06-30") as error:
            export(connection, "csv", tmp_path, as_of=date(2020, 1, 1))
    assert "--as-of 2020-01-01" in str(error.value.hint)


@pytest.mark.parametrize(
    ("format_", "names", "message"),
    [
        ("xls", None, "no export 'xls'"),
        ("csv", ["nope"], "no table 'nope'"),
        ("bods", ["entity"], "cannot be chosen"),
    ],
)
def test_what_cannot_be_exported_is_said(
    made: Path, tmp_path: Path, format_: str, names: list[str] | None, message: str
) -> None:
    with db.connect(made, read_only=True) as connection, pytest.raises(UsageError, match=message) as error:
        export(connection, format_, tmp_path / "out", names=names)
    assert error.value.hint
    assert not (tmp_path / "out").exists()
