import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_helper import Read, read, spec

from bo_harmonise.read.jsonl import read_jsonl

COLUMNS = {
    "a": "VARCHAR",
    "n": {"b": "VARCHAR", "c": "VARCHAR[]"},
    "l": [{"d": "VARCHAR", "m": {"x": "VARCHAR"}}],
}
SPEC = spec("json", COLUMNS)
GOOD = b'{"a":"1"}\n'


def lines(tmp_path: Path, content: bytes, **more: object) -> Read:
    return read(read_jsonl, tmp_path, content, spec("json", COLUMNS, **more))


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (GOOD * 2, [1, 2]),
        (GOOD + b'{"a":"2"}', [1, 2]),
        (b"\xef\xbb\xbf" + GOOD * 2, [1, 2]),
        (b'{"a":"1"}\r\n{"a":"2"}\r\n', [1, 2]),
        (GOOD + b"\n" + GOOD, [1, 3]),
        (GOOD + b" \t \n" + GOOD, [1, 3]),
        (GOOD + b"\n\n\n", [1]),
        (b"", []),
    ],
    ids=["plain", "no-newline-at-end", "bom", "crlf", "blank", "blanks-and-tabs", "blank-at-end", "empty"],
)
def test_numbers_are_those_of_the_lines(tmp_path: Path, content: bytes, numbers: list[int]) -> None:
    found = lines(tmp_path, content)
    assert found.numbers == numbers
    assert found.raw.rows == len(numbers)
    assert found.refused == {}


