"""Short forms for the lines of the UK register in the sample world."""

from bo_harmonise.world.samples.gb_companies import ROAD_TOWN, TRURO
from bo_harmonise.world.samples.numbers import GB
from bo_harmonise.world.writers.gb_psc import Address, Individual, Organisation

SHARES = "ownership-of-shares-{}-percent"
VOTES = "voting-rights-{}-percent"
BOARD = "right-to-appoint-and-remove-directors"
INFLUENCE = "significant-influence-or-control"


def held(band: str, suffix: str = "", *, board: bool = False) -> tuple[str, ...]:
    """Return shares and votes of one band and, with `board`, the right to appoint directors."""
    natures = (SHARES.format(band) + suffix, VOTES.format(band) + suffix)
    return (*natures, BOARD + suffix) if board else natures


def person(
    company: str,
    name: tuple[str, str, str | None, str],
    birth: tuple[int, int],
    natures: tuple[str, ...],
    address: Address,
    *,
    since: str,
    nationality: str = "British",
    residence: str = "England",
    **more: str | bool,
) -> Individual:
    """Return a person; `name` is (title, forename, middle name, surname), `birth` (year, month)."""
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
        notified_on=since,
        ceased_on=str(ceased_on) if ceased_on else None,
        is_overseas=bool(more.get("is_overseas")),
        principal_office_address=ROAD_TOWN if more.get("is_overseas") else None,
    )


def uk_company(
    company: str, name: str, number: str | None, natures: tuple[str, ...], **more: str
) -> Organisation:
    """Return a UK company as owner, under the number that was filed (with or without its zeros)."""
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
