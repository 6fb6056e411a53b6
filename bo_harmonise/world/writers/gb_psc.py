"""Companies House: the PSC snapshot (JSON Lines in a zip) and BasicCompanyData (CSV).

Formats: REGISTERS.md section 1; checked against real lines.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

Json = dict[str, Any]

PSC = "person-with-significant-control"
ROE = "beneficial-owner"

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

TOTALS_KIND = "totals#persons-of-significant-control-snapshot"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Address as Companies House keys it; parts that are not known are left out."""

    care_of: str | None = None
    po_box: str | None = None
    premises: str | None = None
    address_line_1: str | None = None
    address_line_2: str | None = None
    locality: str | None = None
    region: str | None = None
    country: str | None = None
    postal_code: str | None = None

    def content(self) -> Json:
        """Return the parts that are known."""
        return _known(vars(self))


@dataclass(frozen=True, kw_only=True)
class _Line:
    company_number: str
    notified_on: str | None = None
    ceased_on: str | None = None

    def _owner_path(self, segment: str, seed: str) -> str:
        key = link_id(self.company_number, segment, seed, self.notified_on or "")
        return f"/company/{self.company_number}/persons-with-significant-control/{segment}/{key}"


@dataclass(frozen=True, kw_only=True)
class _Owner(_Line):
    """What owners with details have in common. `is_overseas` = owner of an overseas entity (ROE kinds)."""

    name: str
    address: Address | None = None
    natures: tuple[str, ...] | None = None
    is_overseas: bool = False
    is_sanctioned: bool = False
    principal_office_address: Address | None = None
    seed: str | None = None
    """Tells the entry from others of the company, whatever is changed in it; else its name and end do."""

    def _owner_data(self, segment: str) -> Json:
        kind = f"{segment}-{ROE if self.is_overseas else PSC}"
        return {
            "address": self.address.content() if self.address else None,
            "ceased_on": self.ceased_on,
            "is_sanctioned": self.is_sanctioned if self.is_overseas else None,
            "kind": kind,
            "links": {
                "self": self._owner_path(
                    kind if self.is_overseas else segment, self.seed or f"{self.name}{self.ceased_on}"
                )
            },
            "name": self.name,
            "natures_of_control": list(self.natures) if self.natures is not None else None,
            "notified_on": self.notified_on,
            "principal_office_address": self.principal_office_address.content()
            if self.principal_office_address
            else None,
        }


@dataclass(frozen=True, kw_only=True)
class Individual(_Owner):
    """Natural person. `birth` is (year, month): the day is never published."""

    title: str | None = None
    forename: str | None = None
    middle_name: str | None = None
    surname: str | None = None
    birth: tuple[int, int] | None = None
    nationality: str | None = None
    country_of_residence: str | None = None
    identity_verification_details: Mapping[str, Any] | None = None

    def data(self) -> Json:
        """Return the `data` object of the line."""
        elements = {
            "forename": self.forename,
            "middle_name": self.middle_name,
            "surname": self.surname,
            "title": self.title,
        }
        return self._owner_data("individual") | {
            "country_of_residence": self.country_of_residence,
            "date_of_birth": {"month": self.birth[1], "year": self.birth[0]} if self.birth else None,
            "identity_verification_details": self.identity_verification_details,
            "name_elements": _known(elements) or None,
            "nationality": self.nationality,
        }


@dataclass(frozen=True, kw_only=True)
class Organisation(_Owner):
    """Corporate entity, or (`is_legal_person`) a state, public body or the like."""

    is_legal_person: bool = False
    country_registered: str | None = None
    legal_authority: str | None = None
    legal_form: str | None = None
    place_registered: str | None = None
    registration_number: str | None = None

    def data(self) -> Json:
        """Return the `data` object of the line."""
        identification = {
            "country_registered": self.country_registered,
            "legal_authority": self.legal_authority,
            "legal_form": self.legal_form,
            "place_registered": self.place_registered,
            "registration_number": self.registration_number,
        }
        segment = "legal-person" if self.is_legal_person else "corporate-entity"
        return self._owner_data(segment) | {"identification": _known(identification) or None}


@dataclass(frozen=True, kw_only=True)
class SuperSecure(_Line):
    """Protected person: nothing but existence is published. `seed` tells several of one company apart."""

    seed: str = ""
    is_overseas: bool = False
    has_ceased: bool = False

    def data(self) -> Json:
        """Return the `data` object of the line."""
        kind = f"super-secure-{ROE if self.is_overseas else PSC}"
        plural = f"super-secure-{ROE if self.is_overseas else 'persons-with-significant-control'}"
        segment = kind if self.is_overseas else "super-secure"
        return {
            "ceased": self.has_ceased,
            "description": plural,
            "kind": kind,
            "links": {"self": self._owner_path(segment, f"super-secure{self.seed}")},
        }


