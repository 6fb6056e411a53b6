"""Write names of other scripts in Latin letters, the way passports and clerks of each register do.

The tables are the world's own: were they those of `standardise`, the world could not find its mistakes.
"""

import unicodedata
from functools import lru_cache

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
_LATIN = {
    # ICAO Doc 9303, as in passports since about 2010
    "passport": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia i i ie g",
    # the older habit of British and American clerks
    "english": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g",
    "slovak": "a b v g d e jo ž z i j k l m n o p r s t u f ch c č š šč - y ' e ju ja i ji je g",
    "latvian": "a b v g d e jo ž z i j k l m n o p r s t u f h c č š šč - i - e ju ja i ji je g",
}
# Letters that Ukrainian reads otherwise.
_UKRAINIAN = {"г": "h", "и": "y"}
_SLOVAK_SOFT = {"l'": "ľ", "t'": "ť", "d'": "ď", "n'": "ň"}

_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_LATIN = {
    "passport": "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
    "english": "a v g d e z i th i k l m n x o p r s s t i f h ps o",
}
_GREEK_PAIRS = {"ου": "ou", "γγ": "ng", "γκ": "gk", "γχ": "nch", "τζ": "tz"}
_GREEK_DIPHTHONGS = ("αυ", "ευ", "ηυ")
_VOICELESS = set("θκξπσςτφχψ")

_SOUNDS_GEORGIAN = "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"
_SOUNDS_ARMENIAN = "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev"

_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        _SOUNDS_GEORGIAN.split(),
        strict=True,
    )
)
_ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        _SOUNDS_ARMENIAN.split(),
        strict=True,
    )
)

_FOLDED = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "å": "aa", "Å": "Aa", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d"}
)
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
    | {"ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa", "æ": "ae", "Æ": "Ae"}
)


@lru_cache(maxsize=100_000)
def cyrillic(text: str, scheme: str, *, is_ukrainian: bool = False) -> str:
    """Return a Cyrillic name in Latin letters.

    >>> [cyrillic("Ольховский", s) for s in ("passport", "english", "slovak", "latvian")]
    ['Olkhovskii', 'Olkhovskiy', 'Oľchovskij', 'Olhovskij']
    """
    table = dict(zip(_CYRILLIC, _LATIN[scheme].split(), strict=True))
    if is_ukrainian:
        table |= _UKRAINIAN
    found = "".join(table.get(letter, letter) for letter in text.lower()).replace("-", "")
    for pair, letter in _SLOVAK_SOFT.items():
        found = found.replace(pair, letter)
    return capitalised(found.replace("'", ""))


@lru_cache(maxsize=100_000)
def greek(text: str, scheme: str) -> str:
    """Return a Greek name in Latin letters (ELOT 743, or as English speakers hear it).

    >>> greek("Ευαγγελία", "passport"), greek("Χατζόγλου", "passport"), greek("Χατζόγλου", "english")
    ('Evangelia', 'Chatzoglou', 'Hatzoglou')
    """
    table = dict(zip(_GREEK, _GREEK_LATIN[scheme].split(), strict=True))
    plain = _without_marks(text.lower())
    found, n = [], 0
    while n < len(plain):
        pair = plain[n : n + 2]
        if pair in _GREEK_DIPHTHONGS:
            following = plain[n + 2 : n + 3]
            found.append(table[pair[0]] + ("f" if not following or following in _VOICELESS else "v"))
            n += 2
        elif pair == "μπ":
            found.append("b" if n == 0 else "mp")
            n += 2
        elif pair in _GREEK_PAIRS:
            found.append(_GREEK_PAIRS[pair])
            n += 2
        else:
            found.append(table.get(plain[n], plain[n]))
            n += 1
    return capitalised("".join(found))


@lru_cache(maxsize=100_000)
def georgian(text: str) -> str:
    """Return a Georgian name in Latin letters (national system).

    >>> georgian("ქეთევან"), georgian("წიკლაური")
    ('Ketevan', 'Tsiklauri')
    """
    return capitalised("".join(_GEORGIAN.get(letter, letter) for letter in text))


@lru_cache(maxsize=100_000)
def armenian(text: str) -> str:
    """Return an Armenian name in Latin letters.

    >>> armenian("Հովհաննիսյան"), armenian("Ռուբեն"), armenian("Գեւորգ")
    ('Hovhannisyan', 'Ruben', 'Gevorg')
    """
    plain = text.lower().replace("ու", "u").replace("եւ", "ev")
    return capitalised("".join(_ARMENIAN.get(letter, letter) for letter in plain))


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Drop what a British keyboard has no key for.

    >>> folded("Ozoļkalns-Mørch Müller")
    'Ozolkalns-Morch Muller'
    """
    return _without_marks(text.translate(_FOLDED))


def respelled(text: str) -> str:
    """Write umlauts and Danish letters with two letters, the rest as `folded`.

    >>> respelled("Jörg Mørch")
    'Joerg Moerch'
    """
    return folded(text.translate(_GERMAN))


def capitalised(text: str) -> str:
    """Begin every part with a capital.

    >>> capitalised("ter-minasyan")
    'Ter-Minasyan'
    """
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    )
