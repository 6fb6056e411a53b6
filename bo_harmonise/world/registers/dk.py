"""Denmark: companies and people of the CVR, with legal owners in bands, beneficial owners and managers."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell, Company, Person, Stake
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import Writer, door, first_line, floor
from bo_harmonise.world.writers import dk_cvr
from bo_harmonise.world.writers.containers import gzip_file
from bo_harmonise.world.writers.dk_cvr_units import (
    Address,
    Participant,
    Role,
    legal_owner,
    real_owner,
    role,
)
from bo_harmonise.world.writers.dk_cvr_units import Company as Unit

NAME = "dk_cvr"

_BANDS = (0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 33.33, 50.0, 66.67, 90.0, 100.0)
_BAND_TEXTS = ("0", "0.05", "0.10", "0.15", "0.20", "0.25", "0.3333", "0.50", "0.6667", "0.90", "1.0")
_LEGAL_THRESHOLD = 5.0
_REAL_THRESHOLD = 25.0
_INDIRECT = {"SÆRLIGE_EJERFORHOLD": "Har indirekte besiddelser"}

_COMPANY_UNITS = 4_200_000_000
_PERSON_UNITS = 4_300_000_000
_FOREIGN_UNITS = 4_500_000_000


class Denmark(Writer):
    """Det Centrale Virksomhedsregister."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        self._out = files.enter_context(gzip_file(folder / NAME / f"cvr-permanent-{date}.ndjson.gz"))

    def show(self, cell: Cell) -> None:
        """Write the Danish companies of a cell and the people who take part in them."""
        people: dict[int, Participant] = {}
        companies = [
            self._company(cell, company, people)
            for company in cell.companies
            if company.country == "DK" and company.founded <= self.date
        ]
        if companies:
            dk_cvr.write_hits(companies, people.values(), self._out)

    def _company(self, cell: Cell, company: Company, people: dict[int, Participant]) -> Unit:
        cell.record(f"{NAME}:entity:{company.number}", company, NAME, company.phenomena)
        roles: dict[int, tuple[Participant, list[Role]]] = {}

        def of(person: Person) -> list[Role]:
            if person.key not in roles:
                roles[person.key] = (self._person(cell, person, people), [])
            return roles[person.key][1]

        companies: list[tuple[Participant, tuple[Role, ...]]] = []
        stakes = [s for s in cell.stakes if s.company is company and s.start <= self.date]
        for stake in stakes:
            if stake.share < _LEGAL_THRESHOLD:
                continue
            if isinstance(stake.owner, Person):
                of(stake.owner).append(legal_owner(_band(stake.share), stake.start, stake.end))
                self._shown(cell, stake, company)
            elif isinstance(stake.owner, Company):
                owner = (legal_owner(_band(stake.share), stake.start, stake.end),)
                companies.append((self._owner(cell, stake.owner), owner))
                self._shown(cell, stake, company)
        self._real_owners(cell, company, stakes, of)
        for seat in cell.board:
            if seat.company is company and seat.start <= self.date:
                of(seat.person).append(role("Direktion", "DIREKTØR", seat.start))
        former = company.former_name
        return Unit(
            unit=_COMPANY_UNITS + company.key,
            cvr=company.number,
            name=company.name.native,
            address=danish(company.seat),
            founded=company.founded,
            dissolved=company.dissolved,
            status="TVANGSOPLØST" if company.dissolved else "NORMAL",
            form=60 if company.name.form == "A/S" else 80,
            former_names=((former.native, company.founded, company.renamed or ""),) if former else (),
            has_owner_above_five_percent=any(s.end is None and s.share >= _LEGAL_THRESHOLD for s in stakes),
            participants=(*((who, tuple(held)) for who, held in roles.values()), *companies),
        )

    def _real_owners(
        self, cell: Cell, company: Company, stakes: list[Stake], of: Callable[[Person], list[Role]]
    ) -> None:
        held: dict[Person, list[tuple[float, bool]]] = {}
        for person, share, is_direct in cell.people_behind(company):
            held.setdefault(person, []).append((share, is_direct))
        named = {}
        for person, parts in held.items():
            total = sum(share for share, _ in parts)
            is_direct = all(direct for _, direct in parts)
            # Owners behind chains are often not registered.
            is_left = not is_direct and self.random(cell, "real", company.key, person.key).random() < 0.4
            if total >= _REAL_THRESHOLD and not is_left:
                values = {"EJERANDEL_PROCENT": _band(total), "EJERANDEL_STEMMERET_PROCENT": _band(total)}
                named[person] = values | ({} if is_direct else _INDIRECT)
                cell.written["real", company.key, person.key] = named[person]
        start = max(stakes[0].start if stakes else company.founded, "2017-12-01")
        for person, end in self.told(cell, NAME, company, named).items():
            of(person).append(real_owner(start, end, **cell.written["real", company.key, person.key]))
            if not company.dissolved and end is None:
                cell.shown.add((person, company, NAME))

    def _shown(self, cell: Cell, stake: Stake, company: Company) -> None:
        if not stake.end and not company.dissolved:
            cell.shown.add((stake.owner, company, NAME))

    def _person(self, cell: Cell, person: Person, people: dict[int, Participant]) -> Participant:
        if person.key not in people:
            found = self.written(cell, person, "dk")
            former: tuple[tuple[str, str, str], ...] = ()
            phenomena = found.phenomena - {"no_birth", "wrong_birth"}
            if person.former_family:
                former = ((" ".join((*found.given, person.former_family)), "2008-01-01", "2016-08-31"),)
                phenomena = phenomena | {"married"}
            people[person.key] = Participant(
                unit=_PERSON_UNITS + person.key,
                type="PERSON",
                name=found.full,
                address=danish(person.home),
                former_names=former,
            )
            record_id = f"{NAME}:person:{_PERSON_UNITS + person.key}"
            cell.record(
                record_id, person, NAME, (phenomena - {"moved"}) | person.phenomena | {"no_birth_register"}
            )
        return people[person.key]

    def _owner(self, cell: Cell, owner: Company) -> Participant:
        if owner.country == "DK":
            return Participant(
                unit=_COMPANY_UNITS + owner.key,
                type="VIRKSOMHED",
                name=owner.name.native,
                cvr=owner.number,
                address=danish(owner.seat),
            )
        name, phenomena = self.foreign_name(cell, owner, "dk")
        # The register has no numbers of companies abroad: the address must be right.
        unit = _FOREIGN_UNITS + owner.key
        cell.record(f"{NAME}:entity:enhed-{unit}", owner, NAME, phenomena | owner.phenomena | {"no_number"})
        return Participant(
            unit=unit,
            type="VIRKSOMHED",
            name=name,
            address=danish(owner.seat),
            organisation_type="Udenlandsk virksomhed",
        )


def _band(share: float) -> str:
    """Return the lower limit of the band of a share (per cent) as the register writes it.

    >>> _band(100.0), _band(50.0), _band(49.0), _band(66.0)
    ('1.0', '0.50', '0.3333', '0.50')
    """
    return next(
        text for low, text in zip(_BANDS[::-1], _BAND_TEXTS[::-1], strict=True) if share >= low - 1e-9
    )


def danish(place: Place) -> Address:
    """Return an address as the register keeps it: in parts, or as a text when it is abroad."""
    if place.country != "DK":
        lines = (first_line(place), " ".join(part for part in (place.post_code, place.town) if part))
        return Address(country=place.country, free_text="\n".join(lines))
    return Address(
        street=place.street,
        number=place.number,
        floor=floor(place) if place.unit else None,
        door=door(place) if place.unit else None,
        post_code=int(place.post_code),
        district=place.town,
    )
