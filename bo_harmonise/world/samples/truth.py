"""The truth about the sample world: who is who, and who holds what according to which register.

Stakes are read from the descriptions that the files are written from, never from the files or from the tool;
who is who is declared here by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bo_harmonise.world.samples import (
    bods_offshore,
    bods_older,
    dk_cvr,
    gb_companies,
    gb_psc,
    gleif,
    lv_ur,
    sk_rpvs,
)
from bo_harmonise.world.samples.numbers import DK, GB, LEI, LV, SK
from bo_harmonise.world.writers import bods as bods_writer
from bo_harmonise.world.writers import dk_cvr_units
from bo_harmonise.world.writers import gb_psc as gb_psc_writer
from bo_harmonise.world.writers.lv_ur import masked_code


@dataclass(frozen=True, order=True)
class Stake:
    """What one register says: `owner` holds `low` to `high` per cent of `company` (both record keys)."""

    owner: str
    company: str
    register: str
    low: float
    high: float


@dataclass(frozen=True)
class Party:
    """One person or company with all its records, by key."""

    name: str
    kind: str
    records: tuple[str, ...]


UNKNOWN = (0.0, 100.0)
"""Interval of a stake of which the register says nothing but that it exists."""

_PSC_BANDS = {
    "more-than-25": (25.0, 100.0),
    "25-to-50": (25.0, 50.0),
    "50-to-75": (50.0, 75.0),
    "75-to-100": (75.0, 100.0),
}
_CVR_BANDS = (5.0, 10.0, 15.0, 20.0, 25.0, 100 / 3, 50.0, 200 / 3, 90.0, 100.0)


def stakes() -> list[Stake]:
    """Return all current stakes that a register states, in order of their keys."""
    found = {*_gb(), *_lv(), *_dk(), *_sk(), *_bods(), *_gleif()}
    return sorted(found)


def gb_person(record: gb_psc_writer.PscRecord) -> str:
    """Return the record id of a person with significant control."""
    return f"gb_psc:person:{gb_psc_writer.psc_key(record)}"


def gb_organisation(record: gb_psc_writer.Organisation) -> str:
    """Return the key of a corporate owner: the company's own where its number is that of a UK company."""
    number = (record.registration_number or "").rjust(8, "0")
    if number in GB.values():
        return f"gb_psc:entity:{number}"
    return f"gb_psc:entity:{gb_psc_writer.psc_key(record)}"


def dk_participant(participant: dk_cvr_units.Participant) -> str:
    """Return the record id of a participant: the CVR number, where there is one, else the unit number."""
    if participant.type == "PERSON":
        return f"dk_cvr:person:{participant.unit}"
    return f"dk_cvr:entity:{participant.cvr or participant.unit}"


def lv_holder(name: str, birth: str) -> str:
    """Return a key for a holder in the Latvian files, which have no key of their own."""
    return f"lv_ur:holder:{name}|{birth}"


def _gb() -> Iterator[Stake]:
    for record in gb_psc.RECORDS:
        if isinstance(record, gb_psc_writer.Individual):
            owner = gb_person(record)
        elif isinstance(record, gb_psc_writer.Organisation):
            owner = gb_organisation(record)
        else:
            continue
        if record.ceased_on:
            continue
        company = f"gb_psc:entity:{record.company_number}"
        yield Stake(owner, company, "gb_psc", *_psc_share(record.natures or ()))


def _psc_share(natures: tuple[str, ...]) -> tuple[float, float]:
    for nature in natures:
        if nature.startswith(("ownership-of-shares", "right-to-share-surplus", "part-right-to-share")):
            return next(share for band, share in _PSC_BANDS.items() if f"-{band}-percent" in nature)
    return UNKNOWN


