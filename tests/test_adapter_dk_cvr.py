"""The adapter `dk_cvr`: golden pair, containers, bands and histories of shares, accounting, real files."""

import gzip
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

from bo_harmonise.world.writers.dk_cvr import company_source, person_source
from bo_harmonise.world.writers.dk_cvr_units import (
    Address,
    Attribute,
    Company,
    Participant,
    Role,
    Value,
    legal_owner,
    real_owner,
    role,
)

FOLDER = GOLDEN / "dk_cvr"
RESPONSE = FOLDER / "cvr-permanent-2026-10-01.json"
TABLES = ("entity", "person", "relationship")

STREET = Address(street="Opdigtet Allé", number=4, post_code=8000, district="Aarhus C")
OWNER = Participant(unit=4009900001, type="PERSON", name="Astrid Påfund", address=STREET)


def company(*roles: Role, participant: Participant = OWNER, **fields: Any) -> Company:
    given: dict[str, Any] = {
        "unit": 4009900010,
        "cvr": "92001008",
        "name": "Nørreskov Opdigt ApS",
        "founded": "2010-01-01",
    }
    return Company(**(given | {"address": STREET, "participants": ((participant, roles),)} | fields))


def shares(*values: tuple[str, str, str | None], **others: str) -> Role:
    """Membership of the register of owners with a history of shares and, constant, other attributes."""
    history = Attribute(
        type="EJERANDEL_PROCENT",
        kind="decimal",
        values=tuple(Value(value=value, start=start, end=end) for value, start, end in values),
    )
    constant = tuple(
        Attribute(type=name, kind="string", values=(Value(value=value, start=None),))
        for name, value in others.items()
    )
    return Role(organisation="EJERREGISTER", attributes=(history, *constant))


def saved(path: Path, *sources: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in sources), encoding="utf-8")
    return path


def mapped(tmp_path: Path, *companies: Company) -> dict[str, dict[str, Any]]:
    """Relationships of companies by the end of their key."""
    sources = [{"Vrvirksomhed": company_source(item)} for item in companies]
    workspace, summary = take_in(tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", *sources))
    assert all_accounted(summary)
    return {row["record_id"].split("/", 1)[1]: row for row in rows(workspace, "relationship")}


def figures(relationship: dict[str, Any]) -> list[tuple[str, Any, Any, Any]]:
    """Value, first day and last day of each interest of a relationship."""
    return [
        (
            item["type"],
            item["share_exact"] if item["share_min"] is None else (item["share_min"], item["share_max"]),
            item["start_date"],
            item["end_date"],
        )
        for item in relationship["interests"]
    ]


def test_golden_pair(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, RESPONSE)
    for table in TABLES:
        assert plain(rows(workspace, table)) == expected(FOLDER, table)
    assert all_accounted(summary)
    [report] = summary.reports
    assert report.ignored == {"registered in error": 1, "production unit": 1}
    assert (report.unknown_columns, report.unknown_codes, report.rejected) == ({}, {}, {})


def hits() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(RESPONSE.read_text(encoding="utf-8"))["hits"]["hits"]
    return found


def as_response_on_one_line(path: Path) -> None:
    path.write_text(json.dumps(json.loads(RESPONSE.read_text(encoding="utf-8"))), encoding="utf-8")


def as_pages(path: Path) -> None:
    found = hits()
    pages: Iterable[list[dict[str, Any]]] = (found[:2], found[2:])
    saved(path, *({"took": 1, "hits": {"total": 6, "hits": page}} for page in pages))


def as_hits(path: Path) -> None:
    saved(path, *hits())


def as_array_of_hits(path: Path) -> None:
    path.write_text(json.dumps(hits(), indent=2), encoding="utf-8")


def as_sources(path: Path) -> None:
    saved(path, *(hit["_source"] for hit in hits()))


def as_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(RESPONSE.read_bytes()))


