"""The adapter `gleif`: golden pair, XML against CSV, accounting, identifiers, real files."""

import csv
import gzip
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

from bo_harmonise.world.check_digits import lei
from bo_harmonise.world.writers.gleif import (
    Address,
    LeiRecord,
    RelationshipRecord,
    ReportingException,
    write_lei_xml,
    write_repex_xml,
    write_rr_xml,
)
from bo_harmonise.world.writers.gleif_csv import write_lei_csv, write_rr_csv

FOLDER = GOLDEN / "gleif"
DAY = FOLDER / "20261001"
AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
CHILD, PARENT, TOP, FUND = (lei(f"9845ADAPTERTEST{n:03d}") for n in range(4))
QUAY = Address(first_line="Kaiweg 3", additional_lines=("Tor 2", "3. Stock"), city="Bremen", country="DE")
PERIOD = ("2018-05-02", None, "RELATIONSHIP_PERIOD")


def record(number: str, **fields: Any) -> LeiRecord:
    return LeiRecord(
        **(
            {"name": "Nordkai AG", "legal_address": QUAY, "authority": "RA999999", "jurisdiction": "DE"}
            | fields
        ),
        lei=number,
    )


def link(
    start: str, end: str, kind: str = "IS_DIRECTLY_CONSOLIDATED_BY", **fields: Any
) -> RelationshipRecord:
    return RelationshipRecord(**({"periods": (PERIOD,)} | fields), start=start, end=end, type=kind)


def lei_file(folder: Path, *records: LeiRecord) -> Path:
    out = io.StringIO()
    write_lei_xml(records, out, AT)
    return saved(folder / "lei2-20261001.xml", out.getvalue())


def rr_file(folder: Path, *records: RelationshipRecord) -> Path:
    out = io.StringIO()
    write_rr_xml(records, out, AT)
    return saved(folder / "rr-20261001.xml", out.getvalue())


