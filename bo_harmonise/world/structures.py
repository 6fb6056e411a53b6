"""Structures of ownership, one function each: simple ones, most of any world, and groups of one country.

Structures that cross borders are in `crossing`.
"""

from collections.abc import Callable
from dataclasses import replace

from bo_harmonise.world.draw import below, between, pick
from bo_harmonise.world.maker import OFFSHORE, ONSHORE, Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.names import culture

Structure = Callable[[Maker, Cell], None]

_SPLITS: tuple[tuple[float, ...], ...] = (
    (50.0, 50.0),
    (50.0, 50.0),
    (60.0, 40.0),
    (51.0, 49.0),
    (75.0, 25.0),
    (70.0, 30.0),
    (80.0, 20.0),
    (90.0, 10.0),
    (66.0, 34.0),
    (34.0, 33.0, 33.0),
    (40.0, 30.0, 30.0),
    (50.0, 25.0, 25.0),
    (50.0, 30.0, 20.0),
    (60.0, 20.0, 20.0),
    (26.0, 26.0, 24.0, 24.0),
    (30.0, 30.0, 30.0, 10.0),
)
_JUST_UNDER = ((51.0, 24.5, 24.5), (75.5, 24.5), (50.5, 25.0, 24.5), (26.0, 24.5, 24.5, 25.0))


def shares(maker: Maker, cell: Cell) -> tuple[float, ...]:
    """Draw how a company is divided among those who hold it."""
    random = cell.random
    if maker.happens(random, "owners", "just_under_threshold"):
        return pick(random, _JUST_UNDER)
    return (100.0,) if random.random() < 0.52 else pick(random, _SPLITS)


def single(maker: Maker, cell: Cell) -> None:
    """Let one to four people hold one company."""
    country = maker.country.draw(cell.random)
    company = maker.company(cell, country)
    held_by_people(maker, cell, company, shares(maker, cell))
    if maker.happens(cell.random, "company_records", "is_dissolved"):
        first = max(int(company.founded[:4]) + 1, 2019)
        company.dissolved = f"{between(cell.random, first, 2026)}-0{between(cell.random, 1, 6)}-15"
        cell.planted.append(("dissolved", (company,)))


def held_by_people(
    maker: Maker, cell: Cell, company: Company, divided: tuple[float, ...], owner: Person | None = None
) -> Person:
    """Let people hold a company, `owner` the first share; former owners and directors with them."""
    random = cell.random
    country = company.country
    first = owner or maker.person(cell, country)
    for number, share in enumerate(divided):
        person = first if number == 0 else maker.person(cell, country)
        maker.stake(cell, person, company, share)
        if 20 < share < 25:
            cell.planted.append(("just_under_threshold", (person, company)))
    extras(maker, cell, company)
    if random.random() < 0.7:
        maker.seat(cell, first, company)
    return first


def extras(maker: Maker, cell: Cell, company: Company) -> None:
    """Add a former owner, or a director who owns nothing, as often as they come."""
    random = cell.random
    if maker.happens(random, "owners", "has_ended"):
        former = maker.person(cell, company.country)
        start = max(company.founded, "2016-04-06")
        end = max(f"{between(random, 2018, 2025)}-{between(random, 1, 12):02d}-11", f"{start[:8]}28")
        maker.stake(cell, former, company, 100.0, start=start, end=end)
    if maker.happens(random, "owners", "other_director"):
        maker.seat(cell, maker.person(cell, company.country), company)


def family(maker: Maker, cell: Cell) -> None:
    """Let relatives of one surname and one address hold a company."""
    country = maker.country.draw(cell.random)
    company = maker.company(cell, country)
    members = relatives(maker, cell, country, 2 + (cell.random.random() < 0.35))
    divided = (
        (50.0, 50.0) if len(members) == 2 else pick(cell.random, ((34.0, 33.0, 33.0), (40.0, 30.0, 30.0)))
    )
    for person, share in zip(members, divided, strict=True):
        maker.stake(cell, person, company, share)
        maker.seat(cell, person, company)
    extras(maker, cell, company)
    cell.planted.append(("family", (*members, company)))


