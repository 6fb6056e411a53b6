"""What is true in an invented world: people, companies, arrangements, and who holds what.

A world consists of cells: groups of parties that hold nothing in other cells. A cell is drawn, written and
forgotten, so that the size of a world is not bounded by memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from bo_harmonise.world.company_names import CompanyName
from bo_harmonise.world.names import PersonName
from bo_harmonise.world.places import Place

Trouble = Literal["address", "middle", "slip", "birth", "married"]


@dataclass(slots=True, eq=False)
class Person:
    """A natural person. `scheme` and `spelling` are those of the passport; birth is an ISO date."""

    key: int
    name: PersonName
    birth: str
    nationality: str
    residence: str
    home: Place
    scheme: str = "passport"
    spelling: int = 0
    former_family: str | None = None
    former_home: Place | None = None
    trouble: Trouble | None = None
    """What differs from one record to the next; the rest agrees, so that a careful reader can tell."""
    is_clean: bool = False
    """Whether clerks keep every detail: who is told from a namesake by one."""
    is_official: bool = False
    is_listed: bool = False
    phenomena: set[str] = field(default_factory=set)

    @property
    def party_id(self) -> str:
        """Identifier in the truth tables."""
        return f"P{self.key:08d}"


@dataclass(slots=True, eq=False)
class Company:
    """A company. `number` is that of its home register."""

    key: int
    country: str
    name: CompanyName
    seat: Place
    number: str
    founded: str
    lei: str | None = None
    former_name: CompanyName | None = None
    renamed: str | None = None
    former_seat: Place | None = None
    dissolved: str | None = None
    updated: str | None = None
    """When what the register says of it changed, from one delivery to another."""
    is_exchange_listed: bool = False
    is_listed: bool = False
    is_plc: bool = False
    files_person_behind: bool = False
    phenomena: set[str] = field(default_factory=set)

    @property
    def party_id(self) -> str:
        """Identifier in the truth tables."""
        return f"C{self.key:08d}"


@dataclass(slots=True, eq=False)
class Arrangement:
    """A trust or a joint holding: no company, but a link between people and companies."""

    key: int
    kind: Literal["trust", "joint"]
    country: str
    name: str
    founded: str
    phenomena: set[str] = field(default_factory=set)

    @property
    def party_id(self) -> str:
        """Identifier in the truth tables."""
        return f"A{self.key:08d}"


Party = Person | Company | Arrangement

Role = Literal["shares", "settlor", "trustee", "beneficiary", "joint"]


@dataclass(slots=True, eq=False)
class Stake:
    """`owner` holds `share` per cent of `company`, or has a role in an arrangement (and of its yield)."""

    key: int
    owner: Party
    company: Company | Arrangement
    share: float
    start: str
    end: str | None = None
    role: Role = "shares"


@dataclass(slots=True, eq=False)
class Seat:
    """An office: who directs a company and owns nothing of it by that."""

    key: int
    person: Person
    company: Company
    start: str


@dataclass(slots=True)
class RecordTruth:
    """Who a record of a register is."""

    party: Party
    register: str
    phenomena: set[str]


class Cell:
    """Parties that hold nothing outside; `pattern` is the structure they were drawn from."""

    def __init__(self, number: int, pattern: str, random: Random) -> None:
        self.number = number
        self.pattern = pattern
        self.random = random
        self.people: list[Person] = []
        self.companies: list[Company] = []
        self.arrangements: list[Arrangement] = []
        self.stakes: list[Stake] = []
        self.board: list[Seat] = []
        self.planted: list[tuple[str, tuple[Party, ...]]] = []
        """Planted patterns: what, and between whom."""
        self.records: dict[str, RecordTruth] = {}
        self.shown: set[tuple[Party, Company | Arrangement, str]] = set()
        """What registers show at the last delivery: (owner, company, register)."""
        self.written: dict[object, Any] = {}
        """What clerks made of it, so that every delivery says the same."""

    def record(self, record_id: str, party: Party, register: str, phenomena: set[str] | None = None) -> None:
        """Remember whose record it is."""
        known = self.records.get(record_id)
        if known is None:
            self.records[record_id] = RecordTruth(party, register, set(phenomena or ()))
        else:
            known.phenomena |= phenomena or set()

    def holders(self, company: Company | Arrangement) -> list[Stake]:
        """Return the stakes in a company that have not ended."""
        return [s for s in self.stakes if s.company is company and s.end is None]

    def people_behind(
        self, company: Company | Arrangement, share: float = 100.0
    ) -> Iterator[tuple[Person, float, bool]]:
        """Yield the people who hold a company, over whatever chain, with share and whether directly.

        Chains are walked, not solved: loops count once.
        """
        yield from self._behind(company, share, (company,))

    def _behind(
        self, company: Company | Arrangement, share: float, path: tuple[Party, ...]
    ) -> Iterator[tuple[Person, float, bool]]:
        for stake in self.holders(company):
            part = share * stake.share / 100
            if isinstance(stake.owner, Person):
                yield stake.owner, part, len(path) == 1
            elif stake.owner not in path:
                yield from self._behind(stake.owner, part, (*path, stake.owner))
