"""What can be set about the ownership stage, and what it reports."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class OwnSettings:
    """Settings of `own`.

    `rules` is a folder of the user's own rules (`*.toml`), added to those shipped. `companies_per_group`
    bounds how many companies of one owner, seen over one set of registers, are all compared with each other
    for hidden common owners; each further one is compared with the largest of each set. Owners with more are
    listed in `hidden_common_owner_limit`.
    """

    rules: Path | None = None
    companies_per_group: int = 25

    def __post_init__(self) -> None:
        """Refuse bounds under which no pair could be made."""
        if self.companies_per_group < 2:
            raise ValueError("companies_per_group must be at least 2: pairs are made of two companies")


@dataclass
class OwnSummary:
    """What `own` found, for the summary of a run."""

    as_of: date
    rows: dict[str, int] = field(default_factory=dict)
    """Rows of each table that was written."""
    edges: dict[str, int] = field(default_factory=dict)
    """Edges by dimension."""
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Verdicts of each control rule."""
    closed_groups: int = 0
    """Groups of companies that hold themselves wholly."""
    over_declared: int = 0
    """Companies whose declared stakes add up to more than the whole."""
    limited_owners: int = 0
    """Owners of so many companies that not every two were compared for hidden common owners."""
    pairs_left_out: int = 0
    """Pairs of their companies that were not compared."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Time of each step."""
