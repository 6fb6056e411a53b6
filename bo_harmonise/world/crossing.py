"""Structures of ownership that no single register shows, and those that only seem to be such."""

from dataclasses import replace

from bo_harmonise.world.draw import Weighted, below, pick
from bo_harmonise.world.maker import NATIVE, OFFSHORE, Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.names import PersonName
from bo_harmonise.world.structures import held_by_people, relatives, second_company, settle, subsidiary

_ANY = ("british", "russian", "greek", "arabic", "chinese", "georgian", "armenian", "ukrainian", "indian")

_COMBINATIONS: dict[tuple[str, ...], tuple[float, tuple[str, ...]]] = {
    ("GB", "offshore"): (0.22, _ANY),
    ("GB", "native"): (0.12, ("russian", "greek", "arabic", "chinese", "georgian", "armenian", "ukrainian")),
    ("GB", "LV"): (0.10, ("latvian", "russian", "british")),
    ("GB", "SK"): (0.07, ("slovak", "british", "ukrainian")),
    ("GB", "DK"): (0.16, ("danish", "danish", "british", "german")),
    ("LV", "SK"): (0.04, ("latvian", "slovak", "russian")),
    ("LV", "offshore"): (0.07, ("russian", "latvian", "ukrainian")),
    ("LV", "native"): (0.05, ("russian", "ukrainian")),
    ("SK", "offshore"): (0.04, ("slovak", "russian", "ukrainian")),
    ("SK", "native"): (0.02, ("slovak", "ukrainian", "greek")),
    ("DK", "offshore"): (0.05, ("danish", "russian")),
    ("DK", "SK"): (0.02, ("danish", "slovak")),
    ("GB", "GB", "DK"): (0.03, ("danish", "british")),
    ("GB", "DK", "LV"): (0.02, ("danish", "latvian")),
    ("GB", "offshore", "LV"): (0.03, ("russian", "latvian")),
    ("GB", "offshore", "SK"): (0.02, ("slovak", "russian")),
    ("GB", "offshore", "native"): (0.03, ("russian", "greek", "chinese", "arabic")),
}
"""Where one person has companies: by chance, and of which cultures. Denmark has no birth dates and Latvia no
addresses, so that nobody is only in these two: no careful reader could tell that it is one person."""

_DRAWN = Weighted(_COMBINATIONS, [weight for weight, _ in _COMBINATIONS.values()])

_FOREIGN = ("DE", "AT", "DE", "DK", "CY", "HK")


def country_of(cell: Cell, kind: str) -> str:
    """Return a country: of one of the two publishers of BODS where only that is asked for."""
    if kind == "offshore":
        return pick(cell.random, (*OFFSHORE, "VG", "VG"))
    return pick(cell.random, (*NATIVE, "CY", "CY", "HK")) if kind == "native" else kind


def cross_person(maker: Maker, cell: Cell) -> None:
    """Let one person hold companies in two to four registers."""
    combination = _DRAWN.draw(cell.random)
    countries = [country_of(cell, kind) for kind in combination]
    person = _person_of(maker, cell, combination)
    if {"DK", "LV"} & set(countries):
        settle(cell, person, *countries)
    for country in countries:
        company = maker.company(cell, country)
        divided = pick(
            cell.random, ((100.0,), (100.0,), (60.0, 40.0), (50.0, 50.0), (75.0, 25.0), (40.0, 35.0, 25.0))
        )
        held_by_people(maker, cell, company, divided, person)
    cell.planted.append(("cross_person", (person, *(s.company for s in cell.stakes if s.owner is person))))


def _person_of(maker: Maker, cell: Cell, combination: tuple[str, ...]) -> Person:
    culture_name = pick(cell.random, _COMBINATIONS[combination][1])
    home = pick(cell.random, [kind for kind in combination if len(kind) == 2] or ["VG"])
    person = maker.person(cell, home, culture_name=culture_name)
    if person.trouble == "married":
        # A surname that changed, over a border, leaves too little to go by.
        person.trouble = person.former_family = None
    return person


def cross_family(maker: Maker, cell: Cell) -> None:
    """Let relatives have a company each, in registers of their own: none is a common owner."""
    members = relatives(maker, cell, pick(cell.random, ("LV", "SK", "GB")), 2, is_distinctive=True)
    for person, country in zip(
        members, pick(cell.random, (("GB", "LV"), ("GB", "SK"), ("LV", "GB"), ("SK", "VG"))), strict=True
    ):
        person.is_clean = True
        held_by_people(maker, cell, maker.company(cell, country), (100.0,), person)
    cell.planted.append(("cross_family", tuple(members)))


_CHAINS: tuple[tuple[str, ...], ...] = (
    ("offshore", "LV", "GB"),
    ("offshore", "GB"),
    ("offshore", "GB", "DK"),
    ("offshore", "LV"),
    ("offshore", "DK"),
    ("offshore", "LV", "GB", "DK"),
    ("native", "GB"),
    ("native", "offshore", "GB"),
    ("native", "LV"),
    ("native", "DK"),
    ("DK", "GB"),
    ("DK", "LV"),
    ("LV", "GB"),
    ("GB", "DK"),
    ("GB", "LV"),
    ("GB", "offshore", "DK"),
)


