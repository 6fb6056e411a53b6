"""Write Greek, Armenian, Georgian and kana in Latin letters, where anyascii is not what passports say."""

import re
import unicodedata

from anyascii import anyascii

_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_GREEK_PAIRS = (
    ("ου", "ou"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"),
)  # fmt: skip
_GREEK_INITIAL = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"))
_GREEK_DIPHTHONG = re.compile(r"([αεη])υ(?=(.?))")
_VOICELESS = frozenset("θκξπσςτφχψ")
_V = {"α": "a", "ε": "e", "η": "i"}

_ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t",
    "ժ": "zh", "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh",
    "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j",
    "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "v", "փ": "p", "ք": "k",
    "և": "ev", "օ": "o", "ֆ": "f",
}  # fmt: skip
_GEORGIAN = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts",
    "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
}  # fmt: skip

_VIETNAMESE = re.compile("[\u0302\u0306\u0309\u031b\u0323]")
"""Circumflex, breve, hook, horn, dot below: beside đ only Vietnamese has them."""

_KANA_SMALL = str.maketrans("ァィゥェォヮ", "アイウエオワ")
_KANA_VOWELS = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_LATIN_VOWELS = frozenset("aeiou")
_KANA_OV = re.compile(r"(?<=[oe])fu$")
_KANA_Y = {"ャ": "a", "ュ": "u", "ョ": "o", "ェ": "e"}


def _cased(word: str, latin: str) -> str:
    if word.isupper() and len(word) > 1:
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


def _bare(text: str) -> str:
    """Drop accents, but not the diaeresis, which parts two vowels."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def readings(text: str) -> list[str]:
    """Return the ways to write a Latin text without its letter đ: d, and in Serbian and Croatian dj as well.

    >>> readings("Đukić"), readings("Đặng Văn Lâm"), readings("Novak")
    (['Đukić', 'Djukić'], ['Đặng Văn Lâm'], ['Novak'])
    """
    if ("đ" not in text and "Đ" not in text) or _VIETNAMESE.search(unicodedata.normalize("NFD", text)):
        return [text]
    return [text, text.replace("đ", "dj").replace("Đ", "Dj")]


def greek_to_latin(word: str, *, is_everyday: bool = False) -> str:
    """Romanise one Greek word by the rules of Greek passports (ELOT 743); `is_everyday` writes h for χ.

    >>> greek_to_latin("Χατζής"), greek_to_latin("Χατζής", is_everyday=True)
    ('Chatzis', 'Hatzis')
    >>> [greek_to_latin(w) for w in ("Δημητράκης", "Παύλος", "Ευάγγελος", "Μπάμπης", "Ντόρα")]
    ['Dimitrakis', 'Pavlos', 'Evangelos', 'Bampis', 'Dora']
    """
    lower = _bare(word).lower()
    lower = _GREEK_DIPHTHONG.sub(lambda m: _V[m[1]] + ("f" if m[2] in _VOICELESS or not m[2] else "v"), lower)
    for native, latin in _GREEK_INITIAL:
        if lower.startswith(native):
            lower = latin + lower[len(native) :]
    for native, latin in _GREEK_PAIRS:
        lower = lower.replace(native, latin)
    table = _GREEK | {"χ": "h"} if is_everyday else _GREEK
    return _cased(word, "".join(table.get(c, c) for c in lower))


def armenian_to_latin(word: str) -> str:
    """Romanise one Armenian word as in passports: ու is u, an initial ե is ye and an initial ո is vo.

    >>> [armenian_to_latin(w) for w in ("Երևան", "Ոսկանյան", "Հարություն", "Թումանյան")]
    ['Yerevan', 'Voskanyan', 'Harutyun', 'Tumanyan']
    """
    lower = word.lower().replace("եւ", "և").replace("ու", "u").replace("ﬔ", "մե")
    if lower.startswith("ե"):
        lower = "ye" + lower[1:]
    elif lower.startswith("և"):
        lower = "yev" + lower[1:]
    elif lower.startswith("ո"):
        lower = "vo" + lower[1:]
    return _cased(word, "".join(_ARMENIAN.get(c, c) for c in lower))


def georgian_to_latin(word: str) -> str:
    """Romanise one Georgian word by the national system, without the marks of ejectives.

    >>> georgian_to_latin("ჭავჭავაძე")
    'chavchavadze'
    """
    return "".join(_GEORGIAN.get(c, c) for c in word.lower())


def kana_to_latin(word: str) -> str:
    """Romanise kana (Hepburn, long vowels short), joining small kana to their syllable.

    >>> [kana_to_latin(w) for w in ("シャチョウ", "フィリップ", "ティナ", "ひろし", "イワノフ", "ウィル")]
    ['shachou', 'firippu', 'tina', 'hiroshi', 'iwanov', 'wiru']
    """
    out = ""
    double = False
    for char in word:
        kata = chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char
        if kata == "ッ":
            double = True
            continue
        if kata == "ー":
            continue
        if kata in _KANA_Y and out.endswith("i"):
            stem = out[:-1]
            out = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _KANA_Y[kata]
            out = out.replace("ye", "e") if kata == "ェ" else out
            continue
        if kata in _KANA_VOWELS and out[-1:] in _LATIN_VOWELS:
            # フィ is fi, ティ is ti, ウィ is wi.
            stem = "w" if out in _LATIN_VOWELS or out[-2:-1] in _LATIN_VOWELS else ""
            out = out[:-1] + stem + _KANA_VOWELS[kata]
            continue
        latin = anyascii(kata.translate(_KANA_SMALL)).lower().strip("-")
        if double and latin and not latin.startswith(("ts", "ch")):
            out += latin[0]
        double = False
        out += latin
    return _KANA_OV.sub("v", out)
