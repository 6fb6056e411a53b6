"""A list of sanctioned people and companies, as FollowTheMoney entities, to screen against."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bo_harmonise.world.draw import day
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.registers.base import Writer, one_line
from bo_harmonise.world.writers.containers import text_file
from bo_harmonise.world.writers.ftm import Entity, write_entities

NAME = "ftm"

_DATASET = "xx_seven_seas_sanctions"


class SanctionsList(Writer):
    """A list of people and companies."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        self._out = files.enter_context(text_file(folder / NAME / "entities.ftm.json"))

    def show(self, cell: Cell) -> None:
        """Write who of a cell is on the list."""
        listed = [self._person(cell, person) for person in cell.people if person.is_listed]
        listed += [self._company(cell, company) for company in cell.companies if company.is_listed]
        write_entities(listed, self._out)

    def _person(self, cell: Cell, person: Person) -> Entity:
        found = self.written(cell, person, "list")
        is_latin = person.name.full.isascii()
        names = (found.full,) if is_latin else (found.full, person.name.full)
        other = self.written(cell, person, "list", "alias", may_err=False)
        aliases = (other.full,) if other.full not in names else ()
        birth = found.birth
        cell.record(
            f"{NAME}:person:xs-p-{person.key}", person, NAME, found.phenomena | person.phenomena | {"listed"}
        )
        return self._entity(
            f"xs-p-{person.key}",
            "Person",
            found.full,
            {
                "name": names,
                "alias": aliases,
                "birthDate": (birth,) if birth else (),
                "nationality": (person.nationality.lower(),),
                "address": (one_line(person.home),),
                "topics": ("sanction",),
            },
        )

    def _company(self, cell: Cell, company: Company) -> Entity:
        name, phenomena = self.foreign_name(cell, company, "list")
        names = (name,) if company.name.script == "latin" else (name, company.name.native)
        cell.record(
            f"{NAME}:entity:xs-c-{company.key}", company, NAME, phenomena | company.phenomena | {"listed"}
        )
        return self._entity(
            f"xs-c-{company.key}",
            "Company",
            name,
            {
                "name": names,
                "jurisdiction": (company.country.lower(),),
                "registrationNumber": (company.number,),
                "address": (one_line(company.seat),),
                "topics": ("sanction",),
            },
        )

    def _entity(self, key: str, schema: str, caption: str, properties: dict[str, tuple[str, ...]]) -> Entity:
        return Entity(
            id=key,
            schema=schema,
            caption=caption,
            properties=properties,
            datasets=(_DATASET,),
            last_seen=f"{self.date}T06:00:00",
        )


def stranger(maker: Maker, cell: Cell) -> None:
    """Put somebody on the list who owns nothing and has the name of an owner, or no owner's."""
    person = cell.people[0]
    namesake = (
        maker.person(cell, "VG", name=replace(person.name))
        if cell.random.random() < 0.5
        else maker.person(cell, "VG")
    )
    while namesake.birth[:4] == person.birth[:4]:
        namesake.birth = day(cell.random, 1940, 2004)
    namesake.is_listed = True
    namesake.is_clean = True
    namesake.trouble = namesake.former_home = namesake.former_family = None
    namesake.phenomena.add("stranger")
