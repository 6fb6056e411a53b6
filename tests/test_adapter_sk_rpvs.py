"""The adapter `sk_rpvs`: golden pair, containers, local dates, spellings of keys, accounting, real file."""

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

from bo_harmonise.world.writers.sk_rpvs import EndUser, Entry, Official, Partner, write_entries

FOLDER = GOLDEN / "sk_rpvs"
PAGE = FOLDER / "rpvs-partneri-2026-10-01.json"
TABLES = ("entity", "person", "relationship")
REJECTED = 1
"""Entries of the golden page that name nobody."""


def partner(**fields: Any) -> Partner:
    given: dict[str, Any] = {
        "id": 1,
        "business_name": "Bájka s. r. o.",
        "ico": "92100007",
        "valid_from": "2016-03-01",
    }
    return Partner(**(given | fields))


def user(**fields: Any) -> EndUser:
    given: dict[str, Any] = {
        "id": 11,
        "first_name": "Ľubica",
        "last_name": "Výmyselská",
        "valid_from": "2016-03-01",
    }
    return EndUser(**(given | fields))


def written(*entries: Entry) -> str:
    out = io.StringIO()
    write_entries(entries, out)
    return out.getvalue()


def saved(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rpvs-2026-10-01.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def entry(*users: EndUser, **fields: Any) -> Entry:
    given: dict[str, Any] = {"id": 51, "number": 501, "partners": (partner(),), "end_users": users}
    return Entry(**(given | fields))


def test_golden_pair(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, PAGE)
    for table in TABLES:
        assert plain(rows(workspace, table)) == expected(FOLDER, table)
    assert all_accounted(summary, rejected=REJECTED)
    [report] = summary.reports
    assert report.unknown_columns == {}
    assert report.unknown_codes == {"StatnaPrislusnost.StatistickyKod = 999": 1}
    assert report.rejected == {"no-partner": 1}


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(PAGE.read_text(encoding="utf-8"))["value"]
    return found


def as_lines(path: Path) -> None:
    path.write_text("".join(json.dumps(item) + "\n" for item in entries()), encoding="utf-8")


def as_pages(path: Path) -> None:
    found = entries()
    pages = ({"@odata.context": "$metadata#Partneri", "value": found[:3]}, {"value": found[3:]})
    path.write_text("\n".join(json.dumps(page) for page in pages), encoding="utf-8")


def as_array(path: Path) -> None:
    path.write_text(json.dumps(entries(), indent=1, ensure_ascii=False), encoding="utf-8")


def as_lower_camel_case(path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for key in (
        "KonecniUzivateliaVyhod",
        "VerejniFunkcionari",
        "KvalifikovanePodnety",
        "Adresa",
        "PravnaForma",
    ):
        text = text.replace(f'"{key}"', f'"{key[0].lower()}{key[1:]}"')
    path.write_text(text, encoding="utf-8")


def as_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(PAGE.read_bytes()))


def as_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(PAGE, "rpvs-2026-10-01.json")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("rpvs-2026-10-01.jsonl", as_lines),
        ("rpvs-2026-10-01.json", as_pages),
        ("partneri-2026-10-01.json", as_array),
        ("rpvs-2026-10-01.json", as_lower_camel_case),
        ("rpvs-2026-10-01.json.gz", as_gzip),
        ("rpvs-2026-10-01.zip", as_zip),
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
    assert all_accounted(summary, rejected=REJECTED)
    assert summary.reports[0].unknown_columns == {}


DAYS = {
    "1975-07-30T00:00:00+01:00": "1975-07-30",
    "1980-06-01T00:00:00+02:00": "1980-06-01",
    "1950-01-01T00:00:00+02:00": "1950-01-01",
    "1950-01-01T00:00:00.000+01:00": "1950-01-01",
    "1960-02-29": "1960-02-29",
    "1971-03-13T23:00:00Z": "1971-03-14",
    "1975-07-29T22:30:00Z": "1975-07-29",
    "1985-07-29T22:30:00Z": "1985-07-30",
    "1990-10-15T22:30:00Z": "1990-10-15",
    "2000-10-15T22:30:00Z": "2000-10-16",
    "2000-10-29T22:30:00Z": "2000-10-29",
    "1990-05-05T20:30:00-04:00": "1990-05-06",
    "neznámy": None,
}
"""Published time and day in Bratislava, summer time included (to September until 1995, to October since)."""


def test_dates_are_those_of_bratislava(tmp_path: Path) -> None:
    users = [user(id=n, birth_date=f"1900-01-{n:02d}") for n in range(10, 10 + len(DAYS))]
    text = written(entry(*users))
    for item, published in zip(users, DAYS, strict=True):
        text = text.replace(f"{item.birth_date}T00:00:00+01:00", published)
    workspace, _ = take_in(tmp_path, saved(tmp_path, text))
    assert {row["source_key"]: row["birth_date"] for row in rows(workspace, "person")} == {
        str(item.id): day for item, day in zip(users, DAYS.values(), strict=True)
    }


def test_numbers_are_padded_and_tested(tmp_path: Path) -> None:
    numbers = ("92100007", "907138", "92100008")
    partners = [partner(id=n, ico=number) for n, number in enumerate(numbers)]
    text = written(*(entry(id=n, number=n, partners=(item,)) for n, item in enumerate(partners)))
    workspace, _ = take_in(tmp_path, saved(tmp_path, text))
    assert [
        (row["record_id"], row["identifiers"][0]["scheme"], row["identifiers"][0]["is_valid"])
        for row in rows(workspace, "entity")
    ] == [
        ("sk_rpvs:entity:92100007", "SK-ICO", True),
        ("sk_rpvs:entity:00907138", "SK-ICO", True),
        ("sk_rpvs:entity:92100008", "SK-ICO", False),
    ]


def test_interest_is_unquantified_and_declared(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, saved(tmp_path, written(entry(user(valid_to="2020-05-31")))))
    [row] = rows(workspace, "relationship")
    [interest] = row["interests"]
    assert (interest["type"], interest["beneficial_ownership_or_control"]) == ("unknownInterest", True)
    assert interest["share_exact"] is interest["share_min"] is interest["share_max"] is None
    assert (interest["start_date"], interest["end_date"]) == (date(2016, 3, 1), date(2020, 5, 31))
    assert row["record_status"] == "closed"


def test_public_official_of_the_same_name_is_no_exposure_without_the_mark(tmp_path: Path) -> None:
    official = Official(id=31, first_name="Ľubica", last_name="Výmyselská", valid_from="2018-11-10")
    workspace, _ = take_in(tmp_path, saved(tmp_path, written(entry(user(), officials=(official,)))))
    [person] = rows(workspace, "person")
    assert person["political_exposure"] is None
    [entity] = rows(workspace, "entity")
    [told] = json.loads(entity["extra"])["Partneri"]
    assert [item["Priezvisko"] for item in told["VerejniFunkcionari"]] == ["Výmyselská"]


def test_end_users_without_a_partner_keep_what_the_entry_says(tmp_path: Path) -> None:
    text = written(entry(user(), partners=(), fine="5000.00"))
    workspace, summary = take_in(tmp_path, saved(tmp_path, text))
    [row] = rows(workspace, "relationship")
    assert (row["subject_record_id"], row["subject_reason"]) == (None, "informationUnknownToPublisher")
    assert row["subject_description"] == "vložka 501: the partner is not in the delivery"
    assert json.loads(row["extra"])["Partneri"]["Pokuta"]["VyskaPokuty"] == "5000.00"
    assert all_accounted(summary)


def test_same_partner_in_two_entries_is_one_record(tmp_path: Path) -> None:
    first = entry(user(), deleted_on="2019-01-31")
    second = entry(
        id=52,
        number=502,
        partners=(partner(id=2, business_name="Bájka Plus a. s.", valid_from="2019-02-01"),),
    )
    workspace, summary = take_in(tmp_path, saved(tmp_path, written(first, second)))
    [entity] = rows(workspace, "entity")
    assert (entity["name"], entity["alternate_names"], entity["record_status"]) == (
        "Bájka Plus a. s.",
        ["Bájka s. r. o."],
        "new",
    )
    [relationship] = rows(workspace, "relationship")
    assert relationship["record_status"] == "closed"
    assert all_accounted(summary)


def test_strangers_are_reported_and_broken_lines_rejected(tmp_path: Path) -> None:
    good = written(entry(user()), entry(user(id=12), id=52, number=502, partners=(partner(form="Nadácia"),)))
    strange = good.replace('"FormaOsoby"', '"NovyKluc":1,"FormaOsoby"').replace(
        '"Pokuta"', '"Nove":[],"Pokuta"'
    )
    first, second = strange.splitlines()
    lines = [first, '{"Id": 60,', second, "[]", '{"Id":61,"CisloVlozky":601}']
    text = "".join(f"{line}\n" for line in lines)
    workspace, summary = take_in(tmp_path, saved(tmp_path, text))
    [report] = summary.reports
    assert report.unknown_columns == {"entry: Nove": 2, "entry: PartneriVerejnehoSektora.NovyKluc": 2}
    assert report.unknown_codes == {"FormaOsoby = Nadácia": 1}
    assert [(row["source_row"], row["code"]) for row in rows(workspace, "reject")] == [
        (2, "malformed-json"),
        (4, "malformed-json"),
        (5, "no-partner"),
    ]
    assert [row["source_row"] for row in rows(workspace, "relationship")] == [1, 3]
    assert all_accounted(summary, rejected=3)


@pytest.mark.skipif(not (REAL / "sk_rpvs").is_dir(), reason="the files of real registers are not here")
def test_real_file(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, REAL / "sk_rpvs")
    assert all_accounted(summary)
    [report] = summary.reports
    assert (report.unknown_columns, report.unknown_codes) == ({}, {})
    assert report.statements == {"entity": 1, "person": 3, "relationship": 3}
    assert {row["nationalities"][0] for row in rows(workspace, "person")} == {"SK"}
