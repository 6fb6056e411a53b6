"""Beneficial Ownership Data Standard: 0.4 (JSON Lines or array), 0.3 and 0.2 (array of flat statements).

Sources: REGISTERS.md section 8, BODS-0.4.md. One set of dataclasses describes the statements; the version
decides their shape.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
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
    """Name of a person. `type` is a code of 0.4; `legal` becomes `individual` in 0.2 and 0.3."""

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


def statement_id(statement: Statement, version: Version) -> str:
    """Return the id of a statement: a UUID of its record, date and status."""
    return str(
        uuid.uuid5(_NAMESPACE, f"{version}/{statement.record_id}/{statement.date}/{statement.status}")
    )


def write_json_lines(statements: Iterable[Statement], publisher: Publisher, out: TextIO) -> None:
    """Write BODS 0.4 as JSON Lines."""
    for statement in statements:
        content = _statement(statement, publisher)
        out.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_array(
    statements: Sequence[Statement], publisher: Publisher, out: TextIO, version: Version = "0.4"
) -> None:
    """Write a JSON array of statements in any of the three versions."""
    if version == "0.4":
        content = [_statement(statement, publisher) for statement in statements]
    else:
        latest = {s.record_id: statement_id(s, version) for s in reversed(statements)}
        content = [_flat(statement, publisher, version, latest) for statement in statements]
    json.dump(content, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _statement(statement: Statement, publisher: Publisher) -> Json:
    kinds = {Entity: "entity", Person: "person", Relationship: "relationship"}
    return _known(
        {
            "statementId": statement_id(statement, "0.4"),
            "declarationSubject": statement.subject_of_declaration,
            "statementDate": statement.date,
            "declaration": statement.declaration,
            "publicationDetails": _publication(publisher, "0.4"),
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
            "names": [_name(n, n.type) for n in statement.names],
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


def _flat(statement: Statement, publisher: Publisher, version: Version, latest: dict[str, str]) -> Json:
    """Return the flat statement of 0.2 or 0.3; parties are named by statement, not by record."""
    kinds = {
        Entity: "entityStatement",
        Person: "personStatement",
        Relationship: "ownershipOrControlStatement",
    }
    head = {
        "statementID": statement_id(statement, version),
        "statementType": kinds[type(statement)],
        "statementDate": statement.date,
    }
    old = version == "0.2"
    if isinstance(statement, Entity):
        details: Json = {
            "entityType": statement.type,
            "unspecifiedEntityDetails": _unspecified(statement.unspecified, is_kebab=old),
            "name": statement.name,
            "alternateNames": list(statement.alternate_names),
            "incorporatedInJurisdiction" if old else "jurisdiction": _place(statement.jurisdiction),
            "identifiers": _identifiers(statement.identifiers),
            "foundingDate": statement.founded,
            "dissolutionDate": statement.dissolved,
            "addresses": [_address(a, is_flat=True) for a in statement.addresses],
            "publicListing": None if old else statement.public_listing,
        }
    elif isinstance(statement, Person):
        is_pep = statement.pep_status == "isPep" if statement.pep_status else None
        details = {
            "personType": statement.type,
            "unspecifiedPersonDetails": _unspecified(statement.unspecified, is_kebab=old),
            "names": [_name(n, "individual" if n.type == "legal" else n.type) for n in statement.names],
            "identifiers": _identifiers(statement.identifiers),
            "nationalities": [_place(n) for n in statement.nationalities],
            "birthDate": statement.birth_date,
            "addresses": [_address(a, is_flat=True) for a in statement.addresses],
            "hasPepStatus": is_pep if old else None,
            "politicalExposure": {"status": statement.pep_status}
            if statement.pep_status and not old
            else None,
        }
    else:
        details = _flat_relationship(statement, version, latest)
    return (
        head
        | {"isComponent": statement.is_component}
        | _known(
            details
            | {
                "annotations": [_annotation(a) for a in statement.annotations],
                "publicationDetails": _publication(publisher, version),
                "source": {"type": ["officialRegister"]},
            }
        )
    )


def _flat_relationship(statement: Relationship, version: Version, latest: dict[str, str]) -> Json:
    old = version == "0.2"
    party: Json
    if isinstance(statement.party, Unspecified):
        party = {"unspecified": _unspecified(statement.party, is_kebab=old)}
    else:
        kind = "Person" if statement.party_is_person else "Entity"
        party = {f"describedBy{kind}Statement": latest[statement.party]}
    return {
        "componentStatementIDs": [latest[c] for c in statement.components],
        "subject": {"describedByEntityStatement": latest[statement.subject]},
        "interestedParty": party,
        "interests": [_flat_interest(i, is_kebab=old) for i in statement.interests],
    }


def _flat_interest(interest: Interest, *, is_kebab: bool) -> Json:
    content = _interest(interest)
    content["type"] = _kebab(interest.type) if is_kebab else interest.type
    if is_kebab:
        content["interestLevel"] = content.pop("directOrIndirect")
    if (share := interest.share) and share.exact is None:
        # Until 0.4 exclusiveness was a flag beside the bound.
        content["share"] = _known(
            {
                "minimum": share.minimum,
                "exclusiveMinimum": share.excludes_minimum or None,
                "maximum": share.maximum,
                "exclusiveMaximum": share.excludes_maximum or None,
            }
        )
    return content


def _publication(publisher: Publisher, version: Version) -> Json:
    return {
        "publicationDate": publisher.date,
        "bodsVersion": version,
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


def _unspecified(unspecified: Unspecified | None, *, is_kebab: bool = False) -> Json | None:
    if unspecified is None:
        return None
    reason = _kebab(unspecified.reason) if is_kebab else unspecified.reason
    return _known({"reason": reason, "description": unspecified.description})


def _name(name: Name, kind: str) -> Json:
    return _known(
        {
            "type": kind,
            "fullName": name.full,
            "familyName": name.family,
            "givenName": name.given,
            "patronymicName": name.patronymic,
        }
    )


def _identifiers(identifiers: Iterable[Identifier]) -> list[Json]:
    return [_known({"id": i.id, "scheme": i.scheme, "schemeName": i.scheme_name}) for i in identifiers]


def _address(address: Address, *, is_flat: bool = False) -> Json:
    country = address.country[1] if is_flat else _place(address.country)
    return _known(
        {"type": address.type, "address": address.address, "postCode": address.post_code, "country": country}
    )


def _place(place: tuple[str, str] | None) -> Json | None:
    return {"name": place[0], "code": place[1]} if place else None


def _kebab(code: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in code)


def _known(content: Json) -> Json:
    """Drop what is not known; false and zero are known."""
    return {key: value for key, value in content.items() if value is not None and value != []}
