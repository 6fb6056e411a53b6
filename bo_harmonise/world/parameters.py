"""Shares of the phenomena of an invented world: `parameters.toml`, and what a user's file changes."""

import tomllib
from pathlib import Path
from typing import Any

from bo_harmonise.errors import UsageError

FILE = Path(__file__).parent / "parameters.toml"

Parameters = dict[str, dict[str, Any]]


def load(changes: Path | None = None) -> Parameters:
    """Return the parameters, with the values of a TOML file in the place of ours.

    UsageError when the file is missing, is no TOML, or names something that does not exist or is no share.
    """
    parameters: Parameters = tomllib.loads(FILE.read_text("utf-8"))
    if changes is None:
        return parameters
    try:
        wanted = tomllib.loads(changes.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{changes} does not exist.", hint="Name a TOML file of parameters.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{changes}: expected TOML, found {error}.", hint=f"See {FILE}.") from None
    _merge(parameters, wanted, str(changes), "")
    return parameters


def _merge(known: dict[str, Any], wanted: dict[str, Any], where: str, path: str) -> None:
    for key, value in wanted.items():
        name = f"{path}{key}"
        if key not in known:
            raise UsageError(
                f"{where}: there is no parameter {name}; there are {', '.join(known)}.", hint=f"See {FILE}."
            )
        if isinstance(known[key], dict):
            if not isinstance(value, dict):
                raise UsageError(f"{where}: expected a table {name}, found {value!r}.", hint=f"See {FILE}.")
            _merge(known[key], value, where, f"{name}.")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise UsageError(f"{where}: expected a share from 0 to 1 for {name}, found {value!r}.")
        else:
            known[key] = float(value)
