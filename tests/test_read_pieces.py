"""A file that is read in pieces of whole lines while it is unpacked is the file that is read whole."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_helper import Read, read, spec

from bo_harmonise import db
from bo_harmonise.errors import InputError
from bo_harmonise.read import jsonl
from bo_harmonise.read.containers import Member, chunks
from bo_harmonise.read.jsonl import read_jsonl, read_pieces
from bo_harmonise.read.pieces import cut, whole

SPEC = spec("json", {"a": "VARCHAR", "n": {"b": "VARCHAR"}})
LINES = st.lists(
    st.sampled_from(
        [
            b'{"a":"1"}',
            b'{"a":"2","n":{"b":"x"},"z":0}',
            b"",
            b'{"a":',
            b"\xff",
            b"[1]",
            b'{"a":"' + b"y" * 90 + b'"}',
        ]
    ),
    max_size=30,
)


def in_chunks(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@given(
    st.lists(st.binary(max_size=30).map(lambda text: text.replace(b"\n", b".")), max_size=20),
    st.booleans(),
    st.integers(1, 50),
    st.integers(1, 60),
)
def test_pieces_are_the_text_cut_after_lines(parts: list[bytes], ended: bool, step: int, size: int) -> None:
    content = b"\n".join(parts) + (b"\n" if ended else b"")
    with TemporaryDirectory() as folder:
        pieces = list(cut(in_chunks(content, step), Path(folder), size))
        texts = [piece.file.read_bytes() for piece in pieces]
        measured = [whole(piece.file).lines for piece in pieces]
    assert b"".join(texts) == content
    assert all(text.endswith(b"\n") for text in texts[:-1])
    assert [piece.before for piece in pieces] == [
        sum(p.lines for p in pieces[:n]) for n in range(len(pieces))
    ]
    assert [p.lines for p in pieces] == measured
    longest = [max(map(len, text.split(b"\n"))) for text in texts]
    assert [p.longest for p, n in zip(pieces, longest, strict=True) if n > step] == [
        n for n in longest if n > step
    ]
    assert sum(p.lines for p in pieces) == content.count(b"\n") + (
        not content.endswith(b"\n") and content != b""
    )
    # A piece ends in the chunk that fills it, or with the line that was begun there.
    assert all(len(text) <= size + step + most + 1 for text, most in zip(texts, longest, strict=True))


def read_cut(folder: Path, content: bytes, size: int | None, *, threads: int | None = None) -> Read:
    with db.connect(threads=threads) as connection:
        raw = read_pieces(
            connection, cut(in_chunks(content, 7), folder, size), SPEC, folder / "raw", "in.txt"
        )
    assert not list(folder.glob("piece-*"))
    return Read(pq.read_table(list(raw.parquet)).to_pylist(), raw)


@settings(max_examples=25, deadline=None)
@given(LINES, st.sampled_from([b"\n", b"\r\n"]), st.integers(1, 120))
def test_rows_refused_lines_and_unknown_keys_are_those_of_the_whole_file(
    lines: list[bytes], end: bytes, size: int
) -> None:
    content = b"".join(line + end for line in lines)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        expected = read(read_jsonl, Path(one), content, SPEC)
        found = read_cut(Path(other), content, size)
    assert found.rows == expected.rows
    assert found.raw.rows == expected.raw.rows
    assert found.raw.refused == expected.raw.refused
    assert found.raw.unknown == expected.raw.unknown


@pytest.mark.parametrize("threads", [1, 3])
def test_pieces_keep_their_order_with_any_number_of_threads(tmp_path: Path, threads: int) -> None:
    content = b"".join(b'{"a":"%d"}\n' % number for number in range(1, 5001))
    found = read_cut(tmp_path, content, 10_000, threads=threads)
    assert len(list((tmp_path / "raw").iterdir())) > 3
    assert (
        [row["a"] for row in found.rows]
        == [str(number) for number in range(1, 5001)]
        == [str(number) for number in found.numbers]
    )


def test_a_bad_line_slows_only_its_own_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = []
    plain = jsonl._read_lines
    monkeypatch.setattr(
        jsonl, "_read_lines", lambda c, piece, *rest: (slow.append(piece), plain(c, piece, *rest))[1]
    )
    content = b'{"a":"1"}\n' * 50 + b'{"a":\n' + b'{"a":"1"}\n' * 50
    found = read_cut(tmp_path, content, 100)
    assert found.refused == {51: "in.txt line 51: expected a JSON object, found malformed JSON"}
    assert [piece.before < 51 <= piece.before + piece.lines for piece in slow] == [True]


def test_damage_found_late_is_an_error_and_leaves_nothing_running(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"a":"1"}\n' * 400_000)[:-4000])
    with db.connect() as connection, pytest.raises(InputError, match="gzip file is damaged"):
        read_pieces(
            connection, cut(chunks(Member(file)), tmp_path, 1 << 18), SPEC, tmp_path / "raw", "in.jsonl.gz"
        )
