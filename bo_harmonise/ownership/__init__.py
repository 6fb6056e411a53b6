"""Who owns and controls what: edges, intervals, chains, control, rules, hidden common owners."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bo_harmonise.ownership.rulebook import Rule, find_rule, rules
    from bo_harmonise.ownership.run import own
    from bo_harmonise.ownership.screening import screen
    from bo_harmonise.ownership.settings import OwnSettings, OwnSummary

__all__ = ["OwnSettings", "OwnSummary", "Rule", "find_rule", "own", "rules", "screen"]

_HOMES = {
    "own": "run",
    "OwnSettings": "settings",
    "OwnSummary": "settings",
    "Rule": "rulebook",
    "find_rule": "rulebook",
    "rules": "rulebook",
    "screen": "screening",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: NumPy and SciPy cost half a second."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
