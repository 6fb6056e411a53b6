"""Everybody else in the UK register of the sample world: every kind of record at least once."""

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
from bo_harmonise.world.samples.gb_forms import BOARD, INFLUENCE, SHARES, held, person, uk_company
from bo_harmonise.world.samples.numbers import GB
from bo_harmonise.world.writers.gb_psc import (
    Exemptions,
    Individual,
    Organisation,
    PscRecord,
    Statement,
    SuperSecure,
)

_PEOPLE = (
    person(
        "saltmarsh",
        ("Mr", "Barnaby", "Keir", "Ollerenshaw-Pike"),
        (1974, 5),
        (SHARES.format("25-to-50"),),
        HULL,
        since="2016-09-01",
    ),
    person(
        "penhallow",
        ("Mr.", "Jory", None, "Trevithnick"),
        (1962, 4),
        held("25-to-50"),
        TRURO,
        since="2016-04-06",
    ),
    person(
        "prydderch_senior",
        ("Mrs", "Gwenllian", "Mair", "Prydderch"),
        (1954, 9),
        held("25-to-50"),
        CARDIGAN,
        since="2016-04-06",
        nationality="British,Welsh",
        residence="Wales",
    ),
    person(
        "cindermoss",
        ("Mrs", "Morag", None, "Auchterloonie"),
        (1958, 6),
        (*held("75-to-100", "-as-trust", board=True), INFLUENCE),
        OBAN,
        since="2016-04-06",
        nationality="Scottish",
        residence="Scotland",
    ),
    person(
        "cindermoss",
        ("Mr", "Hamish", "Rory", "Auchterloonie"),
        (1931, 10),
        held("75-to-100"),
        OBAN,
        since="2016-04-06",
        residence="Scotland",
        ceased_on="2019-12-24",
    ),
    person(
        "cindermoss_lp",
        ("Mr", "Fergus", None, "Auchterloonie"),
        (1986, 3),
        (
            "part-right-to-share-surplus-assets-50-to-75-percent",
            "part-right-to-share-surplus-assets-25-to-50-percent-as-trust",
            "right-to-appoint-and-remove-person-as-firm",
        ),
        OBAN,
        since="2017-06-26",
        residence="Scotland",
    ),
    person(
        "fennimore",
        ("Ms", "Cordelia", None, "Fennimore-Bligh"),
        (1969, 2),
        (
            "voting-rights-50-to-75-percent-limited-liability-partnership",
            "right-to-share-surplus-assets-50-to-75-percent-limited-liability-partnership",
            "right-to-appoint-and-remove-members-limited-liability-partnership",
        ),
        AGENT,
        since="2016-04-06",
    ),
    person(
        "fennimore",
        ("Mr", "Ignatius", None, "Ashdale"),
        (1973, 7),
        (
            "voting-rights-25-to-50-percent-as-firm-limited-liability-partnership",
            "significant-influence-or-control-as-trust-limited-liability-partnership",
        ),
        AGENT,
        since="2016-04-06",
    ),
    person(
        "slatequay",
        ("Mr", "Cathal", "Eoin", "MacIlvarnock"),
        (1980, 8),
        held("75-to-100", "-as-firm"),
        LARNE,
        since="2016-04-06",
        nationality="Irish",
        residence="Northern Ireland",
    ),
    person(
        "larchmere",
        ("Mr", "Edmund", None, "Quartermayne"),
        (1949, 11),
        (INFLUENCE + "-as-trust", BOARD + "-as-trust"),
        AGENT,
        since="2016-04-06",
    ),
    person(
        "pepperstone",
        ("Mr", "Tobias", None, "Wrenfield"),
        (1971, 12),
        held("25-to-50"),
        LUDLOW,
        since="2016-04-06",
    ),
    person(
        "pepperstone",
        ("Mrs", "Hester", None, "Wrenfield"),
        (1972, 2),
        held("25-to-50"),
        LUDLOW,
        since="2016-04-06",
    ),
    person(
        "vantrees",
        ("Mejuffrouw", "Saskia", "van der", "Boomgaardt"),
        (1988, 1),
        held("75-to-100"),
        AGENT,
        since="2021-04-12",
        nationality="Dutch,British",
        residence="Netherlands",
    ),
    person(
        "windle", ("Mr", "Percival", None, "Windle"), (1947, 3), held("50-to-75"), LEEDS, since="2016-04-06"
    ),
    person(
        "windle",
        ("Ms", "Nadezhda", None, "Korsakova-Lund"),
        (1982, 10),
        held("25-to-50"),
        LEEDS,
        since="2018-08-01",
        nationality="Russian",
    ),
    person(
        "yarrowby",
        ("Mr", "Gurdeep", "Singh", "Mahalwal"),
        (1976, 6),
        held("75-to-100"),
        HULL,
        since="2016-04-06",
    ),
    person(
        "zennor",
        ("Lady", "Demelza", None, "Carrack"),
        (1955, 5),
        held("75-to-100"),
        TRURO,
        since="2016-04-06",
    ),
    person(
        "applecross",
        ("Mr", "Ruaridh", None, "Strathglen"),
        (1990, 7),
        held("75-to-100"),
        OBAN,
        since="2016-04-06",
        residence="Scotland",
    ),
    person(
        "dissolved",
        ("Mr", "Basil", None, "Ormskirk-Dale"),
        (1950, 2),
        held("75-to-100"),
        LEEDS,
        since="2016-04-06",
    ),
    person(
        "orchardleigh",
        ("Mr", "Lucian", None, "Orchardleigh"),
        (1961, 9),
        (
            "ownership-of-shares-more-than-25-percent-as-trust-registered-overseas-entity",
            "significant-influence-or-control-as-control-over-trust-registered-overseas-entity",
        ),
        ROAD_TOWN,
        since="2023-01-20",
        nationality="Maltese",
        residence="Malta",
        is_overseas=True,
    ),
    person(
        "gatewing",
        ("Mrs", "Philomena", None, "Gatewing-Stowe"),
        (1957, 12),
        (
            "registered-owner-as-nominee-person-england-wales-registered-overseas-entity",
            "voting-rights-more-than-25-percent-registered-overseas-entity",
        ),
        ROAD_TOWN,
        since="2023-01-30",
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
        natures=held("75-to-100"),
        notified_on="2020-10-14",
        identity_verification_details={
            "appointment_verification_start_on": "2026-02-03",
            "appointment_verification_statement_due_on": "2027-02-03",
            "identity_verified_on": "2026-01-12",
            "preferred_name": "Wilf Hastings-Beck",
        },
    ),
)


_ORGANISATIONS = (
    # The number is a place, the country is a county.
    uk_company(
        "skelwith",
        "Fellside Angling Club",
        "West Yorkshire",
        held("25-to-50"),
        country_registered="West Yorkshire",
        legal_authority="Uk Companies Act 2006",
    ),
    # A Scottish partnership, and a corporate owner that has ceased.
    uk_company(
        "cindermoss_lp",
        "Cindermoss Distillers Limited",
        GB["cindermoss"],
        ("right-to-appoint-and-remove-person", "part-right-to-share-surplus-assets-25-to-50-percent"),
        country_registered="Scotland",
    ),
    uk_company("windle", "Bobbin Nominees Limited", "4900771", held("25-to-50"), ceased_on="2018-08-01"),
    Organisation(
        company_number=GB["exchange"],
        name="Salopian Municipal Pension Authority",
        address=LUDLOW,
        natures=held("25-to-50"),
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
    SuperSecure(company_number=GB["ravensgill"], seed="former", has_ceased=True),
    SuperSecure(company_number=GB["gatewing"], is_overseas=True),
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

BACKGROUND: tuple[PscRecord, ...] = (*_PEOPLE, *_ODD_PEOPLE, *_ORGANISATIONS, *_OTHERS)
