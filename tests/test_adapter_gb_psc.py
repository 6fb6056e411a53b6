import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

from bo_harmonise import db
from bo_harmonise.adapters.registry import find_adapters
from bo_harmonise.ingest.stage import IngestSummary
from bo_harmonise.ingest.statement_tables import SHARED
from bo_harmonise.schema import codelist
from bo_harmonise.workspace import Workspace

FOLDER = GOLDEN / "gb_psc"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
TABLES = SHARED / "gb_psc"

BANDS = {"25-to-50": (25, 50), "50-to-75": (50, 75), "75-to-100": (75, 100)}
HOLDERS = ("", "-as-trust", "-as-firm")
OVERSEAS = (*HOLDERS, "-as-control-over-trust", "-as-control-over-firm")
LLP, ROE = "-limited-liability-partnership", "-registered-overseas-entity"


def natures() -> dict[str, tuple[str, int | None, int | None]]:
    """Every slug of the official list with interest type and band; the official text says "more than"."""
    found: dict[str, tuple[str, int | None, int | None]] = {}
    banded = [
        ("ownership-of-shares", "", "shareholding"),
        ("voting-rights", "", "votingRights"),
        ("voting-rights", LLP, "votingRights"),
        ("right-to-share-surplus-assets", LLP, "rightsToSurplusAssetsOnDissolution"),
        ("part-right-to-share-surplus-assets", "", "rightsToSurplusAssetsOnDissolution"),
    ]
    for stem, end, kind in banded:
        for band, (low, high) in BANDS.items():
            found |= {f"{stem}-{band}-percent{holder}{end}": (kind, low, high) for holder in HOLDERS}
    plain_rights = [
        ("right-to-appoint-and-remove-directors", "", "appointmentOfBoard"),
        ("right-to-appoint-and-remove-members", LLP, "appointmentOfBoard"),
        ("right-to-appoint-and-remove-person", "", "appointmentOfBoard"),
        ("significant-influence-or-control", "", "otherInfluenceOrControl"),
        ("significant-influence-or-control", LLP, "otherInfluenceOrControl"),
    ]
    for stem, end, kind in plain_rights:
        found |= {f"{stem}{holder}{end}": (kind, None, None) for holder in HOLDERS}
    for holder in OVERSEAS:
        found[f"ownership-of-shares-more-than-25-percent{holder}{ROE}"] = ("shareholding", 25, 100)
        found[f"voting-rights-more-than-25-percent{holder}{ROE}"] = ("votingRights", 25, 100)
        found[f"right-to-appoint-and-remove-directors{holder}{ROE}"] = ("appointmentOfBoard", None, None)
        found[f"significant-influence-or-control{holder}{ROE}"] = ("otherInfluenceOrControl", None, None)
    return found


STATEMENTS = {
    "noBeneficialOwners": ["no-individual-or-entity-with-signficant-control"],
    "subjectUnableToConfirmOrIdentifyBeneficialOwner": [
        "psc-exists-but-not-identified",
        "steps-to-find-psc-not-yet-completed",
    ],
    "interestedPartyHasNotProvidedInformation": [
        "psc-details-not-confirmed",
        "psc-contacted-but-no-response",
        "psc-has-failed-to-confirm-changed-details",
        "restrictions-notice-issued-to-psc",
    ],
}
OTHER_STATEMENTS = {
    "no-beneficial-owner-identified": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
    "at-least-one-beneficial-owner-unidentified": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
    "at-least-one-beneficial-owner-unidentified-and-"
    "information-not-provided-for-at-least-one-beneficial-owner": (
        "subjectUnableToConfirmOrIdentifyBeneficialOwner"
    ),
    "information-not-provided-for-at-least-one-beneficial-owner": "interestedPartyHasNotProvidedInformation",
    "awaiting-confirmation-from-psc": "interestedPartyHasNotProvidedInformation",
    "all-beneficial-owners-identified": "",
    "nobody-has-become-or-ceased-to-be-a-beneficial-owner": "",
    "somebody-has-become-or-ceased-to-be-a-beneficial-owner": "",
    "no-change-beneficial-owner-relevant-period": "",
    "change-beneficial-owner-relevant-period": "",
    "no-trust-involved-relevant-period": "",
    "trust-involved-relevant-period": "",
    "no-change-beneficiary-relevant-period": "",
    "change-beneficiary-relevant-period": "",
}


