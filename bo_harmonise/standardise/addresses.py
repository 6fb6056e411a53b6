"""Take addresses apart: post code, house number, locality, words; and a key for equality."""

import re
from functools import cache
from typing import NamedTuple

from bo_harmonise.standardise import countries
from bo_harmonise.standardise.data import rows, word_set
from bo_harmonise.standardise.scripts import fold
from bo_harmonise.standardise.sounds import phonetic

# Shapes of post codes after folding, by ISO 3166-1 alpha-2; matched on the whole code or within a line.
_SHAPES = {
    "GB": r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}",
    "IE": r"[a-z]\d[\dw]\s?[a-z\d]{4}",
    "NL": r"\d{4}\s?[a-z]{2}",
    "CA": r"[a-z]\d[a-z]\s?\d[a-z]\d",
    "LV": r"(?:lv\s?)?\d{4}",
    "LT": r"(?:lt\s?)?\d{5}",
    "MD": r"(?:md\s?)?\d{4}",
    "LU": r"(?:l\s?)?\d{4}",
    "AD": r"ad\d{3}",
    "AZ": r"(?:az\s?)?\d{4}",
    "MT": r"[a-z]{3}\s?\d{4}",
    "BR": r"\d{5}\s?\d{3}",
    "PL": r"\d{2}\s?\d{3}",
    "PT": r"\d{4}\s?\d{3}|\d{4}",
    "JP": r"\d{3}\s?\d{4}",
    "SE": r"\d{3}\s?\d{2}",
    "CZ": r"\d{3}\s?\d{2}",
    "SK": r"\d{3}\s?\d{2}",
    "GR": r"\d{3}\s?\d{2}",
    "US": r"\d{5}(?:\s?\d{4})?",
    "IN": r"\d{3}\s?\d{3}",
    "KY": r"ky\d\s?\d{4}",
    "VG": r"vg\s?\d{4}",
    "BM": r"[a-z]{2}\s?(?:\d{2}|[a-z]{2})",
    **dict.fromkeys(
        ("AT", "AU", "BE", "BG", "CH", "CY", "DK", "GE", "HU", "LI", "NO", "NZ", "SI", "ZA"), r"\d{4}"
    ),
    **dict.fromkeys(
        ("DE", "EE", "ES", "FI", "FR", "HR", "IT", "MC", "MX", "RS", "TR", "UA", "KR", "MY"), r"\d{5}"
    ),
    **dict.fromkeys(("BY", "CN", "KZ", "RO", "RU", "SG", "UZ", "KG", "TJ", "TM", "VN", "NG"), r"\d{6}"),
}
_LETTERED = frozenset({"GB", "IE", "CA"})
"""Countries whose codes have letters, so that one at the start of a line is no house number."""
_CODE_FIRST = frozenset((
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "IT", "LI",
    "LU", "MC", "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR",
))  # fmt: skip
"""Countries that write the post code before the town, and no number of so many figures before a street."""
_CITY_STATES = frozenset({"GI", "HK", "LU", "MC", "MO", "SG", "SM"})
_DIGIT = re.compile(r"\d")
_DISTRICT = re.compile(r"\s-\s|,|;|\d|\(")
_STRASSE = re.compile(r"(?<=[a-z]{3})(?:strasse|straat|str)\b")
_PREFIX = {"LV": "lv", "LT": "lt", "MD": "md", "LU": "l", "AZ": "az"}
_UNIT = re.compile(
    r"\b(?:flat|apt|apartment|suite|ste|unit|room|office|floor|fl|level|kv|of|ofis|kab|dz|wohnung|top|piso|sala|et|etage"
    r"|po box|p o box|box|apartado|postfach|bp)\s*(?:no\s*)?\w*\d\w*\b|\b\d+(?:st|nd|rd|th)\s+fl(?:oor)?\b"
)
_FIRST_NUMBER = re.compile(r"\b(\d{1,5})\s?([a-z]?)\b")


class Address(NamedTuple):
    """One address; all words are folded (`scripts.fold`)."""

    country: str | None
    post_code: str | None
    """Normalised to its country: upper case, no spaces, without a country prefix."""
    house_number: str | None
    locality: str | None
    key: str | None
    """Country, post code and house number; without a post code, town and sound of the longest street word."""
    tokens: tuple[str, ...]
    """Sorted distinct words and numbers without street types and units."""


@cache
def _shape(country: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{_SHAPES[country]})\b") if country in _SHAPES else None


@cache
def _code_and_town(country: str) -> re.Pattern[str] | None:
    if country not in _CODE_FIRST:
        return None
    return re.compile(
        rf"(?:[a-z]{{1,2}}\s)?(?P<code>{_SHAPES[country]})\s(?P<town>[a-z][a-z ]*?)(?:\s[a-z]{{1,2}})?"
    )


@cache
def _street_words() -> frozenset[str]:
    return word_set("address_words", "street")


@cache
def _localities() -> dict[str, str]:
    return {row["word"]: row["locality"] for row in rows("localities")}


