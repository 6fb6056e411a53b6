"""Cut a text file into spans of bytes and read the lines that begin in each: every line once, whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bo_harmonise.spark import store

_CHUNK = 1 << 22

Span = tuple[int, int]
"""From a byte up to another, which is not in it."""


def spans(size: int, step: int) -> list[Span]:
    """Cut a file of so many bytes.

    >>> spans(10, 4)
    [(0, 4), (4, 8), (8, 10)]
    """
    return [(start, min(start + step, size)) for start in range(0, size, step)]


def _pieces(stream: Any, span: Span) -> Iterator[bytes]:
    """Yield the bytes of the lines that begin in the span, the last one whole."""
    start, end = span
    position = start
    if start:
        # A line begins here if the byte before ends one.
        stream.seek(start - 1)
        position = start - 1
    skipping = start > 0
    while chunk := stream.read(_CHUNK):
        if skipping:
            found = chunk.find(b"\n")
            if found < 0:
                position += len(chunk)
                continue
            chunk, position, skipping = chunk[found + 1 :], position + found + 1, False
        if position >= end:
            return
        # The last line is the one that holds byte `end - 1`.
        last = chunk.find(b"\n", max(end - 1 - position, 0))
        if last >= 0:
            yield chunk[: last + 1]
            return
        yield chunk
        # What follows belongs to a line that began in the span.
        position = min(position + len(chunk), end - 1)


def count(location: str, span: Span) -> int:
    """Count the line ends of the lines that begin in a span."""
    filesystem, path = store.opened(location)
    with filesystem.open_input_file(path) as stream:
        return sum(piece.count(b"\n") for piece in _pieces(stream, span))


def copy(location: str, span: Span, target: Path) -> int:
    """Write the lines that begin in a span to a file; return the number of bytes."""
    filesystem, path = store.opened(location)
    written = 0
    with filesystem.open_input_file(path) as stream, target.open("wb") as out:
        for piece in _pieces(stream, span):
            written += out.write(piece)
    return written
