"""What the UK register of people with significant control says of the sample world."""

from bo_harmonise.world.samples.gb_companies import (
    AGENT,
    CARDIGAN,
    DOUGLAS,
    HULL,
    LARNE,
    LEEDS,
    LUDLOW,
    OBAN,
    ROAD_TOWN,
    TRURO,
)
from bo_harmonise.world.samples.numbers import GB, LV
from bo_harmonise.world.writers.gb_psc import (
    Address,
    Exemptions,
    Individual,
    Organisation,
    PscRecord,
    Statement,
    SuperSecure,
)

_SHARES = "ownership-of-shares-{}-percent"
_VOTES = "voting-rights-{}-percent"
_BOARD = "right-to-appoint-and-remove-directors"
_INFLUENCE = "significant-influence-or-control"


def _held(band: str, suffix: str = "", *, board: bool = False) -> tuple[str, ...]:
    natures = (_SHARES.format(band) + suffix, _VOTES.format(band) + suffix)
    return (*natures, _BOARD + suffix) if board else natures


def _person(
    company: str,
    name: tuple[str, str, str | None, str],
    birth: tuple[int, int],
    natures: tuple[str, ...],
    address: Address,
    notified_on: str,
    *,
    nationality: str = "British",
    residence: str = "England",
    **more: str | bool,
) -> Individual:
    title, forename, middle, surname = name
    full = " ".join(part for part in (title, forename, middle, surname) if part)
    ceased_on = more.get("ceased_on")
    return Individual(
        company_number=GB[company],
        name=full,
        title=title or None,
        forename=forename,
        middle_name=middle,
        surname=surname,
        birth=birth,
        nationality=nationality,
        country_of_residence=residence,
        address=address,
        natures=natures,
        notified_on=notified_on,
        ceased_on=str(ceased_on) if ceased_on else None,
        is_overseas=bool(more.get("is_overseas")),
        principal_office_address=ROAD_TOWN if more.get("is_overseas") else None,
    )


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
MIRON = _person(
    "thornwick",
    ("Mr", "Miron", "Denisovich", "Olkhovsky"),
    (1971, 3),
    _held("75-to-100", board=True),
    RIGA,
    "2016-04-06",
    nationality="Kazakh",
    residence="Latvia",
    ceased_on="2021-06-30",
)
OSTMALA = Organisation(
    company_number=GB["thornwick"],
    name="Sia Ostmala Krava",
    address=RIGA,
    natures=_held("75-to-100", board=True),
    notified_on="2021-06-30",
    country_registered="Latvia",
    legal_authority="Commercial Law Of Latvia",
    legal_form="Limited Liability Company",
    place_registered="Register Of Enterprises Of The Republic Of Latvia",
    registration_number=LV["ostmala"],
)
GRUENSPECHT = Organisation(
    company_number=GB["wychmoor"],
    name="Gruenspecht Beteiligungs Ag",
    address=VIENNA,
    natures=_held("75-to-100"),
    notified_on="2018-05-02",
    country_registered="Austria",
    legal_authority="Aktiengesetz",
    legal_form="Aktiengesellschaft",
)
SOFIE = _person(
    "saltmarsh",
    ("Mrs", "Sofie", "Lindegaard", "Morch"),
    (1968, 7),
    (_SHARES.format("25-to-50"),),
    RISSKOV,
    "2016-09-01",
    nationality="Danish",
    residence="Denmark",
)
ILEKTRA = _person(
    "penhallow",
    ("Ms", "Ilektra", None, "Drosinou-Kampa"),
    (1979, 11),
    _held("50-to-75"),
    LIMASSOL,
    "2017-01-20",
    nationality="Greek",
    residence="Cyprus",
)
OZOLKALNS = _person(
    "larkbarrow",
    ("Mr", "Janis", None, "Ozolkalns"),
    (1985, 11),
    _held("75-to-100"),
    TRURO,
    "2019-10-10",
    nationality="Latvian",
)
BUNDGAARD = _person(
    "bundgaard",
    ("Mr", "Lars", "Holm", "Bundgaard"),
    (1977, 2),
    _held("75-to-100", board=True),
    LEEDS,
    "2016-04-06",
)
HRABINSKY = _person(
    "hrabinsky",
    ("Mr", "Peter", None, "Hrabinsky"),
    (1990, 9),
    _held("75-to-100"),
    LEEDS,
    "2020-02-29",
    nationality="Slovak",
)
PRYDDERCH_SENIOR = _person(
    "prydderch_senior",
    ("Mr", "Owen", None, "Prydderch"),
    (1951, 1),
    _held("50-to-75"),
    CARDIGAN,
    "2016-04-06",
    nationality="Welsh",
    residence="Wales",
)
PRYDDERCH_JUNIOR = _person(
    "prydderch_junior",
    ("Mr", "Owen", None, "Prydderch"),
    (1983, 1),
    _held("75-to-100"),
    CARDIGAN,
    "2016-06-21",
    nationality="Welsh",
    residence="Wales",
)
ALASDAIR = _person(
    "brackenfold",
    ("Dr", "Alasdair", None, "Penrose-Quill"),
    (1966, 8),
    (_SHARES.format("50-to-75"),),
    OBAN,
    "2016-04-06",
    residence="Scotland",
)
ESMERALDA_POULTRY = _person(
    "harrowgate",
    ("Miss", "Esmeralda", "Jane", "Thistlewick"),
    (1990, 12),
    _held("50-to-75"),
    LEEDS,
    "2016-04-06",
)
ESMERALDA_OUTDOORS = _person(
    "skelwith",
    ("Mrs", "Esmeralda", None, "Thistlewick"),
    (1990, 12),
    (_SHARES.format("25-to-50"), _BOARD),
    LEEDS,
    "2017-07-07",
)
SUPER_SECURE_ARCHIVES = SuperSecure(company_number=GB["quillhaven"])
SUPER_SECURE_SYSTEMS = SuperSecure(company_number=GB["ravensgill"])
NO_OWNER = Statement(
    company_number=GB["merrowdown"],
    statement="no-individual-or-entity-with-signficant-control",
    notified_on="2016-06-30",
)

