"""What two publishers of older BODS say of the sample world: a procurement register (0.3), a portal (0.2)."""

from bo_harmonise.world.samples.numbers import GB
from bo_harmonise.world.writers.bods import (
    Address,
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

EXTRACTIVES = Publisher(name="Extractives Portal", url="https://extractives.example/", date="2026-09-15")
PROCUREMENT = Publisher(
    name="Belmarra Procurement Register", url="https://procurement.example/", date="2026-09-20"
)

GB_ = ("United Kingdom of Great Britain and Northern Ireland", "GB")
AM = ("Armenia", "AM")

# 0.3: a joint declaration of two municipal suppliers.
BELMARRA_SUPPLIER = "pr-entity-311"
PROCUREMENT_STATEMENTS: tuple[Statement, ...] = (
    Entity(
        record_id=BELMARRA_SUPPLIER,
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        name="Աղբյուր Շին ՍՊԸ",
        alternate_names=("Aghbyur Shin LLC",),
        jurisdiction=AM,
        identifiers=(Identifier(id="999.110.90311", scheme="AM-SRALE"),),
        founded="2010-10-01",
        addresses=(
            Address(type="registered", address="Dzoragyugh 4, Yerevan", country=AM, post_code="0015"),
        ),
    ),
    Person(
        record_id="pr-person-1",
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        birth_date="1972-04",
        nationalities=(AM,),
        names=(
            Name(full="Վարդուհի Քարաղբյուրյան", family="Քարաղբյուրյան", given="Վարդուհի"),
            Name(full="Varduhi Karaghbyuryan", type="transliteration"),
        ),
        pep_status="isNotPep",
    ),
    Person(
        record_id="pr-person-2",
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        birth_date="1969-09-30",
        nationalities=(AM,),
        names=(Name(full="Տիգրան Քարաղբյուրյան"), Name(full="Tigran Karaghbyuryan", type="transliteration")),
    ),
    Relationship(
        record_id="pr-own-1",
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        subject=BELMARRA_SUPPLIER,
        party="pr-person-1",
        interests=(
            Interest(type="shareholding", is_beneficial=True, share=Share(exact=62.5), start="2010-10-01"),
        ),
    ),
    Relationship(
        record_id="pr-own-2",
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        subject=BELMARRA_SUPPLIER,
        party="pr-person-2",
        interests=(
            Interest(type="appointmentOfBoard", is_beneficial=True, direct_or_indirect="unknown"),
            Interest(
                type="shareholding",
                is_beneficial=True,
                share=Share(minimum=25, maximum=50, excludes_minimum=True),
            ),
        ),
    ),
    Relationship(
        record_id="pr-own-3",
        date="2026-05-04",
        subject_of_declaration=BELMARRA_SUPPLIER,
        subject=BELMARRA_SUPPLIER,
        party=Unspecified(reason="unknown", description="Remaining shares are held by employees"),
    ),
)

# 0.2: a declaration of a mining company that Companies House describes otherwise.
BRACKENFOLD = "edp-entity-7"
ALASDAIR = "edp-person-7"
EXTRACTIVES_STATEMENTS: tuple[Statement, ...] = (
    Entity(
        record_id=BRACKENFOLD,
        date="2025-03-31",
        subject_of_declaration=BRACKENFOLD,
        name="Brackenfold Minerals Ltd",
        jurisdiction=GB_,
        identifiers=(Identifier(id=GB["brackenfold"], scheme="GB-COH"),),
        founded="2012-05-09",
        addresses=(
            Address(
                type="registered",
                address="The Old Ropeworks, Shore Street, Oban",
                country=GB_,
                post_code="PA34 9ZZ",
            ),
        ),
    ),
    Person(
        record_id=ALASDAIR,
        date="2025-03-31",
        subject_of_declaration=BRACKENFOLD,
        birth_date="1966-08-23",
        nationalities=(GB_,),
        names=(
            Name(full="Alasdair Penrose-Quill", family="Penrose-Quill", given="Alasdair"),
            Name(full="Alasdair Quill", type="former"),
        ),
        pep_status="isPep",
        addresses=(Address(type="service", address="Shore Street, Oban", country=GB_, post_code="PA34 9ZZ"),),
    ),
    Relationship(
        record_id="edp-own-7",
        date="2025-03-31",
        subject_of_declaration=BRACKENFOLD,
        subject=BRACKENFOLD,
        party=ALASDAIR,
        interests=(
            Interest(type="shareholding", is_beneficial=True, share=Share(exact=40), start="2016-04-06"),
            Interest(type="votingRights", is_beneficial=True, share=Share(exact=40)),
        ),
    ),
    Relationship(
        record_id="edp-own-8",
        date="2025-03-31",
        subject_of_declaration=BRACKENFOLD,
        subject=BRACKENFOLD,
        party=Unspecified(
            reason="subjectUnableToConfirmOrIdentifyBeneficialOwner",
            description="Holders of the remaining shares could not be reached",
        ),
    ),
)
