"""Slovakia, Register partnerov verejného sektora: one expanded `Partneri` object a line.

Format: REGISTERS.md section 4. Dates are local midnights with their offset; `PlatnostDo` null is current. The
register publishes neither shares nor kinds of interest.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TextIO

Json = dict[str, Any]
PersonForm = Literal["PravnickaOsoba", "FyzickaOsoba", "FyzickaOsobaPodnikatel"]

_LEGAL_FORMS = {
    "112": "Spoločnosť s ručením obmedzeným",
    "121": "Akciová spoločnosť",
    "205": "Družstvo",
    "101": "Podnikateľ-fyzická osoba-nezapísaný v obchodnom registri",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """Address in parts. Slovak ones carry the code of the municipality."""

    id: int
    street: str | None = None
    orientation_number: str | None = None
    register_number: str | None = None
    city: str | None = None
    city_code: str | None = None
    post_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Row:
    id: int
    first_name: str | None = None
    last_name: str | None = None
    birth_date: str | None = None
    title_before: str | None = None
    title_after: str | None = None
    business_name: str | None = None
    ico: str | None = None
    valid_from: str
    valid_to: str | None = None
    legal_form: str | None = None
    address: Address | None = None


@dataclass(frozen=True, kw_only=True)
class Partner(_Row):
    """Row of `PartneriVerejnehoSektora`: the partner itself as it was in a period."""

    form: PersonForm = "PravnickaOsoba"


@dataclass(frozen=True, kw_only=True)
class EndUser(_Row):
    """Row of `KonecniUzivateliaVyhod`: a beneficial owner. `country` is (name, ISO 3166 numeric)."""

    is_public_official: bool = False
    country: tuple[str, str] = ("Slovenská republika", "703")


@dataclass(frozen=True, kw_only=True)
class Official:
    """Row of `VerejniFunkcionari`: a public official among owners or managers; no birth date."""

    id: int
    first_name: str
    last_name: str
    valid_from: str
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry (`CisloVlozky`) of the register."""

    id: int
    number: int
    partners: tuple[Partner, ...]
    end_users: tuple[EndUser, ...]
    officials: tuple[Official, ...] = ()
    authorised_person: tuple[int, str, str] | None = None
    deleted_on: str | None = None
    fine: str | None = None
    verified_on: str | None = None


def write_entries(entries: Iterable[Entry], out: TextIO) -> None:
    """Write one line an entry."""
    out.writelines(
        json.dumps(_entry(entry), ensure_ascii=False, separators=(",", ":")) + "\n" for entry in entries
    )


def _entry(entry: Entry) -> Json:
    link = {"Id": entry.id, "CisloVlozky": entry.number}
    authorised = entry.authorised_person
    return {
        "Id": entry.id,
        "CisloVlozky": entry.number,
        "PartneriVerejnehoSektora": [_partner(p, link) for p in entry.partners],
        "KonecniUzivateliaVyhod": [_end_user(u, link) for u in entry.end_users],
        "VerejniFunkcionari": [
            {
                "Id": o.id,
                "Meno": o.first_name,
                "Priezvisko": o.last_name,
                "PlatnostOd": _midnight(o.valid_from),
                "PlatnostDo": _midnight(o.valid_to),
            }
            for o in entry.officials
        ],
        "OpravneneOsoby": [{"Id": authorised[0], "ObchodneMeno": authorised[1], "Ico": authorised[2]}]
        if authorised
        else [],
        "Vymaz": {"Id": entry.id, "DatumVymazu": _midnight(entry.deleted_on)} if entry.deleted_on else None,
        "Pokuta": {"Id": entry.id, "VyskaPokuty": entry.fine} if entry.fine else None,
        "OverenieIdentifikacieKUV": [
            {"Id": entry.id * 10, "DatumOverenia": _midnight(entry.verified_on)},
        ]
        if entry.verified_on
        else [],
        "KvalifikovanePodnety": [],
    }


def _partner(partner: Partner, link: Json) -> Json:
    return {
        **_person(partner),
        "FormaOsoby": partner.form,
        **_validity(partner),
        "Partner": link,
        "PravnaForma": _legal_form(partner),
        "Adresa": _address(partner.address),
    }


def _end_user(user: EndUser, link: Json) -> Json:
    return {
        **_person(user),
        "JeVerejnyCinitel": user.is_public_official,
        **_validity(user),
        "Partner": link,
        "StatnaPrislusnost": {
            "Id": int(user.country[1]),
            "Meno": user.country[0],
            "StatistickyKod": user.country[1],
        },
        "PravnaForma": _legal_form(user),
        "Adresa": _address(user.address),
    }


def _person(row: _Row) -> Json:
    return {
        "Id": row.id,
        "Meno": row.first_name,
        "Priezvisko": row.last_name,
        "DatumNarodenia": _midnight(row.birth_date),
        "TitulPred": row.title_before,
        "TitulZa": row.title_after,
        "ObchodneMeno": row.business_name,
        "Ico": row.ico,
    }


def _validity(row: _Row) -> Json:
    return {"PlatnostOd": _midnight(row.valid_from), "PlatnostDo": _midnight(row.valid_to)}


def _legal_form(row: _Row) -> Json | None:
    if row.legal_form is None:
        return None
    return {
        "Id": int(row.legal_form),
        "Meno": _LEGAL_FORMS[row.legal_form],
        "StatistickyKod": row.legal_form,
        "PlatnostOd": _midnight("1995-01-01"),
        "PlatnostDo": None,
    }


def _address(address: Address | None) -> Json | None:
    if address is None:
        return None
    return {
        "Id": address.id,
        "MenoUlice": address.street,
        "OrientacneCislo": address.orientation_number,
        "SupisneCislo": address.register_number,
        "Mesto": address.city,
        "MestoKod": address.city_code,
        "Psc": address.post_code,
        "Identifikator": None,
    }


def _midnight(date: str | None) -> str | None:
    """Return midnight of a date in Bratislava; summer time taken as April to October.

    >>> _midnight("1971-03-14"), _midnight("2020-06-01")
    ('1971-03-14T00:00:00+01:00', '2020-06-01T00:00:00+02:00')
    """
    if date is None:
        return None
    # Summer time has been kept since 1979.
    is_summer = "04" <= date[5:7] <= "10" and date >= "1979"
    return f"{date}T00:00:00+0{2 if is_summer else 1}:00"
