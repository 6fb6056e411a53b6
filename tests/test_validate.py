"""The validator: the standard's conformance statements, a breach of each rule, files in bad shape."""

import csv
import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bo_harmonise.resources import folder
from bo_harmonise.schema import codelist
from bo_harmonise.validate import Finding, validate_file

CONFORMANCE = Path(__file__).parents[2] / "shared/data/bods_conformance"
needs_conformance = pytest.mark.skipif(
    not CONFORMANCE.is_dir(), reason="shared/data/bods_conformance is not here"
)
TODAY = date(2026, 6, 30)


def sample() -> list[dict[str, Any]]:
    """A valid network: a person holds a company through a trust, and a nominee arrangement."""

    def said(number: int, kind: str, record: str, **details: Any) -> dict[str, Any]:
        return {
            "statementId": f"{number:032d}",
            "statementDate": "2026-01-01",
            "declarationSubject": "c",
            "recordId": record,
            "recordStatus": "new",
            "recordType": kind,
            "recordDetails": {"isComponent": False} | details,
        }

    return [
        said(1, "entity", "c", entityType={"type": "registeredEntity"}, foundingDate="2000-01-01"),
        said(2, "entity", "t", entityType={"type": "arrangement", "subtype": "trust"}, isComponent=True),
        said(3, "person", "p", personType="knownPerson", birthDate="1970"),
        said(
            4,
            "relationship",
            "r1",
            subject="c",
            interestedParty="t",
            isComponent=True,
            interests=[{"type": "shareholding", "share": {"exclusiveMinimum": 25, "maximum": 50}}],
        ),
        said(
            5,
            "relationship",
            "r2",
            subject="c",
            interestedParty="p",
            componentRecords=["t", "r1"],
            interests=[
                {"type": "shareholding", "beneficialOwnershipOrControl": True, "startDate": "2020-01-01"}
            ],
        ),
    ]


def check(tmp_path: Path, statements: Any, name: str = "bods.jsonl") -> list[Finding]:
    path = tmp_path / name
    if name.endswith("jsonl"):
        path.write_text("".join(json.dumps(s) + "\n" for s in statements), encoding="utf-8")
    else:
        path.write_text(json.dumps(statements), encoding="utf-8")
    return list(validate_file(path, today=TODAY))


@needs_conformance
def test_valid_statements_pass(tmp_path: Path) -> None:
    statements = [
        s
        for path in sorted((CONFORMANCE / "valid-statements").glob("*.json"))
        for s in json.loads(path.read_text("utf-8"))
    ]
    assert len(statements) > 100
    assert [f for f in check(tmp_path, statements) if f.part == "schema"] == []


@needs_conformance
def test_invalid_statements_break_the_rule_they_should(tmp_path: Path) -> None:
    expected = (CONFORMANCE / "invalid-statements/expected_errors.csv").read_text("utf-8").splitlines()
    cases = {name: (keyword, place) for name, keyword, place, _ in csv.reader(expected)}
    content = {
        name: json.loads((CONFORMANCE / "invalid-statements" / name).read_text("utf-8")) for name in cases
    }
    # A file that is one object is, on one line, a file of JSON Lines.
    assert [name for name, value in content.items() if not isinstance(value, list)] == [
        "statements_not_array.json"
    ]
    del content["statements_not_array.json"]
    assert len(content) > 190
    found: dict[int, set[tuple[str, str]]] = {}
    for finding in check(tmp_path, [value[0] for value in content.values()]):
        if finding.part == "schema":
            found.setdefault(finding.row, set()).add((finding.rule, finding.pointer))
    for row, name in enumerate(content, start=1):
        keyword, place = cases[name]
        pointer = re.sub(r"[.\[]", "/", place.removeprefix("$[0]")).replace("]", "")
        assert found[row] == {(keyword, pointer)}, name


