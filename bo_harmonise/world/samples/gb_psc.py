"""What the UK register of people with significant control says of the sample world: the stories."""

from bo_harmonise.world.samples.gb_background import BACKGROUND
from bo_harmonise.world.samples.gb_companies import CARDIGAN, LEEDS, OBAN, TRURO
from bo_harmonise.world.samples.gb_forms import BOARD, SHARES, held, person, uk_company
from bo_harmonise.world.samples.numbers import GB, LV
from bo_harmonise.world.writers.gb_psc import Address, Organisation, PscRecord, Statement, SuperSecure

RISSKOV = Address(
    premises="14",
    address_line_1="Vestre Strandtange",
    locality="Risskov",
    country="Denmark",
    postal_code="8240",
)
RIGA = Address(
    premises="7",
    address_line_1="Zvejnieku Krastmala",
    locality="Riga",
    country="Latvia",
    postal_code="LV-1048",
)
VIENNA = Address(
    premises="41", address_line_1="Lerchenauergasse", locality="Vienna", country="Austria", postal_code="1080"
)
LIMASSOL = Address(
    premises="5", address_line_1="Ormos Walk", locality="Limassol", country="Cyprus", postal_code="3106"
)

# Records that the truth refers to by name.
MIRON = person(
    "thornwick",
    ("Mr", "Miron", "Denisovich", "Olkhovsky"),
    (1971, 3),
    held("75-to-100", board=True),
    RIGA,
    since="2016-04-06",
    nationality="Kazakh",
    residence="Latvia",
    ceased_on="2021-06-30",
)
OSTMALA = Organisation(
    company_number=GB["thornwick"],
    name="Sia Ostmala Krava",
    address=RIGA,
    natures=held("75-to-100", board=True),
    notified_on="2021-06-30",
    country_registered="Latvia",
    legal_authority="Commercial Law Of Latvia",
    legal_form="Limited Liability Company",
    place_registered="Register Of Enterprises Of The Republic Of Latvia",
    registration_number=LV["ostmala"],
)
GRUENSPECHT = Organisation(
    company_number=GB["wychmoor"],
    name="Grunspecht Beteiligungs Ag",
    address=VIENNA,
    natures=held("75-to-100"),
    notified_on="2018-05-02",
    country_registered="Austria",
    legal_authority="Aktiengesetz",
    legal_form="Aktiengesellschaft",
)
SOFIE = person(
    "saltmarsh",
    ("Mrs", "Sofie", "Lindegaard", "Morch"),
    (1968, 7),
    (SHARES.format("25-to-50"),),
    RISSKOV,
    since="2016-09-01",
    nationality="Danish",
    residence="Denmark",
)
ILEKTRA = person(
    "penhallow",
    ("Ms", "Ilektra", None, "Drosinou-Kampa"),
    (1979, 11),
    held("50-to-75"),
    LIMASSOL,
    since="2017-01-20",
    nationality="Greek",
    residence="Cyprus",
)
OZOLKALNS = person(
    "larkbarrow",
    ("Mr", "Janis", None, "Ozolkalns"),
    (1985, 11),
    held("75-to-100"),
    TRURO,
    since="2019-10-10",
    nationality="Latvian",
)
BUNDGAARD = person(
    "bundgaard",
    ("Mr", "Lars", "Holm", "Bundgaard"),
    (1977, 2),
    held("75-to-100", board=True),
    LEEDS,
    since="2016-04-06",
)
HRABINSKY = person(
    "hrabinsky",
    ("Mr", "Peter", None, "Hrabinsky"),
    (1990, 9),
    held("75-to-100"),
    LEEDS,
    since="2020-02-29",
    nationality="Slovak",
)
PRYDDERCH_SENIOR = person(
    "prydderch_senior",
    ("Mr", "Owen", None, "Prydderch"),
    (1951, 1),
    held("50-to-75"),
    CARDIGAN,
    since="2016-04-06",
    nationality="Welsh",
    residence="Wales",
)
PRYDDERCH_JUNIOR = person(
    "prydderch_junior",
    ("Mr", "Owen", None, "Prydderch"),
    (1983, 1),
    held("75-to-100"),
    CARDIGAN,
    since="2016-06-21",
    nationality="Welsh",
    residence="Wales",
)
ALASDAIR = person(
    "brackenfold",
    ("Dr", "Alasdair", None, "Penrose-Quill"),
    (1966, 8),
    (SHARES.format("50-to-75"),),
    OBAN,
    since="2016-04-06",
    residence="Scotland",
)
ESMERALDA_POULTRY = person(
    "harrowgate",
    ("Miss", "Esmeralda", "Jane", "Thistlewick"),
    (1990, 12),
    held("50-to-75"),
    LEEDS,
    since="2016-04-06",
)
ESMERALDA_OUTDOORS = person(
    "skelwith",
    ("Mrs", "Esmeralda", None, "Thistlewick"),
    (1990, 12),
    (SHARES.format("25-to-50"), BOARD),
    LEEDS,
    since="2017-07-07",
)
SUPER_SECURE_ARCHIVES = SuperSecure(company_number=GB["quillhaven"])
SUPER_SECURE_SYSTEMS = SuperSecure(company_number=GB["ravensgill"])
NO_OWNER = Statement(
    company_number=GB["merrowdown"],
    statement="no-individual-or-entity-with-signficant-control",
    notified_on="2016-06-30",
)

TOLVADDON_RETAIL = uk_company(
    "tolvaddon_retail",
    "Tolvaddon Group Plc",
    GB["tolvaddon"].lstrip("0"),
    held("75-to-100", board=True),
    legal_form="Public Limited Compamy",
    country_registered="England And Wales",
)
TOLVADDON_ESTATES = uk_company(
    "tolvaddon_estates", "Tolvaddon Retail Ltd", GB["tolvaddon_retail"], held("75-to-100")
)
OUROBOROS = uk_company(
    "ouroboros", "Ouroboros Self Storage Ltd", GB["ouroboros"], held("75-to-100"), notified_on="2019-09-19"
)

_STORIES: tuple[PscRecord, ...] = (
    MIRON,
    OSTMALA,
    GRUENSPECHT,
    SOFIE,
    ILEKTRA,
    OZOLKALNS,
    BUNDGAARD,
    HRABINSKY,
    PRYDDERCH_SENIOR,
    PRYDDERCH_JUNIOR,
    ALASDAIR,
    ESMERALDA_POULTRY,
    ESMERALDA_OUTDOORS,
    SUPER_SECURE_ARCHIVES,
    SUPER_SECURE_SYSTEMS,
    NO_OWNER,
    TOLVADDON_RETAIL,
    TOLVADDON_ESTATES,
    OUROBOROS,
)
RECORDS: tuple[PscRecord, ...] = tuple(
    sorted((*_STORIES, *BACKGROUND), key=lambda record: record.company_number)
)
"""All lines but the totals, in order of company number."""