@dataclass(frozen=True, kw_only=True)
class Statement(_Line):
    """Statement instead of, or beside, a person with significant control."""

    statement: str
    linked_psc_name: str | None = None
    restrictions_notice_withdrawal_reason: str | None = None

    def data(self) -> Json:
        """Return the `data` object of the line."""
        path = f"/company/{self.company_number}/persons-with-significant-control-statements/"
        return {
            "ceased_on": self.ceased_on,
            "kind": "persons-with-significant-control-statement",
            "linked_psc_name": self.linked_psc_name,
            "links": {"self": path + link_id(self.company_number, self.statement, self.notified_on or "")},
            "notified_on": self.notified_on,
            "restrictions_notice_withdrawal_reason": self.restrictions_notice_withdrawal_reason,
            "statement": self.statement,
        }


@dataclass(frozen=True, kw_only=True)
class Exemptions(_Line):
    """Exemption from the duty: exemption type -> [(exempt_from, exempt_to or None)]."""

    items: Mapping[str, tuple[tuple[str, str | None], ...]] = field(default_factory=dict)

    def data(self) -> Json:
        """Return the `data` object of the line."""
        exemptions = {
            kind.replace("-", "_"): {
                "exemption_type": kind,
                "items": [_known({"exempt_from": start, "exempt_to": end}) for start, end in periods],
            }
            for kind, periods in self.items.items()
        }
        self_link = {"self": f"/company/{self.company_number}/exemptions"}
        return {"exemptions": exemptions, "kind": "exemptions", "links": self_link}


PscRecord = Individual | Organisation | SuperSecure | Statement | Exemptions


def link_id(*seeds: str) -> str:
    """Return an identifier shaped like those in `links.self`: 27 characters of URL-safe base64.

    >>> link_id("01234567", "individual")
    'mzYGg75LuuPNwAUqr_qsykBE39s'
    """
    digest = hashlib.sha1("\n".join(seeds).encode(), usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def psc_key(record: PscRecord) -> str:
    """Return `<company number>/<id of links.self>`, the key by which a record is told apart."""
    self_link: str = record.data()["links"]["self"]
    return f"{record.company_number}/{self_link.rsplit('/', 1)[1]}"


def psc_line(record: PscRecord) -> str:
    """Return one line of the snapshot: keys in alphabetical order, `&`, `<` and `>` escaped."""
    data = _known(record.data())
    # Encoded once, in the two parts between which the etag goes: the etag is a digest of them.
    before = _ENCODER.encode({key: value for key, value in data.items() if key < "etag"})[1:-1]
    after = _ENCODER.encode({key: value for key, value in data.items() if key > "etag"})[1:-1]
    digest = hashlib.sha1(f"{before}{after}".encode(), usedforsecurity=False).hexdigest()
    parts = ",".join(part for part in (before, f'"etag":"{digest}"', after) if part)
    return _escape(f'{{"company_number":"{record.company_number}","data":{{{parts}}}}}')


class PscWriter:
    """Write a snapshot: one line a record, then the totals line."""

    def __init__(self, out: TextIO, generated_at: datetime) -> None:
        self._out = out
        self._at = generated_at
        self.totals = {
            "persons_of_significant_control_count": 0,
            "statements_count": 0,
            "exemptions_count": 0,
        }

    def write(self, record: PscRecord) -> None:
        """Write the line of a record."""
        if isinstance(record, Statement):
            self.totals["statements_count"] += 1
        elif isinstance(record, Exemptions):
            self.totals["exemptions_count"] += 1
        else:
            self.totals["persons_of_significant_control_count"] += 1
        self._out.write(psc_line(record) + "\n")

    def finish(self) -> None:
        """Write the totals line."""
        at = self._at.strftime("%Y-%m-%dT%H:%M:%SZ")
        footer = {"kind": TOTALS_KIND, **self.totals, "generated_at": at}
        self._out.write(json.dumps({"data": footer}, separators=(",", ":")) + "\n")


def write_psc(records: Iterable[PscRecord], out: TextIO, generated_at: datetime) -> dict[str, int]:
    """Write a snapshot. Return the three totals."""
    writer = PscWriter(out, generated_at)
    for record in records:
        writer.write(record)
    writer.finish()
    return writer.totals


def _escape(text: str) -> str:
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _known(content: Mapping[str, Any]) -> Json:
    return {key: value for key, value in content.items() if value is not None}
