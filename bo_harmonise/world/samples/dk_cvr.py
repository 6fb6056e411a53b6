"""What the Danish business register says of the sample world."""

from bo_harmonise.world.samples.numbers import DK
from bo_harmonise.world.writers.dk_cvr_units import (
    Address,
    Attribute,
    Company,
    Participant,
    Role,
    Value,
    legal_owner,
    real_owner,
    role,
)

AARHUS = (751, "AARHUS")
ESBJERG = (561, "ESBJERG")
KOEBENHAVN = (101, "KØBENHAVN")
SVENDBORG = (479, "SVENDBORG")
HJOERRING = (860, "HJØRRING")

_INDIRECT = {"SÆRLIGE_EJERFORHOLD": "Har indirekte besiddelser"}


def _address(
    street: str, number: int, post_code: int, district: str, municipality: tuple[int, str], **more: str
) -> Address:
    return Address(
        street=street,
        number=number,
        post_code=post_code,
        district=district,
        municipality=municipality,
        letter=more.get("letter"),
        floor=more.get("floor"),
        door=more.get("door"),
        care_of=more.get("care_of"),
    )


HARBOUR = _address("Nordre Havnekaj", 6, 6700, "Esbjerg", ESBJERG)
FOREST = _address("Skovbrynsvej", 118, 5700, "Svendborg", SVENDBORG)
RISSKOV = _address("Vestre Strandtange", 14, 8240, "Risskov", AARHUS)
COPENHAGEN = _address("Pilealléstræde", 20, 1799, "København V", KOEBENHAVN, floor="3", door="tv")
NORTH = _address("Klitmøllestien", 3, 9850, "Hirtshals", HJOERRING, letter="B")


def _person(unit: int, name: str, address: Address | None = None) -> Participant:
    return Participant(unit=unit, type="PERSON", name=name, address=address)


SOFIE = _person(4009100101, "Sofie Lindegaard Mørch", RISSKOV)
KAJ = _person(4009100102, "Kaj Vinther Rasborg", HARBOUR)
BIRGITTE = _person(4009100103, "Birgitte Skovlund Træholt", FOREST)
BUNDGAARD = _person(4009100104, "Lars Holm Bundgaard", NORTH)
ASGER = _person(4009100105, "Asger Klitrose Munkholm", NORTH)
TOVE = _person(4009100106, "Tove Lyngholm Ravn-Pedersø", COPENHAGEN)
INGOLF = _person(4009100107, "Ingolf Ravhus", None)
MALENE = _person(4009100108, "Malene Mosevang", RISSKOV)
MALENE_AGAIN = _person(4009100109, "Malene Mosevang", RISSKOV)
FREDERIK = _person(4009100110, "Frederik Tang Løppenthin", COPENHAGEN)
GUDRUN = _person(
    4009100111,
    "Gudrún Hrafnkelsdóttir Smiðju",
    Address(country="IS", free_text="Hrafnagata 8\n101 Reykjavík"),
)
PEOPLE = (SOFIE, KAJ, BIRGITTE, BUNDGAARD, ASGER, TOVE, INGOLF, MALENE, MALENE_AGAIN, FREDERIK, GUDRUN)

THORNWICK = Participant(
    unit=4009200201,
    type="VIRKSOMHED",
    name="Thornwick Quay Holdings Ltd",
    address=Address(country="GB", free_text="12 Quayside Lane\nHull\nHU1 9ZZ"),
    organisation_type="Udenlandsk virksomhed",
)
GRUENSPECHT = Participant(
    unit=4009200202,
    type="ANDEN_DELTAGER",
    name="Grünspecht Beteiligungs AG",
    address=Address(country="AT", free_text="Lerchenauergasse 41\n1080 Wien"),
    organisation_type="Udenlandsk virksomhed",
)


def _danish(key: str, unit: int, name: str, address: Address) -> Participant:
    return Participant(unit=unit, type="VIRKSOMHED", name=name, cvr=DK[key], address=address)


LYNGHOLM = _danish("lyngholm", 4009000206, "Lyngholm Holding A/S", COPENHAGEN)
KLITROSE = _danish("klitrose", 4009000205, "Klitrose Holding ApS", NORTH)
MOSEVANG = _danish("mosevang", 4009000209, "Mosevang Invest ApS", RISSKOV)
AUDITOR = _danish("revision", 4009000213, "Revisionsfirmaet Tælleborg", COPENHAGEN)

