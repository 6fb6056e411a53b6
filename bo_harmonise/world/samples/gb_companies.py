"""UK companies of the sample world, as BasicCompanyData lists them."""

from bo_harmonise.world.samples.numbers import GB
from bo_harmonise.world.writers.gb_companies import Company
from bo_harmonise.world.writers.gb_psc import Address

HULL = Address(
    premises="12", address_line_1="Quayside Lane", locality="Hull", country="England", postal_code="HU1 9ZZ"
)
LEEDS = Address(
    premises="Unit 4",
    address_line_1="Calder Wharf",
    address_line_2="Wharf Street",
    locality="Leeds",
    region="West Yorkshire",
    country="England",
    postal_code="LS2 9ZZ",
)
TRURO = Address(
    premises="3", address_line_1="Lemon Quay Row", locality="Truro", country="England", postal_code="TR1 9ZZ"
)
OBAN = Address(
    premises="The Old Ropeworks",
    address_line_1="Shore Street",
    locality="Oban",
    country="Scotland",
    postal_code="PA34 9ZZ",
)
LARNE = Address(
    premises="27",
    address_line_1="Slipway Road",
    locality="Larne",
    country="Northern Ireland",
    postal_code="BT40 9ZZ",
)
AGENT = Address(
    care_of="Tallis Formations Ltd",
    premises="Suite 71",
    address_line_1="88 Paternoster Yard",
    locality="London",
    country="United Kingdom",
    postal_code="EC4V 9ZZ",
)
CARDIGAN = Address(
    premises="Hafod Wen",
    address_line_1="Teifi Terrace",
    locality="Cardigan",
    region="Dyfed",
    country="Wales",
    postal_code="SA43 9ZZ",
)
LUDLOW = Address(
    premises="9", address_line_1="Corve Lane", locality="Ludlow", country="England", postal_code="SY8 9ZZ"
)
DOUGLAS = Address(
    po_box="PO Box 441",
    premises="Marl House",
    address_line_1="2 Athol Parade",
    locality="Douglas",
    country="Isle Of Man",
    postal_code="IM1 9ZZ",
)
ROAD_TOWN = Address(
    premises="Trellis Chambers",
    address_line_1="Pelican Drive",
    locality="Road Town",
    region="Tortola",
    country="Virgin Islands, British",
    postal_code="VG1110",
)

_HOLDING = ("64209 - Activities of other holding companies n.e.c.",)
_OVERSEAS = "Overseas Entity"


