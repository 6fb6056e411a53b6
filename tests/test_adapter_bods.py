"""The adapter `bods`: statements of 0.2, 0.3 and 0.4 keep everything they say."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import rows, take_in

GOLDEN = Path(__file__).parent / "golden" / "bods"
REAL = Path(__file__).parents[2] / "shared/data/registers/bods"
CONFORMANCE = Path(__file__).parents[2] / "shared/data/bods_conformance/valid-statements"
NAMES = ("bods-0.4.jsonl", "bods-0.3.json", "bods-0.2.json")
KEY = "key of the tests"
JSON_COLUMNS = ("annotations", "extra", "public_listing", "formed_by_statute", "political_exposure_details")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BO_HARMONISE_KEY", KEY)


def mapped(tmp_path: Path, *paths: Path, **settings: Any) -> dict[str, list[dict[str, Any]]]:
    """Statements by table, without the hash and empty columns, with JSON columns read."""
    workspace, _ = take_in(tmp_path, *paths, **settings)
    names = ("entity", "person", "relationship", "reject")
    tables = {name: json.loads(json.dumps(rows(workspace, name), default=str)) for name in names}
    for statements in tables.values():
        for row in statements:
            for name in [name for name, value in row.items() if value is None or name == "statement_id"]:
                del row[name]
            for name in JSON_COLUMNS:
                if row.get(name):
                    row[name] = json.loads(row[name])
    return tables


def write(path: Path, statements: list[Any]) -> Path:
    path.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in statements), encoding="utf-8")
    return path


def statement(number: int, kind: str, record: str | None, details: Any, **more: Any) -> dict[str, Any]:
    return {
        "statementId": f"{number:032d}",
        "statementDate": "2026-01-01",
        "declarationSubject": "c",
        "publicationDetails": {
            "publicationDate": "2026-02-02",
            "bodsVersion": "0.4",
            "publisher": {"name": "Office"},
        },
        "recordId": record,
        "recordType": kind,
        "recordDetails": details,
    } | more


def entity(number: int, record: str | None, **more: Any) -> dict[str, Any]:
    details = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": f"Firm {number}"}
    return statement(number, "entity", record, details, **more)


@pytest.mark.parametrize("name", NAMES)
def test_golden(tmp_path: Path, name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.expected.json").read_text(encoding="utf-8"))
    assert mapped(tmp_path, GOLDEN / name) == expected


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    _, summary = take_in(tmp_path, *(GOLDEN / name for name in NAMES))
    assert len(summary.reports) == 3
    for report in summary.reports:
        totals = report.totals
        assert totals["read"] == totals["mapped"] + totals["ignored"] + totals["rejected"]
        assert totals["rejected"] == 0


def test_what_is_no_statement_is_rejected_with_its_number(tmp_path: Path) -> None:
    lines = [
        json.dumps(entity(1, "c")),
        json.dumps(entity(2, None)),
        "{broken",
        json.dumps(statement(3, "vessel", "v", {})),
        json.dumps(statement(4, "person", "p", None)),
        json.dumps({key: value for key, value in entity(5, "d").items() if key != "statementId"}),
        json.dumps(statement(6, "person", "q", "not an object")),
        json.dumps(entity(7, "e")),
    ]
    path = tmp_path / "bods.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace, summary = take_in(tmp_path, path)
    rejected = [(row["source_row"], row["code"]) for row in rows(workspace, "reject")]
    assert rejected == [
        (2, "no-record-id"),
        (3, "malformed-json"),
        (4, "unknown-record-type"),
        (5, "no-record-details"),
        (6, "no-statement-id"),
        (7, "malformed-json"),
    ]
    assert "vessel" in rows(workspace, "reject")[2]["message"]
    assert [row["source_row"] for row in rows(workspace, "entity")] == [1, 8]
    assert summary.reports[0].totals == {"read": 8, "mapped": 2, "ignored": 0, "rejected": 6}


def test_unknown_members_and_codes_are_reported_and_kept(tmp_path: Path) -> None:
    odd = entity(1, "c", mood="sunny")
    odd["recordDetails"] |= {
        "entityType": {"type": "cooperative", "rank": 2},
        "addresses": [{"type": "seaside", "address": "1 Pier", "plusCode": "8FVC"}],
    }
    workspace, summary = take_in(tmp_path, write(tmp_path / "bods.jsonl", [odd]))
    (row,) = rows(workspace, "entity")
    extra = json.loads(row["extra"])
    assert row["entity_type"] == "unknownEntity"
    assert row["entity_type_details"] == "cooperative"
    assert extra["mood"] == "sunny"
    assert extra["recordDetails"] == {
        "entityType": {"type": "cooperative", "rank": 2},
        "addresses": [{"type": "seaside", "plusCode": "8FVC"}],
    }
    report = summary.reports[0]
    assert report.unknown_codes == {"addressType = seaside": 1, "entityType = cooperative": 1}
    assert set(report.unknown_columns) == {
        "statement: mood",
        "statement: recordDetails.entityType.rank",
        "statement: recordDetails.addresses.plusCode",
    }


def test_national_numbers_are_nowhere_in_clear(tmp_path: Path) -> None:
    person = statement(
        1,
        "person",
        "p",
        {
            "isComponent": False,
            "personType": "knownPerson",
            "identifiers": [{"scheme": "LVA-IDCARD", "id": "161175-19997", "odd": True}],
        },
    )
    (row,) = mapped(tmp_path, write(tmp_path / "bods.jsonl", [person]))["person"]
    assert "161175" not in json.dumps(row)
    assert len(row["identifiers"][0]["id"]) == 64
    assert row["extra"]["recordDetails"]["identifiers"] == [{"odd": True}]


def test_publishers_are_registers_of_their_own(tmp_path: Path) -> None:
    other = entity(1, "c")
    other["publicationDetails"] = other["publicationDetails"] | {"publisher": {"name": "Other Office"}}
    workspace, _ = take_in(
        tmp_path, write(tmp_path / "one.jsonl", [entity(1, "c")]), write(tmp_path / "two.jsonl", [other])
    )
    assert workspace.source_ids() == ["bods_office@2026-02-02", "bods_other_office@2026-02-02"]
    assert [row["record_id"] for row in rows(workspace, "entity")] == [
        "bods_office:entity:c",
        "bods_other_office:entity:c",
    ]


def test_a_chain_of_replaced_statements_is_one_record(tmp_path: Path) -> None:
    def flat(number: int, *replaces: int) -> dict[str, Any]:
        return {
            "statementID": f"{number:032d}",
            "statementType": "entityStatement",
            "entityType": "registeredEntity",
            "statementDate": f"2020-01-0{number}",
            "replacesStatements": [f"{n:032d}" for n in replaces],
        }

    path = write(
        tmp_path / "bods.jsonl", [flat(1), flat(2, 1), flat(3, 2), flat(5, 4), flat(6, 7), flat(7, 6)]
    )
    workspace, _ = take_in(tmp_path, path)
    found = [
        (int(r["source_key"]), int(r["record_id"].split(":")[-1]), r["record_status"])
        for r in rows(workspace, "entity")
    ]
    assert found == [
        (1, 1, "new"),
        (2, 1, "updated"),
        (3, 1, "updated"),
        (5, 4, "updated"),  # what it replaces was published elsewhere
        (6, 6, "updated"),
        (7, 7, "updated"),  # a ring
    ]


def test_statements_of_a_record_without_status_are_new_then_updated(tmp_path: Path) -> None:
    later = entity(1, "c", statementDate="2026-03-03")
    path = write(tmp_path / "bods.jsonl", [later, entity(2, "c"), entity(3, "d", recordStatus="closed")])
    workspace, _ = take_in(tmp_path, path)
    assert [r["record_status"] for r in rows(workspace, "entity")] == ["updated", "new", "closed"]


def test_a_party_that_is_not_in_the_file_is_told_by_its_interest(tmp_path: Path) -> None:
    def held(number: int, **interest: Any) -> dict[str, Any]:
        details = {"isComponent": False, "subject": "c", "interestedParty": "gone", "interests": [interest]}
        return statement(number, "relationship", f"r{number}", details)

    path = write(
        tmp_path / "bods.jsonl",
        [entity(1, "c"), held(2, type="shareholding"), held(3, beneficialOwnershipOrControl=True)],
    )
    workspace, _ = take_in(tmp_path, path)
    assert [r["interested_party_record_id"] for r in rows(workspace, "relationship")] == [
        "bods_office:entity:gone",
        "bods_office:person:gone",
    ]


@pytest.mark.parametrize("container", ["gz", "zip", "array"])
def test_container_does_not_matter(tmp_path: Path, container: str) -> None:
    source = GOLDEN / "bods-0.4.jsonl"
    plain = mapped(tmp_path / "plain", source)
    path = tmp_path / "bods-0.4.jsonl"
    if container == "gz":
        path = path.with_suffix(".jsonl.gz")
        path.write_bytes(gzip.compress(source.read_bytes()))
    elif container == "zip":
        path = path.with_suffix(".zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(source, source.name)
    else:
        lines = source.read_text(encoding="utf-8").splitlines()
        path.write_text("[" + ",\n".join(lines) + "]", encoding="utf-8")
    packed = mapped(tmp_path / "packed", path)
    for statements in (*plain.values(), *packed.values()):
        for row in statements:
            row.pop("source_file")
    assert packed == plain


@pytest.mark.skipif(not REAL.is_dir(), reason="shared/data/registers/bods is not here")
def test_real_files_map_whole(tmp_path: Path) -> None:
    paths = sorted(REAL.rglob("*.json"))
    assert len(paths) > 20
    for number, path in enumerate(paths):
        _, summary = take_in(tmp_path / str(number), path)
        for report in summary.reports:
            totals = report.totals
            assert totals["read"] == totals["mapped"] > 0
            assert report.unknown_codes == {}


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="shared/data/bods_conformance is not here")
def test_valid_statements_map(tmp_path: Path) -> None:
    statements = [
        s for path in sorted(CONFORMANCE.glob("*.json")) for s in json.loads(path.read_text("utf-8"))
    ]
    _, summary = take_in(tmp_path, write(tmp_path / "bods.jsonl", statements))
    assert summary.reports[0].totals["read"] == len(statements) == summary.reports[0].totals["mapped"]
    assert summary.reports[0].unknown_codes == {}