_CHANGING = Role(
    organisation="EJERREGISTER",
    attributes=(
        Attribute(
            type="EJERANDEL_MEDDELELSE_DATO",
            kind="date",
            values=(Value(value="2016-02-01", start="2016-02-01"),),
        ),
        # History in one attribute: the last value, without an end, is the one that holds.
        Attribute(
            type="EJERANDEL_PROCENT",
            kind="decimal",
            values=(
                Value(value="1.0", start="2016-02-01", end="2020-05-31"),
                Value(value="0.9", start="2020-06-01", end="2023-12-31"),
                Value(value="0.5", start="2024-01-01"),
            ),
        ),
        Attribute(
            type="EJERANDEL_STEMMERET_PROCENT",
            kind="decimal",
            values=(
                Value(value="1.0", start="2016-02-01", end="2020-05-31"),
                Value(value="0.6667", start="2020-06-01"),
            ),
        ),
        Attribute(
            type="EJERANDEL_KAPITALKLASSE",
            kind="string",
            values=(Value(value="B-anparter", start="2024-01-01"),),
        ),
    ),
)

COMPANIES = (
    Company(
        unit=4009000201,
        cvr=DK["norrevig"],
        name="Nørrevig Shipping ApS",
        address=HARBOUR,
        founded="2015-08-20",
        industry=("502000", "Sø- og kysttransport af gods"),
        participants=(
            (THORNWICK, (legal_owner("1.0", "2015-08-20"),)),
            # No owner was found, so the management stands in as beneficial owner.
            (KAJ, (role("Direktion", "DIREKTØR", "2015-08-20"), real_owner("2017-12-01"))),
            (AUDITOR, (role("Revision", "REVISION", "2015-08-20"),)),
        ),
    ),
    Company(
        unit=4009000202,
        cvr=DK["skovbrynet"],
        name="Skovbrynet Træ A/S",
        address=FOREST,
        founded="2003-01-14",
        form=60,
        capital="500000.00",
        industry=("161000", "Udsavning og høvling af træ"),
        participants=(
            (GRUENSPECHT, (legal_owner("0.6667", "2018-05-02"),)),
            (
                BIRGITTE,
                (
                    legal_owner("0.25", "2003-01-14"),
                    real_owner("2017-12-01", EJERANDEL_PROCENT="0.25", EJERANDEL_STEMMERET_PROCENT="0.25"),
                    role("Bestyrelse", "formand", "2003-01-14", VALGFORM="generalforsamling"),
                ),
            ),
        ),
    ),
    Company(
        unit=4009000203,
        cvr=DK["vadehav"],
        name="Vadehav Energi ApS",
        address=RISSKOV,
        founded="2011-10-05",
        former_names=(("Vadehav Vind ApS", "2011-10-05", "2016-03-31"),),
        secondary_names=("Vadehav Sol ApS",),
        participants=(
            (
                SOFIE,
                (
                    legal_owner("0.5", "2011-10-05"),
                    role("Direktion", "adm. dir.", "2011-10-05"),
                    role("Stiftere", "STIFTERE", "2011-10-05"),
                ),
            ),
        ),
    ),
    Company(
        unit=4009000204,
        cvr=DK["bundgaard"],
        name="Bundgaard Fiskeeksport ApS",
        address=NORTH,
        founded="2009-04-04",
        participants=(
            (
                BUNDGAARD,
                (
                    legal_owner("1.0", "2009-04-04"),
                    real_owner("2017-12-01", EJERANDEL_PROCENT="1.0", EJERANDEL_STEMMERET_PROCENT="1.0"),
                ),
            ),
        ),
    ),
    Company(
        unit=4009000205,
        cvr=DK["klitrose"],
        name="Klitrose Holding ApS",
        address=NORTH,
        founded="2012-06-06",
        participants=(
            (ASGER, (legal_owner("1.0", "2012-06-06"), real_owner("2017-12-01", EJERANDEL_PROCENT="1.0"))),
        ),
    ),
    Company(
        unit=4009000206,
        cvr=DK["lyngholm"],
        name="Lyngholm Holding A/S",
        address=COPENHAGEN,
        founded="1998-02-23",
        form=60,
        capital="2000000.00",
        participants=(
            (TOVE, (_CHANGING, role("Bestyrelse", "BESTYRELSE", "1998-02-23", "2015-03-31"))),
            (KLITROSE, (legal_owner("0.3333", "2020-06-01"),)),
        ),
    ),
    Company(
        unit=4009000207,
        cvr=DK["havnegade"],
        name="Havnegade Ejendomme ApS",
        address=COPENHAGEN,
        founded="2016-12-19",
        industry=("682040", "Udlejning af erhvervsejendomme"),
        participants=(
            (LYNGHOLM, (legal_owner("0.9", "2016-12-19"),)),
            # Declared by the register as indirect: a conclusion, not an edge of its own.
            (
                TOVE,
                (
                    real_owner(
                        "2017-12-01", EJERANDEL_PROCENT="0.5", EJERANDEL_STEMMERET_PROCENT="0.62", **_INDIRECT
                    ),
                ),
            ),
            (INGOLF, (legal_owner("0.05", "2016-12-19", "2021-02-28"),)),
        ),
    ),
    Company(
        unit=4009000208,
        cvr=DK["ravhuset"],
        name="Ravhuset v/Ingolf Ravhus",
        address=NORTH,
        founded="2001-05-01",
        form=10,
        participants=((INGOLF, (role("Interessenter", "INTERESSENTER", "2001-05-01"),)),),
    ),
    Company(
        unit=4009000209,
        cvr=DK["mosevang"],
        name="Mosevang Invest ApS",
        address=RISSKOV,
        founded="2014-09-15",
        is_advertising_protected=True,
        participants=(
            (MALENE, (legal_owner("0.6667", "2014-09-15"),)),
            # One person under two numbers: the register does that.
            (MALENE_AGAIN, (real_owner("2017-12-01", EJERANDEL_PROCENT="0.6667"),)),
            (FREDERIK, (legal_owner("0.15", "2014-09-15"), legal_owner("0.10", "2012-01-01", "2014-09-14"))),
        ),
    ),
    Company(
        unit=4009000210,
        cvr=DK["tangloppen"],
        name="Tangloppen Camping P/S Kommanditselskab",
        address=COPENHAGEN,
        founded="2019-03-03",
        form=40,
        participants=(
            (
                FREDERIK,
                (
                    role(
                        "Komplementarer",
                        "KOMPLEMENTARER",
                        "2019-03-03",
                        KOMPLEMENTAR_INDSKUDSKAPITAL="50000.00",
                        KOMPLEMENTAR_INDSKUDSVALUTA="DKK",
                    ),
                ),
            ),
            (MOSEVANG, (legal_owner("0.20", "2019-03-03"),)),
        ),
    ),
    # Widely held: no owner reaches five per cent.
    Company(
        unit=4009000211,
        cvr=DK["birkelund"],
        name="Birkelund Vandværk A/S",
        address=FOREST,
        founded="1977-01-01",
        form=60,
        has_owner_above_five_percent=False,
    ),
    # Registered in error: to be left out.
    Company(
        unit=4009000212,
        cvr=DK["fejlagtig"],
        name="Fejlagtig Registrering ApS",
        address=FOREST,
        founded="2020-01-01",
        is_registered_in_error=True,
        participants=((FREDERIK, (legal_owner("1.0", "2020-01-01"),)),),
    ),
    Company(
        unit=4009000213,
        cvr=DK["revision"],
        name="Revisionsfirmaet Tælleborg",
        address=COPENHAGEN,
        founded="1989-07-01",
        form=30,
        participants=((TOVE, (role("Interessenter", "INTERESSENTER", "1989-07-01", "2001-12-31"),)),),
    ),
    # Bankrupt and dissolved; its owner lives abroad.
    Company(
        unit=4009000214,
        cvr=DK["smedegaard"],
        name="Smedegaard Sølv ApS under konkurs",
        address=COPENHAGEN,
        founded="2010-02-02",
        dissolved="2022-11-30",
        status="OPLØST EFTER KONKURS",
        participants=((GUDRUN, (legal_owner("1.0", "2010-02-02", "2022-11-30"),)),),
    ),
)
