"""Read Han characters: Mandarin for every character, Cantonese for those common in names."""

import re
from functools import cache, lru_cache

from anyascii import anyascii

from bo_harmonise.standardise.data import rows

_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"'", ""),
        (r"^y?uu?(?=e|a)|yu", "u"),
        (r"ien", "ian"),
        (r"iung|iong", "ong"),
        (r"ung", "ong"),
        (r"uei", "ui"),
        (r"^yi|^y(?=[aeo])", "i"),
        (r"^w(?=[aeo])", "u"),
        (r"hs|sh|sz|x", "s"),
        (r"zh|ch|ts|tz|j|q|z|c(?!h)", "c"),
        (r"b", "p"),
        (r"d", "t"),
        (r"g(?!$)(?<!n)", "k"),
        (r"(.)\1", r"\1"),
    )
)


@cache
def _cantonese() -> dict[str, str]:
    return {row["character"]: row["reading"] for row in rows("cantonese")}


@lru_cache(maxsize=16384)
def mandarin(char: str) -> str:
    """Return the reading of one character in pinyin without tones."""
    return anyascii(char).lower()


def cantonese(char: str) -> str | None:
    """Return the reading of one character as it is spelled in Hong Kong names, where it is known."""
    return _cantonese().get(char)


def to_latin(word: str) -> str:
    """Romanise one word of Han characters in Mandarin, as one word.

    >>> to_latin("北京")
    'Beijing'
    """
    return "".join(mandarin(char) for char in word).capitalize()


def fold_romanised(word: str) -> str:
    """Fold pinyin and Wade-Giles spellings of one syllable or word.

    >>> fold_romanised("xiong") == fold_romanised("hsiung")
    True
    >>> fold_romanised("zedong") == fold_romanised("tsetung")
    True
    """
    for pattern, sound in _FOLDS:
        word = pattern.sub(sound, word)
    return word
