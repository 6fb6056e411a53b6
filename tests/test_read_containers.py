import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from bo_harmonise.errors import InputError
from bo_harmonise.read.containers import Member, head, members, plain_file

CONTENT = b'{"a":"1"}\n' * 20_000


def archive(path: Path, *names: str, method: int = zipfile.ZIP_DEFLATED, content: bytes = CONTENT) -> Path:
    with zipfile.ZipFile(path, "w", method) as target:
        for name in names:
            target.writestr(name, content)
    return path


def content_of(member: Member, folder: Path) -> bytes:
    folder.mkdir(exist_ok=True)
    return plain_file(member, folder).read_bytes()


def test_a_plain_file_is_read_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(CONTENT)
    assert members(file) == [Member(file)]
    assert plain_file(Member(file), tmp_path / "temp") == file


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_zip_members_of_every_method(tmp_path: Path, method: int) -> None:
    path = archive(tmp_path / "x.zip", "one.txt", "folder/two.txt", method=method)
    found = members(path)
    assert [member.label for member in found] == ["x.zip!one.txt", "x.zip!folder/two.txt"]
    assert [member.name for member in found] == ["one.txt", "two.txt"]
    for member in found:
        assert head(member) == CONTENT[: 1 << 16]
        assert content_of(member, tmp_path / "temp") == CONTENT


def test_what_packing_programs_add_is_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", "a/", "__MACOSX/._one.txt", ".DS_Store", "a/.DS_Store", "a/one.txt")
    assert [member.inner for member in members(path)] == ["a/one.txt"]


def test_a_zip_written_to_a_pipe_is_read(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[arg-type]
        target.writestr("one.txt", CONTENT)
    path = tmp_path / "x.zip"
    path.write_bytes(pipe.content)
    assert content_of(members(path)[0], tmp_path / "temp") == CONTENT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_an_error_that_names_it(tmp_path: Path, method: int) -> None:
    path = archive(tmp_path / "x.zip", "one.txt", "two.txt", method=method)
    with zipfile.ZipFile(path) as source:
        info = source.getinfo("two.txt")
    raw = bytearray(path.read_bytes())
    middle = info.header_offset + 37 + info.compress_size // 2
    raw[middle] ^= 0xFF
    path.write_bytes(bytes(raw))
    good, damaged = members(path)
    assert content_of(good, tmp_path / "temp") == CONTENT
    with pytest.raises(InputError, match="the zip archive is damaged") as caught:
        content_of(damaged, tmp_path / "temp")
    assert "x.zip" in caught.value.message
    assert caught.value.hint == "Fetch the file again."


def test_a_zip_that_was_cut_off_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", "one.txt")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InputError, match="the zip archive is damaged"):
        members(path)


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", "one.txt")
    raw = bytearray(path.read_bytes())
    # Flag bits of the local header and of the central directory.
    for offset in (raw.index(b"PK\x03\x04") + 6, raw.index(b"PK\x01\x02") + 8):
        struct.pack_into("<H", raw, offset, 1)
    path.write_bytes(bytes(raw))
    with pytest.raises(InputError, match=r"x\.zip!one\.txt: expected plain content, found an encrypted"):
        members(path)


def test_a_compression_that_python_lacks_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", "one.txt")
    raw = bytearray(path.read_bytes())
    for offset in (raw.index(b"PK\x03\x04") + 8, raw.index(b"PK\x01\x02") + 10):
        struct.pack_into("<H", raw, offset, 9)
    path.write_bytes(bytes(raw))
    with pytest.raises(InputError, match="found compression method 9"):
        members(path)


def test_an_empty_zip_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file"):
        members(archive(tmp_path / "x.zip"))


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    for name in ("x.jsonl.gz", "X.JSONL.GZ", "download"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(CONTENT[:1000]) + gzip.compress(CONTENT[1000:]))
        (member,) = members(path)
        assert head(member) == CONTENT[: 1 << 16]
        assert content_of(member, tmp_path / "temp") == CONTENT
    assert members(tmp_path / "x.jsonl.gz")[0].name == "x.jsonl"


@pytest.mark.parametrize("cut", [lambda raw: raw[:-30], lambda raw: raw[:50] + b"\0" + raw[51:]])
def test_a_damaged_gzip_file_is_an_error(tmp_path: Path, cut: object) -> None:
    assert callable(cut)
    path = tmp_path / "x.gz"
    path.write_bytes(cut(gzip.compress(bytes(range(256)) * 4000)))
    with pytest.raises(InputError, match=r"x\.gz: the gzip file is damaged"):
        content_of(Member(path), tmp_path / "temp")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        members(tmp_path / "nothing.csv")
