from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_helper import Read, read, spec

from bo_harmonise.errors import InputError
from bo_harmonise.ingest.raw_stage import plain_file
from bo_harmonise.read import delimited
from bo_harmonise.read.containers import Member
from bo_harmonise.read.delimited import read_delimited

COLUMNS = {"a": "VARCHAR", "b": "VARCHAR"}


def table(tmp_path: Path, content: bytes, **more: object) -> Read:
    return read(read_delimited, tmp_path, content, spec("csv", COLUMNS, **more))


def values(found: Read) -> list[tuple[int, str | None, str | None]]:
    return [(row["source_row"], row["a"], row["b"]) for row in found.rows]


@pytest.mark.parametrize(
    ("content", "delimiter", "rows"),
    [
        (b"a,b\n1,2\n", ",", [(2, "1", "2")]),
        (b"a\tb\n1\t2", "\t", [(2, "1", "2")]),
        (b'a|b\n1|"x|y"\n', "|", [(2, "1", "x|y")]),
        (b"sep=;\na;b\n1;2\n", ",", [(3, "1", "2")]),
        (b"sep=\t\na\tb\n1\t2\n", ",", [(3, "1", "2")]),
        (b"\xef\xbb\xbfsep=;\r\na;b\r\n1;2\r\n", ",", [(3, "1", "2")]),
        (b"\xef\xbb\xbfa,b\n1,2\n", ",", [(2, "1", "2")]),
        (b" a , b\n1,2\n", ",", [(2, "1", "2")]),
        (b"b,z,a\n1,2,3\n", ",", [(2, "3", "1")]),
        (b'a,b\n"p ""q"" r","s,t"\n', ",", [(2, 'p "q" r', "s,t")]),
        (b'a,b\r\n"x\r\ny",2\r\n3,4\r\n', ",", [(2, "x\r\ny", "2"), (3, "3", "4")]),
        (b'a,b\n"",\n', ",", [(2, None, None)]),
        (b'"a\nx",a,b\n1,2,3\n4,5,6\n', ",", [(2, "2", "3"), (3, "5", "6")]),
        ("a\u2028x,a,b\n1,2,3\n".encode(), ",", [(2, "2", "3")]),
        (b"a,b\n1,\x00\n2,3\n", ",", [(2, "1", "\x00"), (3, "2", "3")]),
        (b"a,b\n", ",", []),
        (b"a,b", ",", []),
    ],
)  # fmt: skip
def test_rows_are_numbered_as_a_spreadsheet_numbers_them(
    tmp_path: Path, content: bytes, delimiter: str, rows: list[tuple[int, str, str]]
) -> None:
    found = table(tmp_path, content, delimiter=delimiter)
    assert values(found) == rows
    assert found.raw.rows == len(rows)
    assert found.refused == {}


