"""Denmark, Det Centrale Virksomhedsregister: hits of the distribution service, one a line.

Format: REGISTERS.md section 3. Everything carries the period in which it held; `gyldigTil` null is current.
The same role stands twice: below the company (`deltagerRelation`) and below the participant
(`virksomhedSummariskRelation`).
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from bo_harmonise.world.writers.dk_cvr_units import (
    Address,
    Attribute,
    Company,
    Participant,
    Role,
    UnitType,
    Value,
)

Json = dict[str, Any]

INDEX = "cvr-permanent-20260901"
LOADED = "2026-09-30T22:10:00.000+02:00"

_FORMS = {
    10: ("ENK", "Enkeltmandsvirksomhed"),
    30: ("I/S", "Interessentskab"),
    40: ("K/S", "Kommanditselskab"),
    60: ("A/S", "Aktieselskab"),
    80: ("APS", "Anpartsselskab"),
}
_MAIN_TYPES = {
    "EJERREGISTER": "REGISTER",
    "Reelle ejere": "REGISTER",
    "Bestyrelse": "LEDELSESORGAN",
    "Direktion": "LEDELSESORGAN",
    "Stiftere": "STIFTERE",
    "Revision": "REVISION",
    "Interessenter": "FULDT_ANSVARLIG_DELTAGERE",
    "Komplementarer": "FULDT_ANSVARLIG_DELTAGERE",
}


def write_hits(companies: Iterable[Company], persons: Iterable[Participant], out: TextIO) -> None:
    """Write one hit a company, then one a person, each with the roles in which it takes part."""
    roles_of: dict[int, list[tuple[Company, tuple[Role, ...]]]] = {}
    for company in companies:
        for participant, roles in company.participants:
            if participant.type == "PERSON":
                roles_of.setdefault(participant.unit, []).append((company, roles))
        _write_hit(company.unit, {"Vrvirksomhed": company_source(company)}, out)
    for person in persons:
        source = {"Vrdeltagerperson": person_source(person, roles_of.get(person.unit, []))}
        _write_hit(person.unit, source, out)


def _write_hit(unit: int, source: Json, out: TextIO) -> None:
    hit = {"_index": INDEX, "_type": "_doc", "_id": str(unit), "_score": 1.0, "_source": source}
    out.write(json.dumps(hit, ensure_ascii=False, separators=(",", ":")) + "\n")


def company_source(company: Company) -> Json:
    """Return the `Vrvirksomhed` object, all keys of the real one in their order."""
    life = _period(company.founded, company.dissolved)
    address = _address(company.address, company.founded)
    names = [*_names(company), _named(company.name, *_current(company))]
    form = {
        "virksomhedsformkode": company.form,
        "kortBeskrivelse": _FORMS[company.form][0],
        "langBeskrivelse": _FORMS[company.form][1],
        "ansvarligDataleverandoer": "E&S",
        **_held(company.founded, company.dissolved),
    }
    industry = {
        "branchekode": company.industry[0],
        "branchetekst": company.industry[1],
        **_held(company.founded, company.dissolved),
    }
    status = {"status": company.status, **_held(company.dissolved or company.founded)}
    attributes = (
        _text("KAPITAL", "decimal", company.capital, company.founded),
        _text("KAPITALVALUTA", "string", "DKK", company.founded),
        _text(
            "EJERREGISTRERING_UNDER_5_PROCENT",
            "boolean",
            str(not company.has_owner_above_five_percent).lower(),
            company.founded,
        ),
    )
    return {
        "cvrNummer": int(company.cvr),
        "regNummer": [],
        "brancheAnsvarskode": 0,
        "reklamebeskyttet": company.is_advertising_protected,
        "navne": names,
        "binavne": [_named(name, company.founded) for name in company.secondary_names],
        "postadresse": [],
        "beliggenhedsadresse": [address],
        **_empty("telefonNummer", "telefaxNummer", "elektroniskPost", "hjemmeside", "obligatoriskEmail"),
        "livsforloeb": [{"periode": life, "sidstOpdateret": _stamp(company.founded)}],
        "hovedbranche": [industry],
        **_empty("bibranche1", "bibranche2", "bibranche3", "status"),
        "virksomhedsstatus": [status],
        "virksomhedsform": [form],
        **_empty("aarsbeskaeftigelse", "kvartalsbeskaeftigelse", "maanedsbeskaeftigelse"),
        "attributter": [_attribute(a) for a in attributes],
        "penheder": [],
        "deltagerRelation": [
            {
                "deltager": _participant(participant),
                "kontorsteder": [],
                "organisationer": [_organisation(r, company, n) for n, r in enumerate(roles)],
            }
            for participant, roles in company.participants
        ],
        **_empty("fusioner", "spaltninger"),
        "virksomhedMetadata": {
            "nyesteNavn": names[-1],
            "nyesteVirksomhedsform": form,
            "nyesteBeliggenhedsadresse": address,
            "nyesteHovedbranche": industry,
            "nyesteBibranche1": None,
            "nyesteBibranche2": None,
            "nyesteBibranche3": None,
            "nyesteStatus": None,
            "nyesteKontaktoplysninger": [],
            "antalPenheder": 0,
            "nyesteAarsbeskaeftigelse": None,
            "nyesteKvartalsbeskaeftigelse": None,
            "nyesteMaanedsbeskaeftigelse": None,
            "sammensatStatus": company.status,
            "stiftelsesDato": company.founded,
            "virkningsDato": company.founded,
        },
        "samtId": 1,
        "fejlRegistreret": company.is_registered_in_error,
        "dataAdgang": 0,
        **_tail(company.unit, "VIRKSOMHED", company.founded),
    }


def person_source(person: Participant, roles: Iterable[tuple[Company, tuple[Role, ...]]]) -> Json:
    """Return the `Vrdeltagerperson` object with the companies in which the person takes part."""
    address = [_address(person.address, None)] if person.address else []
    return {
        "forretningsnoegle": None,
        "navne": [*_names(person), _named(person.name, None)],
        "postadresse": [],
        "beliggenhedsadresse": address,
        **_empty("forretningsadresse", "telefonNummer", "telefaxNummer", "elektroniskPost"),
        "stilling": None,
        "statusKode": None,
        "attributter": [],
        "virksomhedSummariskRelation": [
            {
                "virksomhed": {
                    "enhedsNummer": company.unit,
                    "enhedstype": "VIRKSOMHED",
                    "fejlRegistreret": company.is_registered_in_error,
                    "sidstIndlaest": LOADED,
                    "sidstOpdateret": None,
                    "cvrNummer": int(company.cvr),
                    "regNummer": [],
                    "navne": [*_names(company), _named(company.name, *_current(company))],
                    "livsforloeb": [_held(company.founded, company.dissolved)],
                    "status": [],
                    "virksomhedsstatus": [{"status": company.status, **_held(company.founded)}],
                    "virksomhedsform": [],
                },
                "organisationer": [_organisation(r, company, n) for n, r in enumerate(held)],
            }
            for company, held in roles
        ],
        "deltagerpersonMetadata": {
            "nyesteBeliggenhedsadresse": address[0] if address else None,
            "nyesteKontaktoplysninger": [],
        },
        "samtId": 1,
        "fejlRegistreret": False,
        "dataAdgang": 0,
        **_tail(person.unit, "PERSON", None),
    }


def _participant(participant: Participant) -> Json:
    return {
        "enhedsNummer": participant.unit,
        "enhedstype": participant.type,
        "forretningsnoegle": int(participant.cvr) if participant.cvr else None,
        "organisationstype": participant.organisation_type,
        "sidstIndlaest": LOADED,
        "sidstOpdateret": None,
        "navne": [*_names(participant), _named(participant.name, None)],
        "beliggenhedsadresse": [_address(participant.address, None)] if participant.address else [],
    }


def _organisation(held: Role, company: Company, n: int) -> Json:
    return {
        "enhedsNummerOrganisation": company.unit + 10_000_000 + n,
        "hovedtype": _MAIN_TYPES[held.organisation],
        "organisationsNavn": [_named(held.organisation, company.founded)],
        "attributter": [
            _attribute(_text("FUNKTION", "string", held.organisation, company.founded)),
        ],
        "medlemsData": [{"attributter": [_attribute(a) for a in held.attributes]}],
    }


def _text(name: str, kind: str, value: str, start: str) -> Attribute:
    return Attribute(type=name, kind=kind, values=(Value(value=value, start=start),))


def _attribute(attribute: Attribute) -> Json:
    values = [{"vaerdi": v.value, **_held(v.start, v.end)} for v in attribute.values]
    return {"sekvensnr": 0, "type": attribute.type, "vaerditype": attribute.kind, "vaerdier": values}


def _names(unit: Company | Participant) -> list[Json]:
    return [_named(name, start, end) for name, start, end in unit.former_names]


def _current(company: Company) -> tuple[str, str | None]:
    start = company.former_names[-1][2] if company.former_names else company.founded
    return start, company.dissolved


def _named(name: str, start: str | None, end: str | None = None) -> Json:
    return {"navn": name, **_held(start, end)}


def _address(address: Address, start: str | None) -> Json:
    municipality = address.municipality
    start = address.start or start
    return {
        "landekode": address.country,
        "fritekst": address.free_text,
        "vejkode": None,
        "kommune": {
            "kommuneKode": municipality[0],
            "kommuneNavn": municipality[1],
            **_held("2007-01-01"),
        }
        if municipality
        else None,
        "husnummerFra": address.number,
        "adresseId": None,
        "sidstValideret": None,
        "husnummerTil": None,
        "bogstavFra": address.letter,
        "bogstavTil": None,
        "etage": address.floor,
        "sidedoer": address.door,
        "conavn": address.care_of,
        "postboks": None,
        "vejnavn": address.street,
        "bynavn": address.town,
        "postnummer": address.post_code,
        "postdistrikt": address.district,
        **_held(start),
    }


def _tail(unit: int, kind: UnitType, updated: str | None) -> Json:
    return {
        "enhedsNummer": unit,
        "enhedstype": kind,
        "sidstIndlaest": LOADED,
        "sidstOpdateret": _stamp(updated),
        "fejlVedIndlaesning": False,
        "naermesteFremtidigeDato": None,
        "fejlBeskrivelse": None,
        "virkningsAktoer": "PO",
    }


def _held(start: str | None, end: str | None = None) -> Json:
    return {"periode": _period(start, end), "sidstOpdateret": _stamp(start)}


def _period(start: str | None, end: str | None) -> Json:
    return {"gyldigFra": start, "gyldigTil": end}


def _stamp(date: str | None) -> str | None:
    """Return midnight of a date in Copenhagen; the weeks in which summer time changes count as summer."""
    return date and f"{date}T00:00:00.000+0{2 if '04' <= date[5:7] <= '10' else 1}:00"


def _empty(*keys: str) -> Json:
    return {key: [] for key in keys}