def relatives(
    maker: Maker, cell: Cell, country: str, count: int, *, is_distinctive: bool = False
) -> list[Person]:
    """Draw a couple, or parents and children: one surname, one address, other birth dates."""
    random = cell.random
    first = maker.person(cell, country, is_male=True, born=(1940, 1972), is_distinctive=is_distinctive)
    source = culture(first.name.culture)
    forms = next(
        (f for f in source.surnames.values if f[0] == first.name.family),
        (first.name.family, first.name.family),
    )
    members = [first]
    for number in range(1, count):
        is_child = number > 1 or random.random() < 0.3
        members.append(
            maker.person(
                cell,
                country,
                culture_name=first.name.culture,
                is_male=random.random() < 0.5 if is_child else False,
                family=forms,
                father=first.name.given[0] if is_child else None,
                home=first.home,
                born=(1970, 2004) if is_child else (1940, 1975),
            )
        )
    for number, person in enumerate(members):
        person.trouble = person.former_home = person.former_family = None
        person.nationality = first.nationality
        if country == "DK":
            # Two of one name at one address, without birth dates, nobody could tell apart.
            _rename(cell, person, members[:number])
        person.phenomena.add("family")
    return members


def _rename(cell: Cell, person: Person, others: list[Person]) -> None:
    source = culture(person.name.culture)
    while any(person.name.given[0] == other.name.given[0] for other in others):
        given = source.given_names(cell.random, is_male=person.name.is_male)
        person.name = replace(person.name, given=given)


def portfolio(maker: Maker, cell: Cell) -> None:
    """Let one person hold two to six companies of one country."""
    random = cell.random
    country = maker.country.draw(random)
    owner = maker.person(cell, country)
    for _ in range(2 + below(random, 2) + below(random, 4) * (random.random() < 0.3)):
        company = maker.company(cell, country)
        held_by_people(maker, cell, company, shares(maker, cell), owner)


def holding(maker: Maker, cell: Cell) -> None:
    """Let a person hold a holding company, and the holding company one to four others, of one country."""
    random = cell.random
    country = pick(random, ONSHORE) if random.random() < 0.1 else maker.country.draw(random)
    parent = maker.company(
        cell, country, lei=maker.rate("company_records", "group_has_lei"), founded=(1990, 2015)
    )
    held_by_people(maker, cell, parent, shares(maker, cell))
    for _ in range(1 + below(random, 4)):
        subsidiary(maker, cell, parent, country)
    cell.planted.append(("holding", tuple(cell.companies)))


def subsidiary(
    maker: Maker, cell: Cell, parent: Company, country: str, share: float | None = None
) -> Company:
    """Add a company that another one holds, mostly with a name alike; what is left over is a person's."""
    random = cell.random
    name = None
    if parent.country == country and random.random() < 0.4:
        name = parent.name.with_trade(random)
    child = maker.company(
        cell,
        country,
        name=name,
        seat=parent.seat if parent.country == country and random.random() < 0.6 else None,
        lei=maker.rate("company_records", "group_has_lei") if parent.lei else None,
        founded=(2000, 2024),
    )
    part = share or pick(random, (100.0, 100.0, 100.0, 80.0, 75.0, 60.0, 51.0))
    maker.stake(cell, parent, child, part)
    if part < 100:
        maker.stake(cell, maker.person(cell, country), child, 100 - part)
    return child


def unowned(maker: Maker, cell: Cell) -> None:
    """Make a company with no owner above any threshold, or with owners that are not named."""
    random = cell.random
    country = maker.country.draw(random)
    company = maker.company(cell, country, lei=0.3)
    if random.random() < 0.3:
        company.is_exchange_listed = True
        company.is_plc = True
        cell.planted.append(("listed", (company,)))
    elif random.random() < 0.5:
        for _ in range(25):
            maker.stake(cell, maker.person(cell, country), company, 4.0)
        cell.planted.append(("dispersed", (company,)))
    else:
        cell.planted.append(("no_owner_named", (company,)))


def nominees(maker: Maker, cell: Cell) -> None:
    """Found companies at one address: the agent's staff were the first owners and direct some of them."""
    random = cell.random
    country = pick(random, ("GB", "GB", "GB", "DK", "LV"))
    office = maker.agent_place(random, country)
    staff = [maker.person(cell, country, home=office) for _ in range(1 + below(random, 2))]
    for person in staff:
        person.phenomena.add("nominee")
        person.trouble = pick(random, (None, None, "middle"))
        person.former_home = person.former_family = None
    for _ in range(3 + below(random, 6)):
        company = maker.company(cell, country, seat=office, founded=(2016, 2025))
        nominee = pick(random, staff)
        first_day, later = company.founded, f"{company.founded[:8]}28"
        if country == "GB":
            maker.stake(cell, nominee, company, 100.0, start=first_day, end=later)
        else:
            maker.seat(cell, nominee, company)
        owner = maker.person(cell, country)
        maker.stake(cell, owner, company, 100.0, start=later)
        cell.planted.append(("nominee", (nominee, company)))