def _lv() -> Iterator[Stake]:
    holdings: dict[str, dict[str, float]] = {}
    for row in (*lv_ur.MEMBERS, *lv_ur.STOCKHOLDERS):
        if row.entity_type == "JOINT_OWNERS":
            continue
        if row.legal_entity_registration_number in LV.values():
            owner = f"lv_ur:entity:{row.legal_entity_registration_number}"
        else:
            owner = lv_holder(row.name, row.latvian_identity_number_masked or row.birth_date)
        held = holdings.setdefault(row.at_legal_entity_registration_number, {})
        held[owner] = held.get(owner, 0.0) + row.number_of_shares * float(row.share_nominal_value)
    totals = _lv_totals()
    for regcode, held in holdings.items():
        for owner, value in held.items():
            share = 100 * value / totals[regcode]
            yield Stake(owner, f"lv_ur:entity:{regcode}", "lv_ur", share, share)
    for joint in lv_ur.JOINT_OWNERS:
        row = next(m for m in lv_ur.MEMBERS if m.id == joint.member_id)
        regcode = row.at_legal_entity_registration_number
        share = 100 * row.number_of_shares * float(row.share_nominal_value) / totals[regcode]
        owner = lv_holder(joint.name, joint.latvian_identity_number_masked)
        yield Stake(owner, f"lv_ur:entity:{regcode}", "lv_ur", 0.0, share)
    for person in lv_ur.BENEFICIAL_OWNERS:
        company = f"lv_ur:entity:{person.legal_entity_registration_number}"
        owner = lv_holder(
            f"{person.surname} {person.forename}", person.latvian_identity_number_masked or person.birth_date
        )
        yield Stake(owner, company, "lv_ur", *UNKNOWN)


def _lv_totals() -> dict[str, float]:
    totals: dict[str, float] = {}
    for row in (*lv_ur.MEMBERS, *lv_ur.STOCKHOLDERS):
        regcode = row.at_legal_entity_registration_number
        totals[regcode] = totals.get(regcode, 0.0) + row.number_of_shares * float(row.share_nominal_value)
    return totals


def _dk() -> Iterator[Stake]:
    for company in dk_cvr.COMPANIES:
        if company.is_registered_in_error or company.dissolved:
            continue
        for participant, roles in company.participants:
            for role in roles:
                values = {a.type: a.values[-1] for a in role.attributes}
                is_indirect = "SÆRLIGE_EJERFORHOLD" in values
                if role.organisation not in ("EJERREGISTER", "Reelle ejere") or is_indirect:
                    continue
                if any(value.end for value in values.values()):
                    continue
                share = values.get("EJERANDEL_PROCENT")
                interval = _cvr_share(share.value) if share else UNKNOWN
                yield Stake(dk_participant(participant), f"dk_cvr:entity:{company.cvr}", "dk_cvr", *interval)


def _cvr_share(fraction: str) -> tuple[float, float]:
    low = min(_CVR_BANDS, key=lambda bound: abs(bound - 100 * float(fraction)))
    n = _CVR_BANDS.index(low)
    return low, _CVR_BANDS[min(n + 1, len(_CVR_BANDS) - 1)]


def _sk() -> Iterator[Stake]:
    for entry in sk_rpvs.ENTRIES:
        current = next((p for p in entry.partners if p.valid_to is None and p.ico), None)
        if current is None or current.ico is None:
            continue
        for user in entry.end_users:
            if user.valid_to is None:
                owner = f"sk_rpvs:person:{user.id}" if user.last_name else f"sk_rpvs:entity:{user.ico}"
                yield Stake(owner, f"sk_rpvs:entity:{current.ico.rjust(8, '0')}", "sk_rpvs", *UNKNOWN)


def _bods() -> Iterator[Stake]:
    for publisher, statements in (
        (bods_offshore.PUBLISHER, bods_offshore.STATEMENTS),
        (bods_older.PROCUREMENT, bods_older.PROCUREMENT_STATEMENTS),
        (bods_older.EXTRACTIVES, bods_older.EXTRACTIVES_STATEMENTS),
    ):
        closed = {s.record_id for s in statements if s.status == "closed"}
        for statement in statements:
            if not isinstance(statement, bods_writer.Relationship) or statement.record_id in closed:
                continue
            interests = [i for i in statement.interests if i.direct_or_indirect != "indirect"]
            if isinstance(statement.party, str) and interests:
                share = next((i.share for i in interests if i.type == "shareholding" and i.share), None)
                owner, company = f"bods:{statement.party}", f"bods:{statement.subject}"
                yield Stake(owner, company, bods_register(publisher), *_bods_share(share))


