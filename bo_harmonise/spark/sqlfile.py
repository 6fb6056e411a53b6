"""Find the SQL files of this package: Spark's SQL, not DuckDB's."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "sql"


def spark_query(name: str) -> str:
    """Return the one query of `sql/<name>.sql`."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8").strip().rstrip(";")
