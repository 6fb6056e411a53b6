"""Read one big JSON document whose records stand in an array, streaming, by way of JSON Lines."""

import codecs
import json
import re
from pathlib import Path

import duckdb
import ijson

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.read.jsonl import read_jsonl
from bo_harmonise.read.raw import RawFile, unreadable

_HEAD = 1 << 16
"""Bytes in which the array of the records must begin."""


def read_json_array(
    connection: duckdb.DuckDBPyConnection, file: Path, spec: FileSpec, out: Path, label: str
) -> RawFile:
    """Write `out` with the declared columns and `source_row` = position among the records, from 1.

    The records stand in a top-level array, in the array at `spec.records` (`hits.hits`) of one or more
    documents that wrap them (pages), or are the documents themselves. InputError when a document is not
    well-formed: what stands behind the defect cannot be told apart into records.
    """
    lines = out.with_suffix(".jsonl")
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
        mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        head = head[mark:].lstrip()
    wrapped = f"{spec.records}.item" if is_wrapper(head, spec) else ""
    prefix = "item" if head.startswith(b"[") else wrapped
    count = 0
    try:
        with file.open("rb") as stream, lines.open("w", encoding="utf-8") as target:
            stream.seek(mark)
            for record in ijson.items(stream, prefix, use_float=True, multiple_values=True):
                target.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise unreadable(f"{label} after record {count}", error, "a well-formed JSON document") from error
    return read_jsonl(connection, lines, spec, out, label, unit="record")


def is_wrapper(head: bytes, spec: FileSpec) -> bool:
    """Whether the text begins a document around the records (`{"hits": {"hits": [`) rather than a record."""
    if not spec.records:
        return False
    steps = [re.escape(step.encode()) for step in spec.records.split(".")]
    opened = rb"\s*:\s*\{[^\[]*".join(b'"' + step + b'"' for step in steps)
    return re.search(opened + rb"\s*:\s*\[", head) is not None
