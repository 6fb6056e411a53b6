"""The adapter `ftm`: golden pair, shares in free text, listings, numbers of people, accounting."""

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from adapters_helper import GOLDEN, REAL, all_accounted, expected, plain, rows, take_in

FOLDER = GOLDEN / "ftm"
ENTITIES = FOLDER / "entities.ftm.json"
SECRETS = ("020461-99999", "777888", "LV 777 888", "ZZ1234567", "CY-55", "02046199999")


@pytest.fixture(autouse=True)
def _same_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BO_HARMONISE_KEY", "a key for tests")


def entity(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": key,
        "caption": key,
        "schema": schema,
        "properties": {
            name: value if isinstance(value, list) else [value] for name, value in properties.items()
        },
        "referents": [],
        "datasets": ["xq_list"],
        "first_seen": "2024-01-01T00:00:00",
        "last_seen": "2026-05-05T00:00:00",
        "last_change": "2025-01-01T00:00:00",
        "target": False,
    }


def saved(tmp_path: Path, *lines: dict[str, Any] | str) -> Path:
    path = tmp_path / "entities.ftm.json"
    text = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join([*text, ""]), encoding="utf-8")
    return path


def stake(tmp_path: Path, **properties: Any) -> dict[str, Any]:
    path = saved(
        tmp_path,
        entity("P", "Person", name="Ada Teal"),
        entity("C", "Company", name="Teal Works"),
        entity("O", "Ownership", owner="P", asset="C", **properties),
    )
    workspace, _ = take_in(tmp_path, path)
    ((interest,),) = [row["interests"] for row in rows(workspace, "relationship")]
    return interest


@pytest.mark.parametrize("table", ["entity", "person", "relationship"])
def test_golden_pair(tmp_path: Path, table: str) -> None:
    workspace, summary = take_in(tmp_path, ENTITIES)
    assert plain(rows(workspace, table)) == expected(FOLDER, table)
    assert all_accounted(summary, rejected=2)
    (report,) = summary.reports
    assert report.source_id == "ftm@2026-09-15"
    assert (report.unknown_columns, report.unknown_codes) == ({}, {"country = xx": 1})


def test_what_is_ignored_is_named_and_what_is_about_nobody_is_rejected(tmp_path: Path) -> None:
    workspace, summary = take_in(tmp_path, ENTITIES)
    assert sum(summary.reports[0].ignored.values()) == 5
    rejected = {row["source_row"]: (row["code"], row["message"]) for row in rows(workspace, "reject")}
    numbers = {
        json.loads(line)["id"]: n for n, line in enumerate(ENTITIES.read_text("utf-8").splitlines(), 1)
    }
    assert set(rejected) == {numbers["sanc-5"], numbers["own-6"]}
    assert rejected[numbers["own-6"]] == (
        "no-party",
        "the Ownership is about an entity that the export does not have: NK-gone",
    )


def test_numbers_of_a_person_are_nowhere_in_clear(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, ENTITIES)
    (person,) = rows(workspace, "person")
    assert [item["scheme"] for item in person["identifiers"]] == [
        "LVA-PASSPORT",
        "CYP-TAXID",
        "LVA-IDCARD",
        "LVA-TAXID",
    ]
    assert all(len(item["id"]) == 64 for item in person["identifiers"])
    text = json.dumps([rows(workspace, table) for table in ("person", "entity", "relationship")], default=str)
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_document_of_nobody_is_left_without_its_number(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        entity("A", "Company", name="A"),
        entity("d", "Passport", holder="gone", passportNumber="ZZ1234567", country="lv"),
    )
    workspace, summary = take_in(tmp_path, path)
    assert all_accounted(summary)
    assert summary.reports[0].ignored == {"identity document of somebody whom the export does not have": 1}
    assert rows(workspace, "reject") == []


@pytest.mark.parametrize(
    ("text", "exact", "band", "open_ends"),
    [
        ("50", 50, (None, None), (None, None)),
        ("50.01%", 50.01, (None, None), (None, None)),
        ("33,3 %", 33.3, (None, None), (None, None)),
        ("0", 0, (None, None), (None, None)),
        ("25-50", None, (25, 50), (False, False)),
        ("25% – 50%", None, (25, 50), (False, False)),
        ("from 25 to 50 percent", None, (25, 50), (False, False)),
        ("> 25", None, (25, 100), (True, False)),
        ("more than 50%", None, (50, 100), (True, False)),
        (">=25", None, (25, 100), (False, False)),
        ("at least 10 %", None, (10, 100), (False, False)),
        ("< 5%", None, (0, 5), (False, True)),
        ("up to 20", None, (0, 20), (False, False)),
        ("50-25", None, (None, None), (None, None)),
        ("120", None, (None, None), (None, None)),
        ("-5", None, (None, None), (None, None)),
        ("controlling stake", None, (None, None), (None, None)),
    ],
)
def test_shares_in_free_text(
    tmp_path: Path,
    text: str,
    exact: float | None,
    band: tuple[float | None, float | None],
    open_ends: tuple[bool | None, bool | None],
) -> None:
    interest = stake(tmp_path, percentage=text)
    assert interest["share_exact"] == exact
    assert (interest["share_min"], interest["share_max"]) == band
    assert (interest["share_min_exclusive"], interest["share_max_exclusive"]) == open_ends
    assert interest["details"] == text


def test_several_figures_for_one_stake_give_the_band_that_holds_them_all(tmp_path: Path) -> None:
    interest = stake(tmp_path, percentage=["10", "> 25"])
    assert (interest["share_min"], interest["share_max"], interest["share_min_exclusive"]) == (10, 100, False)