_PEOPLE = (
    MIRON,
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
    _person(
        "saltmarsh",
        ("Mr", "Barnaby", "Keir", "Ollerenshaw-Pike"),
        (1974, 5),
        (_SHARES.format("25-to-50"),),
        HULL,
        "2016-09-01",
    ),
    _person(
        "penhallow", ("Mr.", "Jory", None, "Trevithnick"), (1962, 4), _held("25-to-50"), TRURO, "2016-04-06"
    ),
    _person(
        "prydderch_senior",
        ("Mrs", "Gwenllian", "Mair", "Prydderch"),
        (1954, 9),
        _held("25-to-50"),
        CARDIGAN,
        "2016-04-06",
        nationality="British,Welsh",
        residence="Wales",
    ),
    _person(
        "cindermoss",
        ("Mrs", "Morag", None, "Auchterloonie"),
        (1958, 6),
        (*_held("75-to-100", "-as-trust", board=True), _INFLUENCE),
        OBAN,
        "2016-04-06",
        nationality="Scottish",
        residence="Scotland",
    ),
    _person(
        "cindermoss",
        ("Mr", "Hamish", "Rory", "Auchterloonie"),
        (1931, 10),
        _held("75-to-100"),
        OBAN,
        "2016-04-06",
        residence="Scotland",
        ceased_on="2019-12-24",
    ),
    _person(
        "cindermoss_lp",
        ("Mr", "Fergus", None, "Auchterloonie"),
        (1986, 3),
        (
            "part-right-to-share-surplus-assets-50-to-75-percent",
            "part-right-to-share-surplus-assets-25-to-50-percent-as-trust",
            "right-to-appoint-and-remove-person-as-firm",
        ),
        OBAN,
        "2017-06-26",
        residence="Scotland",
    ),
    _person(
        "fennimore",
        ("Ms", "Cordelia", None, "Fennimore-Bligh"),
        (1969, 2),
        (
            "voting-rights-50-to-75-percent-limited-liability-partnership",
            "right-to-share-surplus-assets-50-to-75-percent-limited-liability-partnership",
            "right-to-appoint-and-remove-members-limited-liability-partnership",
        ),
        AGENT,
        "2016-04-06",
    ),
    _person(
        "fennimore",
        ("Mr", "Ignatius", None, "Ashdale"),
        (1973, 7),
        (
            "voting-rights-25-to-50-percent-as-firm-limited-liability-partnership",
            "significant-influence-or-control-as-trust-limited-liability-partnership",
        ),
        AGENT,
        "2016-04-06",
    ),
    _person(
        "slatequay",
        ("Mr", "Cathal", "Eoin", "MacIlvarnock"),
        (1980, 8),
        _held("75-to-100", "-as-firm"),
        LARNE,
        "2016-04-06",
        nationality="Irish",
        residence="Northern Ireland",
    ),
    _person(
        "larchmere",
        ("Mr", "Edmund", None, "Quartermayne"),
        (1949, 11),
        (_INFLUENCE + "-as-trust", _BOARD + "-as-trust"),
        AGENT,
        "2016-04-06",
    ),
    _person(
        "pepperstone",
        ("Mr", "Tobias", None, "Wrenfield"),
        (1971, 12),
        _held("25-to-50"),
        LUDLOW,
        "2016-04-06",
    ),
    _person(
        "pepperstone",
        ("Mrs", "Hester", None, "Wrenfield"),
        (1972, 2),
        _held("25-to-50"),
        LUDLOW,
        "2016-04-06",
    ),
    _person(
        "vantrees",
        ("Mejuffrouw", "Saskia", "van der", "Boomgaardt"),
        (1988, 1),
        _held("75-to-100"),
        AGENT,
        "2021-04-12",
        nationality="Dutch,British",
        residence="Netherlands",
    ),
    _person("windle", ("Mr", "Percival", None, "Windle"), (1947, 3), _held("50-to-75"), LEEDS, "2016-04-06"),
    _person(
        "windle",
        ("Ms", "Nadezhda", None, "Korsakova-Lund"),
        (1982, 10),
        _held("25-to-50"),
        LEEDS,
        "2018-08-01",
        nationality="Russian",
    ),
    _person(
        "yarrowby", ("Mr", "Gurdeep", "Singh", "Mahalwal"), (1976, 6), _held("75-to-100"), HULL, "2016-04-06"
    ),
    _person(
        "zennor", ("Lady", "Demelza", None, "Carrack"), (1955, 5), _held("75-to-100"), TRURO, "2016-04-06"
    ),
    _person(
        "applecross",
        ("Mr", "Ruaridh", None, "Strathglen"),
        (1990, 7),
        _held("75-to-100"),
        OBAN,
        "2016-04-06",
        residence="Scotland",
    ),
    _person(
        "dissolved",
        ("Mr", "Basil", None, "Ormskirk-Dale"),
        (1950, 2),
        _held("75-to-100"),
        LEEDS,
        "2016-04-06",
    ),
    _person(
        "orchardleigh",
        ("Mr", "Lucian", None, "Orchardleigh"),
        (1961, 9),
        (
            "ownership-of-shares-more-than-25-percent-as-trust-registered-overseas-entity",
            "significant-influence-or-control-as-control-over-trust-registered-overseas-entity",
        ),
        ROAD_TOWN,
        "2023-01-20",
        nationality="Maltese",
        residence="Malta",
        is_overseas=True,
    ),
    _person(
        "gatewing",
        ("Mrs", "Philomena", None, "Gatewing-Stowe"),
        (1957, 12),
        (
            "registered-owner-as-nominee-person-england-wales-registered-overseas-entity",
            "voting-rights-more-than-25-percent-registered-overseas-entity",
        ),
        ROAD_TOWN,
        "2023-01-30",
        is_overseas=True,
    ),
)

