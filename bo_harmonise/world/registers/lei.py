"""The global LEI index: companies with an LEI, accounting parents, and why none is reported."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bo_harmonise.world.draw import pick
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.numbers import AUTHORITIES, OTHER_AUTHORITY
from bo_harmonise.world.places import Place
from bo_harmonise.world.registers.base import Writer, first_line
from bo_harmonise.world.writers import gleif_csv
from bo_harmonise.world.writers.containers import zip_member
from bo_harmonise.world.writers.gleif import (
    Address,
    LeiRecord,
    RelationshipRecord,
    ReportingException,
    write_repex_xml,
)

NAME = "gleif"

_CONSOLIDATES = 50.0
_LANGUAGES = {"GB": "en", "DK": "da", "LV": "lv", "SK": "sk", "CY": "el", "GE": "ka", "AM": "hy", "AE": "ar"}
_LANGUAGES |= {"HK": "zh", "RU": "ru", "DE": "de", "AT": "de"}


class LeiIndex(Writer):
    """GLEIF golden copy."""

    name = NAME

    def __init__(self, maker: Maker, folder: Path, date: str, files: ExitStack) -> None:
        super().__init__(maker, folder, date, files)
        self._at = datetime.fromisoformat(f"{date}T08:00:00+00:00")
        self._stem = f"{date.replace('-', '')}-0800-gleif-goldencopy-{{}}-golden-copy"
        self._records = self._csv("lei2")
        self._records.write(gleif_csv.lei_header())
        self._relationships = self._csv("rr")
        self._relationships.write(gleif_csv.rr_header())
        # The header of the XML file says how many there are: they are kept until the end.
        self._exceptions: list[ReportingException] = []

    def _csv(self, kind: str) -> TextIO:
        stem = self._stem.format(kind)
        path = self.folder / NAME / f"{stem}.csv.zip"
        return self.files.enter_context(zip_member(path, f"{stem}.csv", self._at, level=1))

    def finish(self) -> None:
        """Write the reporting exceptions."""
        stem = self._stem.format("repex")
        with zip_member(self.folder / NAME / f"{stem}.xml.zip", f"{stem}.xml", self._at, level=1) as out:
            write_repex_xml(self._exceptions, out, self._at)

    def show(self, cell: Cell) -> None:
        """Write the companies of a cell that have an LEI."""
        for company in cell.companies:
            if company.lei and company.founded <= self.date:
                self._company(cell, company)

    def _company(self, cell: Cell, company: Company) -> None:
        random = self.random(cell, "lei", company.key)
        seat, phenomena = self.seat(cell, company, "lei")
        name = company.name
        if company.former_name and self.maker.happens(random, "company_records", "old_name_used"):
            name = company.former_name
            phenomena.add("old_name")
        is_latin = name.script == "latin"
        if not is_latin:
            phenomena.add(f"script_{name.script}")
        language = _LANGUAGES.get(company.country, "en")
        cell.record(f"{NAME}:entity:{company.lei}", company, NAME, phenomena | company.phenomena)
        record = LeiRecord(
            lei=company.lei or "",
            name=name.native,
            language=language,
            other_names=((company.former_name.native, "PREVIOUS_LEGAL_NAME", language),)
            if company.former_name and name is company.name
            else (),
            transliterated_names=()
            if is_latin
            else ((name.latin, "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME", "en"),),
            legal_address=lei_address(seat, language),
            authority=AUTHORITIES.get(company.country, OTHER_AUTHORITY),
            authority_entity_id=company.number,
            jurisdiction=company.country,
            status="INACTIVE" if company.dissolved else "ACTIVE",
            expired=(company.dissolved, "DISSOLVED") if company.dissolved else None,
            registration_status="RETIRED"
            if company.dissolved
            else pick(random, ("ISSUED", "ISSUED", "ISSUED", "LAPSED")),
            created=company.founded,
            updated=company.updated or "2026-05-06",
        )
        self._records.write(gleif_csv.lei_line(record))
        self._parents(cell, company)

    def _parents(self, cell: Cell, company: Company) -> None:
        parent = self._parent(cell, company)
        if parent is None or not parent.lei:
            random = self.random(cell, "why", company.key)
            is_held_by_people = any(isinstance(s.owner, Person) for s in cell.holders(company))
            reason = (
                "NATURAL_PERSONS" if is_held_by_people else pick(random, ("NO_KNOWN_PERSON", "NON_PUBLIC"))
            )
            if parent is not None:
                reason = "NO_LEI"
            for level in ("DIRECT", "ULTIMATE"):
                self._exceptions.append(
                    ReportingException(
                        lei=company.lei or "",
                        category=f"{level}_ACCOUNTING_CONSOLIDATION_PARENT",
                        reasons=(reason,),
                    )
                )
            return
        self._parent_record(company, parent, "IS_DIRECTLY_CONSOLIDATED_BY")
        if not company.dissolved:
            cell.shown.add((parent, company, NAME))
        top = parent
        seen = {company, parent}
        while (above := self._parent(cell, top)) is not None and above not in seen:
            top = above
            seen.add(above)
        if top.lei:
            self._parent_record(company, top, "IS_ULTIMATELY_CONSOLIDATED_BY")
            if not company.dissolved:
                cell.shown.add((top, company, NAME))

    def _parent(self, cell: Cell, company: Company) -> Company | None:
        """Return the company that consolidates another one: it holds more than half."""
        for stake in cell.holders(company):
            if isinstance(stake.owner, Company) and stake.share > _CONSOLIDATES and stake.start <= self.date:
                return stake.owner
        return None

    def _parent_record(self, company: Company, parent: Company, kind: str) -> None:
        record = RelationshipRecord(
            start=company.lei or "",
            end=parent.lei or "",
            type=kind,
            periods=(("2019-01-01", None, "RELATIONSHIP_PERIOD"),),
            status="INACTIVE" if company.dissolved else "ACTIVE",
            accounting_standard="IFRS",
        )
        self._relationships.write(gleif_csv.rr_line(record))


def lei_address(place: Place, language: str) -> Address:
    """Return an address as the index has it."""
    return Address(
        first_line=first_line(place),
        city=place.town,
        country=place.country,
        post_code=f"LV-{place.post_code}" if place.country == "LV" else place.post_code or None,
        language=language if place.country in _LANGUAGES else "en",
    )