def post_code(text: str | None, country: str | None) -> str | None:
    """Normalise a post code to its country; None when it has no figure.

    A code of another shape than the country's is kept, folded, since registers hold errors.

    >>> post_code("lv-1010", "LV"), post_code("SW1A 1AA", "GB"), post_code("811 01", "SK")
    ('1010', 'SW1A1AA', '81101')
    >>> post_code("LT-01103", "LT"), post_code("n/a", "GB")
    ('01103', None)
    """
    folded = fold(text) if text else ""
    if not any(c.isdigit() for c in folded):
        return None
    shape = _shape(country or "")
    match = shape.search(folded) if shape else None
    code = (match[0] if match else folded).replace(" ", "")
    prefix = _PREFIX.get(country or "", "")
    if prefix and code.startswith(prefix):
        code = code[len(prefix) :]
    return code.upper()


def locality(text: str | None) -> str | None:
    """Return the folded name of a town without district, number and post code; one name for Praha and Prague.

    >>> locality("Praha 1 - Staré Město"), locality("København K"), locality("12345")
    ('prague', 'copenhagen', None)
    """
    folded = fold(_DISTRICT.split(text, maxsplit=1)[0]) if text else ""
    words = [w for w in folded.split() if w.isalpha()]
    while len(words) > 1 and len(words[-1]) == 1:
        words.pop()
    name = " ".join(words)
    return _localities().get(name, name) or None


def _places(address: str, country: str | None) -> tuple[str, str | None, str | None]:
    """Take country and town off the end of a line whose parts are set off by commas."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    town = None
    if len(parts) > 1 and not _DIGIT.search(parts[-1]):
        code = countries.to_iso2(parts[-1])
        if code and country in (None, code):
            country = code
            last = parts.pop()
            town = last if code in _CITY_STATES else None
    if len(parts) > 1 and not town:
        # The last part without a figure; a street is never the only part before it.
        named = [i for i, part in enumerate(parts) if i and not _DIGIT.search(part)]
        if named:
            town = parts.pop(named[-1])
    return ", ".join(parts), town, country


def _coded_town(address: str, country: str | None) -> tuple[str, str | None, str | None]:
    """Take the part that is post code and town, in this order, out of a line with commas.

    >>> _coded_town("Hauptstr. 12, 10115 Berlin", "DE"), _coded_town("8000 Aarhus C, Østergade 5", "DK")
    (('Hauptstr. 12', '10115', 'berlin'), ('Østergade 5', '8000', 'aarhus'))
    """
    shape = _code_and_town(country or "")
    if shape:
        parts = address.split(",")
        for i in range(len(parts) - 1, -1, -1):
            match = shape.fullmatch(fold(parts[i]))
            if match:
                return ",".join(parts[:i] + parts[i + 1 :]).strip(), match["code"], match["town"]
    return address, None, None


def _apart(
    text: str, code: str | None, country: str | None
) -> tuple[str, str | None, str | None, str | None]:
    """Take what is no street off a line with commas: (rest, post code, town, country)."""
    if code is None:
        rest, found, town = _coded_town(text, country)
        if town:
            return rest, post_code(found, country), town, country
    text, town, country = _places(text, country)
    return text, code, town, country


def _street(line: str) -> str:
    """Drop flats and the like, and write compounds in -strasse and -str alike."""
    return _STRASSE.sub(" ", _UNIT.sub(" ", line))


def parse(
    address: str | None,
    town: str | None = None,
    post: str | None = None,
    country: str | None = None,
) -> Address:
    """Read one address; what the register does not state apart is looked for in the line.

    >>> a = parse("Flat 3, 12a High Street", "Leeds", "LS1 4AP", "GB")
    >>> a.key, a.tokens
    ('GB|LS14AP|12a', ('12a', 'high', 'leeds'))
    >>> parse("12A HIGH ST, LEEDS LS1 4AP", None, None, "GB").key
    'GB|LS14AP|12a'
    >>> parse("Lindenstr. 5, München, Germany").key == parse("LINDENSTRASSE 5", "Munich", None, "DE").key
    True
    """
    text, code = address or "", post_code(post, country)
    if "," in text and not town:
        text, code, town, country = _apart(text, code, country)
    line = fold(text)
    shape = _shape(country or "")
    if code is None and shape:
        # The last figure that looks like a code: house numbers stand before it.
        for place in (fold(town) if town else "", line):
            found = list(shape.finditer(place))
            if found and (found[-1].start() > 0 or country in _LETTERED or place != line):
                code = post_code(found[-1][0], country)
                line = line.replace(found[-1][0], " ")
                break
    street = _street(line)
    number = _FIRST_NUMBER.search(street)
    house = f"{number[1].lstrip('0') or '0'}{number[2]}" if number else None
    if number and number[2]:
        street = f"{street[: number.start()]}{house}{street[number.end() :]}"
    ignored = _street_words()
    words = [w for w in street.split() if w not in ignored]
    name = locality(town)
    key = None
    if country and house:
        named = [w for w in words if w.isalpha() and len(w) > 2]
        if code:
            key = f"{country}|{code}|{house}"
        elif name and named:
            street_key = phonetic(max(named, key=lambda w: (len(w), w)))
            key = f"{country}|{name}|{street_key}|{house}"
    tokens = tuple(sorted({*words, *(name or "").split()}))
    return Address(country, code, house, name, key, tokens)
