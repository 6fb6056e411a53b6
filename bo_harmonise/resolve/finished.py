"""Read the files of a resolution run: its settings, models, pairs and parties."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.errors import ResolutionError
from bo_harmonise.resolve.judgements import read_judgements
from bo_harmonise.resolve.scoring import load_model
from bo_harmonise.resolve.settings import ResolveSettings


@dataclass(frozen=True)
class Statement:
    """A statement that an explanation rests on."""

    record_id: str
    statement_id: str
    source_id: str
    source_file: str
    source_row: int


class FinishedRun:
    """The files of a resolution run, opened for questions."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, judgements: Path | None = None
    ) -> None:
        self.connection = connection
        self.folder = folder
        run = folder / "run.json"
        if not run.is_file():
            raise ResolutionError(
                f"{folder} holds no resolution.", hint="Run bo-harmonise resolve on the workspace first."
            )
        self.settings = ResolveSettings.from_dict(json.loads(run.read_text(encoding="utf-8"))["settings"])
        made = read_judgements(judgements) if judgements else []
        self.reasons = {(*item.pair, str(item.judgement)): item.reason for item in made}
        self.models = {kind: load_model(kind, folder / "models") for kind in ("entity", "person")}

    def rows(self, query: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Rows of a query in which {pair}, {party_record} stand for the files."""
        for name in ("pair", "party_record"):
            path = str(self.folder / f"{name}.parquet").replace("'", "''")
            query = query.replace(f"{{{name}}}", f"read_parquet('{path}')")
        return self.connection.execute(query, values or {}).fetchall()

    def records(self, name: str) -> list[tuple[str, str]]:
        """(record_id, party_id) of a record or of all records of a party."""
        found = self.rows(
            "SELECT record_id, party_id FROM {party_record} "
            "WHERE record_id = $name OR party_id = $name ORDER BY record_id",
            {"name": name},
        )
        if not found:
            raise ResolutionError(
                f"There is no record or party {name!r}.",
                hint="Give a record_id (register:kind:key) or a party_id as they stand in the database.",
            )
        return [(r, p) for r, p in found]

    def statements(self, record_ids: list[str]) -> tuple[Statement, ...]:
        """Read the current statements of records."""
        columns = "record_id, statement_id, source_id, source_file, source_row"
        found = self.rows(
            f"SELECT {columns} FROM current_entity WHERE record_id IN (SELECT unnest($ids)) "
            f"UNION ALL SELECT {columns} FROM current_person WHERE record_id IN (SELECT unnest($ids)) "
            "ORDER BY ALL",
            {"ids": record_ids},
        )
        return tuple(Statement(*row) for row in found)
