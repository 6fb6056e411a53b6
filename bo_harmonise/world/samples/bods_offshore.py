"""What the Offshore Pilot Register, a publisher of BODS 0.4, says of the sample world."""

from bo_harmonise.world.samples.numbers import LEI
from bo_harmonise.world.writers.bods import (
    Address,
    Annotation,
    Entity,
    Identifier,
    Interest,
    Name,
    Person,
    Publisher,
    Relationship,
    Share,
    Statement,
    Unspecified,
)

PUBLISHER = Publisher(
    name="Offshore Pilot Register", url="https://transparency-pilot.example/", date="2026-10-01"
)

VG = ("Virgin Islands (British)", "VG")
SC = ("Seychelles", "SC")
KZ = ("Kazakhstan", "KZ")
GR = ("Greece", "GR")
CY = ("Cyprus", "CY")
HU = ("Hungary", "HU")

_ROAD_TOWN = Address(
    type="registered",
    address="Trellis Chambers, Pelican Drive, Road Town, Tortola",
    country=VG,
    post_code="VG1110",
)
_VICTORIA = Address(type="registered", address="Suite 9, Bois de Rose House, Victoria, Mahé", country=SC)


def _company(
    key: str, name: str, number: str, place: tuple[str, str], founded: str, **more: object
) -> Entity:
    scheme = f"{place[0]} company number"
    return Entity(
        record_id=key,
        date="2025-11-03",
        subject_of_declaration=key,
        name=name,
        jurisdiction=place,
        identifiers=(
            Identifier(id=number, scheme_name=scheme),
            *((Identifier(id=LEI[str(more["lei"])], scheme="XI-LEI"),) if "lei" in more else ()),
        ),
        founded=founded,
        addresses=(_ROAD_TOWN if place == VG else _VICTORIA,),
        declaration=f"decl-{key}",
    )


def _owns(
    key: str, subject: str, party: str | Unspecified, *interests: Interest, **more: str
) -> Relationship:
    return Relationship(
        record_id=f"{subject}-{key}",
        date=more.get("date", "2025-11-03"),
        subject_of_declaration=subject,
        subject=subject,
        party=party,
        interests=interests,
        declaration=f"decl-{subject}",
        status=more.get("status", "new"),
    )


def _exact(
    share: float, *, person: bool = True, type_: str = "shareholding", start: str = "2019-02-01"
) -> Interest:
    return Interest(type=type_, is_beneficial=person or None, share=Share(exact=share), start=start)


SABLE_REEF = "OTP-C-1934711"
HALCYON = "OTP-C-208815"
MERIDIAN = "OTP-C-208977"
FRIGATE = "OTP-C-211340"
TRUST = "OTP-T-0117"
VEILED = "OTP-C-1950020"
LISTED = "OTP-C-1960031"
NOBODY = "OTP-C-1960999"
SILENT = "OTP-C-1961500"

MIRON = "OTP-P-50117"
ORSOLYA = "OTP-P-50118"
ILEKTRA = "OTP-P-60233"
XAVIER = "OTP-P-60234"
YOLANDE = "OTP-P-60235"
SETTLOR = "OTP-P-70011"
BENEFICIARY = "OTP-P-70012"
ANONYMOUS = "OTP-P-80001"
UNKNOWN = "OTP-P-80002"

