"""Keys for names that sound alike: across spellings, languages and scripts.

A key keeps the consonants in classes that survive romanisation (b and v stay apart, y and i do not), and
marks a vowel only where it starts the word. It is coarse on purpose: it finds and supports pairs, the
spelling decides between them.
"""

import re
from functools import lru_cache

# Longest first: the letters of one sound, and the sound. Capitals are sounds: S sh/ch/j/zh, X kh.
_SOUNDS = (
    ("shch", "S"), ("schtsch", "S"), ("tsch", "S"), ("dsch", "S"), ("sch", "S"), ("tch", "S"), ("tsh", "S"),
    ("dzh", "S"), ("dzs", "S"), ("zh", "S"), ("sh", "S"), ("ch", "S"), ("cz", "S"), ("sz", "S"),
    ("dj", "S"), ("kh", "h"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"),
    ("ts", "s"), ("tz", "s"), ("dz", "s"), ("qu", "k"), ("x", "ks"), ("q", "k"), ("g", "k"),
    ("j", "S"), ("z", "s"), ("w", "v"),
)  # fmt: skip
_PATTERN = re.compile("|".join(sound for sound, _ in _SOUNDS))
_MAP = dict(_SOUNDS)
_SOFT_C = re.compile(r"c(?=[eiy])|c$")
_OFF = re.compile(r"(?<=[oe])ff$|(?<=[dgklmnrt]o)f$")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_GLIDE_START = re.compile(r"^[yi](?=[aeou])")
_VOWELS = re.compile(r"[aeiouy]+")
_REPEAT = re.compile(r"(.)\1+")
_COARSE = str.maketrans({"b": "p", "d": "t", "g": "k", "v": "", "f": "p", "S": "s"})


@lru_cache(maxsize=262144)
def phonetic(token: str) -> str:
    """Return the key of one folded word (see `scripts.fold`): its consonant sounds, and `a` for a first vowel.

    >>> phonetic("lavrov") == phonetic("lawroff") == phonetic("lavrow")
    True
    >>> phonetic("mohammed") == phonetic("muhammad") == phonetic("mhmd")
    True
    >>> phonetic("yusuf") == phonetic("iosif"), phonetic("shinwari") == phonetic("shinvari")
    (True, True)
    """
    if not token.isalpha():
        return token
    word = _OFF.sub("v", token)
    word = _FINAL_H.sub("", word)
    word = _GLIDE_START.sub("a", word)
    word = _SOFT_C.sub("s", word)
    word = _PATTERN.sub(lambda m: _MAP[m[0]], word).replace("c", "k")
    first = "a" if word[:1] in "aeiouy" else ""
    word = _VOWELS.sub("", word)
    return (first + _REPEAT.sub(r"\1", word)) or token[:1]


@lru_cache(maxsize=262144)
def skeleton(token: str) -> str:
    """Return the coarse consonants of one word: voiced and voiceless alike, v and w left out.

    >>> skeleton("mousavi") == skeleton("musui"), skeleton("perez") == skeleton("biriz")
    (True, True)
    """
    key = phonetic(token)
    return _REPEAT.sub(r"\1", key.translate(_COARSE)) or key