def bods_register(publisher: bods_writer.Publisher) -> str:
    """Return the name of a publisher's register: each publisher is a register of its own.

    >>> bods_register(bods_offshore.PUBLISHER)
    'bods_offshore_pilot_register'
    """
    return "bods_" + publisher.name.lower().replace(" ", "_")


def _bods_share(share: bods_writer.Share | None) -> tuple[float, float]:
    if share is None:
        return UNKNOWN
    if share.exact is not None:
        return share.exact, share.exact
    return share.minimum or 0.0, 100.0 if share.maximum is None else share.maximum


def _gleif() -> Iterator[Stake]:
    for record in gleif.RELATIONSHIPS:
        if record.type == "IS_DIRECTLY_CONSOLIDATED_BY" and record.status == "ACTIVE":
            share = (float(record.percentage),) * 2 if record.percentage else UNKNOWN
            yield Stake(f"gleif:entity:{record.end}", f"gleif:entity:{record.start}", "gleif", *share)


PARTIES: tuple[Party, ...] = (
    Party(
        "Miron Denisovich Olkhovsky",
        "person",
        (f"bods:{bods_offshore.MIRON}", gb_person(gb_psc.MIRON), f"sk_rpvs:person:{sk_rpvs.MIRON.id}"),
    ),
    Party(
        "Sofie Lindegaard Mørch",
        "person",
        (
            dk_participant(dk_cvr.SOFIE),
            gb_person(gb_psc.SOFIE),
            lv_holder("Lindegaard Moerch Sofie", "1968-07"),
            lv_holder("Lindegaard Mørch Sofie", "1968-07"),
        ),
    ),
    Party("Ilektra Drosinou-Kampa", "person", (f"bods:{bods_offshore.ILEKTRA}", gb_person(gb_psc.ILEKTRA))),
    Party("Alasdair Penrose-Quill", "person", (f"bods:{bods_older.ALASDAIR}", gb_person(gb_psc.ALASDAIR))),
    Party(
        "Esmeralda Thistlewick",
        "person",
        (gb_person(gb_psc.ESMERALDA_POULTRY), gb_person(gb_psc.ESMERALDA_OUTDOORS)),
    ),
    Party("Malene Mosevang", "person", (dk_participant(dk_cvr.MALENE), dk_participant(dk_cvr.MALENE_AGAIN))),
    Party(
        "Zuzana Medvedíková-Rysová",
        "person",
        (f"sk_rpvs:person:{sk_rpvs.ZUZANA_BEFORE.id}", f"sk_rpvs:person:{sk_rpvs.ZUZANA_AFTER.id}"),
    ),
    Party(
        "Sable Reef Holdings Limited",
        "entity",
        (
            f"bods:{bods_offshore.SABLE_REEF}",
            f"gleif:entity:{LEI['sable_reef']}",
            lv_holder("SABLE REEF HOLDINGS LIMITED", ""),
        ),
    ),
    Party(
        'SIA "Ostmala Krava"',
        "entity",
        (f"lv_ur:entity:{LV['ostmala']}", f"gleif:entity:{LEI['ostmala']}", gb_organisation(gb_psc.OSTMALA)),
    ),
    Party(
        "Thornwick Quay Holdings Ltd",
        "entity",
        (
            f"gb_psc:entity:{GB['thornwick']}",
            f"gleif:entity:{LEI['thornwick']}",
            dk_participant(dk_cvr.THORNWICK),
        ),
    ),
    Party(
        "Grünspecht Beteiligungs AG",
        "entity",
        (
            f"gleif:entity:{LEI['gruenspecht']}",
            gb_organisation(gb_psc.GRUENSPECHT),
            dk_participant(dk_cvr.GRUENSPECHT),
        ),
    ),
    *(
        Party(name, "entity", (f"gb_psc:entity:{GB[key]}", f"gleif:entity:{LEI[key]}"))
        for key, name in (
            ("wychmoor", "Wychmoor Timber Limited"),
            ("tolvaddon", "Tolvaddon Group Public Limited Company"),
            ("tolvaddon_retail", "Tolvaddon Retail Ltd"),
            ("cindermoss", "Cindermoss Distillers Limited"),
        )
    ),
    Party(
        "Brackenfold Minerals Ltd",
        "entity",
        (
            f"gb_psc:entity:{GB['brackenfold']}",
            f"gleif:entity:{LEI['brackenfold']}",
            f"bods:{bods_older.BRACKENFOLD}",
        ),
    ),
    *(
        Party(name, "entity", (f"{register}:entity:{numbers[key]}", f"gleif:entity:{LEI[key]}"))
        for register, numbers, key, name in (
            ("lv_ur", LV, "gaujas_papirs", 'SIA "Gaujas Papīrs"'),
            ("lv_ur", LV, "kurzemes_koks", 'Akciju sabiedrība "Kurzemes Koks"'),
            ("sk_rpvs", SK, "tatranska", "Tatranská logistika, a.s."),
            ("sk_rpvs", SK, "zahorie", "Záhorie Sklo, a.s."),
            ("dk_cvr", DK, "lyngholm", "Lyngholm Holding A/S"),
            ("dk_cvr", DK, "havnegade", "Havnegade Ejendomme ApS"),
        )
    ),
)
"""Parties that more than one record describes; every other record is a party of its own."""

