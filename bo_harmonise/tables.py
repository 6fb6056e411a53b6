"""Tables for people to read: names in the place of ids, as wide as the terminal is."""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_PARTY_ID = re.compile(r"[PE]-[0-9a-f]{16}")
_STATEMENTS = re.compile(r"(.*_)?statement_ids?(_[lr])?")
_CHAIN = re.compile(r"(.*_)?(chain|loop|dimensions)(_[lr])?")
_NAMES_OF_ANYTHING = ("name", "party", "company", "owner")
_TOLD_IN_BECAUSE = ("test", "level_min", "level_max", "multiplied_min", "multiplied_max")
_GAP = 2
_PIPE_WIDTH = 200
# Longer words are ids and file names, which may be broken; the shorter measure where the longer does not fit.
_LONGEST_WORDS = (36, 24)


def readable(rows: "pa.Table", names: Mapping[str, str]) -> "pa.Table":
    """Leave out the ids whose names stand in the same row, and put names in the place of ids in lists.

    `names` are those of party ids. Where they are missing, lists of ids are left out with the ids.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import types  # noqa: PLC0415

    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    named: dict[str, str] = {}
    is_named = False
    if "because" in rows.column_names:
        rows = rows.drop_columns([name for name in _TOLD_IN_BECAUSE if name in rows.column_names])
    for name in rows.column_names:
        values = rows.column(name)
        if name.endswith("party_id") and (known := _name_column(name, rows.column_names)):
            named[known] = name
            continue
        if _is_ids(values):
            is_named = True
            if not names:
                continue
            lists = [
                None if ids is None else [names.get(item, item) for item in ids] for ids in values.to_pylist()
            ]
            values = pa.array(lists, pa.list_(pa.string()))
        elif names and types.is_string(values.type):
            texts = [
                text and _PARTY_ID.sub(lambda found: names.get(found[0], found[0]), text)
                for text in values.to_pylist()
            ]
            values = pa.array(texts, pa.string())
        columns[name] = values
    for name, ids in named.items():
        pairs = zip(columns[name].to_pylist(), rows.column(ids).to_pylist(), strict=True)
        columns[name] = pa.array([text or names.get(item) for text, item in pairs], pa.string())
    if is_named or named:
        columns = {name: values for name, values in columns.items() if not _STATEMENTS.fullmatch(name)}
    return pa.table(columns) if columns else rows


def with_names(rows: "pa.Table", names: Mapping[str, str]) -> "pa.Table":
    """Put names beside ids: after each chain its names, behind an id in a text its name, in blank names one.

    `names` are those of party ids. Nothing is left out: this is what files and pipes get.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import types  # noqa: PLC0415

    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in rows.column_names:
        values = rows.column(name)
        if types.is_string(values.type) and not name.endswith("party_id"):
            texts = [
                text and _PARTY_ID.sub(lambda found: _named(found[0], names), text)
                for text in values.to_pylist()
            ]
            values = pa.array(texts, pa.string())
        columns[name] = values
        if _is_ids(values) and _CHAIN.fullmatch(name) and f"{name}_names" not in rows.column_names:
            chains = [ids and [names.get(item, item) for item in ids] for ids in values.to_pylist()]
            columns[f"{name}_names"] = pa.array(chains, pa.list_(pa.string()))
    for name in rows.column_names:
        if name.endswith("party_id") and (known := _name_column(name, rows.column_names)):
            pairs = zip(columns[known].to_pylist(), rows.column(name).to_pylist(), strict=True)
            columns[known] = pa.array([text or names.get(item) for text, item in pairs], pa.string())
    return pa.table(columns) if columns else rows


def _named(party_id: str, names: Mapping[str, str]) -> str:
    """Name a party in a text, with its id.

    >>> _named("P-0123456789abcdef", {"P-0123456789abcdef": "Anna Example"})
    'Anna Example (P-0123456789abcdef)'
    """
    return f"{names[party_id]} ({party_id})" if party_id in names else party_id