@pytest.mark.parametrize(
    ("bad", "defect"),
    [
        (b'{"a":', "expected a JSON object, found malformed JSON"),
        (b'{"a":"1"}{"a":"2"}', "expected a JSON object, found malformed JSON"),
        (b'{"a":"1"} x', "expected a JSON object, found malformed JSON"),
        (b'{"a":"\x00"}', "expected a JSON object, found malformed JSON"),
        (b"\x00", "expected a JSON object, found malformed JSON"),
        (b'{"a":"\x01"}', "expected a JSON object, found malformed JSON"),
        (b'{"a":"\\ud800"}', "expected a JSON object, found malformed JSON"),
        (b'{"a":"\xff"}', "Invalid unicode"),
        (b"[1]", "expected a JSON object, found ARRAY"),
        (b'"x"', "expected a JSON object, found VARCHAR"),
        (b'{"n":"x"}', 'expected OBJECT at $."n", found VARCHAR'),
        (b'{"n":{"c":"x"}}', 'expected ARRAY at $."n"."c", found VARCHAR'),
        (b'{"l":{"d":"x"}}', 'expected ARRAY at $."l", found OBJECT'),
        (b'{"l":[{"d":"x"},"y"]}', 'expected OBJECT at $."l"[*], found VARCHAR'),
        (b'{"l":[{"m":{}},{"m":["y"]}]}', 'expected OBJECT at $."l"[*]."m", found ARRAY'),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_is_read(
    tmp_path: Path, bad: bytes, defect: str
) -> None:
    found = lines(tmp_path, GOOD + bad + b"\n" + GOOD + b"\n" + bad + b"\n" + GOOD)
    assert found.numbers == [1, 3, 6]
    assert list(found.refused) == [2, 5]
    for number, message in found.refused.items():
        assert message.startswith(f"in.txt line {number}: ")
        assert defect in message


def test_a_record_kept_whole_is_checked_like_any_other(tmp_path: Path) -> None:
    what = spec("json", {"a": "VARCHAR", "l": [{"d": "VARCHAR"}], "all": "JSON"}, whole="all")
    found = read(read_jsonl, tmp_path, GOOD + b'{"l":["x"]}\n{"a":1,"z":[2]}\n', what)
    assert found.numbers == [1, 3]
    assert found.refused == {2: 'in.txt line 2: expected OBJECT at $."l"[*], found VARCHAR'}
    assert json.loads(found.rows[1]["all"]) == {"a": 1, "z": [2]}


def test_a_line_above_16_mib_is_refused_whether_or_not_other_lines_are_bad(tmp_path: Path) -> None:
    long = b'{"a":"' + b"x" * (17 << 20) + b'"}\n'
    for others in (GOOD, b"bad\n"):
        found = lines(tmp_path, GOOD + long + others + GOOD)
        assert "Maximum line size of 16777216 bytes exceeded" in found.refused[2]
        assert found.numbers[0] == 1
        assert found.numbers[-1] == 4


def test_a_line_just_below_16_mib_is_read(tmp_path: Path) -> None:
    found = lines(tmp_path, GOOD + b'{"a":"' + b"x" * ((1 << 24) - 100) + b'"}\n' + GOOD)
    assert found.numbers == [1, 2, 3]
    assert len(found.rows[1]["a"]) == (1 << 24) - 100


def test_the_refused_line_is_kept_cut(tmp_path: Path) -> None:
    found = lines(tmp_path, GOOD + b'{"a":"' + b"y" * 10_000 + b"\n")
    assert found.raw.refused[0].raw == '{"a":"' + "y" * 4090


def test_values_of_another_type_do_not_stop_the_run(tmp_path: Path) -> None:
    found = lines(tmp_path, b'{"a":1.5}\n{"a":true}\n{"a":12345678901234567890123}\n{"a":null}\n')
    assert [row["a"] for row in found.rows] == ["1.5", "true", "12345678901234567890123", None]


def test_keys_that_the_adapter_does_not_name_are_counted_at_every_depth(tmp_path: Path) -> None:
    content = b'{"a":"1","z":1,"n":{"q":1},"l":[{"d":1,"e":2},{"e":1,"m":{"k":0}}],"left":{"x":1}}\n' * 3
    found = lines(tmp_path, content + b"bad\n", left=("left",))
    assert found.raw.unknown == {"z": 3, "n.q": 3, "l.e": 6, "l.m.k": 3}


def test_a_key_in_other_letters_is_another_key(tmp_path: Path) -> None:
    found = lines(tmp_path, b'{"A":"1"}\n{"a":"2"}\n')
    assert [row["a"] for row in found.rows] == [None, "2"]
    assert found.raw.unknown == {"A": 1}


LINE = st.sampled_from(["good", "good", "good", "blank", "bad", "utf8", "array"])
BYTES = {"blank": b"", "bad": b'{"a":', "utf8": b"\xff\xfe", "array": b"[1]"}


def _content(kinds: list[str], end: bytes) -> bytes:
    return b"".join(
        (BYTES.get(kind) or b'{"a":"%d"}' % number if kind != "blank" else b"") + end
        for number, kind in enumerate(kinds, start=1)
    )


@settings(max_examples=40)
@given(st.lists(LINE, max_size=40), st.sampled_from([b"\n", b"\r\n"]))
def test_any_mix_of_lines_keeps_its_numbers(kinds: list[str], end: bytes) -> None:
    with TemporaryDirectory() as folder:
        found = lines(Path(folder), _content(kinds, end))
    good = [number for number, kind in enumerate(kinds, start=1) if kind == "good"]
    assert found.numbers == good
    assert [row["a"] for row in found.rows] == [str(number) for number in good]
    assert list(found.refused) == [
        number for number, kind in enumerate(kinds, start=1) if kind in {"bad", "utf8", "array"}
    ]


def test_a_file_that_is_read_in_parallel_keeps_its_numbers(tmp_path: Path) -> None:
    padding = b"z" * 150
    bad = {number for number in range(1, 300_001) if number % 7919 == 0 or 150_000 <= number < 150_050}
    content = b"".join(
        (b'{"a":\n' if number % 2 else b"\xff\n")
        if number in bad
        else b'{"a":"%d","n":{"b":"%s"}}\n' % (number, padding)
        for number in range(1, 300_001)
    )
    for threads in (1, 4):
        found = read(read_jsonl, tmp_path, content, SPEC, threads=threads)
        assert set(found.refused) == bad
        assert found.numbers == [number for number in range(1, 300_001) if number not in bad]
        assert all(row["a"] == str(row["source_row"]) for row in found.rows)
