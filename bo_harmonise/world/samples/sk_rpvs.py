"""What the Slovak register of partners of the public sector says of the sample world."""

from bo_harmonise.world.samples.numbers import SK
from bo_harmonise.world.writers.sk_rpvs import Address, EndUser, Entry, Official, Partner

KAZAKHSTAN = ("Kazachstan", "398")
CZECHIA = ("Česká republika", "203")
UKRAINE = ("Ukrajina", "804")

_LTD, _PLC, _COOPERATIVE, _TRADER = "112", "121", "205", "101"
_ADVOCATE = (90001, "Advokátska kancelária Vydra & Sokolík s. r. o.", SK["advokat"])


def _address(n: int, street: str, number: str, city: str, post_code: str, **more: str) -> Address:
    return Address(
        id=n,
        street=street,
        orientation_number=number,
        register_number=more.get("register_number"),
        city=city,
        city_code=more.get("city_code"),
        post_code=post_code,
    )


PORT = _address(
    601, "Prístavné nábrežie", "12", "Komárno", "94501", register_number="2290", city_code="SK0231501026"
)
BRATISLAVA = _address(602, "Vlčie údolie", "8/A", "Bratislava", "81109")
KOSICE = _address(603, "Hrnčiarska vyhliadka", "1234/1", "Košice", "04001")
POPRAD = _address(604, "Pod Kriváňom", "77", "Poprad", "05801")
RIGA = _address(605, "Zvejnieku krastmala", "7", "Riga", "LV-1048")


def _company(
    n: int, name: str, ico: str, address: Address, start: str, *, form: str = _LTD, end: str | None = None
) -> Partner:
    return Partner(
        id=n, business_name=name, ico=ico, valid_from=start, valid_to=end, legal_form=form, address=address
    )


MIRON = EndUser(
    id=720101,
    first_name="Miron",
    last_name="Oľchovskij",
    birth_date="1971-03-14",
    valid_from="2019-05-20",
    country=KAZAKHSTAN,
    address=RIGA,
)
HRABINSKY = EndUser(
    id=720102,
    first_name="Peter",
    last_name="Hrabinský",
    birth_date="1958-04-02",
    title_before="Ing.",
    title_after="PhD.",
    valid_from="2017-02-01",
    address=KOSICE,
)
ZUZANA_BEFORE = EndUser(
    id=720103,
    first_name="Zuzana",
    last_name="Medvedíková",
    birth_date="1980-06-01",
    valid_from="2017-02-15",
    valid_to="2021-08-31",
    address=POPRAD,
)
ZUZANA_AFTER = EndUser(
    id=720104,
    first_name="Zuzana",
    last_name="Medvedíková-Rysová",
    birth_date="1980-06-01",
    valid_from="2021-09-01",
    address=POPRAD,
)


def _user(n: int, first: str, last: str, birth: str, start: str = "2017-02-01", **more: str) -> EndUser:
    return EndUser(
        id=n,
        first_name=first,
        last_name=last,
        birth_date=birth,
        valid_from=start,
        valid_to=more.get("end"),
        title_before=more.get("title"),
        is_public_official="official" in more,
        address=BRATISLAVA,
    )


