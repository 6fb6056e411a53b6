"""Denmark, Det Centrale Virksomhedsregister: companies, participants, roles.

`dk_cvr.py` writes them.
"""

from dataclasses import dataclass
from typing import Literal

UnitType = Literal["PERSON", "VIRKSOMHED", "ANDEN_DELTAGER"]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Danish address in parts, or a foreign one as `free_text` with line breaks."""

    country: str = "DK"
    free_text: str | None = None
    street: str | None = None
    number: int | None = None
    letter: str | None = None
    floor: str | None = None
    door: str | None = None
    care_of: str | None = None
    town: str | None = None
    post_code: int | None = None
    district: str | None = None
    municipality: tuple[int, str] | None = None
    start: str | None = None


@dataclass(frozen=True, kw_only=True)
class Value:
    """Value of an attribute with its period."""

    value: str
    start: str | None
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Attribute with its values, oldest first."""

    type: str
    kind: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Role:
    """Membership of a participant in one organisation of a company.

    `organisation` is the name of the organisation (EJERREGISTER, Reelle ejere, Bestyrelse …).
    """

    organisation: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Person or company that takes part. `cvr` is known of Danish companies only."""

    unit: int
    type: UnitType
    name: str
    address: Address | None = None
    cvr: str | None = None
    organisation_type: str | None = None
    former_names: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Company:
    """Danish company with its participants: (participant, roles)."""

    unit: int
    cvr: str
    name: str
    address: Address
    founded: str
    dissolved: str | None = None
    status: str = "NORMAL"
    form: int = 80
    former_names: tuple[tuple[str, str, str], ...] = ()
    secondary_names: tuple[str, ...] = ()
    industry: tuple[str, str] = ("642120", "Ikke-finansielle holdingselskaber")
    capital: str = "40000.00"
    has_owner_above_five_percent: bool = True
    is_registered_in_error: bool = False
    is_advertising_protected: bool = False
    participants: tuple[tuple[Participant, tuple[Role, ...]], ...] = ()


def role(organisation: str, function: str, start: str, end: str | None = None, **attributes: str) -> Role:
    """Return a role with its function and, by name of the attribute, further values of the same period.

    >>> [a.type for a in role("EJERREGISTER", "", "2020-01-01", EJERANDEL_PROCENT="0.25").attributes]
    ['EJERANDEL_PROCENT']
    """
    kinds = {"EJERANDEL_PROCENT": "decimal", "EJERANDEL_STEMMERET_PROCENT": "decimal"}
    found = [
        Attribute(
            type=name, kind=kinds.get(name, "string"), values=(Value(value=value, start=start, end=end),)
        )
        for name, value in ({"FUNKTION": function} | attributes).items()
        if value
    ]
    return Role(organisation=organisation, attributes=tuple(found))


def legal_owner(lower_bound: str, start: str, end: str | None = None, votes: str | None = None) -> Role:
    """Return the role of a legal owner; `lower_bound` is the lower limit of the band as a fraction."""
    owner = role(
        "EJERREGISTER",
        "",
        start,
        end,
        EJERANDEL_PROCENT=lower_bound,
        EJERANDEL_STEMMERET_PROCENT=votes or lower_bound,
    )
    notice = Attribute(
        type="EJERANDEL_MEDDELELSE_DATO",
        kind="date",
        values=(Value(value=start, start=start, end=end),),
    )
    return Role(organisation=owner.organisation, attributes=(notice, *owner.attributes))


def real_owner(start: str, end: str | None = None, **attributes: str) -> Role:
    """Return the role of a beneficial owner ("Reel ejer")."""
    return role("Reelle ejere", "Reel ejer", start, end, **attributes)