def test_codes_in_the_schema_are_those_of_the_codelists() -> None:
    lists: dict[str, str] = {
        "statement.json": "recordType recordStatus annotationMotivation",
        "entity.json": "entityType securitiesIdentifierSchemes",
        "person.json": "personType nameType politicalExposureStatus",
        "relationship.json": "interestType directOrIndirect",
        "components.json": "unspecifiedReason sourceType",
    }
    for name, wanted in lists.items():
        schema = json.loads((folder("schemas") / "bods/0.4" / name).read_text("utf-8"))
        enums: list[list[str]] = []

        def collect(node: Any, enums: list[list[str]] = enums) -> None:
            if isinstance(node, dict):
                if isinstance(node.get("enum"), list):
                    enums.append(node["enum"])
                for part in node.values():
                    collect(part)
            elif isinstance(node, list):
                for part in node:
                    collect(part)

        collect(schema)
        for item in wanted.split():
            assert list(codelist(item)) in enums, f"{name}: {item}"


def test_a_valid_network_has_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, sample()) == []
    assert check(tmp_path, sample(), "bods.json") == []


def _set(row: int, path: str, value: Any) -> Any:
    """Return a change of the sample: the member at `path` of the statement in `row`."""

    def change(statements: list[dict[str, Any]]) -> None:
        *steps, last = path.split("/")
        place: Any = statements[row - 1]
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        place[last] = value

    return change


def _share(**share: Any) -> Any:
    return _set(4, "recordDetails/interests/0/share", share)


def _twice(row: int, **more: Any) -> Any:
    return lambda statements: statements.append(statements[row - 1] | {"statementId": "9" * 32} | more)


def _move(row: int, to: int) -> Any:
    return lambda statements: statements.insert(to - 1, statements.pop(row - 1))


