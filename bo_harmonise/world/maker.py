"""Draw the parties of a world: people and companies as single figures; `structures` puts them together."""

from random import Random
from typing import cast

from bo_harmonise.world.company_names import CompanyName, NameBook
from bo_harmonise.world.draw import Weighted, below, between, day, pick
from bo_harmonise.world.model import (
    Arrangement,
    Cell,
    Company,
    Party,
    Person,
    Role,
    Seat,
    Stake,
    Trouble,
)
from bo_harmonise.world.names import PersonName, culture
from bo_harmonise.world.numbers import Numbers, lei_of
from bo_harmonise.world.parameters import Parameters
from bo_harmonise.world.places import Place, place

LANGUAGES = {
    "GB": "english",
    "DK": "danish",
    "LV": "latvian",
    "SK": "slovak",
    "CY": "greek",
    "GE": "georgian",
    "AM": "armenian",
    "AE": "arabic",
    "HK": "chinese",
    "RU": "russian",
    "DE": "german",
    "AT": "german",
}
"""Language of the names of companies; offshore centres have one of their own."""

_HOMES = {
    "british": ("GB", "GB"),
    "irish": ("IE", "IE"),
    "danish": ("DK", "DK"),
    "german": ("DE", "DE"),
    "polish": ("PL", "PL"),
    "latvian": ("LV", "LV"),
    "slovak": ("SK", "SK"),
    "romanian": ("RO", "RO"),
    "indian": ("IN", "IN"),
    "russian": ("RU", "RU"),
    "ukrainian": ("UA", "UA"),
    "greek": ("GR", "GR"),
    "georgian": ("GE", "GE"),
    "armenian": ("AM", "AM"),
    "arabic": ("AE", "AE"),
    "chinese": ("CN", "CN"),
}
"""Nationality and usual residence of the people of a culture."""

_PASSPORT_SCHEMES = ("passport", "passport", "english")

ONSHORE = ("GB", "DK", "LV", "SK")
OFFSHORE = ("VG", "SC", "KY")
NATIVE = ("CY", "GE", "AM", "AE", "HK", "RU")

_AGENTS_PER_COMPANY = 1 / 250


