"""Read the records of a large XML document, streaming, into the columns that an adapter declares by path."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree
from lxml.etree import _Element as Element

from bo_harmonise.adapters.spec import FileSpec
from bo_harmonise.errors import InputError
from bo_harmonise.read.raw import RawFile, is_left, unreadable

_BATCH = 20_000
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(
    connection: duckdb.DuckDBPyConnection,  # noqa: ARG001
    file: Path,
    spec: FileSpec,
    out: Path,
    label: str,
) -> RawFile:
    """Write `out` with the declared columns and `source_row` = position of the record, from 1.

    Elements are matched by local name. Entities are not expanded, nothing is loaded from outside, and a text
    node above libxml2's limit (10 MB) is refused. InputError when the document is not well-formed.

    In the adapter, `records` names the record elements (several separated by blanks), and `columns` are
    paths below it: `"a/b"`, `"a/@c"`, `["a/b"]` for all of them, or `{each = "a/b", c = "@c", d = "."}`.
    """
    extract = {name: _compile(node) for name, node in spec.columns.items()}
    schema = pa.schema(
        [pa.field("source_row", pa.int64())]
        + [pa.field(name, _arrow(node)) for name, node in spec.columns.items()]
    )
    known = _known(spec.columns)
    seen: Counter[str] = Counter()
    header: dict[str, str] = {}
    rows = 0
    try:
        with file.open("rb") as stream, pq.ParquetWriter(out, schema) as writer:
            batch: list[dict[str, Any]] = []
            for record in _records(stream, spec, header):
                rows += 1
                _refuse_entities(record, label, rows)
                batch.append({"source_row": rows} | {name: take(record) for name, take in extract.items()})
                seen.update(set(_paths(record, "")))
                if len(batch) == _BATCH:
                    writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                    batch = []
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    except etree.XMLSyntaxError as error:
        raise unreadable(f"{label} after record {rows}", error, "well-formed XML") from error
    unknown = {p: n for p, n in sorted(seen.items()) if p not in known and not is_left(p, spec.left)}
    return RawFile((out,), rows, [], Counter(unknown), header=header)


def _records(stream: IO[bytes], spec: FileSpec, header: dict[str, str]) -> Iterator[Element]:
    wanted = set(spec.records.split())
    # Comments are left out so that the text on both sides of one is one text.
    parser = etree.iterparse(
        stream,
        events=("start", "end"),
        # Only these come to Python: half the time that all elements took.
        tag=[f"{{*}}{name}" for name in sorted({*wanted, spec.header} - {""})],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = 0
    for event, element in parser:
        name = _local(element)
        if event == "start":
            # A record inside a record of the same name is a part of it.
            depth += name in wanted
            continue
        if spec.header and name == spec.header:
            header.update({_local(child): (child.text or "").strip() for child in element})
        if name not in wanted:
            continue
        depth -= 1
        if depth:
            continue
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _refuse_entities(record: Element, label: str, number: int) -> None:
    """InputError when the record holds an entity: it is not expanded, and its text would be missing."""
    for item in record.iter(etree.Entity):
        raise InputError(
            f"{label} record {number}: expected text, found the entity {item.text}, which is not expanded.",
            hint="No register is known to use entities: is the file what the publisher delivers?",
        )


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: Element, name: str) -> str | None:
    if name == "xml:lang":
        return element.get(_XML_LANG)
    return element.get(name)


def _find(element: Element, steps: list[str]) -> Iterator[Element]:
    if not steps:
        yield element
        return
    for child in element:
        if _local(child) == steps[0]:
            yield from _find(child, steps[1:])


def _split(path: str) -> tuple[list[str], str | None]:
    """Return the steps to the element and the attribute, if one is meant."""
    steps = [step for step in path.split("/") if step != "."]
    if steps and steps[-1].startswith("@"):
        return steps[:-1], steps[-1][1:]
    return steps, None


def _values(element: Element, steps: list[str], attribute: str | None) -> Iterator[str]:
    for found in _find(element, steps):
        text = _attribute(found, attribute) if attribute else found.text
        if text and text.strip():
            yield text.strip()


def _compile(node: Any) -> Callable[[Element], Any]:
    if isinstance(node, str):
        steps, attribute = _split(node)
        return lambda element: next(_values(element, steps, attribute), None)
    if isinstance(node, list):
        steps, attribute = _split(node[0])
        return lambda element: list(_values(element, steps, attribute))
    each, _ = _split(node["each"])
    fields = {name: _compile(path) for name, path in node.items() if name != "each"}
    return lambda element: [
        {name: take(item) for name, take in fields.items()} for item in _find(element, each)
    ]


def _arrow(node: Any) -> pa.DataType:
    if isinstance(node, str):
        return pa.string()
    if isinstance(node, list):
        return pa.list_(pa.string())
    return pa.list_(pa.struct([pa.field(n, _arrow(p)) for n, p in node.items() if n != "each"]))


def _known(columns: dict[str, Any], prefix: str = "") -> set[str]:
    """Dotted paths that the columns take, with every element above them."""
    found: set[str] = set()
    for name, node in columns.items():
        if name == "each":
            continue
        if isinstance(node, dict):
            each = prefix + node["each"].replace("/", ".")
            found |= _above(each) | _known(node, f"{each}.")
            continue
        path = node[0] if isinstance(node, list) else node
        found |= _above((prefix + path.replace("./", "").replace("/", ".")).removesuffix("..").rstrip("."))
    return found


def _above(path: str) -> set[str]:
    """Return the path and all that lead to it.

    >>> sorted(_above("a.b"))
    ['a', 'a.b']
    """
    steps = path.split(".")
    return {".".join(steps[:n]) for n in range(1, len(steps) + 1)}


def _paths(element: Element, prefix: str) -> Iterator[str]:
    for name in element.attrib:
        plain = "xml:lang" if name == _XML_LANG else str(name)
        yield f"{prefix}@{plain}"
    for child in element:
        name = _local(child)
        if name:
            yield f"{prefix}{name}"
            yield from _paths(child, f"{prefix}{name}.")
