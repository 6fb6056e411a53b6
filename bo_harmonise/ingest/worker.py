"""Who reads and maps the files: this process; or, with the same functions, the tasks of `spark/`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import duckdb

from bo_harmonise.ingest.detect import Found
from bo_harmonise.ingest.mapping import map_delivery
from bo_harmonise.ingest.raw_stage import Delivery, Reading, read_raw
from bo_harmonise.ingest.report import DeliveryReport
from bo_harmonise.progress import Progress
from bo_harmonise.workspace import Workspace


class Worker(Protocol):
    """Reads files into raw rows, and maps deliveries onto the common schema."""

    def read(self, found: Sequence[Found]) -> list[Reading]:
        """Read every file; the readings in order."""

    def map(self, deliveries: Sequence[Delivery], drafts: Sequence[Path]) -> Iterator[DeliveryReport]:
        """Write the statements of each delivery to its draft, a folder that is not there yet."""


@dataclass(frozen=True)
class LocalWorker:
    """Reads and maps in this process, one file and one delivery after the other."""

    connection: duckdb.DuckDBPyConnection
    workspace: Workspace
    progress: Progress

    def read(self, found: Sequence[Found]) -> list[Reading]:
        """Read every file; the readings in order."""
        self.workspace.temp.mkdir(parents=True, exist_ok=True)
        readings = []
        for item in found:
            self.progress(f"reading {item.member.label}")
            folder = Path(mkdtemp(prefix="raw-", dir=self.workspace.temp))
            readings.append(read_raw(self.connection, item, folder))
        return readings

    def map(self, deliveries: Sequence[Delivery], drafts: Sequence[Path]) -> Iterator[DeliveryReport]:
        """Write the statements of each delivery to its draft."""
        for delivery, draft in zip(deliveries, drafts, strict=True):
            self.progress(f"mapping {delivery.source_id}")
            yield map_delivery(self.connection, delivery, draft, self.workspace)
