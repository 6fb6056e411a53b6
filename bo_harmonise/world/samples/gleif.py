"""What the global LEI index says of the sample world."""

from bo_harmonise.world.samples.numbers import DK, GB, LEI, LV, RA, SK
from bo_harmonise.world.writers.gleif import Address, LeiRecord, RelationshipRecord, ReportingException

_HULL = Address(first_line="12 Quayside Lane", city="Hull", country="GB", post_code="HU1 9ZZ")
_LEEDS = Address(
    first_line="Unit 4, Calder Wharf",
    additional_lines=("Wharf Street",),
    city="Leeds",
    region="GB-LDS",
    country="GB",
    post_code="LS2 9ZZ",
)
_TRURO = Address(first_line="3 Lemon Quay Row", city="Truro", country="GB", post_code="TR1 9ZZ")
_OBAN = Address(
    first_line="The Old Ropeworks",
    additional_lines=("Shore Street",),
    city="Oban",
    country="GB",
    post_code="PA34 9ZZ",
)
_RIGA = Address(
    first_line="Zvejnieku krastmala 7", city="Rīga", country="LV", post_code="LV-1048", language="lv"
)
_LIGATNE = Address(
    first_line="Papīra iela 2", city="Līgatne", country="LV", post_code="LV-4110", language="lv"
)
_VENTSPILS = Address(
    first_line="Ostgala iela 18", city="Ventspils", country="LV", post_code="LV-3601", language="lv"
)
_VIENNA = Address(
    first_line="Lerchenauergasse 41", city="Wien", country="AT", post_code="1080", language="de"
)
_COPENHAGEN = Address(
    first_line="Pilealléstræde 20, 3. tv", city="København V", country="DK", post_code="1799", language="da"
)
_KOSICE = Address(
    first_line="Hrnčiarska vyhliadka 1234/1", city="Košice", country="SK", post_code="040 01", language="sk"
)
_BRATISLAVA = Address(
    first_line="Vlčie údolie 8/A", city="Bratislava", country="SK", post_code="811 09", language="sk"
)
_BRNO = Address(first_line="Sklářské návrší 15", city="Brno", country="CZ", post_code="60200", language="cs")
_LUBLIN = Address(
    first_line="ul. Krokodyla 9", city="Lublin", country="PL", post_code="20-001", language="pl"
)
_LYON = Address(
    first_line="18 quai des Alligators",
    city="Lyon",
    region="FR-69",
    country="FR",
    post_code="69002",
    language="fr",
)
_ROAD_TOWN = Address(
    first_line="Trellis Chambers",
    additional_lines=("Pelican Drive",),
    city="Road Town",
    country="VG",
    post_code="VG1110",
)
_LUXEMBOURG = Address(
    first_line="2 montée des Hirondelles", city="Luxembourg", country="LU", post_code="L-1999", language="fr"
)
_WILMINGTON = Address(
    first_line="900 Heron Creek Road", city="Wilmington", region="US-DE", country="US", post_code="19899"
)


def _record(
    key: str, name: str, address: Address, authority: str, number: str | None, **more: str
) -> LeiRecord:
    return LeiRecord(
        lei=LEI[key],
        name=name,
        language=address.language,
        legal_address=address,
        authority=RA[authority],
        authority_entity_id=number,
        jurisdiction=more.get("jurisdiction", address.country),
        form_code=more.get("form", "8888"),
        other_form=more.get("other_form"),
        created=more.get("created"),
        category=more.get("category", "GENERAL"),
        status=more.get("status", "ACTIVE"),
        registration_status=more.get("registration", "ISSUED"),
        validation=more.get("validation", "FULLY_CORROBORATED"),
    )


