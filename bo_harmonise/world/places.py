"""Addresses by country (`data/places.toml`), in parts, so that every register can write them its own way."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from bo_harmonise.world.draw import Weighted, below, falling, pick

_FILE = Path(__file__).parent / "data" / "places.toml"
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_CARIBBEAN = ("Palm Chambers", "Pelican House", "Frigate Chambers", "Coral Building", "Trade Wind House")


@dataclass(frozen=True, slots=True)
class Place:
    """Address in parts; `unit` is a flat, floor or suite, `building` a named house."""

    country: str
    street: str
    number: int
    town: str
    post_code: str
    unit: int | None = None
    building: str | None = None


@dataclass(frozen=True)
class _Country:
    towns: Weighted[tuple[str, str]]
    streets: Weighted[str]


@cache
def _countries() -> dict[str, _Country]:
    found = {}
    for code, table in tomllib.loads(_FILE.read_text("utf-8")).items():
        towns = [tuple(town.replace("_", " ").split("=")) for town in table["towns"].split()]
        streets = [street.replace("_", " ") for street in table["streets"].split()]
        found[code] = _Country(falling([(a, b) for a, b in towns], 12), falling(streets, 25))
    return found


def countries() -> list[str]:
    """Return the countries that addresses can be made of."""
    return list(_countries())


def place(random: Random, country: str, *, is_office: bool = False) -> Place:
    """Draw an address; KeyError for a country that the file does not have."""
    source = _countries()[country]
    town, code = source.towns.draw(random)
    return Place(
        country=country,
        street=source.streets.draw(random),
        number=1 + below(random, 220),
        town=town,
        post_code=_post_code(random, country, code),
        unit=1 + below(random, 90) if random.random() < (0.5 if is_office else 0.3) else None,
        building=pick(random, _CARIBBEAN) if country in ("VG", "SC", "KY") else None,
    )


def _post_code(random: Random, country: str, code: str) -> str:
    if not code:
        return ""
    if country == "GB":
        inward = f"{1 + below(random, 9)}{pick(random, _LETTERS)}{pick(random, _LETTERS)}"
        return f"{code}{1 + below(random, 19)} {inward}"
    if country == "DK":
        return code
    if country == "IE":
        return (
            f"{code} {pick(random, _LETTERS)}{below(random, 10)}{pick(random, _LETTERS)}{below(random, 10)}"
        )
    digits = {"LV": 2, "VG": 2, "KY": 3, "SK": 2, "DE": 3, "AT": 2, "PL": 3, "RO": 4, "CY": 2, "IN": 4}
    width = digits.get(country, 4 if country in ("RU", "CN") else 3)
    return f"{code}{below(random, 10**width):0{width}d}"
