"""Read countries, nationalities and codes in the languages of the registers as ISO 3166-1 alpha-2."""

import re
from functools import cache, lru_cache

import pyarrow as pa

from bo_harmonise.standardise.data import rows
from bo_harmonise.standardise.scripts import fold

_BRACKETS = re.compile(r"^(.*?)\s*\((.*)\)\s*$")
_SEPARATOR = re.compile(r"\s*(?:[,;/|]|\s+-\s+)\s*")
_LIST = re.compile(r"\s*(?:[,;/|&+]|\s-\s|\band\b|\bund\b|\bet\b|\by\b|\bи\b|\bта\b)\s*", re.IGNORECASE)
_FILLER = re.compile(
    r"\b(?:citizen|national|resident|nationality|republic|the|state|kingdom|federation)s?\b|\bof\b"
)


@cache
def _codes() -> dict[str, str]:
    """Alpha-2, alpha-3 and numeric codes, lower case, with their alpha-2."""
    found: dict[str, str] = {}
    for row in rows("countries"):
        for code in (row["code"], row["alpha3"], row["numeric"]):
            found[code.lower()] = row["code"]
    return found


def _texts() -> tuple[dict[str, str], ...]:
    """Names, demonyms and regions with their codes, our own list first.

    `country_names_cldr` has the names of Unicode CLDR in 38 languages, but those that our list knows,
    those of two meanings, and those of fewer than four letters.
    """
    return rows("country_words") + rows("country_names_cldr")


@cache
def _words() -> dict[str, str]:
    """Folded names, demonyms and regions with their alpha-2; the first meaning of a text wins."""
    found: dict[str, str] = {}
    for row in _texts():
        found.setdefault(fold(row["text"]), row["code"])
    return found


def _look_up(text: str) -> str | None:
    folded = fold(text)
    if not folded:
        return None
    code = _codes().get(folded)
    if code:
        return code
    words = _words()
    return words.get(folded) or words.get(" ".join(_FILLER.sub(" ", folded).split()))


@lru_cache(maxsize=65536)
def to_iso2(text: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country, a nationality, a code or a part of a country.

    Names in the languages of the registers, alpha-2, alpha-3 and numeric codes, the codes of sports, home
    nations and federal states are known; historic states keep their old codes (SU, YU, CS, DD). Of several
    places in one text the last wins, as in an address. None for anything else, and for two nationalities
    (see `to_iso2_list`).

    >>> [to_iso2(t) for t in ("England & Wales", "Minnesota, Usa", "United Kingdom (England And Wales)")]
    ['GB', 'US', 'GB']
    >>> [to_iso2(t) for t in ("Nemecko", "Україна", "Brasileiro", "DEU", "826", "საქართველო", "GER")]
    ['DE', 'UA', 'BR', 'DE', 'GB', 'GE', 'DE']
    >>> [to_iso2(t) for t in ("Georgia", "Georgia, USA", "USSR", "Ruritania", "", None)]
    ['GE', 'US', 'SU', None, None, None]
    """
    if not text:
        return None
    code = _look_up(text)
    if code:
        return code
    bracketed = _BRACKETS.match(text)
    if bracketed:
        return to_iso2(bracketed[1]) or to_iso2(bracketed[2])
    parts = [part for part in _SEPARATOR.split(text) if part]
    if len(parts) > 1:
        return _look_up(parts[-1]) or _look_up(parts[0])
    return None


def to_iso2_list(text: str | None) -> list[str]:
    """Return the codes of all nationalities in one text, in its order, without repeats.

    >>> to_iso2_list("British,Polish"), to_iso2_list("IL;RU"), to_iso2_list("Trinidad and Tobago")
    (['GB', 'PL'], ['IL', 'RU'], ['TT'])
    """
    if not text:
        return []
    whole = _look_up(text)
    if whole:
        return [whole]
    codes = (to_iso2(part) for part in _LIST.split(text))
    return list(dict.fromkeys(code for code in codes if code))


def known_texts() -> dict[str, str]:
    """Return all known texts with their codes, for joins in SQL: lower-cased, sorted.

    >>> known_texts()["nemecko"]
    'DE'
    """
    found: dict[str, str] = dict(_codes())
    for row in _texts():
        found.setdefault(row["text"].lower(), row["code"])
        found.setdefault(fold(row["text"]), row["code"])
    return {text: found[text] for text in sorted(found) if text}


def table() -> pa.Table:
    """Return all known texts as (text, code), one row a text, sorted.

    >>> "nemecko" in table()["text"].to_pylist()
    True
    """
    found = known_texts()
    return pa.table(
        {"text": pa.array(list(found), pa.string()), "code": pa.array(list(found.values()), pa.string())}
    )


def nationality_table() -> pa.Table:
    """Return demonyms, names and codes as (text, code); of two meanings the demonym's wins.

    >>> dict(zip(*nationality_table().to_pydict().values()))["british"]
    'GB'
    """
    found: dict[str, str] = {}
    for row in rows("country_words"):
        if row["kind"] == "demonym":
            found.setdefault(row["text"].lower(), row["code"])
            found.setdefault(fold(row["text"]), row["code"])
    for text, code in zip(*table().to_pydict().values(), strict=True):
        found.setdefault(text, code)
    texts = sorted(found)
    return pa.table(
        {"text": pa.array(texts, pa.string()), "code": pa.array([found[t] for t in texts], pa.string())}
    )