def saved(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("table", ["entity", "person", "relationship"])
def test_golden_pair(tmp_path: Path, table: str) -> None:
    workspace, summary = take_in(tmp_path, DAY)
    golden = [] if table == "person" else expected(FOLDER, table)
    assert plain(rows(workspace, table)) == golden
    assert all_accounted(summary)
    assert [(r.unknown_columns, r.unknown_codes, r.failed_checks) for r in summary.reports] == [({}, {}, [])]


def test_xml_and_csv_give_the_same_statements(tmp_path: Path) -> None:
    records = [
        record(
            CHILD,
            other_names=(
                ("Südkai AG", "PREVIOUS_LEGAL_NAME", "de"),
                ("Kai", "TRADING_OR_OPERATING_NAME", "de"),
            ),
            transliterated_names=(("Nordkai AG", "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME", "de"),),
            headquarters=Address(first_line="Am Fleet 1", city="Hamburg", country="DE", post_code="20001"),
            authority="RA000170",
            authority_entity_id="DK 12345003",
            created="2004-05-06",
            expired=("2024-03-01", "CORPORATE_ACTION"),
            successor_lei=PARENT,
            status="INACTIVE",
            registration_status="RETIRED",
            other_form="Aktiengesellschaft",
        ),
        record(FUND, name="Kai Fonds", category="FUND"),
    ]
    links = [
        link(
            CHILD, PARENT, accounting_standard="IFRS", percentage="62.50", reference="https://kai.example/a"
        ),
        link(CHILD, TOP, "IS_ULTIMATELY_CONSOLIDATED_BY", status="NULL"),
        link(FUND, PARENT, "IS_FUND-MANAGED_BY"),
    ]
    exceptions = [
        ReportingException(
            lei=PARENT,
            category="DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
            reasons=("NO_LEI", "NON_PUBLIC"),
            references=("§ 4; Abs. 2",),
        )
    ]
    out = io.StringIO()
    write_repex_xml(exceptions, out, AT)
    xml = [
        lei_file(tmp_path, *records),
        rr_file(tmp_path, *links),
        saved(tmp_path / "repex-20261001.xml", out.getvalue()),
    ]
    lei_csv, rr_csv = io.StringIO(), io.StringIO()
    write_lei_csv(records, lei_csv)
    write_rr_csv(links, rr_csv)
    table = [
        ["LEI", "Exception.Category", "Exception.Reason.1", "Exception.Reason.2", "Exception.Reference.1"],
        [exceptions[0].lei, exceptions[0].category, *exceptions[0].reasons, *exceptions[0].references],
    ]
    repex_csv = "".join(",".join(f'"{value}"' for value in line) + "\n" for line in table)
    csv_files = [
        saved(tmp_path / "lei2-20261001.csv", lei_csv.getvalue()),
        saved(tmp_path / "rr-20261001.csv", rr_csv.getvalue()),
        saved(tmp_path / "repex-20261001.csv", repex_csv),
    ]
    from_xml, _ = take_in(tmp_path / "a", *xml)
    from_csv, summary = take_in(tmp_path / "b", *csv_files)
    from_both, both = take_in(tmp_path / "c", *xml, *csv_files)
    assert all_accounted(summary)
    assert all_accounted(both)
    for name, count in (("entity", 4), ("relationship", 3)):
        ids = sorted(row["statement_id"] for row in rows(from_xml, name))
        assert len(ids) == count
        assert ids == sorted(row["statement_id"] for row in rows(from_csv, name))
        assert ids == sorted(row["statement_id"] for row in rows(from_both, name))


NUMBERS = [
    ("RA000585", "417 882", "GB-COH", "00417882", True),
    ("RA000587", "sc12345", "GB-COH", "SC012345", True),
    ("RA000586", "NI 612345", "GB-COH", "NI612345", True),
    ("RA000170", "DK 12345003", "DK-CVR", "12345003", True),
    ("RA000170", "12345004", "DK-CVR", "12345004", False),
    ("RA000526", "91 000 955", "SK-ICO", "91000955", True),
    ("RA000526", "123457", "SK-ICO", "00123457", False),
    ("RA000681", "12.ABC.345/01DE-35", "BR-CNPJ", "12ABC34501DE35", None),
    ("RA000192", "RCS Lyon 999 888 777", "FR-RCS", "999888777", None),
    ("RA000161", "HE 123456", "CY-DRCOR", "HE123456", None),
    ("RA000188", "1234567-8", "FI-PRO", "1234567-8", None),
    ("RA000242", "HRB 4711", None, "HRB 4711", None),
]


def test_registration_number_is_written_as_the_national_register_does(tmp_path: Path) -> None:
    records = [
        record(lei(f"9845NUMBERTEST{n:04d}"), authority=authority, authority_entity_id=number)
        for n, (authority, number, *_) in enumerate(NUMBERS)
    ]
    workspace, _ = take_in(tmp_path, lei_file(tmp_path, *records))
    national = [row["identifiers"][1] for row in rows(workspace, "entity")]
    assert [(n["scheme"], n["id"], n["is_valid"]) for n in national] == [
        tuple(wanted) for _, _, *wanted in NUMBERS
    ]
    assert national[-1]["scheme_name"] == "RA000242"


CATEGORIES = [
    ("GENERAL", "1", "registeredEntity"),
    ("GENERAL", None, "legalEntity"),
    ("FUND", "S000099999", "registeredEntity"),
    ("FUND", None, "arrangement"),
    ("BRANCH", "1", "registeredEntity"),
    ("SOLE_PROPRIETOR", "1", "registeredEntity"),
    ("RESIDENT_GOVERNMENT_ENTITY", None, "stateBody"),
    ("INTERNATIONAL_ORGANIZATION", None, "legalEntity"),
]


def test_entity_type(tmp_path: Path) -> None:
    records = [
        record(lei(f"9845CATEGORYTEST{n:02d}"), category=category, authority_entity_id=number)
        for n, (category, number, _) in enumerate(CATEGORIES)
    ]
    workspace, summary = take_in(tmp_path, lei_file(tmp_path, *records))
    found = [(row["entity_type_details"], row["entity_type"]) for row in rows(workspace, "entity")]
    assert found == [(category, entity_type) for category, _, entity_type in CATEGORIES]
    assert summary.reports[0].unknown_codes == {}


def test_percentage_in_either_reading(tmp_path: Path) -> None:
    amounts = {
        "62.5": 62.5, "0.625": 62.5, "1.00": 100.0, "100": 100.0, "0": None, "250": None, "all": None,
    }  # fmt: skip
    links = [
        link(lei(f"9845PERCENTTEST{n:03d}"), PARENT, percentage=amount) for n, amount in enumerate(amounts)
    ]
    workspace, _ = take_in(tmp_path, rr_file(tmp_path, *links))
    for row, (amount, share) in zip(rows(workspace, "relationship"), amounts.items(), strict=True):
        shares = [i["share_exact"] for i in row["interests"] if i["type"] == "shareholding"]
        assert shares == ([] if share is None else [share])
        assert all(f" {amount} " in interest["details"] for interest in row["interests"])


def test_only_consolidation_becomes_a_relationship(tmp_path: Path) -> None:
    others = ("IS_FUND-MANAGED_BY", "IS_SUBFUND_OF", "IS_FEEDER_TO", "IS_INTERNATIONAL_BRANCH_OF")
    workspace, summary = take_in(tmp_path, rr_file(tmp_path, *(link(FUND, PARENT, kind) for kind in others)))
    assert all_accounted(summary)
    assert rows(workspace, "relationship") == []
    (fund,) = plain(rows(workspace, "entity"))
    assert fund["is_reference"]
    assert sorted(item["type"] for item in fund["extra"]["relationships"]) == sorted(others)


def test_relationship_that_has_ended_is_closed(tmp_path: Path) -> None:
    ended = link(CHILD, PARENT, periods=(("2010-01-01", "2020-12-31", "RELATIONSHIP_PERIOD"),))
    running = link(CHILD, TOP, periods=(("2010-01-01", "2030-12-31", "RELATIONSHIP_PERIOD"),))
    workspace, _ = take_in(tmp_path, rr_file(tmp_path, ended, running))
    found = {r["interested_party_record_id"]: r for r in rows(workspace, "relationship")}
    assert found[f"gleif:entity:{PARENT}"]["record_status"] == "closed"
    assert found[f"gleif:entity:{TOP}"]["record_status"] == "new"
    assert found[f"gleif:entity:{TOP}"]["interests"][0]["end_date"] == date(2030, 12, 31)


def test_impossible_year_is_no_date_but_is_kept(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, lei_file(tmp_path, record(CHILD, created="3032-07-01")))
    (entity,) = plain(rows(workspace, "entity"))
    assert "founding_date" not in entity
    assert entity["extra"]["creation_date"].startswith("3032-07-01")


def test_invalid_lei_is_flagged_and_kept(tmp_path: Path) -> None:
    wrong = CHILD[:18] + "00"
    workspace, summary = take_in(tmp_path, lei_file(tmp_path, record(wrong, registration_status="ANNULLED")))
    (entity,) = rows(workspace, "entity")
    assert all_accounted(summary)
    assert entity["record_status"] == "closed"
    assert entity["identifiers"][0]["is_valid"] is False


def test_unknown_codes_and_elements_are_reported(tmp_path: Path) -> None:
    text = (DAY / "lei2.xml").read_text(encoding="utf-8")
    text = text.replace(">FUND<", ">SWARM<").replace(
        "<lei:EntityStatus>NULL<", "<lei:Mood>calm</lei:Mood><lei:EntityStatus>DREAMING<"
    )
    changed = saved(tmp_path / "lei2-20261001.xml", text)
    links = rr_file(tmp_path, link(CHILD, PARENT, "IS_FOND_OF"))
    exception = ReportingException(
        lei=PARENT, category="DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", reasons=("TOO_SHY",)
    )
    out = io.StringIO()
    write_repex_xml([exception], out, AT)
    workspace, summary = take_in(
        tmp_path, changed, links, saved(tmp_path / "repex-20261001.xml", out.getvalue())
    )
    (report,) = summary.reports
    assert all_accounted(summary)
    assert report.unknown_columns == {"lei_xml: Entity.Mood": 1}
    assert report.unknown_codes == {
        "EntityCategory = SWARM": 1,
        "EntityStatus = DREAMING": 1,
        "ExceptionReason = TOO_SHY": 1,
        "RelationshipType = IS_FOND_OF": 1,
    }
    unspecified, fond = sorted(
        rows(workspace, "relationship"), key=lambda row: row["interested_party_type"] == "entity"
    )
    assert unspecified["interested_party_reason"] == "unknown"
    assert (fond["interests"][0]["type"], fond["interests"][0]["details"]) == (
        "unknownInterest",
        "IS_FOND_OF",
    )


def test_record_without_key_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = (DAY / "lei2.xml").read_text(encoding="utf-8")
    nameless = saved(
        tmp_path / "lei2-20261001.xml", text.replace("<lei:LEI>9845GOLDEN0000000215</lei:LEI>", "")
    )
    with (DAY / "rr.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    lines[2][2] = ""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    links = saved(tmp_path / "rr-20261001.csv", out.getvalue() + '"too","few"\n')
    workspace, summary = take_in(tmp_path, nameless, links)
    assert all_accounted(summary, rejected=3)
    found = sorted((r["source_file"], r["source_row"], r["code"]) for r in rows(workspace, "reject"))
    assert found == [
        ("lei2-20261001.xml", 2, "no-lei"),
        ("rr-20261001.csv", 3, "no-node"),
        ("rr-20261001.csv", 7, "malformed-row"),
    ]


def test_count_in_the_header_is_checked(tmp_path: Path) -> None:
    text = (DAY / "repex.xml").read_text(encoding="utf-8")
    _, summary = take_in(
        tmp_path, saved(tmp_path / "repex-20261001.xml", text.replace("RecordCount>2<", "RecordCount>7<"))
    )
    assert summary.reports[0].failed_checks == [
        "repex-20261001.xml: expected 7 records by its header, found 2"
    ]


def test_zip_and_gz_give_the_same_statements(tmp_path: Path) -> None:
    files = sorted(DAY.iterdir())
    packed = tmp_path / "gz" / "20261001"
    packed.mkdir(parents=True)
    for path in files:
        (packed / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    archive = tmp_path / "gleif-20261001.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in files:
            out.write(path, path.name)
    from_gz, _ = take_in(tmp_path / "a", packed)
    from_zip, _ = take_in(tmp_path / "b", archive)
    for table in ("entity", "relationship"):
        ids = sorted(row["statement_id"] for row in rows(from_gz, table))
        assert len(ids) == len(expected(FOLDER, table))
        assert ids == sorted(row["statement_id"] for row in rows(from_zip, table))


@pytest.mark.skipif(not (REAL / "gleif").is_dir(), reason="the real files are not part of the project")
def test_real_files_map_completely(tmp_path: Path) -> None:
    files = [REAL / "gleif" / f"{name}-data.xml" for name in ("lei", "rr", "repex")]
    workspace, summary = take_in(tmp_path, *files, snapshot=date(2023, 6, 9))
    (report,) = summary.reports
    assert all_accounted(summary)
    assert report.totals["read"] == 33
    assert report.unknown_columns == report.unknown_codes == {}
    records = {row["record_id"] for row in rows(workspace, "entity")}
    for row in rows(workspace, "relationship"):
        assert row["subject_record_id"] in records
        assert row["interested_party_record_id"] in records | {None}
