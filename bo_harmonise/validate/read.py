"""Read statements one by one from a JSON array or JSON Lines, and go on after what cannot be read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import ijson

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Record:
    """A record of the file: `value` as parsed, or `defect` when it is not JSON."""

    row: int
    value: Any = None
    defect: str | None = None


def read_statements(stream: IO[bytes]) -> Iterator[Record]:
    """Yield all records in order.

    JSON Lines go on after a malformed line. A malformed array ends at the defect: what stands behind it
    cannot be told apart into records. A document that is neither gives one record with a defect.
    """
    peek = stream.readline(1 << 26)
    first = peek.lstrip(b"\xef\xbb\xbf \t\r\n")
    while peek and not first:
        peek = stream.readline(1 << 26)
        first = peek.lstrip(b" \t\r\n")
    if first.startswith(b"["):
        yield from _array(_Rejoined(first, stream))
    else:
        yield from _lines(first, stream)


class _Rejoined:
    """A stream with its beginning put back."""

    def __init__(self, begin: bytes, rest: IO[bytes]) -> None:
        self._begin = begin
        self._rest = rest

    def read(self, size: int = _CHUNK) -> bytes:
        """Return at most `size` bytes."""
        if self._begin:
            part, self._begin = self._begin[:size], self._begin[size:]
            return part
        return self._rest.read(size)


def _array(stream: _Rejoined) -> Iterator[Record]:
    row = 0
    items = ijson.items(stream, "item", use_float=True)
    while True:
        try:
            value = next(items)
        except StopIteration:
            return
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield Record(
                row + 1, defect=f"malformed JSON ({str(error).splitlines()[0]}); the rest is not read"
            )
            return
        row += 1
        yield Record(row, value)


def _lines(first: bytes, stream: IO[bytes]) -> Iterator[Record]:
    row, line = 1, first
    second = stream.readline()
    if first.startswith(b"{") and not first.rstrip().endswith(b"}") and not second.lstrip().startswith(b"{"):
        yield Record(
            0, defect="expected an array of statements or JSON Lines, found one object over many lines"
        )
        return
    while line:
        if line.strip():
            try:
                yield Record(row, json.loads(line))
            except (ValueError, RecursionError) as error:
                yield Record(row, defect=f"malformed JSON ({error})")
        row += 1
        line, second = second or stream.readline(), b""
