"""Read statements one by one from a JSON array or JSON Lines, and go on after what cannot be read."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, NoReturn

_CHUNK = 1 << 16
_MAX_RECORD = 1 << 26
_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Record:
    """A record of the file: `value` as parsed and `text` as JSON, or `defect` when it is not JSON."""

    row: int
    value: Any = None
    text: str = ""
    defect: str | None = None


def read_statements(stream: IO[bytes]) -> Iterator[Record]:
    """Yield all records in order.

    JSON Lines go on after a malformed line. A malformed array ends at the defect: what stands behind it
    cannot be told apart into records. A document that is neither gives one record with a defect.
    """
    first = b""
    while not first and (line := stream.readline(_MAX_RECORD)):
        first = line.lstrip(b"\xef\xbb\xbf \t\r\n")
    if first.startswith(b"["):
        yield from _array(first, stream)
    elif first.startswith(b"{") and first.rstrip().endswith((b"{", b"[", b",", b":")):
        yield Record(0, defect="expected an array or JSON Lines, found one object over many lines")
    else:
        yield from _lines(first, stream)


def _lines(first: bytes, stream: IO[bytes]) -> Iterator[Record]:
    row, line = 1, first
    while line:
        if line.strip():
            try:
                yield _record(row, _DECODER.decode(line.decode()))
            except (ValueError, RecursionError) as error:
                yield Record(row, defect=f"malformed JSON ({error})")
        row += 1
        line = stream.readline(_MAX_RECORD)


def _array(first: bytes, stream: IO[bytes]) -> Iterator[Record]:
    """Decode item after item out of a buffer that grows only as long as an item is not complete.

    ijson was tried: it refuses integers of more than 64 bits, which the schema is to report.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    row, place, is_more, wanted, is_due = 0, 1, True, _CHUNK, False
    try:
        buffer = decoder.decode(first)
        while True:
            place = _skip(buffer, place)
            sign = buffer[place : place + 1]
            if sign == "]":
                return
            if is_due and sign == ",":
                place, is_due = place + 1, False
                continue
            if sign and is_due:
                _fail(f"expected a comma, found {sign!r}")
            value, end = _decode(buffer, place, is_final=not is_more)
            if end is None:
                if len(buffer) - place > _MAX_RECORD:
                    _fail(f"a record has more than {_MAX_RECORD} characters")
                chunk = stream.read(wanted)
                is_more = bool(chunk)
                buffer, place, wanted = (
                    buffer[place:] + decoder.decode(chunk, final=not is_more),
                    0,
                    wanted * 2,
                )
                continue
            row, place, wanted, is_due = row + 1, end, _CHUNK, True
            yield _record(row, value)
    except (ValueError, RecursionError) as error:
        yield Record(row + 1, defect=f"malformed JSON ({error}); the rest is not read")


def _decode(buffer: str, place: int, *, is_final: bool) -> tuple[Any, int | None]:
    """Value at `place` and where it ends; no end when the buffer may hold only its beginning."""
    try:
        value, end = _DECODER.raw_decode(buffer, place)
    except json.JSONDecodeError:
        if is_final:
            raise
        return None, None
    return value, end if is_final or end < len(buffer) else None


def _skip(buffer: str, place: int) -> int:
    """Position behind blanks."""
    blank = _BLANK.match(buffer, place)
    return blank.end() if blank else place


def _record(row: int, value: Any) -> Record:
    """Record of a value; ValueError for what is no JSON though Python reads it (1e999, half a surrogate)."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    text.encode()
    return Record(row, value, text)


def _fail(message: str) -> NoReturn:
    raise ValueError(message)


def _refuse(constant: str) -> NoReturn:
    _fail(f"{constant} is no JSON number")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