RECORDS = (
    _record(
        "thornwick",
        "THORNWICK QUAY HOLDINGS LTD",
        _HULL,
        "GB",
        GB["thornwick"],
        form="H0PO",
        created="2014-06-11",
    ),
    _record(
        "wychmoor", "WYCHMOOR TIMBER LIMITED", _LEEDS, "GB", GB["wychmoor"], form="H0PO", created="2009-02-17"
    ),
    LeiRecord(
        lei=LEI["gruenspecht"],
        name="Grünspecht Beteiligungs AG",
        language="de",
        transliterated_names=(
            ("Gruenspecht Beteiligungs AG", "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME", "de"),
        ),
        legal_address=_VIENNA,
        authority=RA["AT"],
        authority_entity_id="FN 998112 k",
        jurisdiction="AT",
        form_code="EQOV",
        created="1987-03-30",
        is_geocoded=True,
    ),
    _record("ostmala", 'SIA "Ostmala Krava"', _RIGA, "LV", LV["ostmala"], form="DPEA", created="2013-03-12"),
    # Latvia has struck this company off; its LEI merely lapsed.
    _record(
        "gaujas_papirs",
        'SIA "Gaujas Papīrs"',
        _LIGATNE,
        "LV",
        LV["gaujas_papirs"],
        form="DPEA",
        created="2004-02-16",
        registration="LAPSED",
        validation="PARTIALLY_CORROBORATED",
    ),
    _record(
        "kurzemes_koks",
        'Akciju sabiedrība "Kurzemes Koks"',
        _VENTSPILS,
        "LV",
        LV["kurzemes_koks"],
        created="1999-08-25",
    ),
    # Name and seat that the Slovak register closed in 2022; the number has blanks.
    _record(
        "tatranska",
        "Tatranská doprava, a.s.",
        _KOSICE,
        "SK",
        f"{SK['tatranska'][:2]} {SK['tatranska'][2:5]} {SK['tatranska'][5:]}",
    ),
    _record("zahorie", "Záhorie Sklo, a.s.", _BRATISLAVA, "SK", SK["zahorie"]),
    _record("moravian", "Moravská sklárna Krystalín, a.s.", _BRNO, "CZ", "71907777", created="1994-05-05"),
    _record(
        "tolvaddon",
        "TOLVADDON GROUP PUBLIC LIMITED COMPANY",
        _TRURO,
        "GB",
        GB["tolvaddon"],
        created="1996-12-02",
    ),
    _record(
        "tolvaddon_retail", "TOLVADDON RETAIL LTD", _TRURO, "GB", GB["tolvaddon_retail"], created="2001-03-19"
    ),
    LeiRecord(
        lei=LEI["cindermoss"],
        name="CINDERMOSS DISTILLERS LIMITED",
        other_names=(
            ("CINDERMOSS & DAUGHTERS LIMITED", "PREVIOUS_LEGAL_NAME", "en"),
            ("Cindermoss", "TRADING_OR_OPERATING_NAME", "en"),
        ),
        legal_address=_OBAN,
        headquarters=_HULL,
        authority=RA["GB"],
        authority_entity_id=GB["cindermoss"],
        jurisdiction="GB-SCT",
        created="1999-09-09",
    ),
    _record("brackenfold", "BRACKENFOLD MINERALS LTD", _OBAN, "GB", GB["brackenfold"], created="2011-05-09"),
    _record(
        "lyngholm",
        "Lyngholm Holding A/S",
        _COPENHAGEN,
        "DK",
        DK["lyngholm"],
        form="ZRPO",
        created="1998-02-23",
    ),
    _record(
        "havnegade",
        "Havnegade Ejendomme ApS",
        _COPENHAGEN,
        "DK",
        DK["havnegade"],
        form="H8VP",
        created="2016-12-19",
    ),
    _record(
        "sable_reef",
        "Sable Reef Holdings Limited",
        _ROAD_TOWN,
        "none",
        None,
        created="2012-08-27",
        validation="ENTITY_SUPPLIED_ONLY",
    ),
    _record("krokodyl", "Krokodyl Zabawki S.A.", _LUBLIN, "PL", "0009990009", created="2000-10-10"),
    _record("krokodyl_france", "Krokodyl Jouets SARL", _LYON, "FR", "999 990 005", created="2008-08-08"),
    _record(
        "fund",
        "Hirondelle Opportunities - Wetlands Fund",
        _LUXEMBOURG,
        "other",
        "O99901",
        category="FUND",
        other_form="Sub-fund",
    ),
    _record("fund_manager", "Hirondelle Asset Management S.à r.l.", _LUXEMBOURG, "other", "B99902"),
    _record(
        "umbrella",
        "Hirondelle Opportunities",
        _LUXEMBOURG,
        "other",
        "O99900",
        category="FUND",
        other_form="SICAV",
    ),
    _record(
        "feeder",
        "Heron Creek Feeder LP",
        _WILMINGTON,
        "other",
        "9990003",
        category="FUND",
        jurisdiction="US-DE",
    ),
    _record("branch", "Krokodyl Zabawki S.A., odštěpný závod", _BRNO, "CZ", "71907785", category="BRANCH"),
)  # the first publication of the day, as XML

LATER_RECORDS = (
    _record("proprietor", "Podnieks Jēkabs, IK", _RIGA, "LV", "40299009905", category="SOLE_PROPRIETOR"),
    _record(
        "government", "Landesamt für Moorschutz", _VIENNA, "none", None, category="RESIDENT_GOVERNMENT_ENTITY"
    ),
    _record(
        "international",
        "Internationale Kommission für den Nebelfluss",
        _VIENNA,
        "none",
        None,
        category="INTERNATIONAL_ORGANIZATION",
    ),
    LeiRecord(
        lei=LEI["retired"],
        name="Alligator Bois SAS",
        language="fr",
        legal_address=_LYON,
        authority=RA["FR"],
        authority_entity_id="999990013",
        jurisdiction="FR",
        status="INACTIVE",
        registration_status="RETIRED",
        expired=("2021-06-30", "CORPORATE_ACTION"),
        successor_lei=LEI["krokodyl_france"],
    ),
    _record(
        "duplicate",
        "Krokodyl Zabawki Spółka Akcyjna",
        _LUBLIN,
        "PL",
        "0009990009",
        registration="DUPLICATE",
        status="NULL",
    ),
    # Its check digits are wrong, as those of some annulled records are.
    LeiRecord(
        lei=LEI["annulled"][:-2] + "00",
        name='Papier "Werk" & Söhne GmbH',
        language="de",
        legal_address=_VIENNA,
        authority=RA["AT"],
        jurisdiction="AT",
        registration_status="ANNULLED",
        status="NULL",
    ),
    _record(
        "null_status",
        "Nebelfluss Schifffahrt GmbH",
        _VIENNA,
        "AT",
        "FN 998113 m",
        status="NULL",
        registration="PENDING_ARCHIVAL",
    ),
)

