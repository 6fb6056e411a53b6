"""Build small worlds of statements for the ownership tests: parties, records, stakes."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise.db import connect
from bo_harmonise.ownership import OwnSettings, OwnSummary, own
from bo_harmonise.schema import table

TODAY = date(2026, 1, 1)

_INTEREST_FIELDS = {
    part.name
    for column in table("relationship").columns
    if column.name == "interests"
    for part in column.fields
}


@dataclass
class World:
    """A world is told party by party and stake by stake; a record is `register:native key`."""

    entities: list[dict[str, Any]] = field(default_factory=list)
    persons: list[dict[str, Any]] = field(default_factory=list)
    relationships: list[dict[str, Any]] = field(default_factory=list)
    party_of: dict[str, str] = field(default_factory=dict)
    matches: list[dict[str, Any]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    jurisdictions: dict[str, list[str]] = field(default_factory=dict)

    def record(self, record_id: str, party_id: str, kind: str, **columns: Any) -> str:
        """Add a record of a party; the register is what comes before the colon."""
        register = record_id.split(":", maxsplit=1)[0]
        row = {
            "statement_id": f"statement-of-{record_id}",
            "record_id": record_id,
            "record_status": "new",
            "statement_date": "2020-01-01",
            "source_id": f"{register}@2025-01-01",
            "source_file": "file",
            "source_key": record_id,
            "source_row": 1,
            "is_component": False,
        }
        if kind == "entity":
            self.entities.append(row | {"entity_type": "registeredEntity", "name": party_id} | columns)
        else:
            self.persons.append(row | {"person_type": "knownPerson"} | columns)
        self.party_of[record_id] = party_id
        self.kinds[party_id] = kind
        return record_id

    def _known(self, record_id: str) -> str:
        if record_id not in self.party_of:
            name = record_id.split(":")[1]
            self.record(record_id, name, "person" if name.startswith("p") else "entity")
        return record_id

    def holds(
        self, owner: str, owned: str, share: float | tuple[float, float] | None = None, **columns: Any
    ) -> str:
        """State that `owner` holds `share` (exact, a band or without a figure) of `owned`.

        Records that are not known become parties named after their key; keys that begin with `p` are persons.
        """
        self._known(owner), self._known(owned)
        register = columns.pop("register", owned.split(":", maxsplit=1)[0])
        interest: dict[str, Any] = {"type": "shareholding", "direct_or_indirect": "direct"}
        if isinstance(share, tuple):
            interest |= {"share_min": share[0], "share_max": share[1]}
        elif share is not None:
            interest["share_exact"] = share
        for name in _INTEREST_FIELDS & columns.keys():
            interest[name] = columns.pop(name)
        number = len(self.relationships)
        row = {
            "statement_id": f"statement-{register}-{owner}-{owned}-{number:04d}",
            "record_id": f"{register}:relationship:{owner}-{owned}-{number:04d}",
            "record_status": "new",
            "statement_date": "2020-01-01",
            "source_id": f"{register}@2025-01-01",
            "source_file": "file",
            "source_key": str(number),
            "source_row": number,
            "is_component": False,
            "subject_record_id": owned,
            "interested_party_record_id": owner,
            "interested_party_type": self.kinds[self.party_of[owner]],
            "interests": [interest],
        }
        self.relationships.append(row | columns)
        return str(row["statement_id"])

    def same(self, left: str, right: str, probability: float | None, method: str = "splink") -> None:
        """Say that resolution joined two records; the party of the left one takes the right one in."""
        self._known(left)
        self.matches.append(
            {
                "record_id_l": min(left, right),
                "record_id_r": max(left, right),
                "kind": self.kinds[self.party_of[left]],
                "method": method,
                "match_probability": probability,
                "is_joined": True,
            }
        )

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the tables that `own` reads on a connection."""
        parties: dict[str, list[str]] = {}
        for record_id, party_id in self.party_of.items():
            parties.setdefault(party_id, []).append(record_id)
        birth_dates = {self.party_of[row["record_id"]]: row.get("birth_date") for row in self.persons}
        rows = {
            "entity": self.entities,
            "person": self.persons,
            "relationship": self.relationships,
            "match": self.matches,
            "party": [
                {
                    "party_id": party_id,
                    "kind": self.kinds[party_id],
                    "name": f"Name of {party_id}",
                    "names": [f"Name of {party_id}"],
                    "jurisdictions": self.jurisdictions.get(party_id, []),
                    "birth_date": birth_dates.get(party_id),
                    "identifiers": [],
                    "registers": sorted({r.split(":")[0] for r in records}),
                    "record_count": len(records),
                }
                for party_id, records in parties.items()
            ],
            "party_record": [
                {
                    "party_id": party_id,
                    "record_id": record_id,
                    "source_id": f"{record_id.split(':')[0]}@2025-01-01",
                    "register": record_id.split(":")[0],
                }
                for record_id, party_id in self.party_of.items()
            ],
        }
        for name, content in rows.items():
            target = f"current_{name}" if name in ("entity", "person", "relationship") else name
            arrow = pa.Table.from_pylist(content, schema=table(name).arrow_schema)
            connection.register(f"{target}_arrow", arrow)
            connection.execute(f'CREATE OR REPLACE TABLE "{target}" AS FROM {target}_arrow')
            connection.unregister(f"{target}_arrow")


@dataclass
class Result:
    """Tables that `own` wrote, by name, and the connection it worked on."""

    summary: OwnSummary
    out: Path
    connection: duckdb.DuckDBPyConnection

    def table(self, name: str) -> list[dict[str, Any]]:
        """Rows of one table."""
        rows: list[dict[str, Any]] = pq.read_table(self.out / f"{name}.parquet").to_pylist()
        return rows

    def share(self, owner: str, company: str, dimension: str = "economic") -> tuple[float, float] | None:
        """Effective interval of a pair, rounded to nine places; None where nothing connects them."""
        for row in self.table("effective_ownership"):
            if (row["owner_party_id"], row["company_party_id"], row["dimension"]) == (
                owner,
                company,
                dimension,
            ):
                return round(row["share_min"], 9), round(row["share_max"], 9)
        return None


def open_database(result: Result) -> duckdb.DuckDBPyConnection:
    """Put the tables that `own` wrote on the connection, as the database has them."""
    for name in result.summary.rows:
        path = str(result.out / f"{name}.parquet")
        result.connection.execute(f"CREATE OR REPLACE TABLE \"{name}\" AS FROM read_parquet('{path}')")
    return result.connection


def compute(
    world: World,
    out: Path,
    stack: ExitStack,
    *,
    as_of: date = TODAY,
    threads: int | None = None,
    settings: OwnSettings | None = None,
) -> Result:
    """Run `own` over a world."""
    connection = stack.enter_context(connect(threads=threads))
    world.load(connection)
    return Result(own(connection, out, as_of=as_of, settings=settings), out, connection)


def verdicts(result: Result, rule: str) -> dict[tuple[str, str], str]:
    return {
        (row["controller_party_id"], row["company_party_id"]): row["verdict"]
        for row in result.table("control")
        if row["rule"] == rule
    }


def two_registers(probability: float = 0.93) -> World:
    """One person, known to two registers, with a company in each."""
    world = World()
    world.record("gb:p1a", "p1", "person")
    world.record("sk:p1b", "p1", "person")
    world.same("gb:p1a", "sk:p1b", probability)
    return world
