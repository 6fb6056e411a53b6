"""Who owns and controls what: edges, intervals, chains, control, rules, hidden common owners."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bo_harmonise.ownership.comparison import changes
    from bo_harmonise.ownership.flagging import Flag, flags
    from bo_harmonise.ownership.gateway import gateways
    from bo_harmonise.ownership.questions import (
        Chains,
        chains_between,
        common_owners,
        group_of,
        holdings_of,
        owners_of,
    )
    from bo_harmonise.ownership.rulebook import Rule, find_rule, rules
    from bo_harmonise.ownership.run import own
    from bo_harmonise.ownership.screening import listed_parties, screen
    from bo_harmonise.ownership.settings import OwnSettings, OwnSummary
    from bo_harmonise.ownership.telling import tell_hidden_common_owner

__all__ = [
    "Chains",
    "Flag",
    "OwnSettings",
    "OwnSummary",
    "Rule",
    "chains_between",
    "changes",
    "common_owners",
    "find_rule",
    "flags",
    "gateways",
    "group_of",
    "holdings_of",
    "listed_parties",
    "own",
    "owners_of",
    "rules",
    "screen",
    "tell_hidden_common_owner",
]

_HOMES = {
    "Chains": "questions",
    "Flag": "flagging",
    "OwnSettings": "settings",
    "OwnSummary": "settings",
    "Rule": "rulebook",
    "chains_between": "questions",
    "changes": "comparison",
    "common_owners": "questions",
    "find_rule": "rulebook",
    "flags": "flagging",
    "gateways": "gateway",
    "group_of": "questions",
    "holdings_of": "questions",
    "listed_parties": "screening",
    "own": "run",
    "owners_of": "questions",
    "rules": "rulebook",
    "screen": "screening",
    "tell_hidden_common_owner": "telling",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: NumPy and SciPy cost half a second."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
