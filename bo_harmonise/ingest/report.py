"""What became of the records of a delivery."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class DeliveryReport:
    """What became of the records of a delivery."""

    source_id: str
    adapter: str
    files: list[dict[str, Any]] = field(default_factory=list)
    statements: dict[str, int] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    unknown_columns: dict[str, int] = field(default_factory=dict)
    missing_columns: dict[str, int] = field(default_factory=dict)
    unknown_codes: dict[str, int] = field(default_factory=dict)
    failed_checks: list[str] = field(default_factory=list)
    dated_by: str = ""

    @property
    def totals(self) -> dict[str, int]:
        """Records read, mapped, ignored and rejected, over all files."""
        names = ("read", "mapped", "ignored", "rejected")
        return {name: sum(f[f"records_{name}"] for f in self.files) for name in names}