def test_rows_of_another_width_are_refused_by_their_number(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n"x\ny",2\n1\n"p",3\n1,2,3\n5,6\n')
    assert values(found) == [(2, "x\ny", "2"), (4, "p", "3"), (6, "5", "6")]
    assert found.refused == {
        3: "in.txt row 3: Expected Number of Columns: 2 Found: 1",
        5: "in.txt row 5: Expected Number of Columns: 2 Found: 3",
    }
    assert [item.raw for item in found.raw.refused] == ["1", "1,2,3"]


def test_rows_that_are_not_utf8_are_refused_by_their_number(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n"1\n2",2\n\xff,3\n4,5\n\xfe,1\n')
    assert values(found) == [(2, "1\n2", "2"), (4, "4", "5")]
    assert [(n, "not utf-8" in message) for n, message in found.refused.items()] == [(3, True), (5, True)]


def test_a_quotation_mark_that_is_not_closed_refuses_the_rest_and_says_so(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n1,2\n"x,3\n4,5\n')
    assert values(found) == [(2, "1", "2")]
    assert found.refused == {3: "in.txt row 3: Value with unterminated quote found."}


def test_blank_rows_count_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\r\n1,2\r\n\r\n3\r\n"x\r\n\r\ny",5\r\n\r\n\r\n6,7\r\n')
    assert values(found) == [(2, "1", "2"), (5, "x\r\n\r\ny", "5"), (8, "6", "7")]
    assert list(found.refused) == [4]


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\n3,4\r\n", b"a,b\n1,2\r\n3,4\n", b"a,b\n1,2\r\n3,4\r\n"])
def test_line_ends_of_two_kinds_are_read(tmp_path: Path, content: bytes) -> None:
    assert values(table(tmp_path, content)) == [(2, "1", "2"), (3, "3", "4")]


def test_names_that_repeat_are_empty_or_differ_in_case_are_told_apart(tmp_path: Path) -> None:
    found = table(tmp_path, b"A,a,,a,a_2,b\n1,2,3,4,5,6\n")
    assert values(found) == [(2, "2", "6")]
    assert found.raw.unknown == {"A": 1, "a (again, column 4)": 1, "a_2": 1}


def test_an_absent_optional_column_is_null_and_a_new_one_is_reported(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,new,known_1\n1,2,3\n4,5,6\n", required=("a",), left=("known_*",))
    assert values(found) == [(2, "1", None), (3, "4", None)]
    assert found.raw.unknown == {"new": 2}


def test_a_missing_required_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        table(tmp_path, b"a,z\n1,2\n", required=("a", "b"))
    assert caught.value.message == "in.txt: expected the columns a, b; missing: b; found: a, z."
    assert "adapters show" in (caught.value.hint or "")


def test_an_empty_file_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a header with the names of the columns, found none"):
        table(tmp_path, b"")


def test_a_row_above_16_mib_is_refused(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,b\n1,2\n3," + b"x" * (17 << 20) + b"\n4,5\n6\n7,8\n")
    assert [number for number, *_ in values(found)] == [2, 4, 6]
    assert list(found.refused) == [3, 5]
    assert found.raw.refused[0].raw == "3," + "x" * 4094


@pytest.mark.parametrize(("encoding", "text"), [("latin-1", "Ærø"), ("windows-1251", "Ольга")])
def test_other_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(f"a,b\n{text},1\n".encode(encoding))
    plain = plain_file(Member(file), tmp_path, encoding=encoding)
    assert values(table(tmp_path, plain.read_bytes())) == [(2, text, "1")]


def test_a_byte_that_an_encoding_does_not_have_refuses_its_row_only(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes("a,b\nОльга,1\n".encode("windows-1251") + b"\x98,2\n3,4\n")
    plain = plain_file(Member(file), tmp_path, encoding="windows-1251")
    found = table(tmp_path, plain.read_bytes())
    assert values(found) == [(2, "Ольга", "1"), (4, "3", "4")]
    assert list(found.refused) == [3]


ROW = st.sampled_from(["good", "good", "broken", "blank", "narrow", "wide", "utf8"])
CONTENT = {"blank": b"", "narrow": b"1", "wide": b"1,2,3", "utf8": b"\xff,2"}


@settings(max_examples=40)
@given(st.lists(ROW, max_size=30), st.sampled_from([b"\n", b"\r\n"]))
def test_any_mix_of_rows_keeps_its_numbers(kinds: list[str], end: bytes) -> None:
    rows = [
        b'"%d\n\n",x' % number if kind == "broken" else CONTENT.get(kind, b"%d,x" % number)
        for number, kind in enumerate(kinds, start=2)
    ]
    with TemporaryDirectory() as folder:
        found = table(Path(folder), b"a,b" + end + b"".join(row + end for row in rows))
    numbered = list(enumerate(kinds, start=2))
    assert found.numbers == [number for number, kind in numbered if kind in {"good", "broken"}]
    assert all((row["a"] or "").strip() == str(row["source_row"]) for row in found.rows)
    assert list(found.refused) == [number for number, kind in numbered if kind in {"narrow", "wide", "utf8"}]


def test_blank_rows_are_found_across_the_borders_of_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b'a,b\r\n1,2\r\n\r\n"x\r\n\r\n",3\r\n\r\n4,5\r\n'
    for size in range(1, 12):
        monkeypatch.setattr(delimited, "_CHUNK", size)
        found = table(tmp_path, content)
        assert found.numbers == [2, 4, 6], size


def test_a_file_that_is_read_in_parallel_keeps_its_numbers(tmp_path: Path) -> None:
    padding = b"z" * 150
    narrow = {number for number in range(2, 300_002) if number % 7919 == 0 or 150_000 <= number < 150_050}
    content = b"a,b\n" + b"".join(
        b"1\n" if number in narrow else b'%d,"%s\n"\n' % (number, padding) for number in range(2, 300_002)
    )
    for threads in (1, 4):
        found = read(read_delimited, tmp_path, content, spec("csv", COLUMNS), threads=threads)
        assert set(found.refused) == narrow
        assert found.numbers == [number for number in range(2, 300_002) if number not in narrow]
        assert all(row["a"] == str(row["source_row"]) for row in found.rows)