_ODD_PEOPLE = (
    # A name and nothing else: no elements, no birth date, no nature of control.
    Individual(company_number=GB["digits"], name="1066", notified_on="2016-10-14", address=HULL),
    # A verified identity: the newest key of the feed.
    Individual(
        company_number=GB["digits"],
        name="Mr Wilfred Hastings-Beck",
        title="Mr",
        forename="Wilfred",
        surname="Hastings-Beck",
        birth=(1979, 4),
        nationality="English",
        country_of_residence="England",
        address=HULL,
        natures=_held("75-to-100"),
        notified_on="2020-10-14",
        identity_verification_details={
            "appointment_verification_start_on": "2026-02-03",
            "appointment_verification_statement_due_on": "2027-02-03",
            "identity_verified_on": "2026-01-12",
            "preferred_name": "Wilf Hastings-Beck",
        },
    ),
)


def _uk_company(
    company: str, name: str, number: str | None, natures: tuple[str, ...], **more: str
) -> Organisation:
    return Organisation(
        company_number=GB[company],
        name=name,
        address=TRURO,
        natures=natures,
        notified_on=more.pop("notified_on", "2016-04-06"),
        ceased_on=more.pop("ceased_on", None),
        country_registered=more.get("country_registered", "England & Wales"),
        legal_authority=more.get("legal_authority", "Companies Act 2006"),
        legal_form=more.get("legal_form", "Private Limited Company"),
        place_registered=more.get("place_registered", "Companies House"),
        registration_number=number,
    )


