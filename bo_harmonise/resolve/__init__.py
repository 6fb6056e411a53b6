"""Resolve the records of all registers into parties: who is who, how sure, and why.

`resolve` runs the whole stage; `evaluate` measures it on labelled records; `explain` tells why two records
are, or are not, one party; `uncertain_pairs` lists what a person should look at; judgements are read and
written by `read_judgements` and `add_judgement`. Importing this package is cheap: Splink is loaded by the
first call that needs it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bo_harmonise.resolve.charts import match_weights_page, waterfall_page
    from bo_harmonise.resolve.evaluation import Evaluation, evaluate
    from bo_harmonise.resolve.explanation import Explanation, explain
    from bo_harmonise.resolve.judgements import (
        Decision,
        Judgement,
        add_judgement,
        earlier_judgement,
        read_judgements,
        write_judgements,
    )
    from bo_harmonise.resolve.pipeline import ResolveSummary, resolve
    from bo_harmonise.resolve.review import UncertainPair, uncertain_pairs
    from bo_harmonise.resolve.settings import ResolveSettings

__all__ = [
    "Decision",
    "Evaluation",
    "Explanation",
    "Judgement",
    "ResolveSettings",
    "ResolveSummary",
    "UncertainPair",
    "add_judgement",
    "earlier_judgement",
    "evaluate",
    "explain",
    "match_weights_page",
    "read_judgements",
    "resolve",
    "uncertain_pairs",
    "waterfall_page",
    "write_judgements",
]

_HOMES = {
    "match_weights_page": "charts",
    "waterfall_page": "charts",
    "Evaluation": "evaluation",
    "evaluate": "evaluation",
    "Explanation": "explanation",
    "explain": "explanation",
    "Decision": "judgements",
    "Judgement": "judgements",
    "add_judgement": "judgements",
    "earlier_judgement": "judgements",
    "read_judgements": "judgements",
    "write_judgements": "judgements",
    "ResolveSummary": "pipeline",
    "resolve": "pipeline",
    "UncertainPair": "review",
    "uncertain_pairs": "review",
    "ResolveSettings": "settings",
}


def __getattr__(name: str) -> Any:
    """Load the module of a public name when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
