"""Country codes of names, demonyms and codes in the languages of the registers.

`data/countries.csv` maps lower-cased text to ISO 3166-1 alpha-2. Names in some forty languages are facts taken from
Unicode CLDR; alpha-3 and numeric codes from ISO 3166; spellings that registers use ("England & Wales", "Bvi"), demonyms and
the codes of sport federations that the Estonian register uses were added by hand. States that no longer exist keep
their former code (SU, YU, CS, DD), which equals no country of today: see `SUCCESSORS`.
"""

import csv
from functools import cache
from pathlib import Path

import pyarrow as pa

_DATA = Path(__file__).resolve().parent / "data"

SUCCESSORS = {
    "SU": frozenset(
        ["AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"]
    ),
    "YU": frozenset(["BA", "HR", "ME", "MK", "RS", "SI", "XK"]),
    "CS": frozenset(["CZ", "SK"]),
    "DD": frozenset(["DE"]),
}
"""States of today on the territory of those that no longer exist."""


@cache
def _codes() -> dict[str, str]:
    with (_DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["text"]: row["code"] for row in csv.DictReader(lines)}


@cache
def _names() -> dict[str, str]:
    with (_DATA / "country_names.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def to_iso2(text: str | None) -> str | None:
    """ISO 3166-1 alpha-2 code of a country name, demonym or code; None when it is not known.

    >>> to_iso2("England & Wales"), to_iso2("Латвия"), to_iso2("703"), to_iso2("British"), to_iso2("Atlantis")
    ('GB', 'LV', 'SK', 'GB', None)
    """
    if not text:
        return None
    return _codes().get(" ".join(text.lower().split()))


def name_of(code: str | None) -> str | None:
    """English name of an ISO 3166-1 alpha-2 code, or of the country of an ISO 3166-2 code.

    >>> name_of("LV"), name_of("US-DE"), name_of("ZZ")
    ('Latvia', 'United States', None)
    """
    return _names().get(code[:2].upper()) if code else None


def table() -> pa.Table:
    """All spellings as a table (text: lower-cased, code: ISO 3166-1 alpha-2), for joins in SQL."""
    codes = _codes()
    return pa.table({"text": list(codes), "code": list(codes.values())})
