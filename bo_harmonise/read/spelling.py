"""Give the keys of a JSON file one spelling, where a register delivers them in two."""

import mmap
import re
from collections.abc import Mapping
from pathlib import Path

_CHUNK = 1 << 20


def respelled(file: Path, spellings: Mapping[str, str], temp: Path) -> Path:
    """Path of the content with each key of `spellings` in the spelling it is mapped to.

    The file itself where no other spelling occurs, else a copy in `temp`. DuckDB tells keys apart by case
    but columns not, so the two spellings cannot both be declared.
    """
    if not spellings or not _occurs(file, spellings):
        return file
    target = temp / f"respelled-{file.name}"
    names = {key.encode(): value.encode() for key, value in spellings.items()}
    # A quotation mark inside a value is escaped, so `"name":` can only be a key.
    key = re.compile(rb'"(' + b"|".join(map(re.escape, names)) + rb')"(?=\s*:)')
    with file.open("rb") as stream, target.open("wb") as out:
        carried = b""
        while chunk := stream.read(_CHUNK):
            # No comma stands between a key and its colon: a cut there splits none.
            done, comma, rest = (carried + chunk).rpartition(b",")
            out.write(key.sub(lambda match: b'"' + names[match[1]] + b'"', done) + comma)
            carried = rest
        out.write(key.sub(lambda match: b'"' + names[match[1]] + b'"', carried))
    return target


def _occurs(file: Path, spellings: Mapping[str, str]) -> bool:
    if file.stat().st_size == 0:
        return False
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(f'"{key}"'.encode()) >= 0 for key in spellings)
