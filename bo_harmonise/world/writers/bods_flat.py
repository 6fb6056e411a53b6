"""Beneficial Ownership Data Standard 0.2 and 0.3: a JSON array of flat statements.

Made from the 0.4 shape, undoing what 0.4 changed (BODS-0.4.md section 8): statements have no record ids and
point to each other by statement id, codes of 0.2 are in kebab-case, exclusive bounds are flags.
"""

import json
from collections.abc import Sequence
from typing import Literal, TextIO

from bo_harmonise.world.writers.bods import (
    Entity,
    Json,
    Person,
    Publisher,
    Relationship,
    Statement,
    content,
    statement_id,
)

FlatVersion = Literal["0.2", "0.3"]

_STATEMENT_TYPES = {
    Entity: "entityStatement",
    Person: "personStatement",
    Relationship: "ownershipOrControlStatement",
}
# Codes of 0.2 that are not the kebab-case form of today's.
_OLD_INTERESTS = {
    "settlor": "settlor-of-trust",
    "trustee": "trustee-of-trust",
    "protector": "protector-of-trust",
    "beneficiaryOfLegalArrangement": "beneficiary-of-trust",
}


def write_flat_array(
    statements: Sequence[Statement], publisher: Publisher, out: TextIO, version: FlatVersion
) -> None:
    """Write statements as an array of BODS 0.2 or 0.3."""
    ids = {s.record_id: statement_id(s, version) for s in statements}
    people = {s.record_id for s in statements if isinstance(s, Person)}
    flat = [_flat(s, publisher, version, ids, people) for s in statements]
    json.dump(flat, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _flat(
    statement: Statement, publisher: Publisher, version: FlatVersion, ids: dict[str, str], people: set[str]
) -> Json:
    nested = content(statement, publisher)
    details: Json = nested["recordDetails"]
    head = {
        "statementID": ids[statement.record_id],
        "statementType": _STATEMENT_TYPES[type(statement)],
        "statementDate": statement.date,
    }
    if isinstance(statement, Entity):
        body = _entity(details, version)
    elif isinstance(statement, Person):
        body = _person(details, version)
    else:
        body = _relationship(details, version, ids, people)
    tail = {key: nested[key] for key in ("annotations", "publicationDetails", "source") if key in nested}
    tail["publicationDetails"]["bodsVersion"] = version
    return head | body | tail


def _entity(details: Json, version: FlatVersion) -> Json:
    flat = _party(details, "unspecifiedEntityDetails", version)
    flat["entityType"] = details["entityType"]["type"]
    if version == "0.2" and "jurisdiction" in flat:
        flat["incorporatedInJurisdiction"] = flat.pop("jurisdiction")
    return flat


def _person(details: Json, version: FlatVersion) -> Json:
    flat = _party(details, "unspecifiedPersonDetails", version)
    for name in flat.get("names", []):
        name["type"] = "individual" if name["type"] == "legal" else name["type"]
    if version == "0.2" and "politicalExposure" in flat:
        flat["hasPepStatus"] = flat.pop("politicalExposure")["status"] == "isPep"
    return flat


def _party(details: Json, reason_key: str, version: FlatVersion) -> Json:
    flat = dict(details)
    if "addresses" in flat:
        flat["addresses"] = [a | {"country": a["country"]["code"]} for a in flat["addresses"]]
    if reason_key in flat:
        flat[reason_key] = _unspecified(flat[reason_key], version)
    return flat


def _relationship(details: Json, version: FlatVersion, ids: dict[str, str], people: set[str]) -> Json:
    party = details["interestedParty"]
    if isinstance(party, str):
        kind = "Person" if party in people else "Entity"
        interested: Json = {f"describedBy{kind}Statement": ids[party]}
    else:
        interested = {"unspecified": _unspecified(party, version)}
    flat: Json = {"isComponent": details["isComponent"]}
    if "componentRecords" in details:
        flat["componentStatementIDs"] = [ids[record] for record in details["componentRecords"]]
    return flat | {
        "subject": {"describedByEntityStatement": ids[details["subject"]]},
        "interestedParty": interested,
        "interests": [_interest(i, version) for i in details.get("interests", [])],
    }


def _interest(interest: Json, version: FlatVersion) -> Json:
    flat = dict(interest)
    if version == "0.2":
        flat["type"] = _OLD_INTERESTS.get(flat["type"]) or kebab(flat["type"])
        flat["interestLevel"] = flat.pop("directOrIndirect")
    if "share" in flat:
        share = dict(flat["share"])
        for bound in ("Minimum", "Maximum"):
            if f"exclusive{bound}" in share:
                share[bound.lower()] = share[f"exclusive{bound}"]
                share[f"exclusive{bound}"] = True
        flat["share"] = share
    return flat


def _unspecified(unspecified: Json, version: FlatVersion) -> Json:
    if version == "0.3":
        return unspecified
    return unspecified | {"reason": kebab(unspecified["reason"])}


def kebab(code: str) -> str:
    """Return a code of today in the spelling of 0.2.

    >>> kebab("appointmentOfBoard")
    'appointment-of-board'
    """
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in code)
