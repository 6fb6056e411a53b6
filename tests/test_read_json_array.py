from pathlib import Path

import pytest
from readers_helper import Read, read, spec

from bo_harmonise.errors import InputError
from bo_harmonise.read.json_array import read_json_array

COLUMNS = {"a": "VARCHAR", "n": {"b": "VARCHAR"}}


def document(tmp_path: Path, content: bytes, records: str = "") -> Read:
    return read(read_json_array, tmp_path, content, spec("json", COLUMNS, records=records))


@pytest.mark.parametrize(
    ("content", "records"),
    [
        (b'[{"a":"1"},{"a":"2"}]', ""),
        (b' \n[\n  {"a": "1"},\n  {"a":\n "2"}\n]\n', ""),
        (b'\xef\xbb\xbf[{"a":"1"},{"a":"2"}]', ""),
        (b'{"took":1,"hits":{"total":2,"hits":[{"a":"1"},{"a":"2"}]}}', "hits.hits"),
        (b'{"value":[{"a":"1"}],"next":1}\n{"value":[{"a":"2"}]}', "value"),
        (b'{"a":"1"}\n{"a":\n"2"}', ""),
    ],
    ids=["array", "pretty", "bom", "wrapped", "pages", "documents"],
)
def test_records_are_numbered_by_their_position(tmp_path: Path, content: bytes, records: str) -> None:
    found = document(tmp_path, content, records)
    assert [(row["source_row"], row["a"]) for row in found.rows] == [(1, "1"), (2, "2")]


def test_one_object_is_one_record(tmp_path: Path) -> None:
    found = document(tmp_path, b'{\n "a": "1",\n "n": {"b": "x"}\n}')
    assert found.rows == [{"source_row": 1, "a": "1", "n": {"b": "x"}}]


def test_an_item_that_is_no_object_is_refused_by_its_position(tmp_path: Path) -> None:
    found = document(tmp_path, b'[{"a":"1"},"x",[1],{"n":2},{"a":"5"}]')
    assert found.numbers == [1, 5]
    assert found.refused == {
        2: "in.txt record 2: expected a JSON object, found VARCHAR",
        3: "in.txt record 3: expected a JSON object, found ARRAY",
        4: 'in.txt record 4: expected OBJECT at $."n", found UBIGINT',
    }


def test_text_keeps_line_breaks_of_every_kind(tmp_path: Path) -> None:
    found = document(tmp_path, '[{"a":"x\u2028y\\n\u0085z"}]'.encode())
    assert found.rows[0]["a"] == "x\u2028y\n\u0085z"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'[{"a":"1"},{"a":', "premature EOF"),
        (b'[{"a":"1"}', "premature EOF"),
        (b'[{"a":"1"}] x', "invalid char"),
        (b'[{"a":"1"},{"a":"\xff"}]', "invalid bytes in UTF8"),
        (b'[{"a":"1"},{"a" "x"}]', "object key and value must be separated"),
    ],
)
def test_a_document_that_is_not_well_formed_says_how_far_it_was_read(
    tmp_path: Path, content: bytes, found: str
) -> None:
    with pytest.raises(InputError) as caught:
        document(tmp_path, content)
    assert caught.value.message.startswith(
        "in.txt after record 1: expected a well-formed JSON document, found: "
    )
    assert found in caught.value.message
    assert caught.value.hint


def test_an_empty_file_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="after record 0: expected a well-formed JSON document"):
        document(tmp_path, b"")