DIFFERENT: tuple[tuple[str, str, str], ...] = (
    (
        lv_holder("Ozolkalns Jānis", masked_code("1962-02-08")),
        gb_person(gb_psc.OZOLKALNS),
        "one name, born 1962 in Latvia's file and 1985 in Britain's",
    ),
    (
        f"sk_rpvs:person:{sk_rpvs.HRABINSKY.id}",
        gb_person(gb_psc.HRABINSKY),
        "one name, born 1958 and 1990",
    ),
    (
        dk_participant(dk_cvr.BUNDGAARD),
        gb_person(gb_psc.BUNDGAARD),
        "one name and nothing else in common: Denmark has no birth dates, the addresses differ",
    ),
    (
        gb_person(gb_psc.PRYDDERCH_SENIOR),
        gb_person(gb_psc.PRYDDERCH_JUNIOR),
        "father and son: one name, one address, born 1951 and 1983",
    ),
    ("sk_rpvs:person:720112", "sk_rpvs:person:720121", "Matúš Jedľovec twice, born 1975 and 1999"),
    (
        gb_person(gb_psc.SUPER_SECURE_ARCHIVES),
        gb_person(gb_psc.SUPER_SECURE_SYSTEMS),
        "two protected owners of whom nothing is known",
    ),
)


def names() -> dict[str, str]:
    """Return the name of every company that a register lists under a key."""
    found = {f"gb_psc:entity:{c.number}": c.name for c in gb_companies.COMPANIES}
    found |= {f"lv_ur:entity:{c.regcode}": c.name for c in lv_ur.COMPANIES}
    found |= {f"dk_cvr:entity:{c.cvr}": c.name for c in dk_cvr.COMPANIES}
    for entry in sk_rpvs.ENTRIES:
        partner = entry.partners[-1]
        if partner.ico:
            found[f"sk_rpvs:entity:{partner.ico.rjust(8, '0')}"] = partner.business_name or ""
    for statement in bods_offshore.STATEMENTS:
        if isinstance(statement, bods_writer.Entity):
            found[f"bods:{statement.record_id}"] = statement.name or ""
    return found | {f"gleif:entity:{r.lei}": r.name for r in gleif.RECORDS}
