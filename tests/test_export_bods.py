"""BODS 0.4 out: valid, ordered, nothing lost on the way through the common schema."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import take_in
from export_helper import database, in_own_words, lines, lost

from bo_harmonise import db
from bo_harmonise.export import export
from bo_harmonise.validate import validate_file

GOLDEN = Path(__file__).parent / "golden" / "bods"
SHARED = Path(__file__).parents[2] / "shared/data"
REAL = SHARED / "registers/bods"
CONFORMANCE = SHARED / "bods_conformance/valid-statements"


def exported(
    tmp_path: Path, *paths: Path, setup: str = "", **options: Any
) -> tuple[Path, list[dict[str, Any]]]:
    tmp_path.mkdir(parents=True, exist_ok=True)
    workspace, _ = take_in(tmp_path, *paths)
    out = tmp_path / "out.jsonl"
    with db.connect(database(workspace, tmp_path / "harmonised.duckdb", setup), read_only=True) as connection:
        summary = export(connection, "bods", out, **options)
    statements = lines(out)
    assert summary.rows == {"out.jsonl": len(statements)}
    return out, statements


def content(statements: list[dict[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(in_own_words(s), sort_keys=True, ensure_ascii=False) for s in statements)


def load(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        lines(path) if path.suffix == ".jsonl" else json.loads(path.read_text("utf-8"))
    )
    return found


def test_statements_come_out_as_they_came_in(tmp_path: Path) -> None:
    source = GOLDEN / "bods-0.4.jsonl"
    out, statements = exported(tmp_path, source)
    assert content(statements) == content(lines(source))
    assert list(validate_file(out)) == []


def test_round_trip_is_a_fixed_point(tmp_path: Path) -> None:
    first, statements = exported(tmp_path / "1", GOLDEN / "bods-0.4.jsonl")
    second, again = exported(tmp_path / "2", first)
    assert content(again) == content(statements)
    assert [s["recordId"] for s in again] == [s["recordId"] for s in statements]
    assert list(validate_file(second)) == []


def test_older_versions_come_out_as_valid_0_4(tmp_path: Path) -> None:
    out, statements = exported(tmp_path, GOLDEN / "bods-0.3.json", GOLDEN / "bods-0.2.json")
    assert list(validate_file(out)) == []
    told = [a["description"] for s in statements for a in s["annotations"]]
    assert any('"a fifth"' in text and '"golden-share"' in text for text in told)
    assert any('"foundingDate":"1999"' in text for text in told)
    assert any('"shy"' in text for text in told)
    by_id = {s["source"]["description"].rsplit(", ", 1)[-1]: s for s in statements}
    share = by_id["aaaaaaaa-0000-4000-8000-000000000005"]["recordDetails"]["interests"][1]["share"]
    assert share == {"exclusiveMinimum": 50.0, "maximum": 75.0}
    assert {s["publicationDetails"]["bodsVersion"] for s in statements} == {"0.4"}


def test_joined_records_carry_their_identity(tmp_path: Path) -> None:
    register = "bods_ruritania_ownership_office"
    setup = f"""
        INSERT INTO party_record VALUES
            ('P1', '{register}:person:per-1', 's', '{register}'), ('P1', 'lv_ur:person:9', 's', 'lv_ur'),
            ('P2', '{register}:entity:ent-1', 's', '{register}');
        INSERT INTO match VALUES
            ('lv_ur:person:9', '{register}:person:per-1', 'person', 'splink', 11.5, 0.99912, true, NULL),
            ('{register}:person:per-1', 'x', 'person', 'splink', 1.5, 0.7, false, NULL)
    """
    plain = {s["recordId"]: s for s in exported(tmp_path / "1", GOLDEN / "bods-0.4.jsonl")[1]}
    out, statements = exported(tmp_path / "2", GOLDEN / "bods-0.4.jsonl", setup=setup)
    by_record = {s["recordId"]: s for s in statements}
    (identity,) = [a for s in statements for a in s["annotations"] if a["motivation"] == "identifying"]
    assert identity in by_record[f"{register}:person:per-1"]["annotations"]
    assert identity["partyId"] == "P1"
    assert identity["method"] == "splink"
    assert identity["matchedRecordId"] == "lv_ur:person:9"
    assert identity["matchProbability"] == 0.99912
    changed = {r for r, s in by_record.items() if s["statementId"] != plain[r]["statementId"]}
    assert changed == {f"{register}:person:per-1"}
    assert list(validate_file(out)) == []


def test_a_register_of_its_own_format_names_its_source(tmp_path: Path) -> None:
    psc = {
        "company_number": "09145694",
        "data": {
            "kind": "individual-person-with-significant-control",
            "name": "Ana Zabreva",
            "etag": "e1",
            "notified_on": "2016-04-06",
            "natures_of_control": ["ownership-of-shares-25-to-50-percent"],
            "nationality": "British",
            "date_of_birth": {"month": 3, "year": 1971},
            "address": {"address_line_1": "1 Quay", "postal_code": "AB1 2CD", "country": "England"},
            "links": {"self": "/company/09145694/persons-with-significant-control/individual/abc"},
        },
    }
    path = tmp_path / "persons-with-significant-control-snapshot-2026-10-01.txt"
    path.write_text(json.dumps(psc) + "\n", encoding="utf-8")
    out, statements = exported(tmp_path, path)
    assert [s["recordType"] for s in statements] == ["entity", "person", "relationship"]
    held = statements[2]
    assert held["recordDetails"]["interests"][0]["share"] == {"exclusiveMinimum": 25.0, "maximum": 50.0}
    assert held["source"]["type"] == ["officialRegister"]
    assert held["source"]["assertedBy"] == [{"name": "Companies House"}]
    assert path.name in held["source"]["description"]
    assert held["publicationDetails"]["publicationDate"] == "2026-10-01"
    assert held["publicationDetails"]["license"].startswith("https://www.nationalarchives.gov.uk/")
    assert statements[1]["recordDetails"]["nationalities"] == [{"name": "United Kingdom", "code": "GB"}]
    assert statements[1]["recordDetails"]["addresses"][0]["country"]["code"] == "GB"
    assert statements[1]["declarationSubject"] == statements[0]["recordId"]
    assert list(validate_file(out)) == []


def test_a_record_that_nobody_describes_is_told_as_unknown(tmp_path: Path) -> None:
    statement = lines(GOLDEN / "bods-0.4.jsonl")[7]
    path = tmp_path / "bods.jsonl"
    path.write_text(json.dumps(statement) + "\n", encoding="utf-8")
    out, statements = exported(tmp_path, path)
    assert sorted(
        s["recordDetails"].get("entityType", {}).get("type", s["recordDetails"].get("personType"))
        for s in statements[:2]
    ) == ["unknownEntity", "unknownPerson"]
    assert "componentRecords" not in statements[2]["recordDetails"]
    assert list(validate_file(out)) == []


@pytest.mark.skipif(not REAL.is_dir(), reason="shared/data/registers/bods is not here")
def test_published_packages_come_out_as_they_came_in(tmp_path: Path) -> None:
    paths = sorted(REAL.glob("*.json"))
    out, statements = exported(tmp_path, *paths)
    published = [s for path in paths for s in load(path)]
    for statement in published:
        statement.pop("recordStatus")  # several packages of one publisher describe the same records
    assert lost(statements, published) == []
    assert [f for f in validate_file(out) if f.part == "schema"] == []


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="shared/data/bods_conformance is not here")
def test_every_member_of_the_standard_survives(tmp_path: Path) -> None:
    published = [s for path in sorted(CONFORMANCE.glob("*.json")) for s in load(path)]
    for statement in published:
        statement.pop("recordStatus", None)  # together the files are no series
    path = tmp_path / "bods.jsonl"
    path.write_text("".join(json.dumps(s) + "\n" for s in published), encoding="utf-8")
    out, statements = exported(tmp_path, path)
    assert [f for f in validate_file(out) if f.part == "schema"] == []
    (incomplete,) = lost(statements, published)
    absent = incomplete["recordDetails"]["componentRecords"]
    told = [a.get("description", "") for s in statements for a in s.get("annotations", [])]
    assert any(text.startswith("componentRecords that no") and absent[0] in text for text in told)


@pytest.mark.slow
def test_the_sample_registers_come_out_valid_together(tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "sample_registries"
    registers = [
        folder for folder in sorted(samples.iterdir()) if folder.is_dir() and folder.name != "expected"
    ]
    out, statements = exported(tmp_path, *registers)
    assert len({s["recordId"].split(":")[0] for s in statements}) >= 6
    assert list(validate_file(out)) == []