def cross_chain(maker: Maker, cell: Cell) -> None:
    """Let a person hold a chain of companies over several registers, and mostly another company elsewhere."""
    random = cell.random
    kinds = pick(random, _CHAINS)
    countries = [country_of(cell, kind) for kind in kinds]
    person = _chain_owner(maker, cell, kinds)
    first = maker.company(cell, countries[0], lei=0.35, founded=(1995, 2015))
    held_by_people(maker, cell, first, pick(random, ((100.0,), (100.0,), (80.0, 20.0), (60.0, 40.0))), person)
    last = first
    for country in countries[1:]:
        last = subsidiary(
            maker, cell, last, country, pick(random, (100.0, 100.0, 90.0, 75.0, 70.0, 51.0, 40.0))
        )
        if last.country == "GB" and maker.happens(random, "company_records", "person_behind"):
            last.files_person_behind = True
    cell.planted.append(("cross_chain", (person, *cell.companies)))
    if random.random() < 0.75:
        options = [c for c in ("GB", "LV", "SK", "GB", "SK", "VG", "DK") if c not in countries]
        country = pick(random, options)
        if {country, kinds[0]} == {"DK", "LV"}:
            country = "SK"
        second_company(maker, cell, person, country)


def _chain_owner(maker: Maker, cell: Cell, kinds: tuple[str, ...]) -> Person:
    cultures = {
        "offshore": _ANY,
        "native": ("russian", "greek", "arabic", "chinese", "georgian", "armenian"),
        "DK": ("danish",),
        "LV": ("latvian", "russian"),
        "GB": ("british", "indian", "irish"),
    }
    person = maker.person(cell, kinds[0], culture_name=pick(cell.random, cultures[kinds[0]]))
    settle(cell, person, *kinds)
    return person


def foreign_parent(maker: Maker, cell: Cell) -> None:
    """Let a company abroad, of whom the LEI index knows, hold companies in several registers."""
    random = cell.random
    parent = maker.company(cell, pick(random, _FOREIGN), lei=1.0, founded=(1970, 2005))
    countries = pick(
        random, (("GB", "DK"), ("GB", "LV"), ("GB", "DK", "LV"), ("DK", "LV"), ("GB", "GB"), ("GB", "VG"))
    )
    for country in countries:
        child = subsidiary(maker, cell, parent, country, pick(random, (100.0, 100.0, 80.0, 60.0)))
        if below(random, 3) == 0:
            subsidiary(maker, cell, child, country)
    cell.planted.append(("foreign_parent", tuple(cell.companies)))


def namesakes(maker: Maker, cell: Cell) -> None:
    """Give two people of one name, of other birth dates and addresses, a company each in some register."""
    first, second = _two_of_one_name(maker, cell)
    while second.birth[:4] == first.birth[:4]:
        second.birth = f"{int(first.birth[:4]) - 2 - below(cell.random, 20)}{second.birth[4:]}"
    cell.planted.append(("namesakes", (first, second)))


def likely_namesakes(maker: Maker, cell: Cell) -> None:
    """Give father and son of one name and address, or two people born in one year, a company each."""
    first, second = _two_of_one_name(
        maker, cell, countries=(("GB", "GB"), ("GB", "LV"), ("LV", "GB"), ("GB", "SK"))
    )
    if cell.random.random() < 0.5:
        second.home = first.home
        first.birth, second.birth = (
            f"{1945 + below(cell.random, 12)}-{first.birth[5:]}",
            f"{1972 + below(cell.random, 20)}-{second.birth[5:]}",
        )
    else:
        month = (int(first.birth[5:7]) + 2 + below(cell.random, 7)) % 12 + 1
        second.birth = f"{first.birth[:4]}-{month:02d}-{second.birth[8:]}"
    cell.planted.append(("likely_namesakes", (first, second)))


def _two_of_one_name(
    maker: Maker,
    cell: Cell,
    countries: tuple[tuple[str, str], ...] = (
        ("GB", "LV"),
        ("GB", "SK"),
        ("GB", "VG"),
        ("LV", "VG"),
        ("GB", "DK"),
        ("GB", "GB"),
        ("LV", "SK"),
        ("DK", "DK"),
    ),
) -> tuple[Person, Person]:
    one, other = pick(cell.random, countries)
    first = maker.person(cell, one)
    shared = PersonName(
        first.name.culture, first.name.is_male, first.name.given, first.name.family, first.name.patronymic
    )
    second = maker.person(cell, other, name=shared)
    second.scheme, second.spelling = first.scheme, first.spelling
    for person, country in ((first, one), (second, other)):
        person.is_clean = True
        person.trouble = person.former_home = person.former_family = None
        person.phenomena.add("namesake")
        held_by_people(maker, cell, maker.company(cell, country), (100.0,), person)
    return first, second


def company_namesakes(maker: Maker, cell: Cell) -> None:
    """Give two companies of two countries one name; each holds a British company of its own."""
    random = cell.random
    offshore = maker.company(cell, pick(random, OFFSHORE), lei=0.2)
    british = maker.company(
        cell, "GB", name=replace(offshore.name, form="Limited", latin_form="Limited"), lei=0.2
    )
    for company in (offshore, british):
        company.former_seat = company.former_name = company.renamed = None
        company.phenomena.add("company_namesake")
        held_by_people(maker, cell, company, (100.0,))
        subsidiary(maker, cell, company, "GB", 100.0)
    cell.planted.append(("company_namesakes", (offshore, british)))


def sanctioned_company(maker: Maker, cell: Cell, company: Company) -> None:
    """Put a company on the list."""
    if maker.happens(cell.random, "sanctions", "companies"):
        company.is_listed = True
