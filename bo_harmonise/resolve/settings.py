"""Settings of a resolution run, as data that goes into the manifest."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from bo_harmonise.errors import UsageError


@dataclass(frozen=True)
class ResolveSettings:
    """What a user can decide about a run.

    `threshold` is the match probability from which two records are one party, `review_threshold` the one
    from which a pair keeps its evidence and is offered for review. `max_block` bounds the records that
    share a blocking key (half as many where the key tells little), `window` the neighbours that a record
    still meets in a block that no finer key breaks up. `max_cluster` is the size beyond which only strong
    evidence joins further records.
    `portion_records` records are worked on, and `batch_pairs` pairs scored, at once: these two decide what
    memory is needed, not what comes out.
    `models` is a folder with `entity.json` and `person.json` that replaces the shipped models; `train`
    re-estimates them on the data at hand.
    """

    threshold: float = 0.9
    review_threshold: float = 0.1
    max_block: int = 60
    window: int = 4
    max_cluster: int = 100
    portion_records: int = 50_000
    batch_pairs: int = 250_000
    train: bool = False
    models: Path | None = None
    threads: int | None = None

    def __post_init__(self) -> None:
        """Refuse values that mean nothing."""
        if not 0 < self.review_threshold <= self.threshold < 1:
            raise UsageError(
                f"Thresholds must satisfy 0 < review <= match < 1, found review {self.review_threshold} "
                f"and match {self.threshold}.",
                hint="The shipped models are made for a threshold of 0.9 and a review threshold of 0.1.",
            )
        for name in ("max_block", "max_cluster", "portion_records", "batch_pairs"):
            if getattr(self, name) < 2:
                raise UsageError(f"{name} must be at least 2, found {getattr(self, name)}.")

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return {**asdict(self), "models": str(self.models) if self.models else None}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Read what `as_dict` gave."""
        models = values.get("models")
        return cls(**{**values, "models": Path(models) if models else None})
