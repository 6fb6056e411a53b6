"""What the Latvian register of enterprises says of the sample world."""

from bo_harmonise.world.samples.numbers import LV, LV_FARM
from bo_harmonise.world.writers.lv_ur import (
    BeneficialOwner,
    Company,
    FormerName,
    JointOwner,
    Member,
    Officer,
    Stockholder,
    masked_code,
)

COMPANIES = (
    Company(
        regcode=LV["ostmala"],
        inside="Ostmala Krava",
        registered="2013-03-12",
        address="Rīga, Zvejnieku krastmala 7",
        index="1048",
        address_id="199000101",
    ),
    Company(
        regcode=LV["jurmalas_vejs"],
        inside="Jūrmalas Vējš",
        registered="2017-04-20",
        address="Jūrmala, Kāpu iela 31 - 2",
        index="2012",
        city="100003036",
        atvk="0130000",
        address_id="199000102",
    ),
    Company(
        regcode=LV["selu_darzi"],
        inside="Sēļu Dārzi",
        registered="2008-05-30",
        address='Jēkabpils nov., Sēlpils pag., "Vecdārznieki"',
        index="5214",
        region="100015000",
        city="0",
        atvk="0566900",
        address_id="199000103",
    ),
    Company(
        regcode=LV["linu_fabrika"],
        inside="Vidzemes Linu Fabrika",
        registered="1997-11-04",
        address="Valmiera, Linu iela 5",
        index="4201",
        city="100003735",
        atvk="0250000",
        address_id="199000104",
    ),
    Company(
        regcode=LV["gaujas_papirs"],
        inside="Gaujas Papīrs",
        registered="2004-02-16",
        terminated="2024-05-15",
        closed="L",
        address="Līgatne, Papīra iela 2",
        index="4110",
        address_id="199000105",
    ),
    Company(
        regcode=LV["kurzemes_koks"],
        inside="Kurzemes Koks",
        type="AS",
        before="Akciju sabiedrība",
        registered="1999-08-25",
        address="Ventspils, Ostgala iela 18",
        index="3601",
        city="100003717",
        atvk="0270000",
        address_id="199000106",
    ),
    Company(
        regcode=LV["baltezera"],
        inside="Baltezera Ūdens",
        registered="2011-01-31",
        address="Ādažu nov., Baltezers, Ūdensrožu iela 1",
        index="2164",
        address_id="199000107",
    ),
    Company(
        regcode=LV["miglas_tilti"],
        inside="Miglas tilti",
        before="Sabiedrība ar ierobežotu atbildību",
        registered="2006-10-10",
        terminated="2019-12-02",
        closed="R",
        address="Rīga, Tiltu iela 44-3",
        index="1073",
        has_sepa=False,
    ),
    Company(
        regcode=LV["meness_audumi"],
        inside="MĒNESS AUDUMI",
        registered="2015-06-18",
        address="Rīga, Audēju gatve 9",
        index="1058",
    ),
    Company(
        regcode=LV["latgales_mals"],
        inside="Latgales Māls",
        type="IK",
        before="IK",
        without_quotes=True,
        registered="2012-09-03",
        address="Rēzekne, Podnieku iela 12",
        index="4601",
    ),
    Company(
        regcode=LV["zala_pede"],
        inside="ZAĻĀ PĒDA",
        type="BDR",
        before="",
        registered="2016-02-29",
        address="Cēsis, Meža iela 3",
        index="4101",
    ),
    Company(
        regcode=LV["abavas_piens"],
        inside="Abavas Piens",
        type="KB",
        before="Kooperatīvā sabiedrība",
        registered="1994-03-01",
        address="Kandava, Ganību iela 1",
        index="3120",
    ),
    Company(
        regcode=LV["teterevi"],
        inside="Teterevu Cilts",
        type="PS",
        before="Pilnsabiedrība",
        registered="2014-12-12",
        address="Kuldīga, Rumbas iela 8",
        index="3301",
    ),
    Company(
        regcode=LV["velna_dzirnavas"],
        inside="Velna dzirnavas",
        registered="2020-01-20",
        address="Sigulda, Gravas iela 13",
        index="2150",
    ),
    Company(
        regcode=LV["dzintara_cels"],
        inside="Dzintara Ceļš",
        registered="2021-09-09",
        address='Pāvilosta, "Dzintari"; 2. korpuss',
        index="3466",
    ),
    Company(
        regcode=LV["sarma"],
        inside="Sarma",
        type="FIL",
        before="",
        after="Rīgas filiāle",
        registered="2018-08-08",
        address="Rīga, Salnas iela 21",
        index="1021",
    ),
    Company(
        regcode=LV_FARM,
        inside="Ezerkrastiņi",
        type="ZEM",
        before="Zemnieku saimniecība",
        registered="1992-06-15",
        address='Krāslavas nov., "Ezerkrastiņi"',
        index=None,
        has_sepa=False,
    ),
)

