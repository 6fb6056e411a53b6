"""Parse `adapter.toml`: what a register is, which files it delivers and how each is read."""

import re
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from bo_harmonise.errors import AdapterError

FORMATS = ("csv", "json", "jsonl", "xml")

ColumnTree = dict[str, Any]
"""Nested columns: a DuckDB type (`VARCHAR`, `VARCHAR[]`, `JSON`), a dict (object) or a one-item list of a
dict (array of objects)."""


@dataclass(frozen=True)
class Ignored:
    """A kind of record that the adapter knowingly leaves, with the SQL condition that tells it."""

    kind: str
    where: str


@dataclass(frozen=True)
class FileSpec:
    """One kind of file that a register delivers.

    `whole` names the column, among the declared ones, that takes each JSON record as it stands.
    """

    role: str
    title: str
    format: str
    names: tuple[str, ...]
    detect: tuple[re.Pattern[str], ...]
    columns: ColumnTree
    left: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    records: str = ""
    header: str = ""
    snapshot: str = ""
    whole: str = ""
    paths: dict[str, Any] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()

    def fits_name(self, name: str) -> bool:
        """Whether the file's own name has one of the patterns."""
        return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in self.names)

    def fits_content(self, head: str) -> bool:
        """Whether the beginning of the file has all the marks of this kind."""
        return all(mark.search(head) for mark in self.detect)


@dataclass(frozen=True)
class Adapter:
    """All that is declared of one register."""

    name: str
    folder: Path
    version: str
    title: str
    jurisdiction: str | None
    publisher: str
    licence: str
    url: str
    scheme: str | None
    time_zone: str
    ended_records: str
    definition: str
    files: tuple[FileSpec, ...]
    publisher_in: str | None = None
    person_number: str | None = None

    def sql(self, table: str) -> Path | None:
        """Path of `<table>.sql`, or None when the register has no such records."""
        path = self.folder / f"{table}.sql"
        return path if path.is_file() else None

    def code_tables(self) -> list[Path]:
        """Code tables of the register, in order of their names."""
        return sorted(self.folder.glob("*.csv"))

    def file(self, role: str) -> FileSpec:
        """Return the kind of file with this role; AdapterError when there is none."""
        for spec in self.files:
            if spec.role == role:
                return spec
        raise AdapterError(
            f"adapter {self.name} has no file {role!r}.",
            hint="It has: " + ", ".join(f.role for f in self.files),
        )


def load(folder: Path) -> Adapter:
    """Read the adapter in `folder`; AdapterError names the file and the key that is wrong."""
    path = folder / "adapter.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AdapterError(f"{path}: {error}", hint="See docs/adapters.md for the form.") from error
    try:
        register = raw["register"]
        shapes = raw.get("shapes", {})
        files = tuple(
            _file(role, spec | {"left": [*raw.get("left", ()), *spec.get("left", ())]}, shapes)
            for role, spec in raw["files"].items()
        )
        return Adapter(
            name=register["name"],
            folder=folder,
            version=str(register["version"]),
            title=register["title"],
            jurisdiction=register.get("jurisdiction"),
            publisher=register["publisher"],
            licence=register["licence"],
            url=register["url"],
            scheme=register.get("scheme"),
            time_zone=register.get("time_zone", "UTC"),
            ended_records=register.get("ended_records", "kept"),
            definition=register.get("definition", ""),
            files=files,
            publisher_in=register.get("publisher_in"),
            person_number=register.get("person_number"),
        )
    except KeyError as error:
        raise AdapterError(
            f"{path}: {error.args[0]!r} is missing.", hint="See docs/adapters.md for the form."
        ) from error


def _file(role: str, raw: dict[str, Any], shapes: dict[str, Any]) -> FileSpec:
    if raw["format"] not in FORMATS:
        raise AdapterError(f"files.{role}.format is {raw['format']!r}.", hint="One of: " + ", ".join(FORMATS))
    return FileSpec(
        role=role,
        title=raw["title"],
        format=raw["format"],
        names=tuple(raw["names"]),
        detect=tuple(re.compile(mark) for mark in raw["detect"]),
        # In XML columns are paths, where "@" marks an attribute.
        columns=raw["columns"] if raw["format"] == "xml" else _shaped(raw["columns"], shapes),
        left=tuple(raw.get("left", ())),
        required=tuple(raw.get("required", ())),
        optional=tuple(raw.get("optional", ())),
        encoding=raw.get("encoding", "utf-8"),
        delimiter=raw.get("delimiter", ","),
        records=raw.get("records", ""),
        header=raw.get("header", ""),
        snapshot=raw.get("snapshot", ""),
        whole=raw.get("whole", ""),
        paths=raw.get("paths", {}),
        spellings=raw.get("spellings", {}),
        ignored=tuple(Ignored(i["kind"], i["where"]) for i in raw.get("ignored", ())),
    )


def _shaped(tree: Any, shapes: dict[str, Any]) -> Any:
    """Put the shapes in the place of their names: `@period` for an object, `@period[]` for an array of them.

    >>> _shaped({"a": "@b[]"}, {"b": {"c": "@d"}, "d": {"e": "VARCHAR"}})
    {'a': [{'c': {'e': 'VARCHAR'}}]}
    """
    if isinstance(tree, dict):
        return {name: _shaped(node, shapes) for name, node in tree.items()}
    if isinstance(tree, list):
        return [_shaped(node, shapes) for node in tree]
    if not tree.startswith("@"):
        return tree
    shape = _shaped(shapes[tree[1:].removesuffix("[]")], shapes)
    return [shape] if tree.endswith("[]") else shape


def sql_type(tree: Any) -> str:
    """DuckDB type of a node of a column tree.

    >>> sql_type({"a": "VARCHAR", "b": [{"c": "VARCHAR[]"}]})
    'STRUCT("a" VARCHAR, "b" STRUCT("c" VARCHAR[])[])'
    """
    if isinstance(tree, str):
        return tree
    if isinstance(tree, list):
        return f"{sql_type(tree[0])}[]"
    return "STRUCT(" + ", ".join(f'"{name}" {sql_type(node)}' for name, node in tree.items()) + ")"


def column_types(columns: ColumnTree) -> dict[str, str]:
    """DuckDB types of the top-level columns by name."""
    return {name: sql_type(node) for name, node in columns.items()}
