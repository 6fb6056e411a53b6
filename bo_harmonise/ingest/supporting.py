"""Note which records of a delivery its statements rest on: a mark a record, not a join of all of them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from bo_harmonise import db
from bo_harmonise.ingest.raw_stage import Delivery, Input
from bo_harmonise.ingest.statement_tables import naming
from bo_harmonise.read.raw import quote
from bo_harmonise.schema import STATEMENT_TABLES

Rows = npt.NDArray[np.bool_]
"""A mark for every row number of a file: shape (highest number + 1,)."""
_BATCH = 1 << 17


def rows_of(connection: duckdb.DuckDBPyConnection, item: Input) -> Rows:
    """Mark the rows of a file that could be read."""
    marks = np.zeros(_highest(connection, item) + 1, np.bool_)
    _mark(connection, marks, f"SELECT source_row FROM {item.raw.table}")
    return marks


def supporting_rows(connection: duckdb.DuckDBPyConnection, delivery: Delivery, out: Path) -> dict[str, Rows]:
    """Mark, by the label of the file, the rows that statements rest on, and take away `*.repeated.parquet`.

    They do so directly, by repeating another, or folded into the statement of another (`folded.sql`).
    """
    sources = []
    for name in STATEMENT_TABLES:
        files = (out / f"{name}.parquet", out / f"{name}.repeated.parquet")
        sources += [f"read_parquet({quote(str(file))})" for file in files if file.exists()]
    if path := delivery.adapter.sql("folded"):
        with naming(delivery.adapter, path.name):
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE folded AS SELECT source_file, source_row "
                f"FROM ({db.query_text(path)}\n) AS folded(source_file, source_row)"
            )
        sources.append("folded")
    marks = {item.label: np.zeros(_highest(connection, item) + 1, np.bool_) for item in delivery.inputs}
    for source in sources:
        for label, rows in marks.items():
            _mark(connection, rows, f"SELECT source_row FROM {source} WHERE source_file = {quote(label)}")
    for name in STATEMENT_TABLES:
        (out / f"{name}.repeated.parquet").unlink(missing_ok=True)
    return marks


def _highest(connection: duckdb.DuckDBPyConnection, item: Input) -> int:
    query = f"SELECT coalesce(max(source_row), 0) FROM {item.raw.table}"
    return int(connection.execute(query).fetchall()[0][0])


def _mark(connection: duckdb.DuckDBPyConnection, marks: Rows, query: str) -> None:
    """Mark the row numbers that a query gives; a number that the file does not have marks nothing."""
    for numbers in _numbers(connection, query):
        marks[numbers[(numbers >= 0) & (numbers < marks.size)]] = True


def _numbers(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[npt.NDArray[np.int64]]:
    reader = connection.sql(f"SELECT CAST(source_row AS BIGINT) FROM ({query}) WHERE source_row IS NOT NULL")
    for batch in reader.to_arrow_reader(_BATCH):
        column = batch.column(0)
        # Straight from the buffer: `to_numpy` imports pandas, which takes 0.3 s.
        yield np.frombuffer(column.buffers()[1], np.int64, len(column), column.offset * 8)