def code_table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def line(number: str = "01234567", kind: str = "corporate-entity", key: str = "k1", **data: Any) -> str:
    path = f"/company/{number}/persons-with-significant-control/{kind}/{key}"
    record = {"kind": f"{kind}-person-with-significant-control", "etag": key, "links": {"self": path}} | data
    return json.dumps({"company_number": number, "data": record}) + "\n"


def psc(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "psc-snapshot-2026-10-01.txt"
    path.write_text("".join(lines), encoding="utf-8")
    return path


# Code tables.


def test_every_nature_of_control_has_its_type_and_band() -> None:
    table = {row["slug"]: row for row in code_table("natures_of_control")}
    nominees = {
        f"registered-owner-as-nominee-{owner}-{place}{ROE}"
        for owner in ("person", "another-entity")
        for place in ("england-wales", "scotland", "northern-ireland")
    }
    assert len(natures()) + len(nominees) == 86
    assert set(table) == set(natures()) | nominees
    for slug, (kind, low, high) in natures().items():
        row = table[slug]
        assert row["type"] == kind, slug
        assert (row["share_min"], row["share_max"]) == (str(low or ""), str(high or "")), slug
        assert row["share_min_exclusive"] == ("true" if low else ""), slug
        assert row["direct_or_indirect"] == ("indirect" if "-as-" in slug else "unknown"), slug
    for slug in nominees:
        assert table[slug]["share_min"] == table[slug]["share_max"] == "", slug
    assert {row["type"] for row in table.values()} <= codelist("interestType").keys()


def test_every_statement_has_its_reason() -> None:
    stated = {slug: reason for reason, slugs in STATEMENTS.items() for slug in slugs}
    wanted = stated | {f"{slug}-partnership": reason for slug, reason in stated.items()} | OTHER_STATEMENTS
    table = {row["slug"]: row["reason"] for row in code_table("statements")}
    assert len(wanted) == 28
    assert table == wanted
    assert {reason for reason in table.values() if reason} <= codelist("unspecifiedReason").keys()


# The golden pair.


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, IngestSummary]:
    return take_in(tmp_path_factory.mktemp("golden"), *FILES)


@pytest.mark.parametrize("table", ["entity", "person", "relationship", "reject"])
def test_golden_pair(golden: tuple[Workspace, IngestSummary], table: str) -> None:
    assert plain(rows(golden[0], table)) == expected(FOLDER, table)


def test_what_the_adapter_does_not_know_is_reported(golden: tuple[Workspace, IngestSummary]) -> None:
    _, summary = golden
    assert all_accounted(summary, rejected=5)
    (report,) = summary.reports
    assert report.totals == {"read": 31, "mapped": 25, "ignored": 1, "rejected": 5}
    assert report.ignored == {"totals line": 1}
    assert report.rejected == {
        "malformed-json": 1,
        "malformed-row": 1,
        "no-company-number": 2,
        "unknown-kind": 1,
    }
    assert report.unknown_columns == {"company: Trading.Style": 5, "psc: data.new_key": 1}
    assert report.unknown_codes == {
        "data.kind = individual-of-a-new-kind-person-with-significant-control": 1,
        "data.kind = robot-person-with-significant-control": 1,
        "data.natures_of_control = nature-of-a-new-kind": 1,
        "data.statement = statement-of-a-new-kind": 1,
    }
    assert report.failed_checks == []


