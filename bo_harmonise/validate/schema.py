"""Hold single statements against the JSON Schema of BODS 0.4 (`schemas/bods/0.4`)."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from bo_harmonise.resources import folder
from bo_harmonise.validate.finding import Finding


@cache
def _validator() -> Any:
    files = sorted((folder("schemas") / "bods" / "0.4").glob("*.json"))
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
    registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas.values()])
    return jsonschema_rs.Draft202012Validator(schemas["statement"], registry=registry, validate_formats=True)


def schema_findings(row: int, statement: Any) -> Iterator[Finding]:
    """Yield what the schema has against one statement."""
    validator = _validator()
    if validator.is_valid(statement):
        return
    statement_id = statement.get("statementId") if isinstance(statement, dict) else None
    for error in validator.iter_errors(statement):
        yield Finding(
            row=row,
            part="schema",
            rule=str(list(error.schema_path)[-1]),
            pointer=pointer(error.instance_path),
            message=error.message,
            statement_id=statement_id if isinstance(statement_id, str) else None,
        )


def pointer(path: Any) -> str:
    """Return a JSON Pointer.

    >>> pointer(["recordDetails", "names", 0, "a/b"])
    '/recordDetails/names/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def resolves(document: Any, target: str) -> bool:
    """Whether a JSON Pointer leads to something in the document.

    The standard takes `/` for the whole statement, as RFC 6901 takes the empty text.

    >>> resolves({"a": [{"b": 1}]}, "/a/0/b"), resolves({"a": 1}, "/b"), resolves({}, "/")
    (True, False, True)
    """
    if target in ("", "/"):
        return True
    if not target.startswith("/"):
        return False
    for raw in target[1:].split("/"):
        step = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(document, list) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return False
    return True