PEOPLE: tuple[Person, ...] = (
    Person(
        record_id=MIRON,
        date="2025-11-03",
        subject_of_declaration=SABLE_REEF,
        birth_date="1971-03",
        nationalities=(KZ,),
        names=(
            Name(
                full="Ольховский Мирон Денисович", family="Ольховский", given="Мирон", patronymic="Денисович"
            ),
        ),
        addresses=(
            Address(
                type="service",
                address="Zvejnieku krastmala 7, Rīga",
                country=("Latvia", "LV"),
                post_code="LV-1048",
            ),
        ),
        pep_status="isNotPep",
    ),
    Person(
        record_id=ORSOLYA,
        date="2025-11-03",
        subject_of_declaration=SABLE_REEF,
        birth_date="1964-12-09",
        nationalities=(HU,),
        names=(
            Name(full="Orsolya Tarnóczy-Weil", family="Tarnóczy-Weil", given="Orsolya"),
            Name(full="Orsolya Tarnóczy", type="birth"),
        ),
    ),
    Person(
        record_id=ILEKTRA,
        date="2025-11-03",
        subject_of_declaration=MERIDIAN,
        birth_date="1979-11-02",
        nationalities=(GR, CY),
        tax_residencies=(CY,),
        names=(
            Name(full="Ηλέκτρα Δροσινού-Καμπά", family="Δροσινού-Καμπά", given="Ηλέκτρα"),
            Name(full="Ilektra Drosinou-Kampa", type="transliteration"),
        ),
    ),
    Person(
        record_id=XAVIER,
        date="2025-11-03",
        subject_of_declaration=HALCYON,
        birth_date="1955",
        names=(Name(full="Xavier Montclarin-Duval", family="Montclarin-Duval", given="Xavier"),),
        nationalities=(("France", "FR"),),
    ),
    Person(
        record_id=YOLANDE,
        date="2025-11-03",
        subject_of_declaration=HALCYON,
        birth_date="1990-02-28",
        names=(
            Name(full="Yolande Esparvier", family="Esparvier", given="Yolande"),
            Name(full="Yolande Montclarin", type="former"),
        ),
        pep_status="isPep",
    ),
    Person(
        record_id=SETTLOR,
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        birth_date="1938-06",
        names=(Name(full="Augustin Vanderhoeck-Lys"),),
    ),
    Person(
        record_id=BENEFICIARY,
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        birth_date="1971-01",
        names=(Name(full="Clémence Vanderhoeck-Lys"),),
    ),
    Person(
        record_id=ANONYMOUS,
        date="2025-11-03",
        subject_of_declaration=VEILED,
        type="anonymousPerson",
        unspecified=Unspecified(
            reason="interestedPartyExemptFromDisclosure",
            description="Minor; particulars withheld by order of the registrar",
        ),
    ),
    Person(
        record_id=UNKNOWN,
        date="2025-11-03",
        subject_of_declaration=VEILED,
        type="unknownPerson",
        unspecified=Unspecified(reason="subjectUnableToConfirmOrIdentifyBeneficialOwner"),
    ),
)

ENTITIES: tuple[Entity, ...] = (
    _company(SABLE_REEF, "Sable Reef Holdings Limited", "1934711", VG, "2012-08-27", lei="sable_reef"),
    _company(HALCYON, "Halcyon Strand Ltd", "208815", SC, "2015-01-19"),
    _company(MERIDIAN, "Meridian Cay Trading Ltd", "208977", SC, "2015-03-02"),
    _company(FRIGATE, "Frigate Bird Assets Ltd", "211340", SC, "2018-06-30"),
    Entity(
        record_id=TRUST,
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        type="arrangement",
        subtype="trust",
        name="The Vanderhoeck-Lys Family Settlement",
        jurisdiction=SC,
        is_component=True,
    ),
    _company(VEILED, "Veiled Lagoon Ventures Limited", "1950020", VG, "2017-05-05"),
    Entity(
        record_id=LISTED,
        date="2025-11-03",
        subject_of_declaration=LISTED,
        name="Pelican Drive Bancorp Limited",
        jurisdiction=VG,
        identifiers=(Identifier(id="1960031", scheme_name="Virgin Islands (British) company number"),),
        public_listing={
            "hasPublicListing": True,
            "securitiesListings": [
                {
                    "stockExchangeJurisdiction": "JE",
                    "stockExchangeName": "The Harbour Exchange",
                    "security": {"ticker": "PELI"},
                    "marketIdentifierCode": "XHBR",
                    "operatingMarketIdentifierCode": "XHBR",
                }
            ],
        },
    ),
    _company(NOBODY, "Nobody's Fault Limited", "1960999", VG, "2020-09-09"),
    _company(SILENT, "Silent Mangrove Limited", "1961500", VG, "2021-10-10"),
    Entity(
        record_id="OTP-A-1",
        date="2025-11-03",
        subject_of_declaration=SILENT,
        type="anonymousEntity",
        unspecified=Unspecified(
            reason="interestedPartyHasNotProvidedInformation",
            description="Parent did not answer two requests",
        ),
    ),
    Entity(
        record_id="OTP-S-1",
        date="2025-11-03",
        subject_of_declaration=LISTED,
        type="stateBody",
        subtype="stateAgency",
        name="Sovereign Wealth Office of Belmarra",
    ),
)

INDIRECT = "OTP-C-211340-R3"

