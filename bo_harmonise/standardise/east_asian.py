"""Read Chinese and Korean names: family name first; syllables apart, joined, or with a hyphen.

Spelling hides who is who: 이, Lee, Yi and Ri are one family name, Chan and Chen are one in two languages. A
name gets a *reading* for each way it can be read, and two spellings of one name share one.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bo_harmonise.standardise import han, hangul
from bo_harmonise.standardise.data import rows, word_set

SCRIPTS = frozenset({"han", "hangul", "kana"})
_PINYIN_INITIALS = (
    "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c",
    "s", "y", "w",
)  # fmt: skip
_PINYIN_FINALS = (
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "ve", "er", "an", "en",
    "in", "un", "vn", "ang", "eng", "ing", "ong", "ia", "ua", "uo", "uai", "iao", "ian", "uan", "iang",
    "uang", "iong",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EastAsianName:
    """Words of a name with the syllables of the given name joined, and its readings."""

    tokens: list[str]
    family: list[str]
    readings: tuple[str, ...]


@cache
def _compound(kind: str) -> tuple[str, ...]:
    return tuple(sorted(word_set("compound_surnames", kind)))


@cache
def _korean_surnames() -> dict[str, str]:
    return {row["spelling"]: hangul.fold_romanised(row["surname"]) for row in rows("korean_surnames")}


@cache
def _chinese_surnames() -> dict[str, frozenset[str]]:
    """Return the folded pinyin surnames that a spelling, or a folded pinyin or Wade-Giles one, stands for."""
    found: dict[str, set[str]] = {}
    for row in rows("chinese_surnames"):
        folded = han.fold_romanised(row["pinyin"])
        for spelling in (row["spelling"], f"={folded}"):
            found.setdefault(spelling, set()).add(folded)
    return {spelling: frozenset(names) for spelling, names in found.items()}


@lru_cache(maxsize=65536)
def _chinese_family(word: str) -> frozenset[str]:
    known = _chinese_surnames()
    return known.get(word, frozenset()) | known.get(f"={han.fold_romanised(word)}", frozenset())


@cache
def _syllable() -> re.Pattern[str]:
    """Match a run of one or two syllables of romanised Korean, pinyin, Wade-Giles or Cantonese."""
    korean = {hangul.fold_romanised(s) for s in hangul.all_syllables()}
    chinese = {han.fold_romanised(i + f) for i in _PINYIN_INITIALS for f in _PINYIN_FINALS}
    known = sorted(korean | chinese, key=lambda s: (-len(s), s))
    return re.compile(f"(?:{'|'.join(known)}){{1,2}}")


@lru_cache(maxsize=65536)
def _is_syllabic(word: str) -> bool:
    folds = (hangul.fold_romanised(word), han.fold_romanised(word))
    return any(fold and _syllable().fullmatch(fold) for fold in folds)


def _korean_reading(surname: str, given: str) -> str | None:
    known = _korean_surnames().get(surname)
    return f"ko:{known} {hangul.fold_romanised(given)}" if known else None


def _chinese_readings(surname: str, given: str) -> list[str]:
    return [f"zh:{name} {han.fold_romanised(given)}" for name in sorted(_chinese_family(surname))]


def _from_hangul(native: str) -> EastAsianName | None:
    text = native.replace(" ", "")
    if not 2 <= len(text) <= 4 or len(native.split()) > 2:
        return None
    cut = 2 if text.startswith(_compound("korean")) and len(text) > 2 else 1
    parts = hangul.syllables(text)
    if len(parts) != len(text):
        return None
    surname, given = hangul.joined(parts[:cut]), hangul.joined(parts[cut:])
    reading = (
        _korean_reading(surname, given)
        or f"ko:{hangul.fold_romanised(surname)} {hangul.fold_romanised(given)}"
    )
    return EastAsianName([surname, given], [surname], (reading,))


def _from_han(native: str) -> EastAsianName | None:
    text = native.replace(" ", "")
    if not 2 <= len(text) <= 4 or not text.isalpha():
        return None
    cut = 2 if text.startswith(_compound("chinese")) and len(text) > 2 else 1
    mandarin = [han.mandarin(c) for c in text]
    if not all(mandarin):
        return None
    surname, given = "".join(mandarin[:cut]), "".join(mandarin[cut:])
    family = han.fold_romanised(surname)
    readings = {f"zh:{family} {han.fold_romanised(given)}"}
    cantonese = [han.cantonese(c) for c in text[cut:]]
    if all(cantonese):
        readings.add(f"zh:{family} {han.fold_romanised(''.join(c or '' for c in cantonese))}")
    return EastAsianName([surname, given], [surname], tuple(sorted(readings)))


def _from_latin(words: list[str], family: frozenset[str]) -> EastAsianName | None:
    """Read a romanised name of two to four words, if all are syllables and one end is a family name."""
    if not 2 <= len(words) <= 4 or max(map(len, words)) > 9:
        return None
    ends = [i for i in (0, len(words) - 1) if words[i] in _korean_surnames() or _chinese_family(words[i])]
    stated = [i for i in ends if words[i] in family]
    ends = stated if family and not family.issuperset(words) else ends
    if not ends or not all(_is_syllabic(w) for w in words):
        return None
    readings: set[str] = set()
    for i in ends:
        given = "".join(words[:i] + words[i + 1 :])
        korean = _korean_reading(words[i], given)
        readings.update([korean] if korean else [])
        readings.update(_chinese_readings(words[i], given))
    first = ends[0]
    surname, given = words[first], "".join(words[:first] + words[first + 1 :])
    return EastAsianName([surname, given], [surname], tuple(sorted(readings)))


def parse(words: list[str], script: str, native: str, family: frozenset[str]) -> EastAsianName | None:
    """Read a Chinese or Korean name in its own script or romanised; None where the name is not one.

    `words` are the folded words, `native` the text they come from, `family` the words that are stated or
    printed as family name.

    >>> a = parse(["pakminsu"], "hangul", "박민수", frozenset())
    >>> b = parse(["park", "min", "soo"], "latin", "Park Min-soo", frozenset())
    >>> a.tokens, b.tokens, set(a.readings) <= set(b.readings)
    (['pak', 'minsu'], ['park', 'minsoo'], True)
    >>> c = parse(["li", "hsiao", "ming"], "latin", "Li Hsiao-ming", frozenset())
    >>> parse(["lixiaoming"], "han", "李小明", frozenset()).readings[0] in c.readings
    True
    """
    if script == "hangul":
        return _from_hangul(native)
    if script == "han":
        return _from_han(native)
    if script == "latin":
        return _from_latin(words, family)
    return None
