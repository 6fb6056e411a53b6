"""Write Han characters in Latin letters."""

from anyascii import anyascii


def readings(char: str) -> str:
    """Return the Mandarin reading of one character."""
    return anyascii(char).lower()


def to_latin(word: str) -> str:
    """Romanise one word in Mandarin."""
    return "".join(anyascii(c).lower() for c in word).capitalize()
