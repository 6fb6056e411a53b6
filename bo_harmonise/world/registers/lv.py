"""Latvia: the daily CSV files of the register of enterprises."""

import re
import unicodedata
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Arrangement, Cell, Company, Person, Stake
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import Writer, digest, first_line
from bo_harmonise.world.writers import lv_ur
from bo_harmonise.world.writers.containers import text_file

NAME = "lv_ur"

_OWNER_THRESHOLD = 25.0
_SHARES = 2800
_FILES: tuple[tuple[str, type[lv_ur.Row]], ...] = (
    ("register_name_history", lv_ur.FormerName),
    ("beneficial_owners", lv_ur.BeneficialOwner),
    ("members", lv_ur.Member),
    ("members_joint_owners", lv_ur.JointOwner),
    ("stockholders", lv_ur.Stockholder),
    ("officers", lv_ur.Officer),
)


class Latvia(Writer):
    """Uzņēmumu reģistrs."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        below = folder / NAME / date
        self._register = files.enter_context(text_file(below / "register.csv"))
        self._register.write(lv_ur.register_header())
        self._rows = {}
        for name, row_type in _FILES:
            out = files.enter_context(text_file(below / f"{name}.csv"))
            out.write(lv_ur.rows_header(row_type))
            self._rows[row_type] = out

    def show(self, cell: Cell) -> None:
        """Write the Latvian companies of a cell."""
        for company in cell.companies:
            if company.country == "LV" and company.founded <= self.date:
                self._company(cell, company)

    def _row(self, row: lv_ur.Row) -> None:
        self._rows[type(row)].write(lv_ur.row_line(row))

    def _company(self, cell: Cell, company: Company) -> None:
        cell.record(f"{NAME}:entity:{company.number}", company, NAME, company.phenomena)
        self._register.write(lv_ur.register_line(_entry(company)))
        if company.former_name:
            self._row(
                lv_ur.FormerName(
                    regcode=company.number, date_to=company.renamed or "", name=company.former_name.native
                )
            )
        for stake in cell.holders(company):
            if stake.start <= self.date:
                self._holder(cell, company, stake)
        self._beneficial_owners(cell, company)
        for seat in cell.board:
            if seat.company is company and seat.start <= self.date:
                name, code, birth = self._named(cell, company, seat.person)
                self._row(
                    lv_ur.Officer(
                        id=4 * seat.key,
                        at_legal_entity_registration_number=company.number,
                        name=name,
                        latvian_identity_number_masked=code,
                        birth_date=birth,
                        **_dates(seat.start),
                    )
                )

    def _holder(self, cell: Cell, company: Company, stake: Stake) -> None:
        """Write a member of an SIA or a stockholder of an AS."""
        owner = stake.owner
        party: dict[str, Any] = {
            "name": "",
            "latvian_identity_number_masked": "",
            "birth_date": "",
            "legal_entity_registration_number": "",
        }
        if isinstance(owner, Person):
            kind = "NATURAL_PERSON"
            named = self._named(cell, company, owner)
            party |= dict(zip(("name", "latvian_identity_number_masked", "birth_date"), named, strict=True))
        elif isinstance(owner, Arrangement):
            kind = "JOINT_OWNERS"
            cell.record(f"{NAME}:entity:joint/member/{4 * stake.key}", owner, NAME)
            self._joint(cell, company, owner, stake)
        else:
            kind, party["name"], party["legal_entity_registration_number"] = self._entity(cell, owner)
        common: dict[str, Any] = {
            "id": 4 * stake.key,
            "at_legal_entity_registration_number": company.number,
            "entity_type": kind,
            "number_of_shares": round(stake.share * _SHARES / 100),
            "date_from": stake.start,
            **party,
            **_dates(stake.start),
        }
        self._row(lv_ur.Stockholder(**common) if company.is_plc else lv_ur.Member(**common))
        if not company.dissolved:
            cell.shown.add((owner, company, NAME))

    def _joint(self, cell: Cell, company: Company, holding: Arrangement, stake: Stake) -> None:
        for number, held in enumerate(cell.holders(holding), start=1):
            if isinstance(held.owner, Person):
                # Without a birth date the record of a holder hangs on the joint holding.
                name, code, birth = self._named(
                    cell, company, held.owner, subject=f"joint/member/{4 * stake.key}"
                )
                self._row(
                    lv_ur.JointOwner(
                        id=4 * stake.key + number,
                        member_id=4 * stake.key,
                        entity_type="NATURAL_PERSON",
                        name=name,
                        latvian_identity_number_masked=code,
                        birth_date=birth,
                        **_dates(held.start),
                    )
                )
                cell.shown.add((held.owner, holding, NAME))

    def _entity(self, cell: Cell, owner: Company) -> tuple[str, str, str]:
        if owner.country == "LV":
            return "LEGAL_ENTITY", owner.name.native, owner.number
        name, phenomena = self.foreign_name(cell, owner, "lv")
        # The register has no addresses of members: the number is all there is beside the name.
        key = digest(f"number {owner.number.upper()}|{_words(name)}")
        cell.record(f"{NAME}:entity:{key}", owner, NAME, phenomena | owner.phenomena)
        return "FOREIGN_ENTITY", name, owner.number

    def _beneficial_owners(self, cell: Cell, company: Company) -> None:
        held: dict[Person, float] = {}
        for person, share, _ in cell.people_behind(company):
            held[person] = held.get(person, 0.0) + share
        for person, share in held.items():
            random = self.random(cell, "owner", company.key, person.key)
            if share <= _OWNER_THRESHOLD or random.random() < 0.1:
                continue
            _, code, birth = self._named(cell, company, person)
            found = self.written(cell, person, "lv")
            start = max(company.founded, "2018-01-10")
            self._row(
                lv_ur.BeneficialOwner(
                    id=10_000_000_000 + company.key * 4096 + person.key % 4096,
                    legal_entity_registration_number=company.number,
                    forename=" ".join(found.given),
                    surname=found.family,
                    latvian_identity_number_masked=code,
                    birth_date=birth,
                    nationality=person.nationality,
                    residence=person.residence,
                    **_dates(start),
                )
            )
            if not company.dissolved:
                cell.shown.add((person, company, NAME))

    def _named(
        self, cell: Cell, company: Company, person: Person, subject: str | None = None
    ) -> tuple[str, str, str]:
        """Return name, masked code and birth date of a person, and record whose they are."""
        found = self.written(cell, person, "lv")
        is_resident = person.residence == "LV"
        code = lv_ur.masked_code(found.birth) if found.birth and is_resident else ""
        birth = found.birth[:7] if found.birth and not is_resident else ""
        told = f"code {code}" if code else f"born {birth}" if birth else f"of {subject or company.number}"
        key = digest(f"{told}|{_words(found.family_first)}")
        cell.record(f"{NAME}:person:{key}", person, NAME, (found.phenomena - {"moved"}) | person.phenomena)
        return found.family_first, code, birth


def _dates(start: str) -> dict[str, Any]:
    return {"registered_on": start, "last_modified_at": f"{start} 10:15:00"}


def _words(name: str) -> str:
    """Return the words of a name without accents, in order: what the records of the register are told by.

    >>> _words("Lindegaard Mørch Sofie"), _words("Bērziņš Jānis-Pēteris")
    ('lindegaard mørch sofie', 'berzins janis peteris')
    """
    plain = unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    )
    return " ".join(sorted(word for word in re.split(r"[^\w]+|_", plain.lower()) if word))


def _entry(company: Company) -> lv_ur.Company:
    seat = company.seat
    return lv_ur.Company(
        regcode=company.number,
        inside=company.name.inside,
        type="AS" if company.is_plc else "SIA",
        before=company.name.form,
        registered=company.founded,
        terminated=company.dissolved,
        closed="L" if company.dissolved else " ",
        address=latvian(seat),
        index=seat.post_code,
        address_id=str(100_000_000 + company.key),
        has_sepa=not company.dissolved,
    )


def latvian(place: Place) -> str:
    """Return an address as the register writes it: the town first."""
    return f"{place.town}, {first_line(place)}"