FORMER_NAMES = (
    FormerName(regcode=LV["ostmala"], date_to="2016-01-14", name='SIA "Austrumu Krava"'),
    FormerName(
        regcode=LV["kurzemes_koks"], date_to="2003-05-05", name='Valsts akciju sabiedrība "Kurzemes mežs"'
    ),
    FormerName(
        regcode=LV["kurzemes_koks"], date_to="2010-10-01", name='Akciju sabiedrība "Kurzemes Koks un Papīrs"'
    ),
)

BENEFICIAL_OWNERS = tuple(
    BeneficialOwner(
        id=700100 + n,
        legal_entity_registration_number=LV[company],
        forename=forename,
        surname=surname,
        latvian_identity_number_masked=masked_code(birth) if is_resident else "",
        birth_date="" if is_resident else birth,
        nationality=nationality,
        residence=residence,
        registered_on=registered,
        last_modified_at=f"{registered} 09:{n:02d}:11",
    )
    for n, (company, forename, surname, birth, is_resident, nationality, residence, registered) in enumerate(
        (
            ("ostmala", "Ilze", "Zaķkalne", "1979-04-21", True, "LV", "LV", "2018-01-10"),
            ("jurmalas_vejs", "Sofie", "Lindegaard Mørch", "1968-07", False, "DK", "DK", "2018-02-01"),
            ("jurmalas_vejs", "Kristaps", "Vējslauks", "1975-12-05", True, "LV", "LV", "2018-02-01"),
            ("selu_darzi", "Ausma", "Dārzniece-Sēle", "1966-05-17", True, "LV", "LV", "2018-03-12"),
            ("linu_fabrika", "Jānis", "Ozolkalns", "1962-02-08", True, "LV", "LV", "2017-12-04"),
            ("kurzemes_koks", "Uldis", "Mežakuilis", "1951-10-30", True, "LV", "LV", "2018-01-22"),
            ("baltezera", "Rihards", "Ūdrpils", "1983-03-03", True, "LV", "LV", "2018-05-05"),
            ("baltezera", "Noam", "Ben-Sharvit", "1970-08-19", False, "IL;RU", "IL", "2019-07-30"),
            ("meness_audumi", "Dace", "Audējbērza", "1990-01-27", True, "LV", "LV", "2018-06-06"),
            ("velna_dzirnavas", "Rihards", "Ūdrpils", "1983-03-03", True, "LV", "LV", "2020-01-20"),
            ("velna_dzirnavas", "Tijs", "Molenaar-Duivel", "1963-06", False, "NL", "NL", "2020-01-20"),
            ("dzintara_cels", "Līga", "Dzintariņa", "2001-11-11", True, "LV", "LT", "2021-09-09"),
            ("teterevi", "Arvīds", "Teterevs", "1969-09-09", True, "LV", "LV", "2018-09-01"),
        ),
        start=1,
    )
)

# A personal code of the new kind (it begins with 32) says nothing of the birth date.
BENEFICIAL_OWNERS += (
    BeneficialOwner(
        id=700190,
        legal_entity_registration_number=LV["abavas_piens"],
        forename="Margita",
        surname="Pienene",
        latvian_identity_number_masked="320114-*****",
        registered_on="2022-04-04",
        last_modified_at="2022-04-04 12:00:00",
    ),
)

_URI = "https://info.ur.gov.lv/#/members/"


def _member(n: int, company: str, name: str, shares: int, birth: str = "", **more: str) -> Member:
    kind = more.get("kind", "NATURAL_PERSON")
    is_resident = bool(birth) and not more.get("is_foreign")
    return Member(
        id=800100 + n,
        uri=f"{_URI}{800100 + n}",
        at_legal_entity_registration_number=LV[company],
        entity_type=kind,
        name=name,
        latvian_identity_number_masked=masked_code(birth) if is_resident else "",
        birth_date="" if is_resident else birth,
        legal_entity_registration_number=more.get("number", ""),
        number_of_shares=shares,
        share_nominal_value=more.get("nominal", "1.00"),
        share_currency=more.get("currency", "EUR"),
    )


MEMBERS = (
    _member(1, "ostmala", "SABLE REEF HOLDINGS LIMITED", 1960, kind="FOREIGN_ENTITY", number="1934711"),
    _member(2, "ostmala", "Zaķkalne Ilze", 840, "1979-04-21"),
    _member(3, "jurmalas_vejs", "Lindegaard Moerch Sofie", 40, "1968-07", is_foreign="yes", nominal="100.00"),
    _member(4, "jurmalas_vejs", "Vējslauks Kristaps", 60, "1975-12-05", nominal="100.00"),
    _member(5, "selu_darzi", "", 50, kind="JOINT_OWNERS", nominal="28.00"),
    _member(6, "selu_darzi", "Sēlis Vilnis", 50, "1958-08-01", nominal="28.00"),
    _member(7, "linu_fabrika", "Ozolkalns Jānis", 2800, "1962-02-08"),
    _member(8, "gaujas_papirs", "Kurzemes Koks AS", 2800, kind="LEGAL_ENTITY", number=LV["kurzemes_koks"]),
    _member(9, "baltezera", "Ūdrpils Rihards", 51, "1983-03-03", nominal="28.46"),
    _member(10, "baltezera", "Ben-Sharvit Noam", 49, "1970-08-19", is_foreign="yes", nominal="28.46"),
    _member(11, "meness_audumi", "Audējbērza Dace", 100, "1990-01-27", nominal="28.00"),
    # Two rows for one holder: classes of shares with different nominal values.
    _member(12, "velna_dzirnavas", "Ūdrpils Rihards", 10, "1983-03-03", nominal="100.00"),
    _member(13, "velna_dzirnavas", "Ūdrpils Rihards", 1000, "1983-03-03"),
    _member(14, "velna_dzirnavas", "Molenaar-Duivel Tijs", 800, "1963-06", is_foreign="yes"),
    _member(15, "dzintara_cels", "Dzintariņa Līga", 1, "2001-11-11", nominal="2800.00"),
    _member(16, "miglas_tilti", "Tiltiņš Aivars", 20, "1960-06-06", nominal="100.00", currency="LVL"),
)