def loop(maker: Maker, cell: Cell) -> None:
    """Let two companies hold shares in each other; one of their owners has another company elsewhere."""
    random = cell.random
    country = pick(random, (*OFFSHORE, "VG", "LV", "DK"))
    one, other = maker.company(cell, country, lei=0.2), maker.company(cell, country, lei=0.2)
    there, back = pick(random, ((50.0, 20.0), (40.0, 30.0), (30.0, 26.0), (60.0, 10.0)))
    people = [maker.person(cell, country) for _ in range(3)]
    maker.stake(cell, one, other, there)
    maker.stake(cell, other, one, back)
    maker.stake(cell, people[0], other, 100 - there)
    rest = 100 - back
    maker.stake(cell, people[1], one, rest - 25.0)
    maker.stake(cell, people[2], one, 25.0)
    cell.planted.append(("loop", (one, other)))
    elsewhere = "GB" if country != "DK" else pick(random, ("GB", "VG"))
    second_company(maker, cell, people[0], elsewhere)


def second_company(maker: Maker, cell: Cell, owner: Person, country: str) -> Company:
    """Give a person a company in another country, in a record that can be told to be his."""
    settle(cell, owner, country, *(s.company.country for s in cell.stakes if s.owner is owner))
    company = maker.company(cell, country)
    maker.stake(cell, owner, company, pick(cell.random, (100.0, 100.0, 75.0, 60.0, 50.0, 40.0)))
    left = 100 - cell.stakes[-1].share
    if left:
        maker.stake(cell, maker.person(cell, country), company, left)
    return company


def settle(cell: Cell, person: Person, *countries: str) -> None:
    """Leave of the troubles of a person only those that registers of several countries can bear."""
    if person.trouble != "middle":
        person.trouble = None
    person.former_home = person.former_family = None
    if "LV" in countries:
        # No addresses there: the name must tell more.
        source = culture(person.name.culture)
        while source.is_common(person.name):
            person.name = source.person(cell.random, is_male=person.name.is_male)


def joint(maker: Maker, cell: Cell) -> None:
    """Let a couple hold shares of a Latvian company together; one of them has a company elsewhere."""
    random = cell.random
    company = maker.company(cell, "LV")
    company.is_plc = False
    company.name = replace(company.name, form="SIA", latin_form="SIA")
    couple = relatives(maker, cell, "LV", 2, is_distinctive=True)
    part = pick(random, (100.0, 60.0, 50.0, 40.0))
    together = maker.arrangement(
        cell, "joint", "LV", f"{couple[0].name.family} & {couple[1].name.family}", company.founded
    )
    maker.stake(cell, together, company, part)
    for person in couple:
        maker.stake(cell, person, together, 50.0, role="joint")
    if part < 100:
        maker.stake(cell, maker.person(cell, "LV"), company, 100 - part)
    cell.planted.append(("joint", (*couple, company)))
    if random.random() < 0.6:
        second_company(maker, cell, couple[0], pick(random, ("GB", "GB", "SK", "VG")))


def trust(maker: Maker, cell: Cell) -> None:
    """Let a trust hold an offshore company, which holds one in Britain."""
    random = cell.random
    country = pick(random, OFFSHORE)
    company = maker.company(cell, country, lei=0.2, founded=(2000, 2018))
    settlor = maker.person(cell, country, born=(1930, 1955))
    beneficiaries = [maker.person(cell, country) for _ in range(1 + below(random, 2))]
    trustee = maker.person(cell, country)
    family_name = culture(settlor.name.culture).latin(settlor.name.family, "english", settlor.spelling)
    made = maker.arrangement(cell, "trust", country, f"The {family_name} Settlement", company.founded)
    maker.stake(cell, made, company, 100.0)
    maker.stake(cell, settlor, made, 0.0, role="settlor")
    maker.stake(cell, trustee, made, 0.0, role="trustee")
    for person in beneficiaries:
        maker.stake(cell, person, made, 100.0 / len(beneficiaries), role="beneficiary")
    subsidiary(maker, cell, company, "GB", 100.0)
    cell.planted.append(("trust", (made, company, *beneficiaries)))
    if random.random() < 0.5:
        second_company(maker, cell, beneficiaries[0], "GB")
