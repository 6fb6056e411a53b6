"""What the tests of exports share: a small database of statements, and statements in their original words."""

import json
import re
from pathlib import Path
from typing import Any

from bo_harmonise import db
from bo_harmonise.schema import tables
from bo_harmonise.workspace import Workspace


def database(workspace: Workspace, path: Path, setup: str = "") -> Path:
    """Make a database of the statements of a workspace; `setup` is SQL that adds to it."""
    with db.connect(path) as connection:
        for name in ("entity", "person", "relationship", "source"):
            files = f"{workspace.statements}/*/{name}.parquet"
            connection.execute(tables()[name].ddl())
            connection.execute(
                f"INSERT INTO {name} BY NAME SELECT * FROM read_parquet('{files}') ORDER BY ALL"
            )
            connection.execute(f"CREATE VIEW current_{name} AS FROM {name}")
        for name in ("party_record", "match"):
            connection.execute(tables()[name].ddl())
        connection.execute("CREATE TABLE run AS SELECT DATE '2026-06-30' AS as_of")
        for statement in filter(None, setup.split(";")):
            connection.execute(statement)
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    """Statements of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def in_own_words(statement: dict[str, Any]) -> dict[str, Any]:
    """Statement without what ingesting and exporting add: prefixes of ids, annotations, source.

    National numbers are hashed on the way in, so they are left out on both sides.
    """
    text = json.dumps(statement, ensure_ascii=False)
    plain: dict[str, Any] = json.loads(
        re.sub(r'"bods[a-z0-9_]*:(?:entity|person|relationship):', '"', text), parse_int=float
    )
    plain.pop("statementId")
    annotations = [a for a in plain.pop("annotations", []) if a.get("createdBy") != {"name": "bo_harmonise"}]
    if annotations:
        plain["annotations"] = annotations
    if ", delivery bods" in plain.get("source", {}).get("description", ""):
        del plain["source"]
    for interest in plain["recordDetails"].get("interests") or []:
        share = interest.get("share", {})
        for bound in ("minimum", "maximum"):  # 0.3 wanted the exact share repeated
            if "exact" in share and share.get(bound) == share["exact"]:
                del share[bound]
    if plain["recordType"] == "person":
        for identifier in plain["recordDetails"].get("identifiers", []):
            if re.match(
                r"[A-Z]{3}-(PASSPORT|TAXID|IDCARD)", identifier.get("scheme") or identifier["schemeName"]
            ):
                identifier.clear()
    return plain


def covers(said: Any, published: Any) -> bool:
    """Whether everything that was published is said: nothing may lack or differ; more is welcome."""
    if isinstance(published, dict):
        return isinstance(said, dict) and all(
            covers(said.get(key), value) for key, value in published.items() if value not in (None, [])
        )
    if isinstance(published, list):
        return (
            isinstance(said, list)
            and len(said) == len(published)
            and all(covers(s, p) for s, p in zip(said, published, strict=True))
        )
    return bool(said == published)


def published_id(statement: dict[str, Any]) -> str:
    """Id under which the publisher of BODS issued an exported statement."""
    (text,) = [
        a["description"]
        for a in statement["annotations"]
        if a.get("description", "").startswith("Published as ")
    ]
    return str(text.removeprefix("Published as statement ").removesuffix("."))


def lost(exported: list[dict[str, Any]], published: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Published statements of which something is missing in what was exported."""
    found: dict[str, list[Any]] = {}
    for statement in exported:
        if any(
            a.get("description", "").startswith("Published as ") for a in statement.get("annotations", [])
        ):
            found.setdefault(published_id(statement), []).append(in_own_words(statement))
    return [
        statement
        for statement in published
        if not any(covers(s, in_own_words(statement)) for s in found.get(statement["statementId"], []))
    ]
