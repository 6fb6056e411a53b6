"""What a file is, by its content and its name, and of which day its delivery is."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from adapters_helper import again, all_accounted, psc, rows, take_in, write

from bo_harmonise.adapters.registry import find_adapters
from bo_harmonise.errors import InputError, UnknownFileError
from bo_harmonise.ingest.detect import expand, identify
from bo_harmonise.resources import sample_registers


def test_content_decides_where_the_name_says_nothing(tmp_path: Path) -> None:
    write(tmp_path / "download (3).dat", psc("01234567", "a"))
    (found,) = identify(tmp_path / "download (3).dat", find_adapters())
    assert (found.adapter.name, found.spec.role) == ("gb_psc", "psc")


def test_a_misleading_name_does_not_beat_the_content(tmp_path: Path) -> None:
    path = write(tmp_path / "BasicCompanyData-2026-10-01.csv", psc("01234567", "a"))
    assert identify(path, find_adapters())[0].spec.role == "psc"


def test_the_name_decides_when_the_adapter_is_forced(tmp_path: Path) -> None:
    path = write(
        tmp_path / "psc-snapshot-2026-10-01_1of2.txt", '{"company_number":"1","data":{"kind":"new-kind"}}\n'
    )
    adapters = find_adapters()
    with pytest.raises(UnknownFileError):
        identify(path, adapters)
    assert identify(path, adapters, forced=adapters["gb_psc"])[0].spec.role == "psc"


@pytest.mark.parametrize(
    ("mark", "delimiter", "encoding"),
    [
        ("", ",", "utf-16"),
        ("", ",", "utf-8-sig"),
        ("sep=;\r\n", ";", "utf-8"),
        ("sep=;\r\n", ";", "utf-8-sig"),
        ("sep=\t\r\n", "\t", "utf-16"),
    ],
)
def test_a_file_saved_by_a_spreadsheet_is_read_as_it_says(
    tmp_path: Path, mark: str, delimiter: str, encoding: str
) -> None:
    header = ("CompanyName", " CompanyNumber", "RegAddress.CareOf", "CompanyStatus")
    values = ('"ÆGIR, QUILLMERE LTD"', '"01234567"', '""', '"Active"')
    path = tmp_path / "BasicCompanyData-2026-10-01.csv"
    path.write_text(
        f"{mark}{delimiter.join(header)}\r\n{delimiter.join(values)}\r\n", encoding=encoding, newline=""
    )
    workspace, summary = take_in(tmp_path, path)
    assert [row["name"] for row in rows(workspace, "entity")] == ["ÆGIR, QUILLMERE LTD"]
    assert summary.reports[0].unknown_columns == {}


def test_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    path = tmp_path / "psc-2026-10-01.json"
    path.write_text(psc("01234567", "a", name="Mr Ödön Vintle"), encoding="utf-16")
    workspace, _ = take_in(tmp_path, path)
    assert [row["names"][0]["full_name"] for row in rows(workspace, "person")] == ["Mr Ödön Vintle"]


def test_a_cut_utf_16_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "psc-2026-10-01.json"
    path.write_bytes(psc("01234567", "a").encode("utf-16") + b"x")
    with pytest.raises(InputError, match=r"psc-2026-10-01\.json: expected utf-16, found other bytes"):
        take_in(tmp_path, path)
    assert not (tmp_path / "workspace").exists()


def test_an_unknown_file_lists_what_is_known_and_how_to_force_one(tmp_path: Path) -> None:
    path = write(tmp_path / "BasicCompanyData.csv", "colour,weight\nred,1\n")
    with pytest.raises(UnknownFileError) as caught:
        identify(path, find_adapters())
    message = caught.value.message
    assert "BasicCompanyData.csv" in message
    assert "Its name is that of gb_psc" in message
    assert "It begins: 'colour,weight⏎red,1⏎'" in message
    for adapter in find_adapters().values():
        assert f"{adapter.name:<10} {adapter.title}" in message
    assert "--adapter NAME" in (caught.value.hint or "")


def test_members_of_one_zip_may_play_different_roles(tmp_path: Path) -> None:
    path = tmp_path / "both-2026-10-01.zip"
    header = "CompanyName, CompanyNumber,RegAddress.CareOf,CompanyStatus\n"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("psc.txt", psc("01234567", "a"))
        target.writestr("companies.csv", header + '"QUILLMERE LTD","01234567","","Active"\n')
        target.writestr("README.txt", "How to use these files")
        target.writestr("__MACOSX/._psc.txt", "x")
    workspace, summary = take_in(tmp_path, path)
    assert all_accounted(summary)
    assert {row["file_name"]: row["file_role"] for row in rows(workspace, "source")} == {
        "both-2026-10-01.zip!companies.csv": "company",
        "both-2026-10-01.zip!psc.txt": "psc",
    }
    assert [row["name"] for row in rows(workspace, "entity")] == ["QUILLMERE LTD"]
    assert again(workspace, path).reports == []


def test_a_folder_stands_for_the_files_below_it(tmp_path: Path) -> None:
    root = tmp_path / "delivery"
    first = write(root / "a" / "psc-1.json", psc("01234567", "a"))
    second = write(root / "psc-2.json", psc("01234568", "b"))
    write(root / ".hidden" / "psc-3.json", "x")
    write(root / "README.md", "x")
    assert expand([root, first]) == [first, second]


def test_no_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no files were given"):
        take_in(tmp_path, tmp_path / "empty")


def test_a_file_of_a_header_alone_is_told(tmp_path: Path) -> None:
    file = next(path for place in sample_registers() for path in place.rglob("members.csv"))
    first = file.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    _, summary = take_in(tmp_path, write(tmp_path / "2026-10-01" / "members.csv", *first))
    assert summary.reports[0].failed_checks == ["members.csv: there is no record in it; was it cut off?"]


# The date of a delivery.


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("psc-2026-10-01.json", "2026-10-01"),
        ("20261001-0800-psc.json", "2026-10-01"),
        ("psc-2026-02-30.json", "2026-09-30"),
        ("psc-20269999.json", "2026-09-30"),
    ],
)
def test_a_date_in_the_name_counts_if_there_is_such_a_day(tmp_path: Path, name: str, day: str) -> None:
    kind = "totals#persons-of-significant-control-snapshot"
    totals = json.dumps({"data": {"kind": kind, "generated_at": "2026-09-30T01:02:03Z"}}) + "\n"
    workspace, _ = take_in(tmp_path, write(tmp_path / "x" / "y" / name, psc("01234567", "a"), totals))
    assert workspace.source_ids() == [f"gb_psc@{day}"]


def test_the_option_beats_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "psc-2026-10-01.json", psc("01234567", "a"))
    workspace, summary = take_in(tmp_path, path, snapshot=date(2025, 1, 2))
    assert workspace.source_ids() == ["gb_psc@2025-01-02"]
    assert summary.reports[0].dated_by == "option"
