"""Write a PSC snapshot of any size for benchmarks: true format, invented people, realistic skew.

Names and addresses are drawn as those of an invented world are (`names`, `places`). What a world has not: the
mix of kinds of a real snapshot (totals of November 2024, counts in REGISTERS.md 1.1), with every slug once a
file has a few hundred lines, and any number of lines in one file at the speed that a benchmark of the reader
needs; and no truth, which such a benchmark does not ask for.
"""

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bo_harmonise.world.draw import below, day, pick
from bo_harmonise.world.names import culture
from bo_harmonise.world.places import place
from bo_harmonise.world.registers.gb import british
from bo_harmonise.world.writers import gb_slugs
from bo_harmonise.world.writers.containers import zip_member
from bo_harmonise.world.writers.gb_psc import (
    Address,
    Exemptions,
    Individual,
    Organisation,
    PscRecord,
    Statement,
    SuperSecure,
    write_psc,
)

GENERATED_AT = datetime(2026, 10, 1, 3, 40, 3, tzinfo=UTC)

_CEASED = 0.179
"""Share of lines that carry an end."""
_KINDS = {
    "individual": 0.845,
    "corporate": 0.083,
    "statement": 0.058,
    "overseas": 0.008,
    "legal_person": 0.005,
    "super_secure": 0.0007,
    "exemptions": 0.0003,
}
_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Sir")
_NATIONALITIES = ("British", "English", "Irish", "Polish", "Romanian", "Indian", "Chinese", "British,Polish")
_COUNTRIES = ("England", "United Kingdom", "Scotland", "Wales", "Northern Ireland")
_REGISTERED = (
    "England & Wales",
    "England And Wales",
    "United Kingdom",
    "Scotland",
    "Minnesota, Usa",
    "England",
)
_FORMS = ("Private Limited Company", "Limited Company", "Limited Compamy", "Public Limited Company", "Llp")


def write_psc_zip(path: Path, lines: int, seed: int) -> dict[str, int]:
    """Write a snapshot zip of `lines` lines, the totals line among them. Return the totals.

    The same `lines` and `seed` give the same bytes; memory does not grow with `lines`.
    """
    member = f"{path.stem}.txt"
    with zip_member(path, member, GENERATED_AT, level=1) as out:
        return write_psc(psc_records(lines - 1, seed), out, GENERATED_AT)


def psc_records(count: int, seed: int) -> Iterator[PscRecord]:
    """Yield `count` invented records, those that show every slug first."""
    return itertools.islice(itertools.chain(_every_slug(seed), _mixed(seed)), count)