COMPANIES = (
    Company(
        number=GB["thornwick"],
        name="Thornwick Quay Holdings Ltd",
        address=HULL,
        incorporated="2014-06-11",
        sic=_HOLDING,
    ),
    Company(
        number=GB["wychmoor"],
        name="Wychmoor Timber Limited",
        address=LEEDS,
        incorporated="2009-02-17",
        sic=(
            "16100 - Sawmilling and planing of wood",
            "46730 - Wholesale of wood, construction materials and sanitary equipment",
        ),
        previous_names=(("2013-05-20", "Wychmoor Sawmills Limited"),),
    ),
    Company(
        number=GB["saltmarsh"],
        name="Saltmarsh Turbines Ltd",
        address=HULL,
        incorporated="2016-09-01",
        sic=("35110 - Production of electricity",),
    ),
    Company(
        number=GB["penhallow"],
        name="Penhallow Marine Ltd",
        address=TRURO,
        incorporated="2012-11-23",
        sic=("50200 - Sea and coastal freight water transport",),
    ),
    Company(
        number=GB["quillhaven"], name="Quillhaven Archives Ltd", address=LUDLOW, incorporated="2018-01-15"
    ),
    Company(
        number=GB["ravensgill"],
        name="Ravensgill Secure Systems Ltd",
        address=LEEDS,
        incorporated="2017-03-08",
    ),
    Company(
        number=GB["merrowdown"],
        name="Merrowdown Village Hall Ltd",
        address=LUDLOW,
        incorporated="2005-07-04",
        category="PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)",
    ),
    Company(
        number=GB["larkbarrow"],
        name="Larkbarrow Catering Ltd",
        address=TRURO,
        incorporated="2019-10-10",
        sic=("56210 - Event catering activities",),
    ),
    Company(number=GB["bundgaard"], name="Bundgaard Joinery Ltd", address=LEEDS, incorporated="2015-05-05"),
    Company(
        number=GB["hrabinsky"],
        name="Hrabinsky Motors Ltd",
        address=LEEDS,
        incorporated="2020-02-29",
        status="Active - Proposal to Strike off",
    ),
    Company(
        number=GB["prydderch_senior"],
        name="Prydderch & Sons Ltd",
        address=CARDIGAN,
        incorporated="1988-04-18",
    ),
    Company(
        number=GB["prydderch_junior"], name="Prydderch Boats Ltd", address=CARDIGAN, incorporated="2016-06-21"
    ),
    Company(
        number=GB["brackenfold"],
        name="Brackenfold Minerals Ltd",
        address=OBAN,
        incorporated="2011-05-09",
        sic=("08990 - Other mining and quarrying n.e.c.",),
    ),
    Company(
        number=GB["tolvaddon"],
        name="Tolvaddon Group Public Limited Company",
        address=TRURO,
        incorporated="1996-12-02",
        category="Public Limited Company",
        accounts="GROUP",
        charges=2,
    ),
    Company(
        number=GB["tolvaddon_retail"],
        name="Tolvaddon Retail Ltd",
        address=TRURO,
        incorporated="2001-03-19",
        accounts="FULL",
    ),
    Company(
        number=GB["tolvaddon_estates"],
        name="Tolvaddon Estates Ltd",
        address=TRURO,
        incorporated="2003-08-11",
        status="Liquidation",
    ),
    Company(
        number=GB["cindermoss"],
        name="Cindermoss Distillers Limited",
        address=OBAN,
        incorporated="1999-09-09",
        sic=("11010 - Distilling, rectifying and blending of spirits",),
        previous_names=(
            ("2004-01-31", "Cindermoss Cooperage Limited"),
            ("2011-06-30", "Cindermoss & Daughters Limited"),
        ),
    ),
    Company(
        number=GB["cindermoss_lp"],
        name="The Cindermoss Cask Fund LP",
        address=OBAN,
        incorporated="2013-04-02",
        category="Limited Partnership",
        general_partners=1,
        limited_partners=3,
    ),
    Company(
        number=GB["fennimore"],
        name="Fennimore Ashdale LLP",
        address=AGENT,
        incorporated="2010-10-28",
        category="Limited Liability Partnership",
    ),
    Company(number=GB["slatequay"], name="Slatequay Fisheries Ltd", address=LARNE, incorporated="2008-02-06"),
    Company(
        number=GB["marlstone"],
        name="Marlstone Bay Properties Limited",
        address=DOUGLAS,
        incorporated="2022-12-14",
        category=_OVERSEAS,
        country_of_origin="ISLE OF MAN",
    ),
    Company(
        number=GB["orchardleigh"],
        name="Orchardleigh Overseas Foundation",
        address=ROAD_TOWN,
        incorporated="2023-01-20",
        category=_OVERSEAS,
        country_of_origin="VIRGIN ISLANDS, BRITISH",
    ),
    Company(
        number=GB["nordvale"],
        name="Nordvale Coastal Estates Anpartsselskab",
        address=ROAD_TOWN,
        incorporated="2023-01-25",
        category=_OVERSEAS,
        country_of_origin="VIRGIN ISLANDS, BRITISH",
    ),
    Company(
        number=GB["gatewing"],
        name="Gatewing Nominees (BVI) Limited",
        address=ROAD_TOWN,
        incorporated="2023-01-30",
        category=_OVERSEAS,
        country_of_origin="VIRGIN ISLANDS, BRITISH",
    ),
    Company(number=GB["larchmere"], name="Larchmere Trustees Ltd", address=AGENT, incorporated="2013-07-16"),
    Company(
        number=GB["ouroboros"], name="Ouroboros Self Storage Ltd", address=AGENT, incorporated="2019-09-19"
    ),
    Company(
        number=GB["harrowgate"], name="Harrowgate Moor Poultry Ltd", address=LEEDS, incorporated="2011-11-11"
    ),
    Company(
        number=GB["pepperstone"],
        name="Pepperstone Mills Ltd",
        address=LUDLOW,
        incorporated="2014-03-27",
        status="In Administration",
        charges=1,
    ),
    Company(
        number=GB["skelwith"], name="Skelwith Bridge Outdoors Ltd", address=LEEDS, incorporated="2017-07-07"
    ),
    Company(number=GB["vantrees"], name="Van Trees Botanicals Ltd", address=AGENT, incorporated="2021-04-12"),
    Company(number=GB["windle"], name="Windle Loom & Thread Ltd", address=LEEDS, incorporated="1993-05-25"),
    Company(
        number=GB["exchange"],
        name="Corve Stock Exchange Holdings Public Limited Company",
        address=LUDLOW,
        incorporated="1990-01-02",
        category="Public Limited Company",
        accounts="GROUP",
    ),
    Company(number=GB["yarrowby"], name="Yarrowby Hauliers Ltd", address=HULL, incorporated="2010-08-30"),
    Company(number=GB["zennor"], name="Zennor Clifftop Hotels Ltd", address=TRURO, incorporated="2007-06-15"),
    Company(number=GB["applecross"], name="Applecross Ferries Ltd", address=OBAN, incorporated="2015-02-18"),
    Company(number=GB["digits"], name="1066 Heritage Tours Ltd", address=HULL, incorporated="2016-10-14"),
)
