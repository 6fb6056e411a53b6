"""Tell scripts apart and write any script in plain Latin letters."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from anyascii import anyascii

from bo_harmonise.standardise import abjads, alphabets, cyrillic, han, hangul

# First code point of each run of letters and its script (Unicode 16 blocks, joined where neighbours agree).
_RUNS: tuple[tuple[int, str], ...] = (
    (0x0000, "latin"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "armenian"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, "syriac"),
    (0x0750, "arabic"),
    (0x0780, "thaana"),
    (0x07C0, "other"),
    (0x0860, "syriac"),
    (0x0870, "arabic"),
    (0x0900, "devanagari"),
    (0x0980, "bengali"),
    (0x0A00, "gurmukhi"),
    (0x0A80, "gujarati"),
    (0x0B00, "odia"),
    (0x0B80, "tamil"),
    (0x0C00, "telugu"),
    (0x0C80, "kannada"),
    (0x0D00, "malayalam"),
    (0x0D80, "sinhala"),
    (0x0E00, "thai"),
    (0x0E80, "lao"),
    (0x0F00, "tibetan"),
    (0x1000, "myanmar"),
    (0x10A0, "georgian"),
    (0x1100, "hangul"),
    (0x1200, "ethiopic"),
    (0x13A0, "other"),
    (0x1780, "khmer"),
    (0x1800, "mongolian"),
    (0x18B0, "other"),
    (0x1C80, "cyrillic"),
    (0x1C90, "georgian"),
    (0x1CC0, "other"),
    (0x1D00, "latin"),
    (0x1F00, "greek"),
    (0x2000, "latin"),
    (0x2C60, "latin"),
    (0x2C80, "other"),
    (0x2D00, "georgian"),
    (0x2D30, "other"),
    (0x2D80, "ethiopic"),
    (0x2DE0, "cyrillic"),
    (0x2E80, "han"),
    (0x3040, "kana"),
    (0x3100, "other"),
    (0x3130, "hangul"),
    (0x3190, "han"),
    (0x31F0, "kana"),
    (0x3200, "han"),
    (0xA000, "other"),
    (0xA640, "cyrillic"),
    (0xA6A0, "other"),
    (0xA720, "latin"),
    (0xA800, "other"),
    (0xA8E0, "devanagari"),
    (0xA900, "other"),
    (0xA960, "hangul"),
    (0xA980, "other"),
    (0xAB30, "latin"),
    (0xAB70, "other"),
    (0xAC00, "hangul"),
    (0xD800, "other"),
    (0xF900, "han"),
    (0xFB00, "latin"),
    (0xFB13, "armenian"),
    (0xFB1D, "hebrew"),
    (0xFB50, "arabic"),
    (0xFE00, "other"),
    (0xFE70, "arabic"),
    (0xFF00, "latin"),
    (0xFF65, "kana"),
    (0xFFA0, "hangul"),
    (0xFFE0, "other"),
    (0x1B000, "kana"),
    (0x1B170, "other"),
    (0x20000, "han"),
    (0x323B0, "other"),
)
_STARTS = [start for start, _ in _RUNS]

SPACELESS = frozenset({"han", "kana", "hangul"})
"""Scripts that set no space between the words of a name."""

_APOSTROPHES = "'`´ʹʻʼʽʾʿˈˊˋ‘’‚‛′‵׳״＇ꞌ"
_SPACE_FROM_APOSTROPHE = {ord(c): "'" for c in _APOSTROPHES}

# Latin letters that anyascii writes as their shape where the language's own romanisation differs.
_LATIN = str.maketrans({"ə": "a", "Ə": "A", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i"})


def script_of(char: str) -> str:
    """Return the script of one character; digits and signs count as `latin`, callers skip them."""
    return _RUNS[bisect_right(_STARTS, ord(char)) - 1][1]


def dominant_script(text: str) -> str:
    """Return the script most of the letters are written in; `none` without letters.

    Ties go to the script that comes first in the text. Kana anywhere makes a text Japanese (`kana`).

    >>> [dominant_script(t) for t in ("Łódź", "ООО Ромашка", "محمد", "李四", "ひろし", "123")]
    ['latin', 'cyrillic', 'arabic', 'han', 'kana', 'none']
    """
    if text.isascii():
        return "latin" if any(c.isalpha() for c in text) else "none"
    counts = Counter(script_of(c) for c in text if c.isalpha())
    if not counts:
        return "none"
    if "kana" in counts and counts["kana"] + counts["han"] >= counts.total() / 2:
        return "kana"
    return counts.most_common(1)[0][0]


def split_scripts(text: str) -> list[str]:
    """Part a text that says the same in two scripts side by side into the Latin and the other words.

    >>> split_scripts("KARIMI Farzin فرزین کریمی"), split_scripts("Alpha-Бета")
    (['KARIMI Farzin', 'فرزین کریمی'], ['Alpha-Бета'])
    """
    if text.isascii():
        return [text]
    words = text.split()
    latin = [dominant_script(word) in ("latin", "none") for word in words]
    changes = [i for i in range(1, len(words)) if latin[i] != latin[i - 1]]
    if len(changes) != 1:
        return [text]
    parts = [" ".join(words[: changes[0]]), " ".join(words[changes[0] :])]
    # One word beside a name in another script is an addition to it, a few letters are an abbreviation.
    is_spaceless = any(dominant_script(part) in SPACELESS for part in parts)
    shortest = min(changes[0], len(words) - changes[0])
    if min(len(part) for part in parts) < 4 or (shortest < 2 and not is_spaceless):
        return [text]
    return parts


def clean(text: str) -> str:
    """Bring Unicode to one form: NFKC, no control or format characters, one kind of apostrophe and space.

    >>> clean("  Ａbc  d’Or ")
    "Abc d'Or"
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text).translate(_SPACE_FROM_APOSTROPHE)
    text = unicodedata.normalize("NFKC", text)
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    # Once more: what is dropped may have stood between marks that now combine.
    return unicodedata.normalize("NFKC", " ".join("".join(kept).split()))