def as_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(RESPONSE, "cvr-permanent-2026-10-01.json")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("cvr-2026-10-01.json", as_response_on_one_line),
        ("cvr-2026-10-01.jsonl", as_pages),
        ("cvr-2026-10-01.ndjson", as_hits),
        ("hits-2026-10-01.txt", as_array_of_hits),
        ("sources-2026-10-01.ndjson", as_sources),
        ("cvr-2026-10-01.json.gz", as_gzip),
        ("cvr-2026-10-01.zip", as_zip),
    ],
)
def test_every_container_gives_the_same_statements(tmp_path: Path, name: str, write: Any) -> None:
    write(tmp_path / name)
    workspace, summary = take_in(tmp_path, tmp_path / name)
    for table in TABLES:
        found = plain(rows(workspace, table), "source_file")
        assert found == [
            {key: value for key, value in row.items() if key != "source_file"}
            for row in expected(FOLDER, table)
        ]
    assert all_accounted(summary)
    [report] = summary.reports
    assert (report.unknown_columns, report.totals["read"], report.totals["ignored"]) == ({}, 6, 2)


BANDS: dict[str, Any] = {
    "0.0": (0, 5),
    "0.05": (5, 10),
    "0.10": (10, 15),
    "0.1": (10, 15),
    "0.15": (15, 20),
    "0.20": (20, 25),
    "0.25": (25, 33.33),
    "0.3333": (33.33, 50),
    "0.50": (50, 66.67),
    "0.6667": (66.67, 90),
    "0.90": (90, 100),
    "1.0": 100,
    "0.07": 7,
}
"""Published value and what it says: a band, whose upper limit is excluded, or an exact share."""


def test_published_value_is_the_lower_limit_of_a_band(tmp_path: Path) -> None:
    people = [Participant(unit=4009901000 + n, type="PERSON", name=f"Ejer {n}") for n in range(len(BANDS))]
    owners = tuple(
        (person, (shares((published, "2015-01-01", None)),))
        for person, published in zip(people, BANDS, strict=True)
    )
    found = mapped(tmp_path, company(participants=owners))
    for person, share in zip(people, BANDS.values(), strict=True):
        relationship = found[f"{person.unit}/ejerregister"]
        assert figures(relationship) == [("shareholding", share, date(2015, 1, 1), None)]
        [interest] = relationship["interests"]
        is_band = isinstance(share, tuple)
        assert interest["share_max_exclusive"] is (True if is_band else None)
        assert interest["share_min_exclusive"] is (False if is_band else None)
        assert interest["direct_or_indirect"] == "direct"


def test_band_reading_of_beneficial_owners_is_told(tmp_path: Path) -> None:
    limit = real_owner("2018-01-01", EJERANDEL_PROCENT="0.25")
    [interest] = mapped(tmp_path, company(limit))["4009900001/reelle-ejere"]["interests"]
    assert (interest["share_min"], interest["share_max"]) == (25, 33.33)
    assert "read as the lower limit of a band" in interest["details"]
    assert interest["beneficial_ownership_or_control"] is True
    assert interest["direct_or_indirect"] == "unknown"