RULES = [
    ("statement-date-in-future", 1, _set(1, "statementDate", "2026-07-01")),
    (
        "publication-date-in-future",
        1,
        _set(
            1,
            "publicationDetails",
            {"publicationDate": "2030-01-01", "bodsVersion": "0.4", "publisher": {"name": "X"}},
        ),
    ),
    ("retrieved-in-future", 1, _set(1, "source", {"retrievedAt": "2030-01-01T00:00:00Z"})),
    (
        "annotation-date-in-future",
        1,
        _set(
            1,
            "annotations",
            [{"statementPointerTarget": "", "motivation": "commenting", "creationDate": "2030-01-01"}],
        ),
    ),
    (
        "annotation-target-missing",
        5,
        _set(
            5,
            "annotations",
            [{"statementPointerTarget": "/recordDetails/interests/7", "motivation": "commenting"}],
        ),
    ),
    ("birth-date-in-future", 3, _set(3, "recordDetails/birthDate", "2027-01")),
    ("birth-date-too-early", 3, _set(3, "recordDetails/birthDate", "1799-12-31")),
    ("death-date-implausible", 3, _set(3, "recordDetails/deathDate", "1969")),
    ("dissolved-before-founded", 1, _set(1, "recordDetails/dissolutionDate", "1999-12-31")),
    ("interest-ends-before-it-starts", 5, _set(5, "recordDetails/interests/0/endDate", "2019-12-31")),
    ("minimum-and-exclusive-minimum", 4, _share(minimum=1, exclusiveMinimum=2, maximum=3)),
    ("maximum-and-exclusive-maximum", 4, _share(minimum=1, exclusiveMaximum=4, maximum=3)),
    ("exact-and-bounds", 4, _share(exact=0, minimum=1)),
    ("maximum-below-minimum", 4, _share(minimum=50, maximum=25)),
    ("maximum-equals-minimum", 4, _share(minimum=50, maximum=50)),
    ("declaration-subject-unknown", 3, _set(3, "declarationSubject", "nobody")),
    ("declaration-subject-of-wrong-type", 3, _set(3, "declarationSubject", "r2")),
    ("subject-unknown", 5, _set(5, "recordDetails/subject", "nobody")),
    ("subject-of-wrong-type", 5, _set(5, "recordDetails/subject", "p")),
    ("interested-party-unknown", 5, _set(5, "recordDetails/interestedParty", "nobody")),
    ("interested-party-of-wrong-type", 5, _set(5, "recordDetails/interestedParty", "r1")),
    ("interested-party-stands-later", 4, _move(3, 5)),
    ("subject-stands-later", 3, _move(1, 5)),
    ("component-unknown", 5, _set(5, "recordDetails/componentRecords", ["t", "r1", "nothing"])),
    ("component-is-a-statement-id", 5, _set(5, "recordDetails/componentRecords", ["t", "r1", f"{2:032d}"])),
    ("component-not-listed", 4, _set(5, "recordDetails/componentRecords", ["t"])),
    ("component-stands-later", 5, _move(4, 5)),
    ("duplicate-statement-id", 6, _twice(3, statementId=f"{3:032d}", recordStatus="updated")),
    ("several-new", 6, _twice(3)),
    ("new-not-first", 3, _twice(3, statementDate="2025-01-01", recordStatus="updated")),
    ("closed-not-last", 6, _twice(3, statementDate="2025-01-01", recordStatus="closed")),
    ("record-of-several-types", 6, _twice(3, recordId="c", recordStatus="updated")),
    (
        "other-version",
        1,
        _set(
            1,
            "publicationDetails",
            {"publicationDate": "2026-01-01", "bodsVersion": "0.3", "publisher": {"name": "X"}},
        ),
    ),
    (
        "beneficial-owner-not-a-person",
        4,
        _set(4, "recordDetails/interests/0/beneficialOwnershipOrControl", True),
    ),
    ("subject-not-a-nomination", 4, _set(4, "recordDetails/interests/0/type", "nominee")),
    ("subject-not-a-trust", 4, _set(4, "recordDetails/interests/0/type", "settlor")),
    (
        "person-identifier-scheme",
        3,
        _set(3, "recordDetails/identifiers", [{"id": "1", "scheme": "XYZ-PASSPORT"}]),
    ),
    (
        "missing-exposure-but-status-known",
        3,
        _set(
            3,
            "recordDetails/politicalExposure",
            {"status": "isPep", "details": [{"missingInfoReason": "none given"}]},
        ),
    ),
    (
        "exposure-details-but-not-exposed",
        3,
        _set(3, "recordDetails/politicalExposure", {"status": "isNotPep", "details": [{"reason": "mayor"}]}),
    ),
    (
        "listing-but-not-listed",
        1,
        _set(
            1,
            "recordDetails/publicListing",
            {"hasPublicListing": False, "companyFilingsURLs": ["https://example.org"]},
        ),
    ),
    (
        "one-market-code-only",
        1,
        _set(
            1,
            "recordDetails/publicListing",
            {
                "hasPublicListing": True,
                "securitiesListings": [
                    {
                        "marketIdentifierCode": "XLON",
                        "stockExchangeJurisdiction": "GB",
                        "stockExchangeName": "X",
                        "security": {"ticker": "X"},
                    }
                ],
            },
        ),
    ),
]


@pytest.mark.parametrize(("rule", "row", "change"), RULES, ids=[rule for rule, _, _ in RULES])
def test_each_rule_finds_its_breach_and_where(tmp_path: Path, rule: str, row: int, change: Any) -> None:
    statements = sample()
    change(statements)
    assert (rule, row) in {(f.rule, f.row) for f in check(tmp_path, statements)}


def test_closing_twice_is_found(tmp_path: Path) -> None:
    statements = sample()
    for number in (7, 8):
        statements.append(statements[2] | {"statementId": f"{number:032d}", "recordStatus": "closed"})
    assert [(f.rule, f.row) for f in check(tmp_path, statements)] == [("several-closed", 7)]