RELATIONSHIPS: tuple[Relationship, ...] = (
    _owns("R1", SABLE_REEF, MIRON, _exact(80), _exact(80, type_="votingRights")),
    _owns("R2", SABLE_REEF, ORSOLYA, _exact(20), _exact(20, type_="votingRights")),
    # The loop: Halcyon holds half of Meridian, Meridian a fifth of Halcyon.
    _owns("R1", HALCYON, XAVIER, _exact(60)),
    _owns("R2", HALCYON, YOLANDE, _exact(20)),
    _owns("R3", HALCYON, MERIDIAN, _exact(20, person=False)),
    _owns("R1", MERIDIAN, HALCYON, _exact(50, person=False)),
    _owns("R2", MERIDIAN, ILEKTRA, _exact(50)),
    # A trust in between: components, then the declared indirect interest.
    Relationship(
        record_id="OTP-C-211340-R1",
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        subject=FRIGATE,
        party=TRUST,
        is_component=True,
        interests=(Interest(type="shareholding", share=Share(exact=100)),),
    ),
    Relationship(
        record_id="OTP-C-211340-R2",
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        subject=TRUST,
        party=SETTLOR,
        is_component=True,
        interests=(Interest(type="settlor"),),
    ),
    Relationship(
        record_id="OTP-C-211340-R2B",
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        subject=TRUST,
        party=BENEFICIARY,
        is_component=True,
        interests=(Interest(type="beneficiaryOfLegalArrangement"),),
    ),
    Relationship(
        record_id=INDIRECT,
        date="2025-11-03",
        subject_of_declaration=FRIGATE,
        subject=FRIGATE,
        party=BENEFICIARY,
        interests=(
            Interest(
                type="beneficiaryOfLegalArrangement",
                direct_or_indirect="indirect",
                is_beneficial=True,
                share=Share(minimum=25, maximum=100, excludes_minimum=True),
            ),
        ),
        components=(TRUST, "OTP-C-211340-R1", "OTP-C-211340-R2", "OTP-C-211340-R2B"),
    ),
    _owns(
        "R1",
        VEILED,
        ANONYMOUS,
        Interest(
            type="shareholding",
            is_beneficial=True,
            share=Share(minimum=25, maximum=50, excludes_minimum=True, excludes_maximum=True),
        ),
    ),
    _owns(
        "R2",
        VEILED,
        UNKNOWN,
        Interest(
            type="otherInfluenceOrControl",
            direct_or_indirect="unknown",
            is_beneficial=True,
            details="control by family ties",
        ),
    ),
    _owns(
        "R1",
        LISTED,
        Unspecified(reason="subjectExemptFromDisclosure", description="Listed on a regulated market"),
    ),
    _owns(
        "R2",
        LISTED,
        "OTP-S-1",
        Interest(type="controlViaCompanyRulesOrArticles", details="golden share"),
        Interest(type="shareholding", share=Share(minimum=5, maximum=10, excludes_maximum=True)),
    ),
    _owns(
        "R1",
        NOBODY,
        Unspecified(reason="noBeneficialOwners", description="No natural person holds 10 per cent or more"),
    ),
    Relationship(
        record_id="OTP-C-1961500-R1",
        date="2025-11-03",
        subject_of_declaration=SILENT,
        subject=SILENT,
        party="OTP-A-1",
        interests=(Interest(type="unpublishedInterest"),),
        annotations=(
            Annotation(
                target="/recordDetails/interestedParty",
                motivation="commenting",
                description="The parent was asked twice and did not answer.",
                created="2025-11-20",
            ),
        ),
    ),
    Relationship(
        record_id="OTP-C-1950020-R9",
        date="2025-11-03",
        subject_of_declaration=VEILED,
        subject=VEILED,
        party=ORSOLYA,
        interests=(_exact(30, start="2018-01-01"),),
    ),
    # The same record again, closed: the stake was sold.
    Relationship(
        record_id="OTP-C-1950020-R9",
        date="2026-02-14",
        subject_of_declaration=VEILED,
        subject=VEILED,
        party=ORSOLYA,
        status="closed",
        interests=(
            Interest(
                type="shareholding",
                is_beneficial=True,
                share=Share(exact=30),
                start="2018-01-01",
                end="2026-02-13",
            ),
        ),
    ),
)

CORRECTED_NAME = Entity(
    record_id=FRIGATE,
    date="2026-03-01",
    subject_of_declaration=FRIGATE,
    status="updated",
    name="Frigate Bird Assets Ltd",
    alternate_names=("Frigatebird Assets Ltd",),
    jurisdiction=SC,
    identifiers=(Identifier(id="211340", scheme_name="Seychelles company number"),),
    founded="2018-06-30",
    addresses=(_VICTORIA,),
    annotations=(
        Annotation(
            target="/recordDetails/name",
            motivation="correcting",
            description="Name written apart, as in the certificate of incorporation.",
            created="2026-03-01",
            transformed=None,
        ),
    ),
)

STATEMENTS: tuple[Statement, ...] = (*ENTITIES, *PEOPLE, *RELATIONSHIPS, CORRECTED_NAME)
