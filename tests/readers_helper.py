"""What the tests of readers share: read bytes with a spec, look at rows, refused records and unknown keys."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bo_harmonise import db
from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.read.raw import RawFile, Reader


@dataclass(frozen=True)
class Read:
    """What a reader made of a file."""

    rows: list[dict[str, Any]]
    raw: RawFile

    @property
    def numbers(self) -> list[int]:
        return [row["source_row"] for row in self.rows]

    @property
    def refused(self) -> dict[int, str]:
        return {item.row: item.message for item in self.raw.refused}


def spec(kind: str, columns: dict[str, Any], **more: Any) -> FileSpec:
    return FileSpec("role", "title", kind, (), (), columns, **more)


def read(reader: Reader, folder: Path, content: bytes, what: FileSpec, *, threads: int | None = None) -> Read:
    """Read `content` as the file `in.txt`."""
    file = folder / "in.txt"
    file.write_bytes(content)
    with db.connect(threads=threads) as connection:
        raw = reader(connection, file, what, folder / "raw.parquet", "in.txt")
    return Read(pq.read_table(list(raw.parquet)).to_pylist(), raw)
