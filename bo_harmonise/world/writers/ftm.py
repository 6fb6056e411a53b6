"""FollowTheMoney entities as OpenSanctions exports them: one JSON object a line, every property a list."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TextIO


@dataclass(frozen=True, kw_only=True)
class Entity:
    """One entity; `properties` are lists of texts, an empty one is left out."""

    id: str
    schema: str
    caption: str
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()
    first_seen: str = "2024-01-01T00:00:00"
    last_seen: str = "2026-10-01T00:00:00"
    last_change: str = "2025-06-01T00:00:00"
    is_target: bool = True


def write_entities(entities: Iterable[Entity], out: TextIO) -> None:
    """Write one line an entity."""
    for entity in entities:
        content = {
            "id": entity.id,
            "caption": entity.caption,
            "schema": entity.schema,
            "properties": {name: list(values) for name, values in entity.properties.items() if values},
            "referents": [],
            "datasets": list(entity.datasets),
            "first_seen": entity.first_seen,
            "last_seen": entity.last_seen,
            "last_change": entity.last_change,
            "target": entity.is_target,
        }
        out.write(json.dumps(content, ensure_ascii=False) + "\n")
