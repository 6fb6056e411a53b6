"""Cut a text into pieces of whole lines while it is unpacked: a large file is never on the disk in full."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20

PIECE = 1 << 26
"""Bytes of a piece, about."""


@dataclass(frozen=True)
class Piece:
    """Some lines of a text, in a file: how many stand before them and among them, and the longest's bytes.

    The length is exact above 1 MiB.
    """

    file: Path
    before: int
    lines: int
    longest: int


class _Measure:
    """Counts lines and finds the longest, chunk by chunk."""

    def __init__(self) -> None:
        self.ends, self.longest, self._begin, self._position, self._last = 0, 0, 0, 0, b"\n"

    def add(self, chunk: bytes) -> None:
        """Go on with the next bytes."""
        if ends := chunk.count(b"\n"):
            self.ends += ends
            self.longest = max(self.longest, self._position + chunk.find(b"\n") - self._begin)
            self._begin = self._position + chunk.rfind(b"\n") + 1
        self._position += len(chunk)
        self._last = chunk[-1:] or self._last

    def piece(self, file: Path, before: int) -> Piece:
        """Return what was measured; a last line without an end counts as one."""
        longest = max(self.longest, self._position - self._begin)
        return Piece(file, before, self.ends + (self._last != b"\n"), longest)


def whole(file: Path) -> Piece:
    """Measure a file that is one piece."""
    measure = _Measure()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            measure.add(chunk)
    return measure.piece(file, 0)


def cut(chunks: Iterable[bytes], folder: Path, size: int | None = PIECE) -> Iterator[Piece]:
    """Write the bytes into files of about `size` in `folder`, each ending with a line; at least one file.

    A line that is longer than that makes a longer piece; without `size` there is one. The files are the
    caller's, to be removed when they are read.
    """
    number, before = 0, 0
    rest: bytes = b""
    stream = iter(chunks)
    more = True
    while more:
        number += 1
        file = folder / f"piece-{number:06}.txt"
        measure = _Measure()
        more = False
        with file.open("wb") as out:
            written = out.write(rest)
            measure.add(rest)
            for chunk in stream:
                end = chunk.rfind(b"\n") + 1
                if size is not None and end and written + len(chunk) > size:
                    out.write(chunk[:end])
                    measure.add(chunk[:end])
                    rest, more = chunk[end:], True
                    break
                written += out.write(chunk)
                measure.add(chunk)
        piece = measure.piece(file, before)
        before += piece.lines
        yield piece