JOINT_OWNERS = (
    JointOwner(
        id=810001,
        member_id=800105,
        entity_type="NATURAL_PERSON",
        name="Dārzniece-Sēle Ausma",
        latvian_identity_number_masked=masked_code("1966-05-17"),
    ),
    JointOwner(
        id=810002,
        member_id=800105,
        entity_type="NATURAL_PERSON",
        name="Dārznieks Gunārs",
        latvian_identity_number_masked=masked_code("1964-02-02"),
    ),
)

STOCKHOLDERS = (
    Stockholder(
        id=820001,
        at_legal_entity_registration_number=LV["kurzemes_koks"],
        entity_type="NATURAL_PERSON",
        name="Mežakuilis Uldis",
        latvian_identity_number_masked=masked_code("1951-10-30"),
        number_of_shares=60000,
        votes=60000,
    ),
    Stockholder(
        id=820002,
        at_legal_entity_registration_number=LV["kurzemes_koks"],
        entity_type="LEGAL_ENTITY",
        name='Kooperatīvā sabiedrība "Abavas Piens"',
        legal_entity_registration_number=LV["abavas_piens"],
        number_of_shares=30000,
        votes=30000,
    ),
    Stockholder(
        id=820003,
        at_legal_entity_registration_number=LV["kurzemes_koks"],
        entity_type="NATURAL_PERSON",
        name="Strautmale Velta",
        latvian_identity_number_masked=masked_code("1948-07-07"),
        number_of_shares=10000,
        votes=0,
        stock_type="PREFERENCE",
        depository_registration_number="40299009924",
        depository_name="Dzintara Depozitārijs AS",
    ),
)

OFFICERS = (
    Officer(
        id=830001,
        at_legal_entity_registration_number=LV["ostmala"],
        name="Zaķkalne Ilze",
        latvian_identity_number_masked=masked_code("1979-04-21"),
        position="CHAIR_OF_BOARD",
        rights_of_representation_type="WITH_ALL",
    ),
    Officer(
        id=830002,
        at_legal_entity_registration_number=LV["ostmala"],
        name="Vilkaste Gatis",
        latvian_identity_number_masked=masked_code("1985-01-19"),
        rights_of_representation_type="WITH_AT_LEAST",
        representation_with_at_least=1,
    ),
    Officer(
        id=830003,
        at_legal_entity_registration_number=LV["kurzemes_koks"],
        name="Strautmale Velta",
        latvian_identity_number_masked=masked_code("1948-07-07"),
        position="CHAIR_OF_SUPERVISORY_BOARD",
        governing_body="SUPERVISORY_BOARD",
    ),
    Officer(
        id=830004,
        at_legal_entity_registration_number=LV["latgales_mals"],
        name="Podniece Anna",
        latvian_identity_number_masked=masked_code("1971-06-24"),
        position="OWNER",
        governing_body="",
    ),
    Officer(
        id=830005,
        at_legal_entity_registration_number=LV["teterevi"],
        name="Teterevs Arvīds",
        latvian_identity_number_masked=masked_code("1969-09-09"),
        position="CO_OWNER",
        governing_body="",
    ),
    Officer(
        id=830006,
        at_legal_entity_registration_number=LV["teterevi"],
        name='SIA "Baltezera Ūdens"',
        entity_type="LEGAL_ENTITY",
        legal_entity_registration_number=LV["baltezera"],
        position="CO_OWNER",
        governing_body="",
    ),
    Officer(
        id=830007,
        at_legal_entity_registration_number=LV["gaujas_papirs"],
        name="Likvidators Egons",
        latvian_identity_number_masked=masked_code("1977-03-30"),
        position="LIQUIDATOR",
        governing_body="LIQUIDATOR",
    ),
    Officer(
        id=830008,
        at_legal_entity_registration_number=LV["sarma"],
        name="Sarma OÜ",
        entity_type="FOREIGN_ENTITY",
        position="FOUNDER",
        governing_body="",
    ),
    Officer(
        id=830009,
        at_legal_entity_registration_number=LV["velna_dzirnavas"],
        name="Molenaar-Duivel Tijs",
        birth_date="1963-06",
    ),
)
