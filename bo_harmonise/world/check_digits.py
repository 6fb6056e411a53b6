"""Make national numbers whose check digits are right, from a running number.

python-stdnum can test most of these numbers but makes none of them; `tests/test_world_writers.py`
holds what is made here against python-stdnum.
"""

_CVR = (2, 7, 6, 5, 4, 3, 2)
_ICO = (8, 7, 6, 5, 4, 3, 2)
_LV = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6)


def cvr(seven_digits: int) -> str | None:
    """Return the Danish CVR number that starts with seven digits, or None when no check digit fits.

    >>> cvr(1234500)
    '12345003'
    """
    body = f"{seven_digits:07d}"
    check = -sum(w * int(d) for w, d in zip(_CVR, body, strict=True)) % 11
    return None if check == 10 or body[0] == "0" else f"{body}{check}"


def ico(seven_digits: int) -> str:
    """Return the Slovak (or Czech) IČO that starts with seven digits.

    >>> ico(1234567)
    '12345679'
    """
    body = f"{seven_digits:07d}"
    check = (11 - sum(w * int(d) for w, d in zip(_ICO, body, strict=True)) % 11) % 10
    return f"{body}{check}"


def lv_regcode(ten_digits: int) -> str | None:
    """Return the Latvian registration number that starts with ten digits, or None when no check digit fits.

    The first digit of a legal person is 4, 5 or 9. The weighted sum over all eleven digits, the last with
    weight 1, leaves 3 when divided by 11.

    >>> lv_regcode(4020399900)
    '40203999006'
    """
    body = f"{ten_digits:010d}"
    check = (3 - sum(w * int(d) for w, d in zip(_LV, body, strict=True))) % 11
    return None if check == 10 else f"{body}{check}"


def lei(eighteen: str) -> str:
    """Return the LEI that starts with eighteen capitals and digits (ISO 17442, mod 97-10).

    >>> lei("9845INVENTEDSAMPLE")
    '9845INVENTEDSAMPLE58'
    """
    return f"{eighteen}{_mod97(eighteen):02d}"


def sepa_creditor(country: str, number: str) -> str:
    """Return the SEPA creditor identifier of a national number (EPC262-08: the business code does not count).

    >>> sepa_creditor("LV", "40203999006")
    'LV07ZZZ40203999006'
    """
    return f"{country}{_mod97(number + country):02d}ZZZ{number}"


def _mod97(text: str) -> int:
    return 98 - int("".join(str(int(c, 36)) for c in text) + "00") % 97