def _latin_word(word: str) -> str:
    return anyascii(word.translate(_LATIN))


_WRITERS: dict[str, Callable[[str], str]] = {
    "latin": _latin_word,
    "armenian": alphabets.armenian_to_latin,
    "georgian": alphabets.georgian_to_latin,
    "kana": alphabets.kana_to_latin,
    "han": han.to_latin,
    "hangul": hangul.to_latin,
}

_WORDS = re.compile(r"[^\W\d_][\w'\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u30fc]*|\S", re.UNICODE)


@lru_cache(maxsize=262144)
def _word_to_latin(word: str, tongue: str, variant: int) -> str:
    if word.isascii():
        return word
    parts: list[tuple[str, str]] = []
    for char in word:
        script = script_of(char) if char.isalpha() else (parts[-1][0] if parts else "latin")
        if script == "kana" and parts and parts[-1][0] == "han":
            script = "han"
        if parts and parts[-1][0] == script:
            parts[-1] = (script, parts[-1][1] + char)
        else:
            parts.append((script, char))
    out = []
    for script, part in parts:
        if script == "cyrillic":
            out.append(cyrillic.to_latin(part, tongue))
        elif script == "hebrew":
            out.append(abjads.hebrew_to_latin(part, variant=variant))
        elif script == "greek":
            out.append(alphabets.greek_to_latin(part, is_everyday=bool(variant)))
        elif script == "arabic":
            out.append(abjads.arabic_to_latin(part, persian=bool(variant)))
        else:
            out.append(_WRITERS.get(script, anyascii)(part))
    return anyascii("".join(out))


def to_latin(text: str, *, variant: int = 0) -> str:
    """Write a text in ASCII; Latin text loses its diacritics, other scripts are romanised word by word.

    Cyrillic is read as Ukrainian, Belarusian, Serbian … where its letters say so, Arabic and Hebrew are
    written with the vowels that their letters imply, Han in Mandarin, Hangul in North Korean spelling,
    which most lists use. Letter case is kept where the script has one. Any `variant` reads
    Arabic letters as Persian does, Greek χ as h, and Hebrew letters as `abjads.hebrew_to_latin` says.

    >>> to_latin("Łukasz Ščerbák")
    'Lukasz Scerbak'
    >>> to_latin("Григорій Щербань"), to_latin("Григорий Щербань")
    ('Hryhorii Shcherban', 'Grigoriy Shcherban')
    >>> to_latin("Μπάμπης Παπαδόπουλος")
    'Bampis Papadopoulos'
    """
    if text.isascii():
        return text
    text = clean(text)
    tongue = ""
    if _CYRILLIC.search(text):
        text = " ".join(cyrillic.repair(word) for word in text.split(" "))
        tongue = cyrillic.language(text.lower())
    return _WORDS.sub(lambda match: _word_to_latin(match[0], tongue, variant), text)


_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f']+")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return lower-case ASCII words and numbers separated by one space, without punctuation.

    Apostrophes join (O'Neill, Al-Sa'di), every other sign separates.

    >>> fold("O’Neill-Łaski,  Jan (2)")
    'oneill laski jan 2'
    >>> fold(fold("Ärger & Söhne")) == fold("Ärger & Söhne")
    True
    """
    lower = to_latin(text).lower()
    if "'" in lower:
        lower = lower.replace("'", "")
    return _NOT_ALNUM.sub(" ", lower).strip()


def fold_variants(text: str) -> set[str]:
    """Return the folded text, and for Cyrillic also as Ukrainian reads it: one word may not tell which.

    >>> sorted(fold_variants("группа")), fold_variants("group")
    (['gruppa', 'hruppa'], {'group'})
    """
    found = {fold(text)}
    if _CYRILLIC.search(text):
        words = _CYRILLIC_WORD.findall(clean(text))
        found.add(fold(" ".join(cyrillic.to_latin(word, "uk") for word in words)))
    return found - {""}