def party_ids(rows: "pa.Table") -> list[str]:
    """All party ids in the texts and lists of texts of a table, sorted."""
    from pyarrow import types  # noqa: PLC0415

    found: set[str] = set()
    for field in rows.schema:
        if types.is_string(field.type):
            for text in rows.column(field.name).to_pylist():
                found.update(_PARTY_ID.findall(text or ""))
        elif _is_ids(rows.column(field.name)):
            found.update(item for ids in rows.column(field.name).to_pylist() for item in ids or ())
    return sorted(found)


def _name_column(column: str, columns: Sequence[str]) -> str | None:
    """Find the column that names a column of party ids: `owner_name` or `owner` for `owner_party_id`."""
    whose = column.removesuffix("party_id").rstrip("_")
    candidates = (f"{whose}_name", whose) if whose else _NAMES_OF_ANYTHING
    return next((name for name in candidates if name in columns), None)


def _is_ids(values: "pa.ChunkedArray") -> bool:
    from pyarrow import types  # noqa: PLC0415

    if not types.is_list(values.type) or not types.is_string(values.type.value_type):
        return False
    first = next((ids for ids in values.to_pylist() if ids), None)
    return first is not None and all(item and _PARTY_ID.fullmatch(item) for item in first)


def write_table(rows: "pa.Table", sink: Any) -> None:
    """Write a table as wide as the terminal; where its words do not fit, one line a value, as records."""
    from pyarrow import types  # noqa: PLC0415
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    width = (
        None if sys.stdout.isatty() and sink is sys.stdout else int(os.environ.get("COLUMNS") or _PIPE_WIDTH)
    )
    console = Console(file=sink, width=width, highlight=False)
    columns = rows.column_names
    cells = [[_cell(name, value) for name, value in row.items()] for row in rows.to_pylist()]
    tries = (_widths(columns, cells, console.width - 1, longest) for longest in _LONGEST_WORDS)
    widths = next((found for found in tries if found), None)
    header = "" if os.environ.get("NO_COLOR") else "bold"
    if widths is None:
        _write_records(columns, cells, console, header)
        return
    has_lines = any("\n" in cell for row in cells for cell in row)
    grid = Table(header_style=header, box=SIMPLE_HEAD, pad_edge=False, show_lines=has_lines)
    for field, wide in zip(rows.schema, widths, strict=True):
        is_number = types.is_floating(field.type) or types.is_integer(field.type)
        grid.add_column(field.name, justify="right" if is_number else "left", overflow="fold", width=wide)
    for row in cells:
        grid.add_row(*(Text(cell) for cell in row))
    console.print(grid)


def _widths(columns: Sequence[str], cells: list[list[str]], width: int, longest: int) -> list[int] | None:
    """Share `width` among columns so that no word is broken; None when that cannot be done.

    Words of more than `longest` cells count as that long.
    """
    from rich.cells import cell_len  # noqa: PLC0415

    least, most = [], []
    for place, name in enumerate(columns):
        lines = [name, *(line for row in cells for line in row[place].splitlines())]
        most.append(max(map(cell_len, lines)))
        words = max(cell_len(word) for line in lines for word in (line.split() or [""]))
        least.append(max(cell_len(name), min(words, longest)))
    room = width - (_GAP + 1) * len(columns)
    if sum(least) > room:
        return None
    cap = max(most, default=0)
    while True:
        shared = [max(low, min(high, cap)) for low, high in zip(least, most, strict=True)]
        if sum(shared) <= room:
            return shared
        cap -= 1


def _write_records(columns: Sequence[str], cells: list[list[str]], console: Any, header: str) -> None:
    """Write records one below the other, a line for each value that there is."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    for number, row in enumerate(cells):
        if number:
            console.print()
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True, style=header)
        grid.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            if cell:
                grid.add_row(Text(f"{name}:"), Text(cell))
        console.print(grid)


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        is_chain = _CHAIN.fullmatch(column) or any(isinstance(item, list) for item in value)
        between = " → " if is_chain else ", "
        return between.join(_item(item) for item in value)
    return _item(value)


def _item(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
