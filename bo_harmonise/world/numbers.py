"""National numbers and LEIs of invented companies: right check digits, in ranges that are not issued."""

from collections.abc import Callable

from bo_harmonise.world.check_digits import cvr, ico, lei, lv_regcode

_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _plain(form: str) -> Callable[[int], str | None]:
    return form.format


_MAKERS: dict[str, tuple[int, Callable[[int], str | None]]] = {
    "GB": (60_000_001, _plain("{:08d}")),
    "DK": (5_500_001, cvr),
    "LV": (4_070_000_001, lv_regcode),
    "SK": (8_000_001, ico),
    "VG": (8_100_001, _plain("{:07d}")),
    "SC": (820_001, _plain("{:06d}")),
    "KY": (910_001, _plain("{:06d}")),
    "CY": (830_001, _plain("HE{:06d}")),
    "GE": (999_000_001, _plain("{:09d}")),
    "AM": (990_000_001, _plain("{:09d}")),
    "AE": (970_001, _plain("{:06d}")),
    "HK": (90_000_001, _plain("{:08d}")),
    "RU": (9_900_000_001, _plain("{:010d}")),
    "DE": (900_001, _plain("HRB {:06d}")),
    "AT": (900_001, _plain("{:06d}k")),
}

AUTHORITIES = {
    "GB": "RA000585",
    "DK": "RA000170",
    "LV": "RA000423",
    "SK": "RA000526",
    "CY": "RA000161",
}
"""Registration authorities, as GLEIF numbers them; of the others the number is not known for sure."""

OTHER_AUTHORITY = "RA888888"


class Numbers:
    """Give every company of a country the next number."""

    def __init__(self) -> None:
        self._next = {country: first for country, (first, _) in _MAKERS.items()}

    def fresh(self, country: str) -> str:
        """Return the next number of a country; KeyError for a country without a maker."""
        make = _MAKERS[country][1]
        while True:
            number = make(self._next[country])
            self._next[country] += 1
            if number is not None:
                return number


def lei_of(company: int) -> str:
    """Return the LEI of a company by its running number.

    >>> lei_of(0), lei_of(1_000_000)
    ('998400000000WORLD094', '99840000LFLSWORLD076')
    """
    digits = ""
    for _ in range(8):
        company, rest = divmod(company, 36)
        digits = _BASE36[rest] + digits
    return lei(f"9984{digits}WORLD0")
