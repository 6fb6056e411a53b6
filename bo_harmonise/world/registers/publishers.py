"""Two publishers of BODS 0.4: an offshore register in Latin letters, and one that keeps other scripts."""

from contextlib import ExitStack
from pathlib import Path

from bo_harmonise.world.maker import NATIVE, OFFSHORE, Maker
from bo_harmonise.world.model import Arrangement, Cell, Company, Person, Stake
from bo_harmonise.world.names import culture
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import COUNTRY_NAMES, Writer, one_line
from bo_harmonise.world.writers.bods import (
    Address,
    Entity,
    Identifier,
    Interest,
    Name,
    Publisher,
    Relationship,
    Share,
    Statement,
    Unspecified,
    write_json_lines,
)
from bo_harmonise.world.writers.bods import Person as PersonStatement
from bo_harmonise.world.writers.containers import gzip_file

_SCHEMES = {"GB": "GB-COH", "DK": "DK-CVR", "LV": "LV-RE", "SK": "SK-ICO", "CY": "CY-DRCOR", "GE": "GE-NAPR"}
_SCHEMES |= {"HK": "HK-CR"}


class BodsPublisher(Writer):
    """A publisher of beneficial ownership statements."""

    title: str
    clerk: str
    prefix: str
    countries: tuple[str, ...]

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        self.publisher = Publisher(name=self.title, url=f"https://{self.prefix.lower()}.example/", date=date)
        path = folder / "bods" / f"{self.title.lower().replace(' ', '-')}-bods-0.4-{date}.jsonl.gz"
        self._out = files.enter_context(gzip_file(path))

    @property
    def name(self) -> str:
        """Name of the register: each publisher is one of its own."""
        return "bods_" + self.title.lower().replace(" ", "_")

    def show(self, cell: Cell) -> None:
        """Write the companies of a cell that are of the publisher's countries."""
        statements: dict[str, Statement] = {}
        for company in cell.companies:
            if company.country in self.countries and company.founded <= self.date:
                self._company(cell, company, statements)
        # Statements come after what they point to, as the standard asks.
        write_json_lines(statements.values(), self.publisher, self._out)

    def _company(self, cell: Cell, company: Company, statements: dict[str, Statement]) -> None:
        record = self._entity(cell, company, company, statements)
        relationships: list[Statement] = []
        for stake in cell.stakes:
            if stake.company is company and stake.start <= self.date:
                relationships += self._holder(cell, company, record, stake, statements)
        if not cell.holders(company) and not company.is_exchange_listed:
            nobody = Unspecified(reason="informationUnknownToPublisher")
            relationships.append(self._relationship(f"{record}-R0", company, record, nobody, ()))
        statements |= {r.record_id: r for r in relationships}

    def _holder(
        self, cell: Cell, company: Company, record: str, stake: Stake, statements: dict[str, Statement]
    ) -> list[Statement]:
        owner = stake.owner
        shares = Share(exact=stake.share)
        key = f"{record}-R{stake.key}"
        if not company.dissolved and not stake.end:
            cell.shown.add((owner, company, self.name))
        is_person = isinstance(owner, Person)
        interest = Interest(
            type="shareholding",
            is_beneficial=True if is_person else None,
            share=shares,
            start=stake.start,
            end=stake.end,
        )
        if isinstance(owner, Person):
            party = self._person(cell, company, record, owner, statements)
            return [self._relationship(key, company, record, party, (interest,), end=stake.end)]
        if isinstance(owner, Company):
            party = self._entity(cell, company, owner, statements)
            return [self._relationship(key, company, record, party, (interest,), is_person=False)]
        return self._trust(cell, company, record, owner, (key, interest), statements)

    def _trust(
        self,
        cell: Cell,
        company: Company,
        record: str,
        trust: Arrangement,
        link: tuple[str, Interest],
        statements: dict[str, Statement],
    ) -> list[Statement]:
        """Write a trust as a component: what it holds, and who plays which role in it."""
        key, interest = link
        arrangement = f"{self.prefix}-T-{trust.key}"
        statements[arrangement] = Entity(
            record_id=arrangement,
            date=self._declared(company),
            subject_of_declaration=record,
            type="arrangement",
            subtype="trust",
            name=trust.name,
            jurisdiction=(COUNTRY_NAMES[trust.country], trust.country),
            is_component=True,
        )
        cell.record(f"{self.name}:entity:{arrangement}", trust, self.name)
        found: list[Statement] = [
            self._relationship(
                key, company, record, arrangement, (interest,), is_person=False, is_component=True
            )
        ]
        beneficiaries: list[tuple[Person, str, Stake]] = []
        for held in cell.holders(trust):
            kind = {"beneficiary": "beneficiaryOfLegalArrangement"}.get(held.role, held.role)
            if isinstance(held.owner, Person):
                party = self._person(cell, company, record, held.owner, statements)
                role = (Interest(type=kind, start=held.start),)
                found.append(
                    self._relationship(
                        f"{arrangement}-R{held.key}",
                        company,
                        arrangement,
                        party,
                        role,
                        is_component=True,
                        of=record,
                    )
                )
                cell.shown.add((held.owner, trust, self.name))
                if held.role == "beneficiary":
                    beneficiaries.append((held.owner, party, held))
        components = (arrangement, *(r.record_id for r in found))
        for person, party, held in beneficiaries:
            share = Share(minimum=25, maximum=100, excludes_minimum=True)
            behind = Interest(
                type="beneficiaryOfLegalArrangement",
                direct_or_indirect="indirect",
                is_beneficial=True,
                share=share,
                start=held.start,
            )
            found.append(
                self._relationship(
                    f"{record}-R{held.key}", company, record, party, (behind,), components=components
                )
            )
            if not company.dissolved:
                cell.shown.add((person, company, self.name))
        return found

    def _relationship(
        self,
        key: str,
        company: Company,
        subject: str,
        party: str | Unspecified,
        interests: tuple[Interest, ...],
        *,
        is_person: bool = True,
        is_component: bool = False,
        of: str | None = None,
        end: str | None = None,
        components: tuple[str, ...] = (),
    ) -> Relationship:
        return Relationship(
            record_id=key,
            date=end or self._declared(company),
            status="closed" if end else "new",
            subject_of_declaration=of or subject,
            declaration=f"decl-{of or subject}",
            subject=subject,
            party=party,
            party_is_person=is_person,
            interests=interests,
            is_component=is_component,
            components=components,
        )

    def _declared(self, company: Company) -> str:
        return f"2025-{1 + company.key % 12:02d}-{1 + company.key % 28:02d}"

    def _entity(
        self, cell: Cell, declarant: Company, company: Company, statements: dict[str, Statement]
    ) -> str:
        record = f"{self.prefix}-C-{company.key}"
        if record in statements:
            return record
        is_own = company.country in self.countries
        phenomena: set[str] = set(company.phenomena)
        seat = company.seat
        if is_own:
            name = company.name.native if self.clerk == "native" else company.name.latin
            others = [company.former_name.latin] if company.former_name else []
            if company.name.script != "latin" and self.clerk == "native":
                phenomena.add(f"script_{company.name.script}")
                if self.maker.happens(
                    self.random(cell, "both", company.key), "person_records", "both_scripts"
                ):
                    others.append(company.name.latin)
                    phenomena.add("both_scripts")
        else:
            name, slips = self.foreign_name(cell, company, self.prefix)
            seat, moved = self.seat(cell, company, self.prefix)
            others, phenomena = [], phenomena | slips | moved
        identifiers = [self._identifier(company)]
        if company.lei:
            identifiers.append(Identifier(id=company.lei, scheme="XI-LEI"))
        statements[record] = Entity(
            record_id=record,
            date=company.updated if is_own and company.updated else self._declared(declarant),
            status="updated" if is_own and company.updated else "new",
            subject_of_declaration=f"{self.prefix}-C-{declarant.key}",
            declaration=f"decl-{self.prefix}-C-{declarant.key}",
            name=name,
            alternate_names=tuple(others),
            jurisdiction=(COUNTRY_NAMES[company.country], company.country),
            identifiers=tuple(identifiers),
            founded=company.founded if is_own else None,
            dissolved=company.dissolved,
            addresses=(bods_address("registered", seat),),
            public_listing={"hasPublicListing": True} if company.is_exchange_listed else None,
        )
        cell.record(f"{self.name}:entity:{record}", company, self.name, phenomena)
        return record

    def _identifier(self, company: Company) -> Identifier:
        if company.country in _SCHEMES:
            return Identifier(id=company.number, scheme=_SCHEMES[company.country])
        return Identifier(id=company.number, scheme_name=f"{COUNTRY_NAMES[company.country]} company number")

    def _person(
        self, cell: Cell, company: Company, subject: str, person: Person, statements: dict[str, Statement]
    ) -> str:
        record = f"{self.prefix}-P-{person.key}"
        if record in statements:
            return record
        found = self.written(cell, person, self.clerk)
        random = self.random(cell, "person", self.prefix, person.key)
        phenomena = set(found.phenomena)
        source = culture(person.name.culture)
        is_native = self.clerk == "native" and source.script != "latin"
        if is_native and source.is_joined:
            full = found.family + "".join(found.given)
        elif is_native and source.script == "cyrillic":
            full = found.family_first
        else:
            full = found.full
        names = [
            Name(full=full, family=found.family, given=" ".join(found.given), patronymic=found.patronymic)
        ]
        if is_native and self.maker.happens(random, "person_records", "both_scripts"):
            latin = self.written(cell, person, "offshore", "both", may_err=False)
            names.append(Name(full=latin.full, type="transliteration"))
            phenomena.add("both_scripts")
        birth = found.birth[:7] if found.birth and random.random() < 0.6 else found.birth
        statements[record] = PersonStatement(
            record_id=record,
            date=self._declared(company),
            subject_of_declaration=subject,
            declaration=f"decl-{subject}",
            names=tuple(names),
            birth_date=birth,
            nationalities=((COUNTRY_NAMES[person.nationality], person.nationality),),
            addresses=(bods_address("service", found.address),),
            pep_status="isPep" if person.is_official else None,
        )
        cell.record(f"{self.name}:person:{record}", person, self.name, phenomena | person.phenomena)
        return record


class OffshoreRegister(BodsPublisher):
    """Register of three island states: Latin letters, partial birth dates."""

    title = "Tidewater Offshore Register"
    clerk = "offshore"
    prefix = "TOR"
    countries = OFFSHORE


class NativeRegister(BodsPublisher):
    """Register of states with other scripts, with a Latin spelling now and then."""

    title = "Seven Scripts Ownership Register"
    clerk = "native"
    prefix = "SSR"
    countries = NATIVE


def bods_address(kind: str, place: Place) -> Address:
    """Return an address as BODS has it."""
    return Address(
        type=kind,
        address=one_line(place),
        post_code=place.post_code or None,
        country=(COUNTRY_NAMES[place.country], place.country),
    )