_ALWAYS = "RELATIONSHIP_PERIOD"


def _related(child: str, kind: str, parent: str, start: str, **more: str) -> RelationshipRecord:
    return RelationshipRecord(
        start=LEI[child],
        end=LEI[parent],
        type=kind,
        periods=(
            (start, more.get("ended"), _ALWAYS),
            *((("2025-01-01", "2025-12-31", "ACCOUNTING_PERIOD"),) if "standard" in more else ()),
        ),
        accounting_standard=more.get("standard"),
        percentage=more.get("percentage"),
        status=more.get("status", "ACTIVE"),
        registration_status=more.get("registration", "PUBLISHED"),
        reference=more.get("reference"),
    )


_DIRECT, _ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"

RELATIONSHIPS = (
    _related("wychmoor", _DIRECT, "gruenspecht", "2018-05-02", standard="IFRS"),
    _related("wychmoor", _ULTIMATE, "gruenspecht", "2018-05-02", standard="IFRS"),
    _related("tolvaddon_retail", _DIRECT, "tolvaddon", "2016-04-06", standard="OTHER_ACCOUNTING_STANDARD"),
    _related(
        "havnegade",
        _DIRECT,
        "lyngholm",
        "2016-12-19",
        percentage="90.00",
        standard="GOVERNMENT_ACCOUNTING_STANDARD",
    ),
    _related("moravian", _DIRECT, "krokodyl", "2018-01-01"),
    _related(
        "krokodyl_france",
        _DIRECT,
        "krokodyl",
        "2008-08-08",
        percentage="85.00",
        standard="IFRS",
        reference="https://filings.example/?a=1&b=2",
    ),
    _related("krokodyl_france", _ULTIMATE, "krokodyl", "2008-08-08T00:00:00+02:00"),
    # Ended: no longer a parent.
    _related(
        "lyngholm",
        _DIRECT,
        "krokodyl",
        "2015-01-01",
        ended="2019-12-31",
        status="INACTIVE",
        registration="LAPSED",
    ),
)
LATER_RELATIONSHIPS = (
    _related("fund", "IS_FUND-MANAGED_BY", "fund_manager", "2019-05-06"),
    _related("fund", "IS_SUBFUND_OF", "umbrella", "2019-05-06"),
    _related("feeder", "IS_FEEDER_TO", "fund", "2020-02-02"),
    _related("branch", "IS_INTERNATIONAL_BRANCH_OF", "krokodyl", "2011-11-11"),
    _related(
        "umbrella",
        _ULTIMATE,
        "fund_manager",
        "2019-05-06",
        status="NULL",
        registration="PENDING_ARCHIVAL",
        standard="US_GAAP",
    ),
)

_DIRECT_PARENT = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"
_ULTIMATE_PARENT = "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"

EXCEPTIONS = (
    ReportingException(lei=LEI["gruenspecht"], category=_DIRECT_PARENT, reasons=("NO_KNOWN_PERSON",)),
    ReportingException(lei=LEI["gruenspecht"], category=_ULTIMATE_PARENT, reasons=("NO_KNOWN_PERSON",)),
    ReportingException(
        lei=LEI["ostmala"],
        category=_DIRECT_PARENT,
        reasons=("NON_PUBLIC", "CONSENT_NOT_OBTAINED"),
        references=("Datenschutz!",),
    ),
    ReportingException(lei=LEI["ostmala"], category=_ULTIMATE_PARENT, reasons=("NON_PUBLIC",)),
    ReportingException(lei=LEI["thornwick"], category=_DIRECT_PARENT, reasons=("NO_LEI",)),
    ReportingException(lei=LEI["kurzemes_koks"], category=_ULTIMATE_PARENT, reasons=("NATURAL_PERSONS",)),
    ReportingException(lei=LEI["lyngholm"], category=_DIRECT_PARENT, reasons=("NATURAL_PERSONS",)),
    ReportingException(lei=LEI["cindermoss"], category=_ULTIMATE_PARENT, reasons=("NON_CONSOLIDATING",)),
    ReportingException(
        lei=LEI["moravian"], category=_ULTIMATE_PARENT, reasons=("BINDING_LEGAL_COMMITMENTS",)
    ),
    ReportingException(
        lei=LEI["sable_reef"],
        category=_ULTIMATE_PARENT,
        reasons=("DETRIMENT_NOT_EXCLUDED", "DISCLOSURE_DETRIMENTAL"),
    ),
    ReportingException(
        lei=LEI["krokodyl"],
        category=_ULTIMATE_PARENT,
        reasons=("LEGAL_OBSTACLES",),
        references=("Tajemnica przedsiębiorstwa", "art. 11"),
    ),
)
