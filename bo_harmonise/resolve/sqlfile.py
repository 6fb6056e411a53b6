"""Find the SQL files of this package."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"


def sql_file(name: str) -> Path:
    """Path of `sql/<name>.sql`."""
    return _FOLDER / f"{name}.sql"