class Maker:
    """Draw parties with numbers of their own; one maker makes one world, in order."""

    def __init__(self, seed: int, companies: int, parameters: Parameters) -> None:
        self.seed = seed
        self.parameters = parameters
        self.numbers = Numbers()
        self.names = NameBook()
        self.companies = 0
        self._people = 0
        self._arrangements = 0
        self._stakes = 0
        self._cultures = {
            country: Weighted(table, table.values()) for country, table in parameters["cultures"].items()
        }
        troubles = cast("dict[Trouble, float]", parameters["people"])
        shares = [*troubles.values()]
        self._troubles: Weighted[Trouble | None] = Weighted(
            [*troubles, None], [*shares, max(0.0, 1 - sum(shares))]
        )
        self.country = Weighted(parameters["countries"], parameters["countries"].values())
        self._agents = max(3, int(companies * _AGENTS_PER_COMPANY))
        self._agent_places: dict[tuple[str, int], Place] = {}

    def rate(self, table: str, name: str) -> float:
        """Return a parameter."""
        return float(self.parameters[table][name])

    def happens(self, random: Random, table: str, name: str) -> bool:
        """Draw whether a phenomenon happens."""
        return random.random() < self.rate(table, name)

    def person(
        self,
        cell: Cell,
        country: str,
        *,
        culture_name: str | None = None,
        is_male: bool | None = None,
        family: tuple[str, str] | None = None,
        father: str | None = None,
        home: Place | None = None,
        born: tuple[int, int] = (1940, 1997),
        name: PersonName | None = None,
        is_distinctive: bool = False,
    ) -> Person:
        """Draw a person who owns companies of a country; `is_distinctive` asks for a name that few have."""
        random = cell.random
        if culture_name is None:
            cultures = self._cultures.get(country) or self._cultures["other"]
            culture_name = name.culture if name else cultures.draw(random)
        if is_male is None:
            is_male = name.is_male if name else random.random() < 0.66
        nationality, residence = _HOMES[culture_name]
        if country in ONSHORE and random.random() < 0.9:
            residence = country
        if country in ONSHORE and random.random() < 0.35:
            nationality = country
        if culture_name == "russian" and country == "LV":
            nationality = "LV" if random.random() < 0.7 else "RU"
        self._people += 1
        source = culture(culture_name)
        home = home or place(random, residence)
        name = name or source.person(random, is_male=is_male, family=family, father=father)
        while is_distinctive and source.is_common(name):
            name = source.person(random, is_male=is_male, father=father)
        person = Person(
            key=self._people,
            name=name,
            birth=day(random, *born),
            nationality=nationality,
            residence=home.country,
            home=home,
            scheme=pick(random, _PASSPORT_SCHEMES),
            spelling=below(random, 12),
            is_official=random.random() < 0.004,
        )
        person.trouble = self._trouble(random, person)
        if person.trouble == "address":
            person.former_home = place(random, person.residence)
        elif person.trouble == "married":
            person.former_family = source.family_name(random)[1]
        if self.happens(random, "sanctions", "people"):
            person.is_listed = True
        cell.people.append(person)
        return person

    def _trouble(self, random: Random, person: Person) -> Trouble | None:
        """Draw what will differ in the records of a person."""
        trouble = self._troubles.draw(random)
        if trouble == "address" and culture(person.name.culture).is_common(person.name):
            return None
        if trouble == "married" and person.name.is_male:
            return None
        if trouble == "middle" and person.name.culture == "arabic":
            return None  # the names that are left would be those of too many
        return trouble

    def company(
        self,
        cell: Cell,
        country: str,
        *,
        name: CompanyName | None = None,
        first: str | None = None,
        seat: Place | None = None,
        lei: float | None = None,
        founded: tuple[int, int] = (1990, 2025),
    ) -> Company:
        """Draw a company; `lei` is how likely it has one."""
        random = cell.random
        language = LANGUAGES.get(country, "offshore")
        if name is None or not self.names.take(country, name):
            name = self.names.fresh(random, country, language, first=first)
        self.companies += 1
        is_office = country not in ONSHORE or random.random() < 0.25
        if seat is None:
            seat = self.agent_place(random, country) if is_office else place(random, country, is_office=True)
        company = Company(
            key=self.companies,
            country=country,
            name=name,
            seat=seat,
            number=self.numbers.fresh(country),
            founded=day(random, *founded),
            is_plc=name.form in ("PLC", "A/S", "AS", "a.s."),
        )
        lei = self.rate("company_records", "has_lei") if lei is None else lei
        if random.random() < lei:
            company.lei = lei_of(company.key)
        if self.happens(random, "company_records", "former_name"):
            company.former_name = self.names.fresh(random, country, language)
            company.renamed = day(random, 2012, 2024)
            if company.renamed <= company.founded:
                company.founded = f"{int(company.renamed[:4]) - 2}{company.founded[4:]}"
        if random.random() < 2 * self.rate("company_records", "moved"):
            company.former_seat = place(random, country, is_office=True)
        cell.companies.append(company)
        return company

    def agent_place(self, random: Random, country: str) -> Place:
        """Return the address of one of the formation agents of a country: many companies share each."""
        # The first agents have most of the companies.
        number = int(self._agents * random.random() ** 2.2)
        key = (country, number)
        if key not in self._agent_places:
            own = Random(f"{self.seed}/agent/{country}/{number}")  # noqa: S311
            self._agent_places[key] = place(own, country, is_office=True)
        return self._agent_places[key]

    def arrangement(self, cell: Cell, kind: str, country: str, name: str, founded: str) -> Arrangement:
        """Make a trust or a joint holding."""
        self._arrangements += 1
        made = Arrangement(
            self._arrangements, "trust" if kind == "trust" else "joint", country, name, founded
        )
        cell.arrangements.append(made)
        return made

    def stake(
        self,
        cell: Cell,
        owner: Party,
        company: Company | Arrangement,
        share: float,
        *,
        start: str | None = None,
        end: str | None = None,
        role: Role = "shares",
    ) -> Stake:
        """Let `owner` hold a share (per cent) of `company`."""
        self._stakes += 1
        floor = max(company.founded, owner.founded if not isinstance(owner, Person) else "2016-04-06")
        stake = Stake(self._stakes, owner, company, share, start or _after(cell.random, floor), end, role)
        cell.stakes.append(stake)
        return stake

    def seat(self, cell: Cell, person: Person, company: Company) -> None:
        """Let a person direct a company."""
        self._stakes += 1
        cell.board.append(Seat(self._stakes, person, company, _after(cell.random, company.founded)))

    def key(self) -> int:
        """Return a number that nothing else of the world has among stakes and offices."""
        self._stakes += 1
        return self._stakes


def _after(random: Random, floor: str) -> str:
    """Return a day after `floor` and before the first delivery."""
    first = max(int(floor[:4]) + 1, 2016)
    if first > 2025:
        return f"2026-{between(random, 1, 6):02d}-{between(random, 1, 28):02d}"
    return day(random, first, 2025)
