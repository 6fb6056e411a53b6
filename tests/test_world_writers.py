"""Writers of register formats: what they write is what the registers deliver."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from stdnum import lei as stdnum_lei
from stdnum.cz import dic
from stdnum.dk import cvr as stdnum_cvr
from stdnum.lv import pvn

from bo_harmonise import adapters
from bo_harmonise.world import check_digits
from bo_harmonise.world.psc_bulk import psc_records, write_psc_zip
from bo_harmonise.world.samples import bods_offshore, bods_older
from bo_harmonise.world.samples import gleif as sample_gleif
from bo_harmonise.world.writers import (
    bods,
    bods_flat,
    dk_cvr,
    dk_cvr_units,
    gb_psc,
    gb_slugs,
    gleif,
    gleif_csv,
    lv_ur,
    sk_rpvs,
)
from bo_harmonise.world.writers.containers import zip_member

AT = datetime(2026, 10, 1, 3, 40, tzinfo=UTC)


def test_check_digits_are_those_that_python_stdnum_expects():
    for n in range(1_234_500, 1_234_700):
        danish = check_digits.cvr(n)
        assert danish is None or stdnum_cvr.is_valid(danish)
        assert dic.is_valid(check_digits.ico(n))
        latvian = check_digits.lv_regcode(4_020_000_000 + n)
        assert latvian is None or pvn.is_valid(latvian)
        assert stdnum_lei.is_valid(check_digits.lei(f"9985{n:014d}"))


def test_numbers_without_a_check_digit_are_told_apart():
    assert None in {check_digits.cvr(n) for n in range(1_234_500, 1_234_600)}
    assert None in {check_digits.lv_regcode(n) for n in range(4_020_000_000, 4_020_000_100)}


def test_psc_line_has_the_keys_of_the_feed_in_alphabetical_order():
    line = gb_psc.psc_line(
        gb_psc.Individual(
            company_number="01234567",
            name="Mr A & B <C>",
            birth=(1970, 2),
            natures=("voting-rights-25-to-50-percent",),
            notified_on="2020-01-01",
            ceased_on="2021-01-01",
        )
    )
    record = json.loads(line)
    assert list(record["data"]) == [
        "ceased_on",
        "date_of_birth",
        "etag",
        "kind",
        "links",
        "name",
        "natures_of_control",
        "notified_on",
    ]
    assert record["data"]["name"] == "Mr A & B <C>"
    assert "\\u0026" in line
    assert "&" not in line
    assert len(record["data"]["etag"]) == 40


@pytest.mark.parametrize("change", [{"ceased_on": "2021-01-01"}, {"natures": ()}, {"birth": (1970, 3)}])
def test_etag_changes_with_the_content(change):
    same = {"company_number": "01234567", "name": "A", "birth": (1970, 2), "notified_on": "2020-01-01"}
    etags = {
        json.loads(gb_psc.psc_line(gb_psc.Individual(**fields)))["data"]["etag"]
        for fields in (same, same | change)
    }
    assert len(etags) == 2


def test_totals_line_counts_each_kind():
    records = (
        gb_psc.Individual(company_number="1", name="A"),
        gb_psc.SuperSecure(company_number="1"),
        gb_psc.Statement(company_number="1", statement="s"),
        gb_psc.Exemptions(company_number="1"),
    )
    out = io.StringIO()
    gb_psc.write_psc(records, out, AT)
    assert out.getvalue().splitlines()[-1] == (
        '{"data":{"kind":"totals#persons-of-significant-control-snapshot","persons_of_significant_control_count":2,'
        '"statements_count":1,"exemptions_count":1,"generated_at":"2026-10-01T03:40:00Z"}}'
    )


@pytest.mark.parametrize(
    ("table", "slugs", "count"),
    [("natures_of_control", gb_slugs.NATURES, 86), ("statements", gb_slugs.STATEMENTS, 28)],
)
def test_slugs_are_those_that_the_adapter_maps(table, slugs, count):
    path = Path(adapters.__file__).parent / "gb_psc" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        mapped = {row["slug"] for row in csv.DictReader(file)}
    assert len(slugs) == count
    assert set(slugs) == mapped


def test_bulk_snapshot_has_every_slug_kind_and_right_totals(tmp_path):
    path = tmp_path / "persons-with-significant-control-snapshot-2026-10-01.zip"
    totals = write_psc_zip(path, 3_000, seed=7)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["persons-with-significant-control-snapshot-2026-10-01.txt"]
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
    records = [json.loads(line)["data"] for line in lines]
    assert len(lines) == 3_000
    assert sum(totals.values()) == 2_999
    assert {n for r in records for n in r.get("natures_of_control", [])} == set(gb_slugs.NATURES)
    assert {r["statement"] for r in records if "statement" in r} == set(gb_slugs.STATEMENTS)
    assert len({r["kind"] for r in records}) == 11
    links = [r["links"]["self"] for r in records if "links" in r]
    assert len(set(links)) == len(links)


def test_bulk_snapshot_depends_on_its_seed_alone(tmp_path):
    files = [tmp_path / name / "psc.zip" for name in ("a", "b", "c")]
    for path, seed in zip(files, (1, 1, 2), strict=True):
        write_psc_zip(path, 500, seed)
    first, again, other = (path.read_bytes() for path in files)
    assert first == again
    assert first != other


def test_bulk_names_are_skewed():
    surnames = [r.surname for r in psc_records(5_000, seed=3) if isinstance(r, gb_psc.Individual)]
    assert max(map(surnames.count, set(surnames))) > 5 * len(surnames) / len(set(surnames))


def test_zip_is_the_same_at_every_run(tmp_path):
    for name in ("a.zip", "b.zip"):
        with zip_member(tmp_path / name, "x.txt", AT) as out:
            out.write("ā\n")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_latvian_values_are_quoted_only_where_they_must_be():
    out = io.StringIO()
    lv_ur.write_register((lv_ur.Company(regcode="40203999006", inside="Krasta; Osta", has_sepa=False),), out)
    mark, header, row = out.getvalue().splitlines()
    assert mark == "sep=;"
    assert len(header.split(";")) == 21
    assert row.startswith('40203999006;;"SIA ""Krasta; Osta""";SIA;"Krasta; Osta";"";0;K;Komercreģistrs;SIA;')
    assert row.endswith(';2015-01-05;; ;"";;100000000;0;100003003;0010000;')


