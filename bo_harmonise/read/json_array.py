"""Read one big JSON document whose records stand in an array, streaming, by way of JSON Lines."""

import json
from pathlib import Path

import duckdb
import ijson

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.read.jsonl import read_jsonl
from bo_harmonise.read.raw import RawFile, unreadable


def read_json_array(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Write `out` with the declared columns and `source_row` = position in the array, from 1.

    `spec.records` is the dotted path to the array (`hits.hits`), empty for a top-level array. A document
    that is one object where an array is expected counts as its only record. InputError when the document is
    not well-formed: what stands behind the defect cannot be told apart into records.
    """
    lines = out.with_suffix(".jsonl")
    prefix = f"{spec.records}.item" if spec.records else "item"
    try:
        with file.open("rb") as stream, lines.open("w", encoding="utf-8") as target:
            if not spec.records and _first_byte(file) == b"{":
                prefix = ""
            for record in ijson.items(stream, prefix, use_float=True):
                target.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise unreadable(label, error, "a well-formed JSON document") from error
    return read_jsonl(connection, lines, spec, out, label)


def _first_byte(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(1 << 12).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