TOLVADDON_RETAIL = _uk_company(
    "tolvaddon_retail",
    "Tolvaddon Group Plc",
    GB["tolvaddon"].lstrip("0"),
    _held("75-to-100", board=True),
    legal_form="Public Limited Compamy",
    country_registered="England And Wales",
)
TOLVADDON_ESTATES = _uk_company(
    "tolvaddon_estates", "Tolvaddon Retail Ltd", GB["tolvaddon_retail"], _held("75-to-100")
)
OUROBOROS = _uk_company(
    "ouroboros", "Ouroboros Self Storage Ltd", GB["ouroboros"], _held("75-to-100"), notified_on="2019-09-19"
)

_ORGANISATIONS = (
    OSTMALA,
    GRUENSPECHT,
    TOLVADDON_RETAIL,
    TOLVADDON_ESTATES,
    OUROBOROS,
    # The number is a place, the country is a county.
    _uk_company(
        "skelwith",
        "Fellside Angling Club",
        "West Yorkshire",
        _held("25-to-50"),
        country_registered="West Yorkshire",
        legal_authority="Uk Companies Act 2006",
    ),
    # A Scottish partnership, and a corporate owner that has ceased.
    _uk_company(
        "cindermoss_lp",
        "Cindermoss Distillers Limited",
        GB["cindermoss"],
        ("right-to-appoint-and-remove-person", "part-right-to-share-surplus-assets-25-to-50-percent"),
        country_registered="Scotland",
    ),
    _uk_company("windle", "Bobbin Nominees Limited", "4900771", _held("25-to-50"), ceased_on="2018-08-01"),
    Organisation(
        company_number=GB["exchange"],
        name="Salopian Municipal Pension Authority",
        address=LUDLOW,
        natures=_held("25-to-50"),
        notified_on="2016-04-06",
        is_legal_person=True,
        legal_authority="Local Government Act 1972",
        legal_form="Public Body",
    ),
    Organisation(
        company_number=GB["marlstone"],
        name="Marl Nominees (Guernsey) Limited",
        address=DOUGLAS,
        principal_office_address=DOUGLAS,
        natures=(
            "ownership-of-shares-more-than-25-percent-registered-overseas-entity",
            "right-to-appoint-and-remove-directors-as-firm-registered-overseas-entity",
            "registered-owner-as-nominee-another-entity-england-wales-registered-overseas-entity",
        ),
        notified_on="2022-12-14",
        is_overseas=True,
        legal_authority="The Companies (Guernsey) Law, 2008",
        legal_form="Limited Company",
    ),
    Organisation(
        company_number=GB["nordvale"],
        name="Government Of The Free City Of Nordvale",
        address=ROAD_TOWN,
        principal_office_address=ROAD_TOWN,
        natures=(
            "ownership-of-shares-more-than-25-percent-registered-overseas-entity",
            "ownership-of-shares-more-than-25-percent-as-control-over-firm-registered-overseas-entity",
        ),
        notified_on="2023-01-25",
        is_overseas=True,
        is_sanctioned=True,
        is_legal_person=True,
        legal_authority="Free City Of Nordvale",
        legal_form="Non-Uk Government",
    ),
)

