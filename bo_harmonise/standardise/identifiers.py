"""Normalise identifiers to their scheme, test them, and read the European unique identifier."""

import re

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")


def normalise(scheme: str, value: str) -> str:
    """Return the identifier as its scheme writes it."""
    del scheme
    return _NOT_ALNUM.sub("", value.upper())


def keys(scheme: str | None, value: str) -> tuple[list[str], str | None]:
    """Return `scheme:id` keys and the country of the scheme."""
    bare = scheme or ""
    country = bare[:2] if re.match(r"^[A-Z]{2}-", bare) else None
    return [f"{bare}:{normalise(bare, value)}"], country
