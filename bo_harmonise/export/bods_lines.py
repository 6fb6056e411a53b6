"""Write all statements as BODS 0.4, JSON Lines; the resolved identity of a record is an annotation."""

from pathlib import Path

import duckdb
import pyarrow as pa

from bo_harmonise import db
from bo_harmonise.read.raw import quote
from bo_harmonise.schema import STATEMENT_TABLES
from bo_harmonise.standardise.data import rows as data_rows

_SQL = Path(__file__).resolve().parent / "bods"
_STEPS = ("prepare", "entity", "person", "relationship")
_PLAIN = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
"""One JSON text a line as it stands: JSON escapes line breaks and control characters."""


def write_bods(connection: duckdb.DuckDBPyConnection, out: Path, views: dict[str, str]) -> dict[str, int]:
    """Write `out`; return its number of statements.

    The order is that of the standard: entities and persons, then components, then the relationships that
    they detail. What a register leaves out and the standard requires is given by the standard's own means:
    the date of the delivery for a missing statement date, an unknown entity or person for a record that is
    referred to and not described. Values of BODS publishers that break the standard stand in a comment.
    Extra members of other registers are not written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    for name in STATEMENT_TABLES:
        connection.execute(f'CREATE OR REPLACE TEMP VIEW exported_{name} AS FROM "{views[name]}"')
    countries = data_rows("country_names")
    connection.register(
        "country_title",
        pa.table({key: [row[key] for row in countries] for key in ("code", "name")}),
    )
    licences = quote(str(_SQL / "licences.csv"))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE licence_link AS FROM read_csv({licences}, header = true)"
    )
    for step in _STEPS:
        db.run_file(connection, _SQL / f"{step}.sql")
    query = (_SQL / "statement.sql").read_text(encoding="utf-8")
    row = connection.execute(f"COPY ({query}) TO {quote(str(out))} ({_PLAIN})").fetchone()
    connection.unregister("country_title")
    return {out.name: int(row[0]) if row else 0}
