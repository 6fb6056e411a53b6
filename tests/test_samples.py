"""The sample registries: what the code writes, complete, and with the right answers worked out."""

import csv
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from stdnum import lei as stdnum_lei
from stdnum.cz import dic
from stdnum.dk import cvr
from stdnum.lv import pvn

from bo_harmonise.resources import folder
from bo_harmonise.world.samples.write import write_samples

DATE = "2026-10-01"
SAMPLES = folder("sample_registries")


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "README.md"
    }


def _zipped(path: str) -> str:
    with zipfile.ZipFile(SAMPLES / path) as archive:
        (member,) = archive.namelist()
        return archive.read(member).decode()


def _psc() -> list[dict]:
    text = _zipped(f"gb_psc/persons-with-significant-control-snapshot-{DATE}.zip")
    return [json.loads(line) for line in text.splitlines()]


def _lv(name: str) -> list[dict[str, str]]:
    mark, *lines = (SAMPLES / "lv_ur" / DATE / f"{name}.csv").read_text("utf-8").splitlines()
    assert mark == "sep=;"
    return list(csv.DictReader(lines, delimiter=";"))


def _lines(path: str) -> list[dict]:
    return [json.loads(line) for line in (SAMPLES / path).read_text("utf-8").splitlines()]


def _expected(name: str) -> list[dict[str, str]]:
    with (SAMPLES / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_checked_in_files_are_what_the_code_writes(tmp_path):
    write_samples(tmp_path)
    assert _files(tmp_path) == _files(SAMPLES)


def test_psc_has_every_kind_of_record_and_right_totals():
    *records, totals = _psc()
    kinds = Counter(r["data"]["kind"] for r in records)
    assert set(kinds) == {
        f"{who}-{what}"
        for who in ("individual", "corporate-entity", "legal-person", "super-secure")
        for what in ("person-with-significant-control", "beneficial-owner")
    } | {"persons-with-significant-control-statement", "exemptions"}
    statements, exemptions = kinds["persons-with-significant-control-statement"], kinds["exemptions"]
    assert totals == {
        "data": {
            "kind": "totals#persons-of-significant-control-snapshot",
            "persons_of_significant_control_count": len(records) - statements - exemptions,
            "statements_count": statements,
            "exemptions_count": exemptions,
            "generated_at": f"{DATE}T03:40:00Z",
        }
    }


@pytest.mark.parametrize(
    "quirk",
    [
        r'"ceased_on":',
        r'"ceased":true',
        r'"is_sanctioned":true',
        r'"registration_number":"\d{7}"',
        r'"registration_number":"West Yorkshire"',
        r'"identity_verification_details":',
        r'"linked_psc_name":',
        r'"restrictions_notice_withdrawal_reason":',
        r'"nationality":"[^"]+,[^"]+"',
        r'"country_registered":"England \\u0026 Wales"',
        r'"company_number":"OE\d{6}"',
        r"-limited-liability-partnership",
        r"part-right-to-share-surplus-assets-",
        r"-as-trust-registered-overseas-entity",
        r"registered-owner-as-nominee-",
        r'"name":"1066"',
        r'"exempt_to":',
        r'"po_box":',
        r'"care_of":',
    ],
)
def test_psc_shows_the_quirk(quirk):
    assert re.search(quirk, _zipped(f"gb_psc/persons-with-significant-control-snapshot-{DATE}.zip"))


def test_a_company_of_the_psc_snapshot_is_no_longer_alive():
    rows = _zipped(f"gb_psc/BasicCompanyData-{DATE}-part1_1.zip").splitlines()
    alive = {row.split('","')[1] for row in rows[1:]}
    numbers = {record["company_number"] for record in _psc()[:-1]}
    assert numbers - alive == {"19018392"}
    assert rows[0].startswith("CompanyName, CompanyNumber,")


def test_latvian_files_show_every_kind_of_holder_and_birth_date():
    assert {m["entity_type"] for m in _lv("members")} == {
        "NATURAL_PERSON",
        "LEGAL_ENTITY",
        "FOREIGN_ENTITY",
        "JOINT_OWNERS",
    }
    assert {o["entity_type"] for o in _lv("officers")} == {"NATURAL_PERSON", "LEGAL_ENTITY", "FOREIGN_ENTITY"}
    owners = _lv("beneficial_owners")
    assert {"", "1968-07", "1963-06", "1970-08-19"} == {o["birth_date"] for o in owners}
    assert any(o["latvian_identity_number_masked"].startswith("32") for o in owners)
    assert any(";" in o["nationality"] for o in owners)
    assert {c["closed"] for c in _lv("register")} == {" ", "L", "R"}
    joint = {m["id"] for m in _lv("members") if m["entity_type"] == "JOINT_OWNERS"}
    assert {j["member_id"] for j in _lv("members_joint_owners")} == joint


def test_danish_hits_show_ended_indirect_and_foreign_roles():
    hits = _lines(f"dk_cvr/cvr-permanent-{DATE}.ndjson")
    text = json.dumps(hits, ensure_ascii=False)
    assert {key for hit in hits for key in hit["_source"]} == {"Vrvirksomhed", "Vrdeltagerperson"}
    assert "Har indirekte besiddelser" in text
    companies = [hit["_source"]["Vrvirksomhed"] for hit in hits if "Vrvirksomhed" in hit["_source"]]
    assert {c["fejlRegistreret"] for c in companies} == {True, False}
    participants = [r["deltager"] for c in companies for r in c["deltagerRelation"]]
    assert {p["enhedstype"] for p in participants} == {"PERSON", "VIRKSOMHED", "ANDEN_DELTAGER"}
    values = [
        value
        for c in companies
        for r in c["deltagerRelation"]
        for o in r["organisationer"]
        for m in o["medlemsData"]
        for a in m["attributter"]
        if a["type"] == "EJERANDEL_PROCENT"
        for value in a["vaerdier"]
    ]
    bands = {"0.05", "0.10", "0.15", "0.20", "0.25", "0.3333", "0.5", "0.6667", "0.9", "1.0"}
    assert bands <= {value["vaerdi"] for value in values}
    assert any(value["periode"]["gyldigTil"] for value in values)


def test_slovak_entries_show_every_form_of_person_and_closed_rows():
    entries = _lines(f"sk_rpvs/rpvs-partneri-{DATE}.jsonl")
    partners = [p for e in entries for p in e["PartneriVerejnehoSektora"]]
    users = [u for e in entries for u in e["KonecniUzivateliaVyhod"]]
    assert {p["FormaOsoby"] for p in partners} == {"PravnickaOsoba", "FyzickaOsoba", "FyzickaOsobaPodnikatel"}
    assert any(p["PlatnostDo"] for p in partners)
    assert any(u["PlatnostDo"] for u in users)
    assert any(u["Ico"] for u in users)
    assert {u["JeVerejnyCinitel"] for u in users} == {True, False}
    assert any(len(p["Ico"] or "00000000") < 8 for p in partners)
    assert any(e["Vymaz"] for e in entries)


def test_gleif_files_show_every_reason_and_kind_of_relationship():
    exceptions = (
        SAMPLES / f"gleif/{DATE.replace('-', '')}-0800-gleif-goldencopy-repex-golden-copy.xml"
    ).read_text()
    assert set(re.findall(r"<repex:ExceptionReason>(\w+)<", exceptions)) == {
        "NATURAL_PERSONS",
        "NON_CONSOLIDATING",
        "NO_KNOWN_PERSON",
        "NO_LEI",
        "NON_PUBLIC",
        "CONSENT_NOT_OBTAINED",
        "BINDING_LEGAL_COMMITMENTS",
        "DETRIMENT_NOT_EXCLUDED",
        "DISCLOSURE_DETRIMENTAL",
        "LEGAL_OBSTACLES",
    }
    table = _zipped("gleif/20261001-0800-gleif-goldencopy-rr-golden-copy.csv.zip")
    xml = (SAMPLES / "gleif/20261001-1600-gleif-goldencopy-rr-golden-copy.xml").read_bytes()
    types = {row["Relationship.RelationshipType"] for row in csv.DictReader(table.splitlines())}
    types |= {e.text for e in etree.fromstring(xml).iter("{*}RelationshipType")}
    assert len(types) == 6
    assert b"<rr:RelationshipStatus>NULL<" in xml


def test_bods_files_show_components_bounds_closed_records_and_unspecified_parties():
    statements = _lines(f"bods/offshore-pilot-bods-0.4-{DATE}.jsonl")
    details = [s["recordDetails"] for s in statements]
    shares = {key for d in details for i in d.get("interests", []) for key in i.get("share", {})}
    assert shares == {"exact", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}
    assert {s["recordStatus"] for s in statements} == {"new", "updated", "closed"}
    assert any(d.get("componentRecords") for d in details)
    assert any(s.get("annotations") for s in statements)
    parties = [d["interestedParty"] for d in details if "interestedParty" in d]
    assert {p["reason"] for p in parties if isinstance(p, dict)} == {
        "subjectExemptFromDisclosure",
        "noBeneficialOwners",
    }
    assert {"anonymousPerson", "unknownPerson"} <= {d.get("personType") for d in details}
    known = set()
    for statement in statements:
        if statement["recordType"] == "relationship":
            ends = (statement["recordDetails"]["subject"], statement["recordDetails"]["interestedParty"])
            assert {end for end in ends if isinstance(end, str)} <= known
        known.add(statement["recordId"])


def test_numbers_have_right_check_digits():
    for hit in _lines(f"dk_cvr/cvr-permanent-{DATE}.ndjson"):
        if company := hit["_source"].get("Vrvirksomhed"):
            assert cvr.is_valid(str(company["cvrNummer"]))
    for entry in _lines(f"sk_rpvs/rpvs-partneri-{DATE}.jsonl"):
        for partner in entry["PartneriVerejnehoSektora"]:
            assert partner["Ico"] is None or dic.is_valid(partner["Ico"].rjust(8, "0"))
    for company in _lv("register"):
        assert company["type"] == "ZEM" or pvn.is_valid(company["regcode"])
    leis = re.findall(
        r"<lei:LEI>(\w+)<", _zipped("gleif/20261001-0800-gleif-goldencopy-lei2-golden-copy.xml.zip")
    )
    assert len(leis) == 23
    assert all(stdnum_lei.is_valid(number) for number in leis)


def test_hidden_common_owners_are_those_of_the_stories():
    rows = _expected("hidden_common_owners")
    assert Counter(row["owner"] for row in rows) == {
        "Miron Denisovich Olkhovsky": 4,
        "Sofie Lindegaard Mørch": 3,
        "Grünspecht Beteiligungs AG": 1,
        "Ilektra Drosinou-Kampa": 1,
    }
    assert all(len(row["registers"].split()) == int(row["registers_needed"]) > 1 for row in rows)


@pytest.mark.parametrize(
    ("owner", "company", "low", "high"),
    [
        # 80 % x 70 % x (75 to 100 %) x 100 %
        ("Miron Denisovich Olkhovsky", "Nørrevig Shipping ApS", 42, 56),
        ("Miron Denisovich Olkhovsky", "Dunajské terminály Komárno, s. r. o.", 0, 100),
        ("Miron Denisovich Olkhovsky", 'SIA "Ostmala Krava"', 56, 56),
        # 1600 of 4000 euro
        ("Sofie Lindegaard Mørch", 'SIA "Jūrmalas Vējš"', 40, 40),
        ("Sofie Lindegaard Mørch", "Vadehav Energi ApS", 50, 200 / 3),
        # The other owner's quarter leaves no more than three quarters.
        ("Grünspecht Beteiligungs AG", "Skovbrynet Træ A/S", 200 / 3, 75),
        # 50 / (1 - 0.5 x 0.2)
        ("Ilektra Drosinou-Kampa", "Meridian Cay Trading Ltd", 500 / 9, 500 / 9),
    ],
)
def test_expected_share_is_the_one_worked_out_by_hand(owner, company, low, high):
    shares = {
        (float(row[f"share_min_{side}"]), float(row[f"share_max_{side}"]))
        for row in _expected("hidden_common_owners")
        for side in "lr"
        if row["owner"] == owner and row[f"company_{side}"] == company
    }
    ((least, most),) = shares
    assert least == pytest.approx(low, abs=1e-4)
    assert most == pytest.approx(high, abs=1e-4)
