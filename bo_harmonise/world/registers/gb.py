"""United Kingdom: people with significant control, and the companies of BasicCompanyData."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bo_harmonise.world.draw import pick
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Arrangement, Cell, Company, Person, Stake
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import COUNTRY_NAMES, Writer
from bo_harmonise.world.romanise import folded
from bo_harmonise.world.writers import gb_companies
from bo_harmonise.world.writers.containers import zip_member
from bo_harmonise.world.writers.gb_psc import (
    Address,
    Exemptions,
    Individual,
    Organisation,
    PscWriter,
    Statement,
    link_id,
)

NAME = "gb_psc"

_THRESHOLD = 25.0
_NATIONALITIES = {
    "GB": ("British", "British", "English", "United Kingdom"),
    "IE": ("Irish",),
    "DK": ("Danish",),
    "LV": ("Latvian",),
    "SK": ("Slovak",),
    "DE": ("German",),
    "PL": ("Polish",),
    "RO": ("Romanian",),
    "IN": ("Indian",),
    "RU": ("Russian",),
    "UA": ("Ukrainian",),
    "GR": ("Greek",),
    "GE": ("Georgian",),
    "AM": ("Armenian",),
    "AE": ("Emirati",),
    "CN": ("Chinese",),
    "VG": ("British",),
}
_NATIONS = ("England", "England", "United Kingdom", "United Kingdom", "Scotland", "Wales")
_TITLES = {True: ("Mr", "Mr", "Mr", "Dr", "Mr."), False: ("Mrs", "Ms", "Miss", "Mrs", "Dr")}
_CATEGORIES = {
    "PLC": "Public Limited Company",
    "LLP": "Limited Liability Partnership",
}
_STATEMENTS = (
    "no-individual-or-entity-with-signficant-control",
    "psc-exists-but-not-identified",
    "steps-to-find-psc-not-yet-completed",
    "psc-details-not-confirmed",
)


class UnitedKingdom(Writer):
    """Companies House."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        at = datetime.fromisoformat(f"{date}T03:40:00+00:00")
        stem = f"persons-with-significant-control-snapshot-{date}"
        out = files.enter_context(zip_member(folder / NAME / f"{stem}.zip", f"{stem}.txt", at, level=1))
        self._lines = PscWriter(out, at)
        stem = f"BasicCompanyData-{date}-part1_1"
        self._companies = files.enter_context(
            zip_member(folder / NAME / f"{stem}.zip", f"{stem}.csv", at, level=1)
        )
        self._companies.write(gb_companies.header_line())

    def finish(self) -> None:
        """Write the totals line."""
        self._lines.finish()

    def show(self, cell: Cell) -> None:
        """Write the British companies of a cell."""
        for company in cell.companies:
            if company.country == "GB" and company.founded <= self.date:
                self._company(cell, company)

    def _company(self, cell: Cell, company: Company) -> None:
        cell.record(f"{NAME}:entity:{company.number}", company, NAME, company.phenomena)
        if not company.dissolved:
            self._companies.write(gb_companies.company_line(_entry(company)))
        if company.is_exchange_listed:
            items = {"disclosure-transparency-rules-chapter-five-applies": (("2017-06-26", None),)}
            self._lines.write(Exemptions(company_number=company.number, items=items))
            return
        stakes = [
            s for s in cell.stakes if s.company is company and s.share > _THRESHOLD and s.start <= self.date
        ]
        for stake in stakes:
            self._owner(cell, company, stake)
        if all(stake.end for stake in stakes):
            slug = (
                _STATEMENTS[0]
                if cell.holders(company)
                else pick(self.random(cell, "slug", company.key), _STATEMENTS)
            )
            self._lines.write(
                Statement(
                    company_number=company.number,
                    statement=slug,
                    notified_on=max(company.founded, "2016-06-30"),
                )
            )

    def _owner(self, cell: Cell, company: Company, stake: Stake) -> None:
        if isinstance(stake.owner, Person):
            self._person(cell, company, stake.owner, stake, _natures(cell, stake, stake.share, self))
        elif isinstance(stake.owner, Arrangement):
            for held in cell.holders(stake.owner):
                if held.role == "trustee" and isinstance(held.owner, Person):
                    self._person(
                        cell,
                        company,
                        held.owner,
                        stake,
                        _natures(cell, stake, stake.share, self, "-as-trust"),
                    )
        elif company.files_person_behind and stake.end is None:
            self._people_behind(cell, company, stake.owner, stake)
        else:
            self._organisation(cell, company, stake.owner, stake)

    def _people_behind(self, cell: Cell, company: Company, owner: Company, stake: Stake) -> None:
        """Name who is behind a company abroad in its place."""
        behind = {p: share for p, share, _ in cell.people_behind(owner, stake.share) if share > _THRESHOLD}
        for person, end in self.told(cell, f"{NAME}/{stake.key}", company, behind).items():
            key = ("natures", stake.key, person.key)
            if person in behind:
                cell.written[key] = _natures(cell, stake, behind[person], self)
            self._person(cell, company, person, stake, cell.written[key], end=end)

    def _person(
        self,
        cell: Cell,
        company: Company,
        person: Person,
        stake: Stake,
        natures: tuple[str, ...],
        *,
        end: str | None = None,
    ) -> None:
        found = self.written(cell, person, "gb", company.key, stake.key)
        random = self.random(cell, "psc", company.key, stake.key, person.key)
        address, phenomena = found.address, set(found.phenomena)
        is_elsewhere = person.trouble == "address" and not person.is_clean
        if is_elsewhere and self.maker.happens(random, "person_records", "agent_address"):
            address = company.seat
            phenomena = (phenomena - {"moved"}) | {"agent_address"}
        title = pick(random, _TITLES[person.name.is_male]) if random.random() < 0.9 else None
        middle = [*found.given[1:], *([found.patronymic] if found.patronymic else [])]
        parts = (title, found.given[0], *middle, found.family)
        nationalities = _NATIONALITIES.get(person.nationality, ("British",))
        residence = pick(random, _NATIONS) if person.residence == "GB" else COUNTRY_NAMES[person.residence]
        record = Individual(
            company_number=company.number,
            name=" ".join(part for part in parts if part),
            title=title,
            forename=found.given[0],
            middle_name=" ".join(middle) or None,
            surname=found.family,
            birth=(int(found.birth[:4]), int(found.birth[5:7])) if found.birth else None,
            nationality=pick(random, nationalities) if random.random() < 0.97 else None,
            country_of_residence=residence,
            address=british(address),
            natures=natures,
            notified_on=stake.start,
            ceased_on=end or stake.end,
            seed=f"{stake.key}/{person.key}",
        )
        self._lines.write(record)
        key = link_id(company.number, "individual", record.seed or "", stake.start)
        record_id = f"{NAME}:person:{company.number}/{key}"
        cell.record(record_id, person, NAME, phenomena | person.phenomena)
        if not record.ceased_on and not company.dissolved:
            cell.shown.add((person, company, NAME))

    def _organisation(self, cell: Cell, company: Company, owner: Company, stake: Stake) -> None:
        random = self.random(cell, "rle", company.key, owner.key)
        name, phenomena = self.foreign_name(cell, owner, "gb", company.key)
        is_british = owner.country == "GB"
        seat, moved = self.seat(cell, owner, f"gb/{company.key}") if not is_british else (owner.seat, set())
        phenomena = phenomena | moved | owner.phenomena
        # Nobody could tell a company without its number if its name and its address were other ones too.
        is_vague = bool(phenomena & {"old_name", "moved", "typing_error", "company_namesake"})
        has_number = is_vague or not self.maker.happens(random, "company_records", "no_number")
        number = owner.number if has_number else None
        if not has_number:
            phenomena.add("no_number")
        record = Organisation(
            company_number=company.number,
            name=name,
            address=british(seat),
            natures=_natures(cell, stake, stake.share, self),
            notified_on=stake.start,
            ceased_on=stake.end,
            country_registered=pick(random, ("England & Wales", "United Kingdom", "England And Wales"))
            if is_british
            else COUNTRY_NAMES[owner.country],
            legal_authority="Companies Act 2006" if is_british else "Company Law",
            legal_form="Private Limited Company" if is_british else "Limited Company",
            place_registered="Companies House" if is_british else f"{COUNTRY_NAMES[owner.country]} Register",
            registration_number=number,
            seed=f"{stake.key}",
        )
        self._lines.write(record)
        if is_british and number:
            record_id = f"{NAME}:entity:{owner.number}"
        else:
            key = link_id(company.number, "corporate-entity", record.seed or "", stake.start)
            record_id = f"{NAME}:entity:{company.number}/{key}"
        cell.record(record_id, owner, NAME, phenomena)
        if not stake.end and not company.dissolved:
            cell.shown.add((owner, company, NAME))


