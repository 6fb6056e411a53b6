"""Slovakia: partners of the public sector and their end users of benefits."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import Writer
from bo_harmonise.world.writers import sk_rpvs
from bo_harmonise.world.writers.containers import text_file

NAME = "sk_rpvs"

_THRESHOLD = 25.0
_FIRST_DAY = "2017-02-01"
_COUNTRIES = {
    "SK": ("Slovenská republika", "703"),
    "GB": ("Spojené kráľovstvo", "826"),
    "IE": ("Írsko", "372"),
    "DK": ("Dánsko", "208"),
    "LV": ("Lotyšsko", "428"),
    "DE": ("Nemecko", "276"),
    "PL": ("Poľsko", "616"),
    "RO": ("Rumunsko", "642"),
    "IN": ("India", "356"),
    "RU": ("Rusko", "643"),
    "UA": ("Ukrajina", "804"),
    "GR": ("Grécko", "300"),
    "GE": ("Gruzínsko", "268"),
    "AM": ("Arménsko", "051"),
    "AE": ("Spojené arabské emiráty", "784"),
    "CN": ("Čína", "156"),
}


class Slovakia(Writer):
    """Register partnerov verejného sektora."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        self._out = files.enter_context(text_file(folder / NAME / f"rpvs-partneri-{date}.jsonl"))

    def show(self, cell: Cell) -> None:
        """Write the Slovak companies of a cell, all of them partners of the public sector."""
        entries = [
            self._entry(cell, company)
            for company in cell.companies
            if company.country == "SK" and company.founded <= self.date
        ]
        sk_rpvs.write_entries(entries, self._out)

    def _entry(self, cell: Cell, company: Company) -> sk_rpvs.Entry:
        cell.record(f"{NAME}:entity:{company.number}", company, NAME, company.phenomena)
        since = max(company.founded, _FIRST_DAY)
        form = "121" if company.name.form == "a.s." else "112"
        common: dict[str, Any] = {
            "ico": company.number,
            "legal_form": form,
            "address": _address(company.key, company.seat),
        }
        partners = []
        if company.former_name and (company.renamed or "") > since:
            partners.append(
                sk_rpvs.Partner(
                    id=2 * company.key,
                    business_name=company.former_name.native,
                    valid_from=since,
                    valid_to=company.renamed,
                    **common,
                )
            )
        partners.append(
            sk_rpvs.Partner(
                id=2 * company.key + 1,
                business_name=company.name.native,
                valid_from=company.renamed if partners and company.renamed else since,
                **common,
            )
        )
        users = self._people(cell, company, since)
        return sk_rpvs.Entry(
            id=company.key,
            number=20_000 + company.key,
            partners=tuple(partners),
            end_users=tuple(users or self._companies(cell, company, since)),
            deleted_on=company.dissolved if company.dissolved and company.dissolved > since else None,
        )

    def _people(self, cell: Cell, company: Company, since: str) -> list[sk_rpvs.EndUser]:
        held: dict[Person, float] = {}
        starts: dict[Person, str] = {}
        for person, share, _ in cell.people_behind(company):
            held[person] = held.get(person, 0.0) + share
        for stake in cell.holders(company):
            if isinstance(stake.owner, Person):
                starts[stake.owner] = max(stake.start, since)
        named = self.told(cell, NAME, company, (p for p, share in held.items() if share >= _THRESHOLD))
        for stake in cell.stakes:
            if (
                stake.company is company
                and stake.end
                and stake.end > since
                and isinstance(stake.owner, Person)
            ):
                named.setdefault(stake.owner, stake.end)
        users = []
        for person, end in named.items():
            found = self.written(cell, person, "sk", company.key)
            row = row_number(company, person)
            users.append(
                sk_rpvs.EndUser(
                    id=row,
                    first_name=" ".join(found.given),
                    last_name=found.family,
                    birth_date=found.birth,
                    valid_from=since if end else starts.get(person, since),
                    valid_to=end,
                    is_public_official=person.is_official,
                    country=_COUNTRIES.get(person.nationality, _COUNTRIES["SK"]),
                    address=_address(10_000_000_000 + row, found.address),
                )
            )
            cell.record(f"{NAME}:person:{row}", person, NAME, found.phenomena | person.phenomena)
            if end is None and not company.dissolved:
                cell.shown.add((person, company, NAME))
        return users

    def _companies(self, cell: Cell, company: Company, since: str) -> list[sk_rpvs.EndUser]:
        """Name the company that holds it where nobody is known behind it."""
        users = []
        for stake in cell.holders(company):
            if isinstance(stake.owner, Company) and stake.share >= _THRESHOLD:
                row = row_number(company, stake.owner)
                name, phenomena = self.foreign_name(cell, stake.owner, "sk", company.key)
                is_slovak = stake.owner.country == "SK"
                users.append(
                    sk_rpvs.EndUser(
                        id=row,
                        business_name=name,
                        ico=stake.owner.number if is_slovak else None,
                        valid_from=since,
                        country=_COUNTRIES.get(stake.owner.country, _COUNTRIES["SK"]),
                        address=_address(10_000_000_000 + row, stake.owner.seat),
                    )
                )
                key = stake.owner.number if is_slovak else f"kuv-{row}"
                cell.record(f"{NAME}:entity:{key}", stake.owner, NAME, phenomena | stake.owner.phenomena)
                if not company.dissolved:
                    cell.shown.add((stake.owner, company, NAME))
        return users


def row_number(company: Company, owner: Person | Company) -> int:
    """Return the id of the row of an owner: the same at every delivery."""
    return company.key * 8192 + 2 * (owner.key % 4096) + isinstance(owner, Company)


def _address(key: int, place: Place) -> sk_rpvs.Address:
    number = f"{place.number}/{place.unit}" if place.unit else str(place.number)
    return sk_rpvs.Address(
        id=key,
        street=f"{place.building}, {place.street}" if place.building else place.street,
        orientation_number=number,
        city=place.town,
        city_code=f"SK0{place.post_code}" if place.country == "SK" else None,
        post_code=place.post_code or None,
    )
