"""What the registers of an invented world have in common: files, clerks, how addresses are written."""

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Protocol

from bo_harmonise.world.clerks import Written, typing_error, write
from bo_harmonise.world.draw import pick
from bo_harmonise.world.maker import NATIVE, OFFSHORE, ONSHORE, Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.places import Place
from bo_harmonise.world.romanise import folded

COUNTRY_NAMES = {
    "GB": "United Kingdom",
    "IE": "Ireland",
    "DK": "Denmark",
    "LV": "Latvia",
    "SK": "Slovakia",
    "DE": "Germany",
    "AT": "Austria",
    "PL": "Poland",
    "RO": "Romania",
    "RU": "Russia",
    "UA": "Ukraine",
    "GR": "Greece",
    "CY": "Cyprus",
    "GE": "Georgia",
    "AM": "Armenia",
    "AE": "United Arab Emirates",
    "LB": "Lebanon",
    "HK": "Hong Kong",
    "CN": "China",
    "IN": "India",
    "VG": "Virgin Islands, British",
    "SC": "Seychelles",
    "KY": "Cayman Islands",
}


class Register(Protocol):
    """A register takes one cell after the other and writes what it knows of it."""

    @property
    def name(self) -> str:
        """Name of the register."""

    def show(self, cell: Cell) -> None:
        """Write the records of a cell; tell the cell whose they are and what they show."""

    def finish(self) -> None:
        """Write what can only be written at the end."""


class Writer:
    """Base of the registers: where the files are, when they are from, and what clerks wrote before."""

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        self.maker = maker
        self.folder = folder
        self.date = date
        self.files = files

    def finish(self) -> None:
        """Write nothing at the end."""

    def random(self, cell: Cell, *key: object) -> Random:
        """Return the chance of one record: it does not depend on what else is written."""
        return Random(f"{self.maker.seed}/{cell.number}/{key}")  # noqa: S311

    def written(
        self, cell: Cell, person: Person, register: str, *key: object, may_err: bool = True
    ) -> Written:
        """Return how a clerk wrote a person in one record, the same at every delivery."""
        place = (register, person.key, *key)
        found = cell.written.get(place)
        if not isinstance(found, Written):
            found = write(self.maker, self.random(cell, *place), person, register, may_err=may_err)
            cell.written[place] = found
        return found

    def foreign_name(self, cell: Cell, company: Company, register: str, *key: object) -> tuple[str, set[str]]:
        """Return how a clerk wrote the name of a company from abroad, and what happened to it."""
        place = ("company", register, company.key, *key)
        found = cell.written.get(place)
        if not isinstance(found, tuple):
            found = self._foreign_name(self.random(cell, *place), company, register)
            cell.written[place] = found
        return found

    def _foreign_name(self, random: Random, company: Company, register: str) -> tuple[str, set[str]]:
        phenomena: set[str] = set()
        source = company.name
        # Whom no register knows by both names nobody could find under the old one.
        is_known = company.lei is not None or company.country in (*ONSHORE, *OFFSHORE, *NATIVE)
        if (
            company.former_name
            and is_known
            and self.maker.happens(random, "company_records", "old_name_used")
        ):
            source = company.former_name
            phenomena.add("old_name")
        name = source.latin.replace('"', "")
        if source.language == "english":
            form = (
                pick(random, ("Limited", "Ltd", "Ltd.", "LTD"))
                if source.form in ("LIMITED", "LTD")
                else source.form
            )
            name = f"{source.inside} {form}"
        if source.script != "latin":
            phenomena.add("romanised")
        if register == "gb" or random.random() < 0.3:
            name = folded(name)
        if random.random() < 0.2:
            name = name.upper()
        if self.maker.happens(random, "company_records", "typing_error"):
            name = typing_error(random, name)
            phenomena.add("typing_error")
        return name, phenomena

    def told(
        self, cell: Cell, register: str, company: Company, now: Iterable[Person]
    ) -> dict[Person, str | None]:
        """Return whom a register names behind a company: those of now, and those of before with their end.

        Who was named at an earlier delivery and holds nothing any more stays in the file, as ended.
        """
        known: dict[Person, str | None] = cell.written.setdefault(("told", register, company.key), {})
        current = list(now)
        ended = max((stake.end for stake in cell.stakes if stake.end), default=self.date)
        for person, end in known.items():
            if person not in current and end is None:
                known[person] = ended
        known |= dict.fromkeys(current)
        return dict(known)

    def seat(self, cell: Cell, company: Company, register: str) -> tuple[Place, set[str]]:
        """Return the address that a foreign register has of a company: the former one now and then."""
        random = self.random(cell, "seat", register, company.key)
        if company.former_seat and random.random() < 0.5:
            return company.former_seat, {"moved"}
        return company.seat, set()


def first_line(place: Place) -> str:
    """Return building, street, number and unit the way they are written in the country.

    >>> first_line(Place("GB", "High Street", 12, "Hull", "HU1 9ZZ", 3))
    'Flat 3, 12 High Street'
    >>> first_line(Place("DK", "Skovvej", 12, "Aarhus C", "8000", 7))
    'Skovvej 12, 2. tv'
    """
    number = place.number
    if place.country in ("GB", "IE", "IN", "HK", "AE", "LB", "CN", "VG", "SC", "KY"):
        unit = f"Flat {place.unit}, " if place.unit and place.country == "GB" else ""
        unit = (
            f"Unit {place.unit}, " if place.unit and place.country in ("HK", "AE", "CN", "IN", "IE") else unit
        )
        if place.building:
            return f"{place.building}, {place.street}"
        return f"{unit}{number} {place.street}"
    if place.country == "DK":
        return f"{place.street} {number}" + (f", {floor(place)}. {door(place)}" if place.unit else "")
    if place.country == "LV":
        return f"{place.street} {number}" + (f" - {place.unit}" if place.unit else "")
    return f"{place.street} {number}" + (f"/{place.unit}" if place.unit else "")


def floor(place: Place) -> str:
    """Return the floor of a Danish flat."""
    return str(1 + (place.unit or 0) % 6)


def door(place: Place) -> str:
    """Return the door of a Danish flat."""
    return ("th", "tv", "mf")[(place.unit or 0) % 3]


def one_line(place: Place) -> str:
    """Return the whole address but the country in one line."""
    return ", ".join(part for part in (first_line(place), place.town, place.post_code) if part)


def digest(text: str) -> str:
    """Return the md5 of a text, as keys of records have it."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
