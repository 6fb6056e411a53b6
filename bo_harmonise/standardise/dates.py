"""Birth dates: partial, masked, swapped, stated as an age band; and whether two of them agree."""

import re
from datetime import date

_ISO = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MASKED = re.compile(r"^(\d{2})(\d{2})(\d{2})-?[*xX]{4,5}$")
_OLDEST = 110

COMPATIBLE, SWAPPED, CONTRADICTING, ABSENT = "compatible", "swapped", "contradicting", "absent"


def partial_date(text: str | None) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD, as much of it as is a date; None without a year.

    An impossible day or month is dropped, zeros stand for unknown, a time of day is cut.

    >>> [partial_date(t) for t in ("1975-07-31T00:00:00Z", "1975-07-00", "1975-13-01", "1849-11-44", "x")]
    ['1975-07-31', '1975-07', '1975', '1849-11', None]
    """
    match = _ISO.match(text.strip()) if text else None
    if not match or match[1] == "0000":
        return None
    year, month, day = match[1], match[2], match[3]
    if not month or not 1 <= int(month) <= 12:
        return year
    try:
        return date(int(year), int(month), int(day or 0)).isoformat()
    except ValueError:
        return f"{year}-{month}"


def unmask(text: str, on: date, youngest: int = 0) -> tuple[str, ...]:
    """Return the birth dates that a masked code `DDMMYY-*****` allows for a person alive `on` that day.

    Latvian personal codes before 2017 begin with the day of birth and hide the century in the next
    digit. Both centuries are given where both are possible for someone aged `youngest` to 110 years;
    an impossible date gives nothing, and so do the codes from 2017 on, which begin with 32.

    >>> unmask("010203-*****", date(2026, 1, 1)), unmask("310760-*****", date(2026, 1, 1))
    (('2003-02-01',), ('1960-07-31',))
    >>> unmask("010220-*****", date(2026, 1, 1)), unmask("010220-*****", date(2026, 1, 1), youngest=16)
    (('1920-02-01', '2020-02-01'), ('1920-02-01',))
    """
    match = _MASKED.match(text.strip())
    if not match:
        return ()
    day, month, year = (int(part) for part in match.groups())
    found = []
    for century in (1800, 1900, 2000):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        if born <= on and youngest <= age <= _OLDEST:
            found.append(born.isoformat())
    return tuple(found)


def age_band(youngest: int, oldest: int | None, on: date) -> tuple[int, int]:
    """Return the first and last year of birth of a person aged `youngest` to `oldest` years `on` that day.

    >>> age_band(41, 50, date(2023, 6, 30)), age_band(81, None, date(2023, 6, 30))
    ((1972, 1982), (1912, 1942))
    """
    return on.year - (oldest if oldest is not None else _OLDEST) - 1, on.year - youngest


def swap(text: str) -> str | None:
    """Return the date with day and month exchanged, where that is another possible date.

    >>> swap("1975-03-07"), swap("1975-03-31"), swap("1975-05-05"), swap("1975-03")
    ('1975-07-03', None, None, None)
    """
    if len(text) != 10 or text[5:7] == text[8:10]:
        return None
    swapped = f"{text[:4]}-{text[8:10]}-{text[5:7]}"
    return swapped if partial_date(swapped) == swapped else None


def compare(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """Compare all birth dates of two records: compatible, swapped, contradicting or absent.

    Two dates agree when one begins with the other; one agreeing pair is enough, since lists state
    several. Day and month exchanged is `swapped`.

    >>> compare(("1975-03-07",), ("1975",)), compare(("1975-03-07",), ("1975-07-03",))
    ('compatible', 'swapped')
    >>> compare(("1975-03",), ("1975-04",)), compare((), ("1975",))
    ('contradicting', 'absent')
    """
    if not left or not right:
        return ABSENT
    if any(a.startswith(b) or b.startswith(a) for a in left for b in right):
        return COMPATIBLE
    return SWAPPED if any(swap(a) == b for a in left for b in right) else CONTRADICTING
