"""Validate a file of BODS 0.4 statements, streaming, in linear time and without a network."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from bo_harmonise import db
from bo_harmonise.read.containers import members, open_binary
from bo_harmonise.standardise.data import rows as data_rows
from bo_harmonise.validate.finding import Finding
from bo_harmonise.validate.read import read_statements
from bo_harmonise.validate.schema import pointer, resolves, schema_findings

_RULES = Path(__file__).resolve().parent / "rules"
_BATCH = 10_000
_BATCH_SCHEMA = pa.schema([("row", pa.int64()), ("json", pa.string())])
_NOT_COUNTRIES = "BAH D EUE GBD GBN GBO GBP GBS UNA UNK UNO XBA XIM XCC XCO XEC XPO XOM XXA XXB XXC XXX ZIM"
"""Codes of ICAO Doc 9303 in passports that ISO 3166-1 has not."""


def validate_file(
    path: Path, *, today: date | None = None, threads: int | None = None, memory: int | None = None
) -> Iterator[Finding]:
    """Yield all findings: those of single statements while reading, then those between statements by row.

    `path` is a JSON array or JSON Lines, plain, gzip or zip. Nothing in the content stops the run.
    InputError when the file cannot be opened. `today` is the day against which a date is in the future.
    """
    day = today or datetime.now(UTC).date()
    for member in members(path):
        with (
            TemporaryDirectory(prefix="bo-harmonise-") as temp,
            db.connect(temp=Path(temp), threads=threads, memory=memory) as connection,
            open_binary(member) as stream,
        ):
            connection.execute("CREATE TABLE record (row BIGINT, json JSON)")
            batch: list[tuple[int, str]] = []
            for record in read_statements(stream):
                if record.defect:
                    yield Finding(record.row, "file", "malformed-json", "", record.defect)
                    continue
                yield from schema_findings(record.row, record.value)
                if isinstance(record.value, dict):
                    yield from _pointer_findings(record.row, record.value)
                    batch.append((record.row, record.text))
                if len(batch) == _BATCH:
                    _add(connection, batch)
            _add(connection, batch)
            yield from _rule_findings(connection, day)


def _add(connection: duckdb.DuckDBPyConnection, batch: list[tuple[int, str]]) -> None:
    if batch:
        rows, texts = zip(*batch, strict=True)
        connection.register("batch", pa.table([rows, texts], schema=_BATCH_SCHEMA))
        connection.execute("INSERT INTO record SELECT row, try_cast(json AS JSON) FROM batch")
        connection.unregister("batch")
        batch.clear()


def _rule_findings(connection: duckdb.DuckDBPyConnection, today: date) -> Iterator[Finding]:
    alpha3 = [row["alpha3"] for row in data_rows("countries")] + _NOT_COUNTRIES.split()
    values: dict[str, Any] = {"today": today, "alpha3": alpha3}
    db.run_file(connection, _RULES / "statement.sql")
    connection.execute(
        "CREATE TABLE finding (row BIGINT, rule VARCHAR, level VARCHAR, pointer VARCHAR, message VARCHAR)"
    )
    for path in sorted(_RULES.glob("rule_*.sql")):
        query = path.read_text(encoding="utf-8").strip().rstrip(";")
        (parsed,) = connection.extract_statements(query)
        wanted = {name: values[name] for name in parsed.named_parameters}
        connection.execute(f"INSERT INTO finding {query}", wanted or None)
    result = connection.execute(
        "SELECT finding.row, rule, pointer, message, statement_id, level "
        "FROM finding LEFT JOIN statement USING (row) ORDER BY ALL"
    )
    while rows := result.fetchmany(_BATCH):
        for row, rule, place, message, statement_id, level in rows:
            yield Finding(row, "record", rule, place, message, statement_id, level)


def _pointer_findings(row: int, statement: dict[str, Any]) -> Iterator[Finding]:
    annotations = statement.get("annotations")
    for number, annotation in enumerate(annotations if isinstance(annotations, list) else ()):
        target = annotation.get("statementPointerTarget") if isinstance(annotation, dict) else None
        if isinstance(target, str) and not resolves(statement, target):
            statement_id = statement.get("statementId")
            yield Finding(
                row=row,
                part="record",
                rule="annotation-target-missing",
                pointer=pointer(["annotations", number, "statementPointerTarget"]),
                message=f"{target!r} leads to nothing in this statement.",
                statement_id=statement_id if isinstance(statement_id, str) else None,
            )