def test_danish_role_stands_below_company_and_person():
    person = dk_cvr_units.Participant(unit=4001, type="PERSON", name="A")
    owner = (person, (dk_cvr_units.legal_owner("0.25", "2020-01-01"),))
    company = dk_cvr_units.Company(
        unit=4002,
        cvr="12345003",
        name="B",
        address=dk_cvr_units.Address(),
        founded="2020-01-01",
        participants=(owner,),
    )
    out = io.StringIO()
    dk_cvr.write_hits((company,), (person,), out)
    below_company, below_person = (json.loads(line)["_source"] for line in out.getvalue().splitlines())
    role = below_company["Vrvirksomhed"]["deltagerRelation"][0]["organisationer"]
    assert role == below_person["Vrdeltagerperson"]["virksomhedSummariskRelation"][0]["organisationer"]
    assert below_company["Vrvirksomhed"]["cvrNummer"] == 12345003
    assert [a["type"] for a in role[0]["medlemsData"][0]["attributter"]] == [
        "EJERANDEL_MEDDELELSE_DATO",
        "EJERANDEL_PROCENT",
        "EJERANDEL_STEMMERET_PROCENT",
    ]


def test_slovak_dates_are_local_midnights():
    out = io.StringIO()
    user = sk_rpvs.EndUser(
        id=1, first_name="A", last_name="B", birth_date="1971-07-14", valid_from="2020-07-14"
    )
    sk_rpvs.write_entries((sk_rpvs.Entry(id=1, number=1, partners=(), end_users=(user,)),), out)
    written = json.loads(out.getvalue())["KonecniUzivateliaVyhod"][0]
    assert written["DatumNarodenia"] == "1971-07-14T00:00:00+01:00"
    assert written["PlatnostOd"] == "2020-07-14T00:00:00+02:00"