def test_every_party_and_subject_of_a_relationship_has_a_statement(
    golden: tuple[Workspace, IngestSummary],
) -> None:
    workspace, _ = golden
    records = {row["record_id"] for table in ("entity", "person") for row in rows(workspace, table)}
    for row in rows(workspace, "relationship"):
        assert row["subject_record_id"] in records
        assert row["interested_party_record_id"] in {*records, None}
        assert row["declaration_subject"] == row["subject_record_id"]
        for interest in row["interests"]:
            assert interest["type"] in codelist("interestType")
            assert not interest["beneficial_ownership_or_control"] or row["interested_party_type"] == "person"


def test_a_birth_date_that_is_no_date_keeps_its_year_and_is_reported(tmp_path: Path) -> None:
    born: list[tuple[dict[str, int], str | None]] = [
        ({"year": 1980, "month": 13}, "1980"),
        ({"year": 1981, "month": 0}, "1981"),
        ({"year": 1982, "month": 2, "day": 30}, "1982"),
        ({"year": 1984, "month": 2, "day": 29}, "1984-02-29"),
        ({"year": 1985, "month": 7}, "1985-07"),
        ({"year": 1986}, "1986"),
        ({"month": 5}, None),
        ({"year": 80}, None),
    ]
    lines = [
        line(kind="individual", key=f"k{position}", name="Ada Quill", date_of_birth=given)
        for position, (given, _) in enumerate(born)
    ]
    workspace, summary = take_in(tmp_path, psc(tmp_path, *lines))
    found = {row["source_key"].rpartition("/")[2]: row["birth_date"] for row in rows(workspace, "person")}
    assert found == {f"k{position}": expected for position, (_, expected) in enumerate(born)}
    assert summary.reports[0].unknown_codes == {
        "data.date_of_birth = 1980-13": 1,
        "data.date_of_birth = 1981-0": 1,
        "data.date_of_birth = 1982-2-30": 1,
        "data.date_of_birth = 5": 1,
        "data.date_of_birth = 80": 1,
    }


def test_totals_that_do_not_fit_are_reported(tmp_path: Path) -> None:
    text = next(path for path in FILES if path.suffix == ".txt").read_text(encoding="utf-8")
    file = psc(tmp_path, re.sub(r'"statements_count":\d+', '"statements_count":7', text))
    _, summary = take_in(tmp_path, file)
    assert summary.reports[0].failed_checks == ["statements: expected 7, found 6"]


# Owners that are companies.


OWNERS = [
    ("England", None, "1234568", "01234568"),
    ("England & Wales", None, "01234569", "01234569"),
    ("United Kingdom (Scotland)", None, "sc12345", "SC012345"),
    (None, "Companies House", "No. 1234570", "01234570"),
    (None, "Companies House", "Company No: 123 4571", "01234571"),
    ("Northern Ireland", None, "NO000123", "NO000123"),
    ("Ireland", "Northern Ireland", "NI12", "NI000012"),
    ("Gibraltar", "Companies House", "12345", None),
    (None, "Companies House, Gibraltar", "12345", None),
    ("New South Wales", None, "1234568", None),
    ("Jersey", "Jersey, uk", "12345", None),
    ("England", None, "1E000005", None),
    ("England", None, "Pending", None),
    ("England", None, None, None),
    (None, None, "01234568", None),
]


