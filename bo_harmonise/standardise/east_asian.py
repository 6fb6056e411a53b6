"""Read Chinese and Korean names: family name first, syllables written apart, joined or with a hyphen."""

import re
from dataclasses import dataclass
from functools import cache

from bo_harmonise.standardise import hangul

SCRIPTS = frozenset({"han", "hangul", "kana"})
_KOREAN_COMPOUND = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")
_CHINESE_COMPOUND = (
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方", "夏侯", "皇甫", "尉迟", "尉遲",
    "公孙", "公孫", "慕容", "令狐", "长孙", "長孫", "宇文", "轩辕", "軒轅", "端木", "百里", "南宫", "南宮",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EastAsianName:
    """Words of a name with the syllables of the given name joined, and its readings."""

    tokens: list[str]
    family: list[str]
    readings: tuple[str, ...]


_KOREAN_FOLDS = (
    (re.compile(r"'"), ""),
    (re.compile(r"yeo|you|yo|yu(?=[nk])|yu"), "yo"),
    (re.compile(r"eo|ou|oo|eu|u|o"), "o"),
    (re.compile(r"ee|yi"), "i"),
    (re.compile(r"ae|ai|oe|e"), "e"),
    (re.compile(r"ch|j|zh|ts"), "c"),
    (re.compile(r"sh(?=i)"), "s"),
    (re.compile(r"kh|g"), "k"),
    (re.compile(r"th|d"), "t"),
    (re.compile(r"ph|b"), "p"),
    (re.compile(r"(.)\1"), r"\1"),
)


def fold_korean(word: str) -> str:
    """Fold the romanisations of one Korean syllable or word.

    >>> fold_korean("cheon") == fold_korean("chon") == fold_korean("chun")
    True
    """
    for pattern, sound in _KOREAN_FOLDS:
        word = pattern.sub(sound, word)
    return word


@cache
def korean_syllables() -> frozenset[str]:
    """All Korean syllables, folded."""
    return frozenset(fold_korean(s) for s in hangul.all_syllables())


def parse(words: list[str], script: str, native: str, family: frozenset[str]) -> EastAsianName | None:
    """Read a name written in Han or Hangul; None for others."""
    if script == "hangul":
        text = native.replace(" ", "")
        if not 2 <= len(text) <= 5:
            return None
        cut = 2 if text.startswith(_KOREAN_COMPOUND) and len(text) > 3 else 1
        syllables = hangul.syllables(text)
        surname, rest = "".join(syllables[:cut]), "".join(syllables[cut:])
        return EastAsianName([surname, rest], [surname], ())
    if script == "han" and "·" not in native:
        text = native.replace(" ", "")
        if not 2 <= len(text) <= 4 or len(words) != 1:
            return None
        from bo_harmonise.standardise.han import readings

        cut = 2 if text.startswith(_CHINESE_COMPOUND) and len(text) > 2 else 1
        sounds = [readings(c) for c in text]
        surname, rest = "".join(sounds[:cut]), "".join(sounds[cut:])
        return EastAsianName([surname, rest], [surname], ())
    return None