ENTRIES = (
    Entry(
        id=31001,
        number=24011,
        partners=(
            _company(710101, "Dunajské terminály Komárno, s. r. o.", SK["terminaly"], PORT, "2019-05-20"),
        ),
        end_users=(MIRON, _user(720110, "Ľudovít", "Perinbaba", "1968-10-10", "2019-05-20")),
        authorised_person=_ADVOCATE,
        verified_on="2026-01-31",
    ),
    Entry(
        id=31002,
        number=24012,
        partners=(_company(710102, "Hrabinský a synovia s.r.o.", SK["hrabinsky"], KOSICE, "2017-02-01"),),
        end_users=(HRABINSKY,),
        authorised_person=_ADVOCATE,
    ),
    # The company changed name and seat: one entry, two rows, the older closed.
    Entry(
        id=31003,
        number=24013,
        partners=(
            _company(
                710103,
                "Tatranská doprava, a.s.",
                SK["tatranska"],
                KOSICE,
                "2017-02-15",
                form=_PLC,
                end="2022-03-31",
            ),
            _company(710104, "Tatranská logistika, a.s.", SK["tatranska"], POPRAD, "2022-04-01", form=_PLC),
        ),
        end_users=(
            ZUZANA_BEFORE,
            ZUZANA_AFTER,
            _user(720111, "Blažej", "Kamzík", "1959-01-01", official="yes", title="JUDr."),
        ),
        officials=(Official(id=730001, first_name="Blažej", last_name="Kamzík", valid_from="2017-02-15"),),
        authorised_person=_ADVOCATE,
        verified_on="2026-02-28",
    ),
    Entry(
        id=31004,
        number=24014,
        partners=(_company(710105, "Kysucké drevo, spol. s r.o.", SK["kysucke"], KOSICE, "2017-03-01"),),
        end_users=(
            _user(720112, "Matúš", "Jedľovec", "1975-07-30"),
            _user(720113, "Terézia", "Jedľovcová", "1977-12-24", end="2020-05-31"),
        ),
    ),
    Entry(
        id=31005,
        number=24015,
        partners=(
            _company(
                710106,
                "Podtatranské pekárne, družstvo",
                SK["podtatranske"],
                POPRAD,
                "2017-05-05",
                form=_COOPERATIVE,
            ),
        ),
        end_users=(_user(720114, "Cyprián", "Žemľa", "1963-03-09"),),
        fine="10000.00",
    ),
    Entry(
        id=31006,
        number=24016,
        partners=(
            _company(710107, "Záhorie Sklo, a.s.", SK["zahorie"], BRATISLAVA, "2018-01-01", form=_PLC),
        ),
        end_users=(
            EndUser(
                id=720115,
                first_name="Bohdana",
                last_name="Vránová-Sklenská",
                birth_date="1970-04-04",
                valid_from="2018-01-01",
                country=CZECHIA,
                address=BRATISLAVA,
            ),
        ),
    ),
    # A fund entered as end user: a legal person with a number of its own.
    Entry(
        id=31007,
        number=24017,
        partners=(_company(710108, "Gemerská kvapka s. r. o.", SK["gemerska"], POPRAD, "2018-09-09"),),
        end_users=(
            EndUser(
                id=720116,
                business_name="Podielový fond Zubor, správ. spol., a.s.",
                ico=SK["fond_zubor"],
                valid_from="2018-09-09",
                legal_form=_PLC,
                address=BRATISLAVA,
            ),
            _user(720117, "Oleksij", "Prokopčuk-Haj", "1985-02-02", "2018-09-09"),
        ),
    ),
    Entry(
        id=31008,
        number=24018,
        partners=(
            _company(
                710109, "Liptovské nosidlá, s.r.o.", SK["liptovske"], POPRAD, "2017-06-06", end="2023-06-30"
            ),
        ),
        end_users=(_user(720118, "Ondrej", "Šafranko", "1949-08-15", end="2023-06-30"),),
        deleted_on="2023-06-30",
    ),
    # An entrepreneur: name and number in one row; he is his own end user.
    Entry(
        id=31009,
        number=24019,
        partners=(
            Partner(
                id=710110,
                form="FyzickaOsobaPodnikatel",
                first_name="Vendelín",
                last_name="Bryndzák",
                birth_date="1966-11-05",
                business_name="Vendelín Bryndzák - ORAVASTAV",
                ico=SK["oravsky_podnikatel"],
                valid_from="2019-10-10",
                legal_form=_TRADER,
                address=KOSICE,
            ),
        ),
        end_users=(_user(720119, "Vendelín", "Bryndzák", "1966-11-05", "2019-10-10"),),
    ),
    # A natural person as partner, without a number.
    Entry(
        id=31010,
        number=24020,
        partners=(
            Partner(
                id=710111,
                form="FyzickaOsoba",
                first_name="Kvetoslava",
                last_name="Lúčna",
                birth_date="1991-09-19",
                valid_from="2021-01-11",
                address=BRATISLAVA,
            ),
        ),
        end_users=(_user(720120, "Kvetoslava", "Lúčna", "1991-09-19", "2021-01-11"),),
    ),
    Entry(
        id=31011,
        number=24021,
        partners=(_company(710112, "Šarišská studnica s. r. o.", SK["sarisska"], KOSICE, "2018-04-04"),),
        end_users=(_user(720121, "Matúš", "Jedľovec", "1999-05-05", "2018-04-04"),),
    ),
    # The number begins with zeros, which the register leaves out.
    Entry(
        id=31012,
        number=24022,
        partners=(
            _company(
                710113,
                "Nitrianska chmeľnica, a.s.",
                SK["nitrianska"].lstrip("0"),
                POPRAD,
                "2017-02-01",
                form=_PLC,
            ),
        ),
        end_users=(
            _user(720122, "Alojz", "Chmelár-Pivovarník", "1953-12-31"),
            _user(720123, "Radoslava", "Chmelárová", "1957-05-27"),
        ),
    ),
    Entry(
        id=31013,
        number=24023,
        partners=(
            _company(710114, "Hontianska vinotéka s.r.o.", SK["hontianska"], BRATISLAVA, "2020-07-01"),
        ),
        end_users=(),
    ),
)