def test_value_that_is_no_share_is_reported_and_keeps_the_interest(tmp_path: Path) -> None:
    source = {"Vrvirksomhed": company_source(company(shares(("halvdelen", "2015-01-01", None))))}
    workspace, summary = take_in(tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", source))
    [row] = rows(workspace, "relationship")
    assert figures(row) == [("shareholding", None, date(2015, 1, 1), None)]
    assert "halvdelen" in row["interests"][0]["details"]
    assert summary.reports[0].unknown_codes == {"EJERANDEL_PROCENT = halvdelen": 1}


def test_history_never_gives_two_shares_for_one_day(tmp_path: Path) -> None:
    first = shares(("0.25", "2014-01-01", None), ("0.5", "2018-07-01", "2020-12-31"))
    again = shares(("0.25", "2014-01-01", "2018-06-30"))
    later = shares(("0.9", "2020-06-01", None))
    found = mapped(tmp_path, company(first, again, again, later))["4009900001/ejerregister"]
    assert figures(found) == [
        ("shareholding", (25, 33.33), date(2014, 1, 1), date(2018, 6, 30)),
        ("shareholding", (50, 66.67), date(2018, 7, 1), date(2020, 5, 31)),
        ("shareholding", (90, 100), date(2020, 6, 1), None),
    ]
    assert "stated until 2020-12-31" in found["interests"][1]["details"]
    assert found["record_status"] == "new"


def test_share_classes_have_histories_of_their_own(tmp_path: Path) -> None:
    a = shares(("0.25", "2014-01-01", None), EJERANDEL_KAPITALKLASSE="A-aktier")
    b = shares(("0.5", "2018-01-01", None), EJERANDEL_KAPITALKLASSE="B-aktier")
    found = mapped(tmp_path, company(a, b))["4009900001/ejerregister"]
    assert [(item["end_date"], item["details"]) for item in found["interests"]] == [
        (None, "EJERREGISTER: EJERANDEL_PROCENT 0.25 (A-aktier)"),
        (None, "EJERREGISTER: EJERANDEL_PROCENT 0.5 (B-aktier)"),
    ]


def test_ended_role_is_closed_and_one_that_ends_later_is_not(tmp_path: Path) -> None:
    ended = role("Direktion", "DIREKTØR", "2014-01-01", "2026-09-30")
    ahead = role("Bestyrelse", "formand", "2014-01-01", "2026-12-31")
    found = mapped(tmp_path, company(ended, ahead))
    assert found["4009900001/direktion"]["record_status"] == "closed"
    assert found["4009900001/bestyrelse"]["record_status"] == "new"
    assert found["4009900001/bestyrelse"]["interests"][0]["type"] == "boardChair"


def test_founders_and_auditors_are_no_owners_and_are_kept(tmp_path: Path) -> None:
    source = {
        "Vrvirksomhed": company_source(
            company(
                role("Stiftere", "STIFTERE", "2010-01-01"),
                role("Revision", "REVISION", "2010-01-01", "2020-01-01"),
            )
        )
    }
    workspace, summary = take_in(tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", source))
    assert rows(workspace, "relationship") == rows(workspace, "person") == []
    [entity] = rows(workspace, "entity")
    kept = json.loads(entity["extra"])["deltagerRelation"]
    assert [(item["hovedtype"], item["navn"]) for item in kept] == [
        ("STIFTERE", "Astrid Påfund"),
        ("REVISION", "Astrid Påfund"),
    ]
    assert all_accounted(summary)


def test_owner_who_is_beneficial_owner_after_his_shares_ended(tmp_path: Path) -> None:
    owner = Role(
        organisation="Reelle ejere",
        attributes=(
            Attribute(type="FUNKTION", kind="string", values=(Value(value="Reel ejer", start="2018-01-01"),)),
            Attribute(
                type="EJERANDEL_PROCENT",
                kind="decimal",
                values=(Value(value="0.5", start="2018-01-01", end="2020-12-31"),),
            ),
        ),
    )
    found = mapped(tmp_path, company(owner))["4009900001/reelle-ejere"]
    assert [item["type"] for item in found["interests"]] == ["shareholding", "unknownInterest"]
    assert found["record_status"] == "new"


def test_both_sides_of_a_role_are_one_statement_and_the_company_tells_it(tmp_path: Path) -> None:
    told = company(legal_owner("0.5", "2015-01-01"))
    stale = company(legal_owner("0.25", "2015-01-01"), role("Direktion", "DIREKTØR", "2015-01-01"))
    file = saved(
        tmp_path / "cvr-2026-10-01.ndjson",
        {"Vrdeltagerperson": person_source(OWNER, [(stale, stale.participants[0][1])])},
        {"Vrvirksomhed": company_source(told)},
    )
    workspace, summary = take_in(tmp_path, file)
    found = {row["record_id"]: row for row in rows(workspace, "relationship")}
    assert list(found) == [
        "dk_cvr:relationship:92001008/4009900001/direktion",
        "dk_cvr:relationship:92001008/4009900001/ejerregister",
    ]
    owner = found["dk_cvr:relationship:92001008/4009900001/ejerregister"]
    assert (owner["source_row"], figures(owner)[0][1]) == (2, (50, 66.67))
    assert [(row["record_id"], row["is_reference"]) for row in rows(workspace, "entity")] == [
        ("dk_cvr:entity:92001008", False)
    ]
    assert len(rows(workspace, "person")) == 1
    assert all_accounted(summary)


def test_company_that_only_a_person_names_is_a_reference(tmp_path: Path) -> None:
    named = company(legal_owner("1.0", "2015-01-01"))
    source = {"Vrdeltagerperson": person_source(OWNER, [(named, named.participants[0][1])])}
    workspace, _ = take_in(tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", source))
    [entity] = rows(workspace, "entity")
    assert (entity["record_id"], entity["name"], entity["is_reference"]) == (
        "dk_cvr:entity:92001008",
        "Nørreskov Opdigt ApS",
        True,
    )


def test_foreign_address_in_one_text(tmp_path: Path) -> None:
    abroad = Address(country="SE", free_text="Påhittade gatan 1\n111 20 Stockholm")
    wrong = Address(country="DK", free_text="Calle Inventada 3\n28001 Madrid")
    sources = [
        {
            "Vrdeltagerperson": person_source(
                Participant(unit=unit, type="PERSON", name="N", address=address), []
            )
        }
        for unit, address in ((4009900021, abroad), (4009900022, wrong))
    ]
    workspace, _ = take_in(tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", *sources))
    swede, spaniard = rows(workspace, "person")
    assert swede["addresses"][0]["address"] == "Påhittade gatan 1, 111 20 Stockholm"
    assert (swede["residence_countries"], swede["addresses"][0]["country"]) == (["SE"], "SE")
    assert (spaniard["residence_countries"], spaniard["addresses"][0]["country"]) == (None, None)


def test_strangers_are_reported(tmp_path: Path) -> None:
    source = company_source(company(role("Bestyrelse", "observatør", "2015-01-01")))
    source["nyNøgle"] = 1
    source["deltagerRelation"][0]["deltager"]["kælenavn"] = "A"
    source["deltagerRelation"][0]["organisationer"].append(
        {"hovedtype": "RÅD", "organisationsNavn": [], "attributter": [], "medlemsData": []}
    )
    workspace, summary = take_in(
        tmp_path, saved(tmp_path / "cvr-2026-10-01.ndjson", {"Vrvirksomhed": source})
    )
    [report] = summary.reports
    assert report.unknown_columns == {
        "source: Vrvirksomhed.deltagerRelation.deltager.kælenavn": 1,
        "source: Vrvirksomhed.nyNøgle": 1,
    }
    assert report.unknown_codes == {
        "FUNKTION = observatør": 1,
        "hovedtype / organisationsNavn = RÅD / RÅD": 1,
    }
    assert [row["interests"][0]["type"] for row in rows(workspace, "relationship")] == ["unknownInterest"] * 2


def test_broken_records_are_rejected_by_their_number(tmp_path: Path) -> None:
    good = json.dumps({"Vrvirksomhed": company_source(company(legal_owner("0.5", "2015-01-01")))})
    nameless = company_source(company())
    nameless["cvrNummer"] = None
    file = tmp_path / "cvr-2026-10-01.ndjson"
    lines = [good, '{"Vrvirksomhed": {', json.dumps({"Vrvirksomhed": nameless}), '{"Vrukendt": {}}']
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace, summary = take_in(tmp_path, file)
    assert [(row["source_row"], row["code"]) for row in rows(workspace, "reject")] == [
        (2, "malformed-json"),
        (3, "no-cvr-number"),
        (4, "unknown-kind"),
    ]
    assert len(rows(workspace, "relationship")) == 1
    assert all_accounted(summary, rejected=3)


@pytest.mark.skipif(not (REAL / "dk_cvr").is_dir(), reason="the files of real registers are not here")
def test_real_files(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, REAL / "dk_cvr")
    assert all_accounted(summary)
    [report] = summary.reports
    assert (report.unknown_columns, report.unknown_codes, report.ignored) == ({}, {}, {})
    assert report.totals["read"] == 2
    relationships = rows(workspace, "relationship")
    assert len({row["record_id"] for row in relationships}) == len(relationships)
    parties = {row["record_id"] for table in ("entity", "person") for row in rows(workspace, table)}
    assert {row["subject_record_id"] for row in relationships} <= parties
    assert {row["interested_party_record_id"] for row in relationships} <= parties
