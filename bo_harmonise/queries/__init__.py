"""Named queries: a `.sql` file each, with a header that says the question, the columns and an example."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bo_harmonise.errors import UsageError

_FOLDER = Path(__file__).resolve().parent / "named"
_HEADER = re.compile(r"^-- (Question|Columns|Example|Parameters?):\s*(.*)$")


@dataclass(frozen=True)
class Query:
    """One named query."""

    name: str
    question: str
    columns: str
    example: str
    parameters: tuple[str, ...]
    sql: str


def named_queries() -> dict[str, Query]:
    """All named queries by name, which is that of the file with hyphens."""
    return {query.name: query for query in (_read(path) for path in sorted(_FOLDER.glob("*.sql")))}


def named_query(name: str) -> Query:
    """Return one query; UsageError suggests what may have been meant."""
    queries = named_queries()
    if name in queries:
        return queries[name]
    close = get_close_matches(name, queries, n=1, cutoff=0.4)
    hint = f"Did you mean {close[0]}? " if close else ""
    raise UsageError(f"there is no query {name!r}.", hint=f"{hint}All of them: bo-harmonise query --list")


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    field = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := _HEADER.match(line):
            field = match[1].removesuffix("s") if match[1].startswith("Parameter") else match[1]
            header[field] = match[2]
        elif field:
            header[field] += " " + line.removeprefix("--").strip()
    return Query(
        name=path.stem.replace("_", "-"),
        question=header.get("Question", ""),
        columns=header.get("Columns", ""),
        example=header.get("Example", ""),
        parameters=tuple(part.strip() for part in header.get("Parameter", "").split(",") if part.strip()),
        sql=text,
    )