class _People:
    """Draw names, addresses and dates."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self._culture = culture("british")

    def surname(self) -> str:
        return self._culture.family_name(self.random)[0]

    def forename(self) -> str:
        return self._culture.given[self.random.random() < 0.6].draw(self.random)

    def pick(self, values: Sequence[str]) -> str:
        return pick(self.random, values)

    def below(self, limit: int) -> int:
        return below(self.random, limit)

    def date(self, first: int, last: int) -> str:
        return day(self.random, first, last)

    def ceased(self) -> str | None:
        return self.date(2022, 2026) if self.random.random() < _CEASED else None

    def address(self) -> Address:
        return british(place(self.random, "GB"))


def _every_slug(seed: int) -> Iterator[PscRecord]:
    people = _People(seed)
    number = itertools.count(1)
    for nature in gb_slugs.NATURES:
        is_overseas = nature in gb_slugs.OVERSEAS_NATURES
        company = _number(next(number), "OE" if is_overseas else "")
        yield _individual(people, company, (nature,), is_overseas=is_overseas)
    for slug in gb_slugs.STATEMENTS:
        yield Statement(company_number=_number(next(number)), statement=slug, notified_on="2019-03-04")
    for kind in gb_slugs.EXEMPTIONS:
        items = {kind: (("2018-01-01", None),)}
        yield Exemptions(company_number=_number(next(number)), items=items)
    for is_overseas in (False, True):
        company = _number(next(number), "OE" if is_overseas else "")
        yield SuperSecure(company_number=company, is_overseas=is_overseas)
        for is_legal_person in (False, True):
            yield _organisation(people, company, is_overseas=is_overseas, is_legal_person=is_legal_person)


def _mixed(seed: int) -> Iterator[PscRecord]:
    people = _People(seed + 1)
    kinds = list(_KINDS)
    weights = list(itertools.accumulate(_KINDS.values()))
    for n in itertools.count(1000):
        # One company in four has a second line.
        company = _number(n - (n % 4 == 1))
        kind = people.random.choices(kinds, cum_weights=weights)[0]
        if kind == "individual":
            yield _individual(people, company, _natures(people))
        elif kind in ("corporate", "legal_person"):
            yield _organisation(people, company, is_legal_person=kind == "legal_person")
        elif kind == "statement":
            slug = people.pick(gb_slugs.COMPANY_STATEMENTS)
            yield Statement(
                company_number=company,
                statement=slug,
                notified_on=people.date(2016, 2021),
                ceased_on=people.ceased(),
            )
        elif kind == "overseas":
            nature = (people.pick(gb_slugs.OVERSEAS_NATURES),)
            yield _individual(people, _number(n % 1_000_000, "OE"), nature, is_overseas=True)
        elif kind == "super_secure":
            yield SuperSecure(company_number=company, seed=str(n))
        else:
            yield Exemptions(company_number=company, items={gb_slugs.EXEMPTIONS[0]: (("2018-01-01", None),)})


def _individual(
    people: _People, company: str, natures: tuple[str, ...], *, is_overseas: bool = False
) -> Individual:
    title, forename, surname = people.pick(_TITLES), people.forename(), people.surname()
    middle = people.forename() if people.random.random() < 0.55 else None
    return Individual(
        company_number=company,
        name=" ".join(part for part in (title, forename, middle, surname) if part),
        title=title,
        forename=forename,
        middle_name=middle,
        surname=surname,
        birth=(1935 + people.below(70), people.below(12) + 1),
        nationality=people.pick(_NATIONALITIES),
        country_of_residence=people.pick(_COUNTRIES),
        address=people.address(),
        natures=natures,
        notified_on=people.date(2016, 2021),
        ceased_on=people.ceased(),
        is_overseas=is_overseas,
        principal_office_address=people.address() if is_overseas else None,
    )


def _organisation(
    people: _People, company: str, *, is_overseas: bool = False, is_legal_person: bool = False
) -> Organisation:
    has_number = people.random.random() < 0.8
    number = str(people.below(16_000_000) + 1)
    return Organisation(
        company_number=company,
        name=f"{people.surname()} {'Council' if is_legal_person else 'Holdings Limited'}",
        address=people.address(),
        natures=(gb_slugs.OVERSEAS_NATURES[0],) if is_overseas else _natures(people),
        notified_on=people.date(2016, 2021),
        ceased_on=people.ceased(),
        is_overseas=is_overseas,
        is_legal_person=is_legal_person,
        country_registered=people.pick(_REGISTERED),
        legal_authority="Companies Act 2006",
        legal_form=people.pick(_FORMS),
        place_registered="Companies House",
        # Half of the numbers have lost their zeros.
        registration_number=(number.rjust(8, "0") if people.below(2) else number) if has_number else None,
    )


def _natures(people: _People) -> tuple[str, ...]:
    draw = people.random.random()
    if draw < 0.9:
        band = gb_slugs.BANDS[(draw > 0.35) + (draw > 0.45)]
        shares = f"ownership-of-shares-{band}-percent"
        if draw < 0.3:
            return (shares,)
        votes = f"voting-rights-{band}-percent"
        return (shares, votes) if draw < 0.7 else (shares, votes, "right-to-appoint-and-remove-directors")
    if draw < 0.97:
        return (people.pick(gb_slugs.COMPANY_NATURES),)
    if draw < 0.995:
        return (people.pick(gb_slugs.LLP_NATURES),)
    return (people.pick(gb_slugs.SCOTTISH_NATURES),)


def _number(n: int, prefix: str = "") -> str:
    return f"{prefix}{n:0{8 - len(prefix)}d}"
