"""The adapter `lv_ur`: golden pair, shares, joint holdings, people behind masked codes, accounting."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

FOLDER = GOLDEN / "lv_ur"
DAY = FOLDER / "2026-10-01"
COMPANY = "40209888005"
OWNERS = (
    "id;legal_entity_registration_number;forename;surname;latvian_identity_number_masked;birth_date;nationality;"
    "residence;registered_on;last_modified_at"
)
MEMBERS = (
    "id;uri;at_legal_entity_registration_number;entity_type;name;latvian_identity_number_masked;birth_date;"
    "legal_entity_registration_number;number_of_shares;share_nominal_value;share_currency;date_from;registered_on;"
    "last_modified_at"
)
OFFICERS = (
    "id;uri;at_legal_entity_registration_number;entity_type;position;governing_body;name;"
    "latvian_identity_number_masked;birth_date;legal_entity_registration_number;rights_of_representation_type;"
    "representation_with_at_least;registered_on;last_modified_at"
)


def saved(tmp_path: Path, name: str, header: str, *lines: str) -> Path:
    path = tmp_path / "2026-10-01" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("sep=;", header, *lines, "")), encoding="utf-8")
    return path


def member(number: int, name: str, shares: str, *, nominal: str = "1.00", currency: str = "EUR") -> str:
    return f"{number};;{COMPANY};NATURAL_PERSON;{name};;1970-01-0{number};;{shares};{nominal};{currency};;;"


@pytest.mark.parametrize("table", ["entity", "person", "relationship"])
def test_golden_pair(tmp_path: Path, table: str) -> None:
    workspace, summary = take_in(tmp_path, DAY)
    assert plain(rows(workspace, table)) == expected(FOLDER, table)
    assert all_accounted(summary)
    assert [(r.unknown_columns, r.unknown_codes, r.failed_checks) for r in summary.reports] == [({}, {}, [])]
    assert summary.reports[0].totals["read"] == 21


def test_every_party_and_subject_has_a_record(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, DAY)
    known = {row["record_id"] for table in ("entity", "person") for row in rows(workspace, table)}
    for row in rows(workspace, "relationship"):
        assert row["subject_record_id"] in known
        assert row["interested_party_record_id"] in known


def test_joint_stake_is_counted_once(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, DAY)
    stakes = [
        row["interests"][0]["share_exact"]
        for row in rows(workspace, "relationship")
        if row["subject_record_id"] == f"lv_ur:entity:{COMPANY}"
        and row["interests"][0]["type"] == "shareholding"
    ]
    assert sorted(stakes) == [25.0, 25.0, 50.0]


@pytest.mark.parametrize(
    "lines",
    [
        (member(1, "Pirmais Pols", "10"), member(2, "Otrais Osis", "")),
        (member(1, "Pirmais Pols", "10"), member(2, "Otrais Osis", "10", currency="LVL")),
        (member(1, "Pirmais Pols", "10"), member(2, "Otrais Osis", "10", nominal="viens")),
        (member(1, "Pirmais Pols", "0"), member(2, "Otrais Osis", "0")),
    ],
    ids=["number missing", "two currencies", "no number", "nothing at all"],
)
def test_no_share_is_given_where_the_whole_is_not_known(tmp_path: Path, lines: tuple[str, ...]) -> None:
    workspace, summary = take_in(tmp_path, saved(tmp_path, "members.csv", MEMBERS, *lines))
    found = rows(workspace, "relationship")
    assert all_accounted(summary)
    assert [row["interests"][0]["share_exact"] for row in found] == [None, None]
    assert "shares x" in found[0]["interests"][0]["details"]


def test_shares_are_exact(tmp_path: Path) -> None:
    names = {57: "Pirmais Pols", 29: "Otrais Osis", 14: "Trešais Toms"}
    lines = [
        member(n, name, str(count), nominal="28.457436")
        for n, (count, name) in enumerate(names.items(), start=1)
    ]
    workspace, _ = take_in(tmp_path, saved(tmp_path, "members.csv", MEMBERS, *lines))
    people = {row["record_id"]: row["names"][0]["full_name"] for row in rows(workspace, "person")}
    found = {
        people[row["interested_party_record_id"]]: row["interests"][0]
        for row in rows(workspace, "relationship")
    }
    assert {name: interest["share_exact"] for name, interest in found.items()} == {
        name: float(count) for count, name in names.items()
    }
    assert found["Pirmais Pols"]["details"] == "57 of 100 shares x 28.457436 EUR"


@pytest.mark.parametrize(
    ("code", "registered", "birth_date"),
    [
        ("030974-*****", "2018-01-10", "1974-09-03"),  # 2074 has not come yet
        ("050403-*****", "2019-01-10", "2003-04-05"),  # of 1903 would be over 100
        ("010126-*****", "2018-01-10", "1926-01-01"),  # 2026 came after the entry
        ("010115-*****", "2018-01-10", None),  # a child of three
        ("010126-*****", "2026-09-01", None),  # a hundred years old, or a baby
        ("321234-*****", "2018-01-10", None),  # new kind of code: no date
        ("310274-*****", "2018-01-10", None),  # no such day
    ],
)
def test_century_of_a_masked_code(tmp_path: Path, code: str, registered: str, birth_date: str | None) -> None:
    line = f"1;{COMPANY};Anna;Kalna;{code};;LV;LV;{registered};{registered} 10:00:00"
    workspace, _ = take_in(tmp_path, saved(tmp_path, "beneficial_owners.csv", OWNERS, line))
    (person,) = plain(rows(workspace, "person"))
    assert person.get("birth_date") == birth_date
    assert person["identifiers"][0]["id"] == code
    assert person.get("extra") == (None if birth_date else {"latvian_identity_number_masked": code})


def test_one_person_in_several_files_and_two_of_one_name(tmp_path: Path) -> None:
    owners = saved(
        tmp_path,
        "beneficial_owners.csv",
        OWNERS,
        "1;40209888005;Jānis;Liepa;030974-*****;;LV;LV;2018-01-10;",
        "2;40209888109;Janis;Liepa;030974-*****;;LV;LV;2018-01-10;",
        "3;40209888109;Jānis;Liepa;040975-*****;;LV;LV;2018-01-10;",
        "4;40209888005;Jānis;Liepa;;;LV;LV;2018-01-10;",
        "5;40209888109;Jānis;Liepa;;;LV;LV;2018-01-10;",
    )
    officers = saved(
        tmp_path,
        "officers.csv",
        OFFICERS,
        "1;;40209888109;NATURAL_PERSON;BOARD_MEMBER;EXECUTIVE_BOARD;LIEPA Jānis;030974-*****;;;;;2018-01-10;",
    )
    workspace, _ = take_in(tmp_path, owners, officers)
    people = rows(workspace, "person")
    # The first by his code in three entries, the second by his own; who has no day of birth is one a company.
    assert len(people) == 4
    parties = [row["interested_party_record_id"] for row in rows(workspace, "relationship")]
    assert sorted(parties.count(row["record_id"]) for row in people) == [1, 1, 1, 3]
    assert [n["full_name"] for n in people[0]["names"]] == ["Jānis Liepa", "Janis Liepa"]


def test_unmasked_code_goes_no_further(tmp_path: Path) -> None:
    line = f"1;{COMPANY};Anna;Kalna;030974-12345;;LV;LV;2018-01-10;"
    workspace, _ = take_in(tmp_path, saved(tmp_path, "beneficial_owners.csv", OWNERS, line))
    for table in ("entity", "person", "relationship", "reject"):
        assert "12345" not in str(
            [{k: v for k, v in row.items() if k != "statement_id"} for row in rows(workspace, table)]
        )


def test_unknown_codes_and_columns_are_reported(tmp_path: Path) -> None:
    register = (DAY / "register.csv").read_text(encoding="utf-8").splitlines()
    header, line = register[1], register[2]
    register_file = saved(
        tmp_path,
        "register.csv",
        f"{header};mood",
        line.replace(";SIA;", ";SPACE;").replace("; ;", ";Q;") + ";calm",
    )
    officers = saved(
        tmp_path,
        "officers.csv",
        OFFICERS,
        f"1;;{COMPANY};NATURAL_PERSON;WIZARD;ROUND_TABLE;Kalna Anna;030974-*****;;;;;2018-01-10;",
        f"2;;{COMPANY};SPIRIT;;COUNCIL;Kalna Elza;;;;;;2018-01-10;",
        f"3;;{COMPANY};;;;;;;;;;2018-01-10;",
    )
    workspace, summary = take_in(tmp_path, register_file, officers)
    (report,) = summary.reports
    assert all_accounted(summary)
    assert report.unknown_columns == {"register: mood": 1}
    assert report.unknown_codes == {
        "officer.entity_type = SPIRIT": 1,
        "officer.governing_body = ROUND_TABLE": 1,
        "officer.position = WIZARD": 1,
        "register.closed = Q": 1,
        "register.type = SPACE": 1,
    }
    found = {row["source_key"]: row for row in rows(workspace, "relationship")}
    (interest,) = found["1"]["interests"]
    assert (interest["type"], interest["details"]) == ("unknownInterest", "WIZARD; ROUND_TABLE")
    assert (found["2"]["interests"][0]["type"], found["2"]["interested_party_type"]) == (
        "boardMember",
        "entity",
    )
    assert found["3"]["interested_party_type"] == "unspecified"
    assert found["3"]["interested_party_reason"] == "informationUnknownToPublisher"


def test_missing_columns_are_reported(tmp_path: Path) -> None:
    header = OWNERS.replace("birth_date;", "")
    assert header != OWNERS
    row = "1;40209888005;Anna;Kalna;030974-*****;LV;LV;2018-01-10;2018-01-10"
    owners = saved(tmp_path, "beneficial_owners.csv", header, row)
    _, summary = take_in(tmp_path, owners)
    assert summary.reports[0].missing_columns == {"beneficial_owner: birth_date": 1}


def test_broken_rows_are_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    owners = saved(
        tmp_path,
        "beneficial_owners.csv",
        OWNERS,
        "1;;Anna;Kalna;030974-*****;;LV;LV;2018-01-10;2018-01-10",
        "2;40209888005;too;few",
        "3;40209888005;Elza;Kalna;030974-*****;;LV;LV;2018-01-10;2018-01-10",
    )
    workspace, summary = take_in(tmp_path, owners)
    assert all_accounted(summary, rejected=2)
    found = [(row["source_row"], row["code"]) for row in rows(workspace, "reject")]
    assert found == [(3, "no-company"), (4, "malformed-row")]
    assert [row["source_row"] for row in rows(workspace, "relationship")] == [5]


def test_zip_and_gz_give_the_same_statements(tmp_path: Path) -> None:
    packed = tmp_path / "gz" / "2026-10-01"
    packed.mkdir(parents=True)
    archive = tmp_path / "ur-2026-10-01.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(DAY.iterdir()):
            (packed / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
            out.write(path, path.name)
    from_gz, _ = take_in(tmp_path / "a", packed)
    from_zip, _ = take_in(tmp_path / "b", archive)
    for table in ("entity", "person", "relationship"):
        ids = sorted(row["statement_id"] for row in rows(from_gz, table))
        assert len(ids) == len(expected(FOLDER, table))
        assert ids == sorted(row["statement_id"] for row in rows(from_zip, table))


@pytest.mark.skipif(not (REAL / "lv_ur").is_dir(), reason="the real files are not part of the project")
def test_real_files_map_completely(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, REAL / "lv_ur", snapshot=date(2020, 1, 1))
    (report,) = summary.reports
    assert all_accounted(summary)
    assert report.totals["read"] == 399 + 59
    assert report.unknown_columns == report.unknown_codes == {}
    own = [row for row in rows(workspace, "entity") if not row["is_reference"]]
    assert len(own) == 399
    assert all(row["legal_form_native"] and row["founding_date"] for row in own)
    assert all(row["identifiers"][0]["is_valid"] is not False for row in own)
