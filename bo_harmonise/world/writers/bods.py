"""Beneficial Ownership Data Standard 0.4 as JSON Lines.

Sources: REGISTERS.md section 8, BODS-0.4.md. `bods_flat.py` writes the same statements as 0.2 and 0.3.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TextIO

Json = dict[str, Any]
Version = Literal["0.2", "0.3", "0.4"]

_NAMESPACE = uuid.UUID("5b1f1c0e-6d0c-5d53-9c1c-0f0b0d5e0a11")


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who publishes, and when."""

    name: str
    url: str
    date: str
    license: str = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """Identifier of an entity or person: a scheme of org-id.guide, or the name of a scheme."""

    id: str
    scheme: str | None = None
    scheme_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Address:
    """Address; `country` is (name, ISO 3166-1 alpha-2)."""

    type: str
    address: str
    country: tuple[str, str]
    post_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Name:
    """Name of a person. `type` is a code of 0.4; `legal` was `individual` before."""

    full: str
    type: str = "legal"
    given: str | None = None
    family: str | None = None
    patronymic: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unspecified:
    """Why a party is not specified; `reason` is a code of 0.4."""

    reason: str
    description: str | None = None


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """Annotation on (part of) a statement."""

    target: str
    motivation: str
    description: str
    created: str
    transformed: str | None = None