def test_gleif_xml_and_csv_say_the_same():
    xml, table = io.StringIO(), io.StringIO()
    gleif.write_lei_xml(sample_gleif.RECORDS, xml, AT)
    gleif_csv.write_lei_csv(sample_gleif.RECORDS, table)
    root = etree.fromstring(xml.getvalue().encode())
    space = {"lei": "http://www.gleif.org/data/schema/leidata/2016"}
    assert root.findtext("lei:LEIHeader/lei:RecordCount", namespaces=space) == str(len(sample_gleif.RECORDS))
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    elements = root.findall("lei:LEIRecords/lei:LEIRecord", space)
    for element, row in zip(elements, rows, strict=True):
        for path in (
            "LEI",
            "Entity.LegalName",
            "Entity.LegalAddress.City",
            "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
            "Entity.EntityStatus",
            "Registration.RegistrationStatus",
        ):
            found = element.findtext("/".join(f"lei:{step}" for step in path.split(".")), "", space)
            assert found == row[path]


def test_gleif_relationships_in_xml_and_csv_say_the_same():
    records = (*sample_gleif.RELATIONSHIPS, *sample_gleif.LATER_RELATIONSHIPS)
    xml, table = io.StringIO(), io.StringIO()
    gleif.write_rr_xml(records, xml, AT)
    gleif_csv.write_rr_csv(records, table)
    space = {"rr": "http://www.gleif.org/data/schema/rr/2016"}
    elements = etree.fromstring(xml.getvalue().encode()).findall(".//rr:RelationshipRecord", space)
    for element, row in zip(elements, csv.DictReader(io.StringIO(table.getvalue())), strict=True):
        assert (
            element.findtext(".//rr:StartNode/rr:NodeID", None, space) == row["Relationship.StartNode.NodeID"]
        )
        amount = element.findtext(".//rr:QuantifierAmount", "", space)
        assert amount == row["Relationship.Quantifiers.1.QuantifierAmount"]
        ends = [e.text for e in element.findall(".//rr:EndDate", space)]
        assert ends == [v for k, v in row.items() if k.endswith("endDate") and v]


@pytest.mark.parametrize(
    ("version", "interest", "share", "reason"),
    [
        ("0.3", "appointmentOfBoard", {"minimum": 25, "exclusiveMinimum": True, "maximum": 50}, "unknown"),
        ("0.2", "appointment-of-board", {"minimum": 25, "exclusiveMinimum": True, "maximum": 50}, "unknown"),
    ],
)
def test_flat_bods_undoes_what_0_4_changed(version, interest, share, reason):
    out = io.StringIO()
    bods_flat.write_flat_array(bods_older.PROCUREMENT_STATEMENTS, bods_older.PROCUREMENT, out, version)
    statements = json.loads(out.getvalue())
    ids = {s["statementID"] for s in statements}
    relationships = [s for s in statements if s["statementType"] == "ownershipOrControlStatement"]
    assert {s["publicationDetails"]["bodsVersion"] for s in statements} == {version}
    assert all(s["subject"]["describedByEntityStatement"] in ids for s in relationships)
    assert relationships[1]["interests"][0]["type"] == interest
    assert relationships[1]["interests"][1]["share"] == share
    assert relationships[2]["interestedParty"]["unspecified"]["reason"] == reason
    level = "interestLevel" if version == "0.2" else "directOrIndirect"
    assert relationships[0]["interests"][0][level] == "direct"


def test_bods_statement_ids_are_unique_and_long_enough():
    ids = [bods.statement_id(s) for s in bods_offshore.STATEMENTS]
    assert len(set(ids)) == len(ids)
    assert all(32 <= len(i) <= 64 for i in ids)


def test_gleif_csv_refuses_a_column_that_the_published_file_lacks(monkeypatch):
    monkeypatch.setattr(gleif_csv, "rr_columns", lambda: ["LEI"])
    with pytest.raises(KeyError, match=r"Relationship\.StartNode\.NodeID"):
        gleif_csv.write_rr_csv(sample_gleif.RELATIONSHIPS, io.StringIO())


def test_text_is_written_with_lf_and_without_mark(tmp_path: Path):
    with zip_member(tmp_path / "a.zip", "x.txt", AT) as out:
        out.write("š\nž\n")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("x.txt") == "š\nž\n".encode()
