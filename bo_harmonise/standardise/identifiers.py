"""Normalise identifiers to their scheme, test them, and read European unique identifiers.

Schemes are org-id.guide codes (GB-COH), listed in `data/identifier_schemes.csv` with width, shape, and the
module of python-stdnum that knows the check digit. A failed test is a flag, never a reason to drop.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from stdnum.exceptions import ValidationError

from bo_harmonise.standardise import countries
from bo_harmonise.standardise.data import rows
from bo_harmonise.standardise.scripts import clean

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_EUID = re.compile(r"^([A-Z]{2})([A-Z0-9]+)\.([A-Z0-9][A-Z0-9 ./-]*?)(?:_(\d))?$")
_PREFIXED = re.compile(r"^([A-Z]{1,3})(\d+)$")


_LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХІ", "ABEZHIKMNOPTYXABEKMHOPCTXI")


@dataclass(frozen=True, slots=True)
class _Scheme:
    country: str | None
    digits: int | None
    """Width to which a number that lost its leading zeros is filled up."""
    pattern: re.Pattern[str]
    module: str | None
    same_as: str | None


@cache
def _schemes() -> dict[str, _Scheme]:
    return {
        row["scheme"]: _Scheme(
            row["country"] or None,
            int(row["digits"]) if row["digits"] else None,
            re.compile(row["pattern"]),
            row["module"] or None,
            row["same_as"] or None,
        )
        for row in rows("identifier_schemes")
    }


@cache
def _euid_schemes() -> dict[str, str]:
    return {row["euid"]: row["scheme"] for row in rows("identifier_schemes") if row["euid"]}


def _gb_coh(value: str) -> str:
    """Fill up to eight characters: 56099 is 00056099, SC1234 is SC001234."""
    prefixed = _PREFIXED.match(value)
    if prefixed and len(prefixed[1]) <= 2:
        return prefixed[1] + prefixed[2].zfill(8 - len(prefixed[1]))
    return value


def _am_srale(value: str) -> str:
    return f"{value[:3]}.{value[3:6]}.{value[6:]}" if len(value) == 11 and value.isdigit() else value


def _without_country(value: str, country: str | None) -> str:
    """Drop the country code that VAT-like spellings put before the digits (DK12345678)."""
    rest = value[2:]
    return rest if country and value.startswith(country) and rest.isdigit() else value


def _ca_cc(value: str) -> str:
    return value.lstrip("0") or value


_SPECIAL = {"GB-COH": _gb_coh, "AM-SRALE": _am_srale, "CA-CC": _ca_cc, "NZ-CO": _ca_cc}
_LETTERS_BELONG = frozenset({"GB-COH", "CY-DRCOR", "NG-CAC", "LI-UID"})


@lru_cache(maxsize=65536)
def normalise(scheme: str, value: str) -> str:
    """Return the identifier as its scheme writes it: upper case, without signs, with its leading zeros.

    Unknown schemes keep letters and figures only. The value is never dropped, whatever its shape.

    >>> normalise("GB-COH", " 56099 "), normalise("GB-COH", "sc 12345"), normalise("CZ-ICO", "123 45 6")
    ('00056099', 'SC012345', '00123456')
    >>> normalise("DK-CVR", "DK-12 34 56 78"), normalise("BR-CNPJ", "00.000.000/0001-91")
    ('12345678', '00000000000191')
    >>> normalise("AM-SRALE", "12345678901"), normalise("GBR-PASSPORT", "ab 12-3")
    ('123.456.78901', 'AB123')

    Greek and Cyrillic capitals that look like Latin ones count as these, wide figures as figures.

    >>> normalise("CY-DRCOR", "ΗΕ １２３４５６"), normalise("RUS-PASSPORT", "АВ 12")
    ('HE123456', 'AB12')
    """
    upper = (value if value.isascii() else clean(value)).upper().translate(_LOOK_ALIKES)
    if scheme == "XI-EUID":
        return re.sub(r"[^0-9A-Z.]", "", upper.partition("_")[0])
    bare = _NOT_ALNUM.sub("", upper)
    known = _schemes().get(scheme)
    if not known:
        return bare or value.strip()
    if scheme not in _LETTERS_BELONG:
        bare = _without_country(bare, known.country)
    if known.digits and bare.isdigit():
        bare = bare.zfill(known.digits)
    special = _SPECIAL.get(scheme)
    return (special(bare) if special else bare) or value.strip()


def _lt_rc(value: str) -> bool:
    """Lithuanian company code: weights 1 to 8, and 3 to 9 and 1 where that gives 10, modulo 11."""
    digits = [int(c) for c in value]
    check = sum(w * d for w, d in zip(range(1, 9), digits, strict=False)) % 11
    if check == 10:
        check = sum(w * d for w, d in zip((3, 4, 5, 6, 7, 8, 9, 1), digits, strict=False)) % 11 % 10
    return check == digits[8]


_OWN_CHECK = {"LT-RC": _lt_rc}


@lru_cache(maxsize=65536)
def is_valid(scheme: str, value: str) -> bool | None:
    """Tell whether shape and check digit of an identifier hold; None for a scheme without a test.

    >>> is_valid("GB-COH", "SC123456"), is_valid("GB-COH", "1234"), is_valid("GB-COH", "ABC")
    (True, True, False)
    >>> is_valid("BR-CNPJ", "00.000.000/0001-91"), is_valid("BR-CNPJ", "00.000.000/0001-92")
    (True, False)
    >>> is_valid("ZZ-UNKNOWN", "1") is None
    True
    """
    known = _schemes().get(scheme)
    if not known:
        return None
    number = normalise(scheme, value)
    if not known.pattern.fullmatch(number):
        return False
    if scheme in _OWN_CHECK:
        return _OWN_CHECK[scheme](number)
    if not known.module:
        return True
    try:
        import_module(f"stdnum.{known.module}").validate(number)
    except ValidationError:
        return False
    return True


def from_euid(value: str) -> tuple[str, str] | None:
    """Return (scheme, national number) of a European unique identifier (EUID); None for anything else.

    An EUID is country, register, full stop, national number, and sometimes an underscore and a check digit
    (Implementing Regulation (EU) 2021/1042). None also for countries whose registers number by court.

    >>> from_euid("LVUR.40003000001"), from_euid("DKCVR.12345678"), from_euid("FR7501.123456789_1")
    (('LV-RE', '40003000001'), ('DK-CVR', '12345678'), ('FR-RCS', '123456789'))
    >>> from_euid("40003000001") is None, from_euid("DEK1101R.HRB116737") is None
    (True, True)
    """
    match = _EUID.match(value.strip().upper())
    scheme = _euid_schemes().get(match[1]) if match else None
    return (scheme, normalise(scheme, match[3])) if match and scheme else None


def keys(scheme: str | None, value: str) -> tuple[list[str], str | None]:
    """Return the keys `scheme:id` under which records meet, and the country of the scheme.

    An EUID also gives its national number; schemes for one number (SK-ICO, SK-ORSR) give one key.

    >>> keys("XI-EUID", "LVUR.40003000001")
    (['LV-RE:40003000001', 'XI-EUID:LVUR.40003000001'], 'LV')
    >>> keys("SK-ORSR", "123456"), keys("GBR-PASSPORT", "123")
    ((['SK-ICO:00123456'], 'SK'), (['GBR-PASSPORT:123'], 'GB'))

    A masked number is shared by many people and gives no key.

    >>> keys(None, "150370-*****")
    ([], None)
    """
    if "*" in value:
        return [], None
    name = scheme or "?"
    national = from_euid(value)
    if national:
        name = "XI-EUID"
    known = _schemes().get(name)
    number = normalise(name, value)
    found = {f"{(known and known.same_as) or name}:{number}"} if number else set()
    if national:
        found.add(":".join(national))
    prefix, dash, _ = (national[0] if national else name).partition("-")
    code = countries.to_iso2(prefix) if dash and prefix.isupper() and len(prefix) in (2, 3) else None
    return sorted(found), code
