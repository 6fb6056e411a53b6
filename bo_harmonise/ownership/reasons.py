"""Why a rule says what it says of an owner and a company, in one line."""

from collections.abc import Mapping
from typing import Any

_RECKONED = {"level": "level by level", "multiplied": "multiplied over all chains"}


def because(said: Mapping[str, Any]) -> str:
    """Tell which test made a verdict, and the figures of both reckonings where they differ.

    `said` has verdict, test, way, control_types, through_party_id, through_min and _max, and the bounds
    level_min, level_max, multiplied_min, multiplied_max (per cent; nan where unknown).

    >>> figures = {"level_min": 0.0, "level_max": 0.0, "multiplied_min": 22.5, "multiplied_max": 30.0}
    >>> through = {"through_party_id": "E-1", "through_min": 30.0, "through_max": 40.0}
    >>> because({"verdict": "yes", "test": "shares", "way": "through", **through, **figures})
    'has 30 to 40 % of E-1, which controls it (22.5 to 30 % multiplied over all chains)'
    >>> because({"verdict": "yes", "test": "shares", "way": "multiplied", **figures})
    'shares: 22.5 to 30 % multiplied over all chains (0 % level by level)'
    >>> same = {"level_min": 60.0, "level_max": 60.0, "multiplied_min": 60.0, "multiplied_max": 60.0}
    >>> because({"verdict": "yes", "test": "votes", "way": "level", **same})
    'votes'
    >>> because({"verdict": "yes", "test": "control", "way": "level", "control_types": ["trustee"], **same})
    'control: trustee'
    """
    told = {way: f"{_interval(said, way)} {words}" for way, words in _RECKONED.items()}
    level, multiplied = (_interval(said, way) for way in _RECKONED)
    is_one = level == multiplied or "nan" in level + multiplied
    if said["way"] == "through" and said["verdict"] != "no":
        what = f"has {_interval(said, 'through')} of {said['through_party_id']}, which controls it"
        return f"{what} ({told['multiplied']})"
    first, second = ("level", "multiplied") if said["way"] == "level" else ("multiplied", "level")
    figures = "" if is_one else f": {told[first]} ({told[second]})"
    if said["verdict"] == "no":
        return f"not enough{figures}"
    if said["test"] == "control":
        return f"control: {', '.join(said['control_types'] or ['an interest of unknown kind'])}"
    return f"{said['test']}{figures}"


def _interval(said: Mapping[str, Any], name: str) -> str:
    low, high = said[f"{name}_min"], said[f"{name}_max"]
    return f"{low:.6g} %" if low == high else f"{low:.6g} to {high:.6g} %"