@dataclass(frozen=True, kw_only=True)
class Share:
    """Share in per cent: exact, or bounds of which each may be exclusive."""

    exact: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    excludes_minimum: bool = False
    excludes_maximum: bool = False


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Interest; `type` is a code of 0.4."""

    type: str
    direct_or_indirect: str = "direct"
    is_beneficial: bool | None = None
    share: Share | None = None
    start: str | None = None
    end: str | None = None
    details: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Statement:
    record_id: str
    date: str
    subject_of_declaration: str
    status: str = "new"
    declaration: str | None = None
    is_component: bool = False
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entity(_Statement):
    """Statement about an entity."""

    type: str = "registeredEntity"
    subtype: str | None = None
    type_details: str | None = None
    name: str | None = None
    alternate_names: tuple[str, ...] = ()
    jurisdiction: tuple[str, str] | None = None
    identifiers: tuple[Identifier, ...] = ()
    founded: str | None = None
    dissolved: str | None = None
    addresses: tuple[Address, ...] = ()
    unspecified: Unspecified | None = None
    public_listing: Json | None = None


@dataclass(frozen=True, kw_only=True)
class Person(_Statement):
    """Statement about a natural person."""

    type: str = "knownPerson"
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    birth_date: str | None = None
    nationalities: tuple[tuple[str, str], ...] = ()
    tax_residencies: tuple[tuple[str, str], ...] = ()
    addresses: tuple[Address, ...] = ()
    unspecified: Unspecified | None = None
    pep_status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Relationship(_Statement):
    """Statement about an interest of `party` (a record id, or why it is not specified) in `subject`."""

    subject: str
    party: str | Unspecified
    party_is_person: bool = True
    interests: tuple[Interest, ...] = ()
    components: tuple[str, ...] = ()


Statement = Entity | Person | Relationship


def statement_id(statement: Statement, version: Version = "0.4") -> str:
    """Return the id of a statement: a UUID of its record, date and status."""
    return str(uuid.uuid5(_NAMESPACE, f"{version}/{statement.record_id}/{statement.date}/{statement.status}"))


def write_json_lines(statements: Iterable[Statement], publisher: Publisher, out: TextIO) -> None:
    """Write BODS 0.4 as JSON Lines."""
    # Not json.dump, which takes several times as long.
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    out.writelines(encode(content(statement, publisher)) + "\n" for statement in statements)


def content(statement: Statement, publisher: Publisher) -> Json:
    """Return a statement as the JSON object of BODS 0.4."""
    kinds = {Entity: "entity", Person: "person", Relationship: "relationship"}
    return _known(
        {
            "statementId": statement_id(statement),
            "declarationSubject": statement.subject_of_declaration,
            "statementDate": statement.date,
            "declaration": statement.declaration,
            "publicationDetails": _publication(publisher),
            "annotations": [_annotation(a) for a in statement.annotations],
            "source": {"type": ["officialRegister"]},
            "recordId": statement.record_id,
            "recordStatus": statement.status,
            "recordType": kinds[type(statement)],
            "recordDetails": _details(statement),
        }
    )


def _details(statement: Statement) -> Json:
    if isinstance(statement, Entity):
        kind = {"type": statement.type, "subtype": statement.subtype, "details": statement.type_details}
        details: Json = {
            "entityType": _known(kind),
            "unspecifiedEntityDetails": _unspecified(statement.unspecified),
            "name": statement.name,
            "alternateNames": list(statement.alternate_names),
            "jurisdiction": _place(statement.jurisdiction),
            "identifiers": _identifiers(statement.identifiers),
            "foundingDate": statement.founded,
            "dissolutionDate": statement.dissolved,
            "addresses": [_address(a) for a in statement.addresses],
            "publicListing": statement.public_listing,
        }
    elif isinstance(statement, Person):
        details = {
            "personType": statement.type,
            "unspecifiedPersonDetails": _unspecified(statement.unspecified),
            "names": [_name(n) for n in statement.names],
            "identifiers": _identifiers(statement.identifiers),
            "nationalities": [_place(n) for n in statement.nationalities],
            "birthDate": statement.birth_date,
            "taxResidencies": [_place(t) for t in statement.tax_residencies],
            "addresses": [_address(a) for a in statement.addresses],
            "politicalExposure": {"status": statement.pep_status} if statement.pep_status else None,
        }
    else:
        party = statement.party
        details = {
            "componentRecords": list(statement.components),
            "subject": statement.subject,
            "interestedParty": party if isinstance(party, str) else _unspecified(party),
            "interests": [_interest(i) for i in statement.interests],
        }
    return {"isComponent": statement.is_component} | _known(details)


def _interest(interest: Interest) -> Json:
    share = interest.share
    return _known(
        {
            "type": interest.type,
            "directOrIndirect": interest.direct_or_indirect,
            "beneficialOwnershipOrControl": interest.is_beneficial,
            "details": interest.details,
            "share": share
            and _known(
                {
                    "exact": share.exact,
                    "exclusiveMinimum" if share.excludes_minimum else "minimum": share.minimum,
                    "exclusiveMaximum" if share.excludes_maximum else "maximum": share.maximum,
                }
            ),
            "startDate": interest.start,
            "endDate": interest.end,
        }
    )


def _publication(publisher: Publisher) -> Json:
    return {
        "publicationDate": publisher.date,
        "bodsVersion": "0.4",
        "license": publisher.license,
        "publisher": {"name": publisher.name, "url": publisher.url},
    }


def _annotation(annotation: Annotation) -> Json:
    return _known(
        {
            "statementPointerTarget": annotation.target,
            "motivation": annotation.motivation,
            "description": annotation.description,
            "creationDate": annotation.created,
            "transformedContent": annotation.transformed,
        }
    )


def _unspecified(unspecified: Unspecified | None) -> Json | None:
    if unspecified is None:
        return None
    return _known({"reason": unspecified.reason, "description": unspecified.description})


def _name(name: Name) -> Json:
    return _known(
        {
            "type": name.type,
            "fullName": name.full,
            "familyName": name.family,
            "givenName": name.given,
            "patronymicName": name.patronymic,
        }
    )


def _identifiers(identifiers: Iterable[Identifier]) -> list[Json]:
    return [_known({"id": i.id, "scheme": i.scheme, "schemeName": i.scheme_name}) for i in identifiers]


def _address(address: Address) -> Json:
    return _known(
        {
            "type": address.type,
            "address": address.address,
            "postCode": address.post_code,
            "country": _place(address.country),
        }
    )


def _place(place: tuple[str, str] | None) -> Json | None:
    return {"name": place[0], "code": place[1]} if place else None


def _known(content: Json) -> Json:
    """Drop what is not known; false and zero are known."""
    return {key: value for key, value in content.items() if value is not None and value != []}