_OTHERS: tuple[PscRecord, ...] = (
    SUPER_SECURE_ARCHIVES,
    SUPER_SECURE_SYSTEMS,
    SuperSecure(company_number=GB["ravensgill"], seed="former", has_ceased=True),
    SuperSecure(company_number=GB["gatewing"], is_overseas=True),
    NO_OWNER,
    *(
        Statement(company_number=GB[company], statement=statement, notified_on=start, ceased_on=end)
        for company, statement, start, end in (
            ("saltmarsh", "no-individual-or-entity-with-signficant-control", "2016-09-01", "2016-09-30"),
            ("windle", "steps-to-find-psc-not-yet-completed", "2016-04-06", "2016-08-01"),
            ("vantrees", "psc-details-not-confirmed", "2021-04-12", "2021-05-30"),
            ("exchange", "psc-exists-but-not-identified", "2020-01-15", None),
            ("larchmere", "psc-contacted-but-no-response", "2022-03-03", None),
            ("pepperstone", "restrictions-notice-issued-to-psc", "2023-09-09", None),
            ("cindermoss_lp", "psc-exists-but-not-identified-partnership", "2017-06-26", None),
            ("marlstone", "all-beneficial-owners-identified", "2022-12-14", None),
            ("marlstone", "no-trust-involved-relevant-period", "2022-12-14", None),
            ("orchardleigh", "at-least-one-beneficial-owner-unidentified", "2023-01-20", None),
            ("nordvale", "nobody-has-become-or-ceased-to-be-a-beneficial-owner", "2024-01-25", None),
            ("gatewing", "no-beneficial-owner-identified", "2023-01-30", "2023-02-28"),
            ("zennor", "awaiting-confirmation-from-psc", "2025-11-18", None),
        )
    ),
    Statement(
        company_number=GB["pepperstone"],
        statement="psc-has-failed-to-confirm-changed-details",
        linked_psc_name="Mr Tobias Wrenfield",
        notified_on="2023-08-01",
    ),
    Statement(
        company_number=GB["yarrowby"],
        statement="restrictions-notice-issued-to-psc",
        notified_on="2019-01-01",
        ceased_on="2019-06-01",
        restrictions_notice_withdrawal_reason="restrictions-notice-withdrawn-by-company",
    ),
    Exemptions(
        company_number=GB["exchange"],
        items={
            "psc-exempt-as-shares-admitted-on-market": (("2016-10-29", "2019-12-31"),),
            "disclosure-transparency-rules-chapter-five-applies": (("2016-04-06", None),),
        },
    ),
    Exemptions(
        company_number=GB["tolvaddon"],
        items={"psc-exempt-as-trading-on-uk-regulated-market": (("2021-01-01", None),)},
    ),
)

RECORDS: tuple[PscRecord, ...] = tuple(
    sorted((*_PEOPLE, *_ODD_PEOPLE, *_ORGANISATIONS, *_OTHERS), key=lambda record: record.company_number)
)