def _natures(cell: Cell, stake: Stake, share: float, writer: Writer, suffix: str = "") -> tuple[str, ...]:
    band = "75-to-100" if share >= 75 else "50-to-75" if share > 50 else "25-to-50"
    random = writer.random(cell, "natures", stake.key)
    natures = [f"ownership-of-shares-{band}-percent{suffix}"]
    if random.random() < 0.75:
        natures.append(f"voting-rights-{band}-percent{suffix}")
    if share > 50 and random.random() < 0.6:
        natures.append(f"right-to-appoint-and-remove-directors{suffix}")
    return tuple(natures)


def british(place: Place) -> Address:
    """Return an address as Companies House keys it."""
    if place.country == "GB":
        premises = f"Flat {place.unit}" if place.unit else str(place.number)
        street = f"{place.number} {place.street}" if place.unit else place.street
    elif place.building:
        premises, street = place.building, place.street
    elif place.country in ("IE", "IN", "HK", "AE", "LB", "CN"):
        premises, street = str(place.number), place.street
    else:
        premises = f"{place.number}/{place.unit}" if place.unit else str(place.number)
        street = place.street
    return Address(
        premises=premises,
        address_line_1=folded(street),
        locality=folded(place.town),
        country="England" if place.country == "GB" and place.number % 2 else COUNTRY_NAMES[place.country],
        postal_code=place.post_code or None,
    )


def _entry(company: Company) -> gb_companies.Company:
    previous = ((company.renamed or "", company.former_name.native),) if company.former_name else ()
    return gb_companies.Company(
        number=company.number,
        name=company.name.native,
        address=british(company.seat),
        incorporated=company.founded,
        category=_CATEGORIES.get(company.name.form.upper(), "Private Limited Company"),
        sic=(f"{62000 + below_key(company)} - Other service activities not elsewhere classified",),
        previous_names=previous,
    )


def below_key(company: Company) -> int:
    """Return a figure from 0 to 98 that belongs to the company."""
    return company.key * 37 % 99
