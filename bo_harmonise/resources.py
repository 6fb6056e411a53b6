"""Find the data folders that travel with the package: `schemas/` and `sample_registries/`."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder `name`: inside an installed package, else at the top of the source tree.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}/ is missing beside {_PACKAGE}: reinstall bo-harmonise")


def sample_registers() -> list[Path]:
    """Folders of the sample registers; `expected` beside them holds the right answers."""
    return sorted(
        path for path in folder("sample_registries").iterdir() if path.is_dir() and path.name != "expected"
    )