@pytest.fixture(scope="module")
def owners(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Take in one line for each of OWNERS and FOREIGN_OWNERS, the owner named after its place in the list."""
    tmp_path = tmp_path_factory.mktemp("owners")
    said = [(country, place, number) for country, place, number, _ in OWNERS]
    said += [(country, None, number) for country, number, _, _ in FOREIGN_OWNERS]
    lines = []
    for position, (country, place, number) in enumerate(said):
        fields = {"country_registered": country, "place_registered": place, "registration_number": number}
        identification = {name: value for name, value in fields.items() if value}
        lines.append(line(key=f"k{position}", name=f"Owner {position}", identification=identification))
    workspace, _ = take_in(tmp_path, psc(tmp_path, *lines))
    return workspace


@pytest.mark.parametrize("position", range(len(OWNERS)), ids=[f"{c}-{p}-{n}" for c, p, n, _ in OWNERS])
def test_only_a_number_of_companies_house_is_one(owners: Workspace, position: int) -> None:
    own = f"gb_psc:entity:01234567/k{position}"
    record_id = OWNERS[position][3]
    relationship = next(
        row for row in rows(owners, "relationship") if row["record_id"].endswith(f"/k{position}")
    )
    assert relationship["interested_party_record_id"] == (f"gb_psc:entity:{record_id}" if record_id else own)
    owner = next(row for row in rows(owners, "entity") if row["name"] == f"Owner {position}")
    schemes = [item["scheme"] for item in owner["identifiers"] or []]
    assert ("GB-COH" in schemes) == (record_id is not None)


FOREIGN_OWNERS = [
    ("Denmark", "10 00 00 09", "DK-CVR", "10000009"),
    ("Denmark", "DK-10000009", "DK-CVR", "10000009"),
    ("Denmark", "12345678", None, "12345678"),
    ("Latvia", "40003000003", None, "40003000003"),
    ("Norway", "987654325", "NO-BRC", "987654325"),
    ("Panama", "77-1", None, "771"),
]


@pytest.mark.parametrize(
    "position", range(len(FOREIGN_OWNERS)), ids=[f"{c}-{n}" for c, n, _, _ in FOREIGN_OWNERS]
)
def test_a_number_of_a_known_foreign_register_keeps_its_scheme(owners: Workspace, position: int) -> None:
    name = f"Owner {len(OWNERS) + position}"
    owner = next(row for row in rows(owners, "entity") if row["name"] == name)
    assert [(item["scheme"], item["id"]) for item in owner["identifiers"]] == [FOREIGN_OWNERS[position][2:]]


def test_valid_gb_coh() -> None:
    good = ["01234567", "SC123456", "OE012345", "R0000123", "IP12345R"]
    bad = ["1234567", "1E000005", "+1234567", "1.234567", "1_000_00", "ABC12345", "", "012345678"]
    with db.connect() as connection:
        db.run_file(connection, SHARED / "macros.sql")
        found = connection.execute(
            "SELECT id, valid_gb_coh(id) FROM (SELECT unnest($ids) AS id)", {"ids": [*good, *bad]}
        ).fetchall()
    assert dict(found) == dict.fromkeys(good, True) | dict.fromkeys(bad, False)


# Real files.


def unwrapped(path: Path, target: Path) -> Path:
    """Undo the line breaks that were put into the header and the row of the one real CSV to fit a page."""
    header, _, row = path.read_text(encoding="utf-8").partition('\n"')
    target.write_text(
        "\n".join((header.replace("\n", ""), '"' + row.replace("\n", ""))) + "\n", encoding="utf-8"
    )
    return target


def test_real_files_map_whole(tmp_path: Path) -> None:
    if not (REAL / "gb_psc").is_dir():
        pytest.skip("the files of real registers are not on this machine")
    files = sorted((REAL / "gb_psc").glob("*.json"))
    table = unwrapped(REAL / "gb_psc" / "basic-company-data-1.csv", tmp_path / "basic-company-data-1.csv")
    workspace, summary = take_in(tmp_path, *files, table)
    assert all_accounted(summary)
    assert len(rows(workspace, "source")) == len(files) + 1
    for report in summary.reports:
        assert (report.unknown_columns, report.unknown_codes) == ({}, {})
    assert all(row["name"] or row["is_reference"] for row in rows(workspace, "entity"))


def test_constructed_files_map_whole(tmp_path: Path) -> None:
    if not (REAL / "gb_psc").is_dir():
        pytest.skip("the files of real registers are not on this machine")
    files = sorted((REAL / "gb_psc" / "constructed").iterdir())
    workspace, summary = take_in(tmp_path, *files, adapter="gb_psc")
    # One is of a kind that does not exist, and of no company.
    assert all_accounted(summary, rejected=1)
    assert [row["source_file"] for row in rows(workspace, "reject")] == ["psc_unknown_kind.json"]


def test_the_adapter_is_found_by_its_place() -> None:
    assert find_adapters()["gb_psc"].folder == TABLES