def test_an_internal_reference_of_a_person_needs_no_scheme(tmp_path: Path) -> None:
    statements = sample()
    statements[2]["recordDetails"]["identifiers"] = [
        {"id": "7", "schemeName": "Office-person"},
        {"id": "1", "scheme": "LVA-IDCARD"},
    ]
    assert check(tmp_path, statements) == []


def test_nothing_in_a_file_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "bods.jsonl"
    deep = '{"a": ' * 5000 + "1" + "}" * 5000
    odd = [
        "{broken",
        "[]",
        "7",
        "null",
        '{"recordDetails": 3, "annotations": {"a": 1}}',
        '{"recordType": "relationship", "recordDetails": {"subject": 5, "interests": "x"}}',
        '{"recordType": "person", "recordDetails": {"birthDate": 12, "identifiers": [null, 4]}}',
        '{"recordType": ["entity"], "recordId": {"a": 1}, "recordDetails": {"componentRecords": [1]}}',
        '{"recordType": "entity", "recordDetails": {"publicListing": []}, "statementDate": "soon"}',
        '{"statementId": 1e999}',
        '{"statementId": "\\ud800"}',
        '{"statementId": NaN}',
        deep,
    ]
    good = [json.dumps(s) for s in sample()]
    path.write_text("\n".join([*odd, "", *good]) + "\n", encoding="utf-8")
    findings = list(validate_file(path, today=TODAY))
    assert {f.row for f in findings} == set(range(1, 14))
    assert [(f.row, f.part) for f in findings if f.rule == "malformed-json"] == [
        (row, "file") for row in (1, 10, 11, 12, 13)
    ]


def test_a_broken_array_is_read_up_to_the_defect(tmp_path: Path) -> None:
    path = tmp_path / "bods.json"
    statements = sample()
    statements[0]["recordDetails"]["dissolutionDate"] = "1999-01-01"
    path.write_text(json.dumps(statements)[:-1] + ', {"statementId": ', encoding="utf-8")
    assert [(f.row, f.rule) for f in validate_file(path, today=TODAY)] == [
        (6, "malformed-json"),
        (1, "dissolved-before-founded"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"), [("[1 2]", [2]), ("[1,,2]", [2]), ("[", [1]), ("[1,", [2]), ("[1", [2])]
)
def test_an_array_that_is_none_is_told_where(tmp_path: Path, text: str, rows: list[int]) -> None:
    path = tmp_path / "bods.json"
    path.write_text(text, encoding="utf-8")
    assert [f.row for f in validate_file(path) if f.rule == "malformed-json"] == rows


def test_an_array_of_many_blocks_is_read_whole(tmp_path: Path) -> None:
    statements = sample()
    statements[2]["note"] = "ü" * 200_000
    statements += [
        statements[2] | {"statementId": f"{n:032d}", "recordStatus": "updated"} for n in range(10, 400)
    ]
    path = tmp_path / "bods.json"
    for indent in (None, 3):
        path.write_text(json.dumps(statements[:40], indent=indent, ensure_ascii=False), encoding="utf-8")
        assert list(validate_file(path, today=TODAY)) == []


def test_one_object_over_many_lines_is_no_file_of_statements(tmp_path: Path) -> None:
    path = tmp_path / "bods.json"
    path.write_text(json.dumps({"statements": sample()}, indent=2), encoding="utf-8")
    (finding,) = validate_file(path)
    assert (finding.row, finding.part) == (0, "file")
    assert "found one object" in finding.message


def test_compressed_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bods.jsonl.gz"
    statements = sample()
    del statements[4]["recordDetails"]["subject"]
    path.write_bytes(gzip.compress("".join(json.dumps(s) + "\n" for s in statements).encode()))
    (finding,) = validate_file(path, today=TODAY)
    assert (finding.row, finding.part, finding.rule, finding.pointer) == (
        5,
        "schema",
        "required",
        "/recordDetails",
    )
    assert finding.statement_id == f"{5:032d}"