def test_one_figure_that_is_no_share_leaves_the_stake_open(tmp_path: Path) -> None:
    interest = stake(tmp_path, percentage=["10", "some"])
    assert (interest["share_exact"], interest["share_min"]) == (None, None)


@pytest.mark.parametrize(
    ("starts", "ends", "period"),
    [
        (["2015-01-01"], ["2018-01-01"], (date(2015, 1, 1), date(2018, 1, 1))),
        (["2015-01-01", "2020-01-01"], ["2018-01-01"], (date(2020, 1, 1), None)),
        (["2015-01-01", "2016-01-01"], ["2018-01-01", "2019-01-01"], (date(2015, 1, 1), date(2019, 1, 1))),
        ([], ["2018-01-01"], (None, date(2018, 1, 1))),
        (["2015"], [], (None, None)),
    ],
)
def test_periods(
    tmp_path: Path, starts: list[str], ends: list[str], period: tuple[date | None, date | None]
) -> None:
    interest = stake(tmp_path, startDate=starts, endDate=ends)
    assert (interest["start_date"], interest["end_date"]) == period


def test_a_status_that_says_ended_ends_the_listing(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        entity("P", "Person", name="Ada Teal"),
        entity("s1", "Sanction", entity="P", startDate="2020-01-01", status="Active"),
        entity("s2", "Sanction", entity="P", startDate="2020-01-01", status="Delisted"),
        entity(
            "s3", "Sanction", entity="P", startDate="2020-01-01", status="Expired", modifiedAt="2021-02-03"
        ),
    )
    workspace, _ = take_in(tmp_path, path)
    (person,) = rows(workspace, "person")
    ends = [item["end_date"] for item in person["listings"]]
    assert ends == [None, date(2026, 5, 5), date(2021, 2, 3)]  # the second had ended by the day of the export


def test_topics_list_a_party_only_where_no_sanction_does(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        entity("A", "Company", name="A", topics=["sanction"], programId=["XQ-1", "XQ-2"]),
        entity("B", "Company", name="B", topics=["sanction.linked", "poi"], programId=["XQ-1"]),
        entity("C", "Company", name="C", topics=["debarment"]),
        entity("D", "Company", name="D", topics=["sanction"]),
        entity("s", "Sanction", entity="D", authority="Treasury", endDate="2020-01-01"),
    )
    workspace, _ = take_in(tmp_path, path)
    listed = {
        row["name"]: [(item["list"], item["programme"], item["end_date"]) for item in row["listings"] or []]
        for row in rows(workspace, "entity")
    }
    assert listed == {
        "A": [("xq_list", "XQ-1", None), ("xq_list", "XQ-2", None)],
        "B": [],
        "C": [("xq_list", "debarment", None)],
        "D": [("xq_list", None, date(2020, 1, 1))],
    }


def test_what_is_strange_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        entity("A", "Company", name="A", favouriteColour="blue"),
        entity("B", "Starship", name="B"),
        '{"id": "C", "schema": "Company", "properties": {"name": ["C"',
        entity("D", "Company", name="D", country="qq"),
        {**entity("E", "Company", name="E"), "id": None},
    )
    workspace, summary = take_in(tmp_path, path)
    (report,) = summary.reports
    assert [row["name"] for row in rows(workspace, "entity")] == ["A", "D"]
    assert report.unknown_columns == {"entity: properties.favouriteColour": 1}
    assert report.unknown_codes == {"schema = Starship": 1, "country = qq": 1}
    assert [(row["source_row"], row["code"]) for row in rows(workspace, "reject")] == [
        (2, "unknown-schema"),
        (3, "malformed-json"),
        (5, "no-id"),
    ]
    assert all_accounted(summary, rejected=3)
    kept = json.loads(rows(workspace, "entity")[0]["extra"])["properties"]
    assert kept == {"favouriteColour": ["blue"]}


def test_packed_files_give_the_same_statements(tmp_path: Path) -> None:
    packed = tmp_path / "entities.ftm.json.gz"
    packed.write_bytes(gzip.compress(ENTITIES.read_bytes()))
    archive = tmp_path / "ftm.zip"
    with zipfile.ZipFile(archive, "w") as pack:
        pack.write(ENTITIES, "entities.ftm.json")
    plain_file, _ = take_in(tmp_path / "plain", ENTITIES)
    for number, path in enumerate((packed, archive)):
        workspace, _ = take_in(tmp_path / str(number), path)
        for table in ("entity", "person", "relationship"):
            ids = [row["statement_id"] for row in rows(workspace, table)]
            assert ids == [row["statement_id"] for row in rows(plain_file, table)]


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_changes_nothing(tmp_path: Path, threads: int) -> None:
    workspace, _ = take_in(tmp_path, ENTITIES, threads=threads)
    assert plain(rows(workspace, "person")) == expected(FOLDER, "person")


def test_real_export(tmp_path: Path) -> None:
    path = REAL / "ftm/yente_zala/entities.ftm.json"
    if not path.is_file():
        pytest.skip("the files of real registers are not here")
    workspace, summary = take_in(tmp_path, path)
    assert all_accounted(summary)
    (report,) = summary.reports
    assert report.totals["mapped"] == 91
    assert (report.unknown_columns, report.unknown_codes) == ({}, {})
    stakes = [row["interests"][0] for row in rows(workspace, "relationship")]
    assert sum(item["type"] == "shareholding" for item in stakes) == 14
    assert sum(item["share_exact"] is not None for item in stakes) == 10
    assert any(row["listings"] for row in rows(workspace, "person"))
