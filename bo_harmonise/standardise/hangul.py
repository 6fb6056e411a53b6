"""Write Hangul in Latin letters, and fold the ways in which Korean is romanised."""

import re

_INITIALS = (
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h",
)  # fmt: skip
_MEDIALS = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
    "u", "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "kk", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lb", "ls", "lt", "lp", "lh", "m", "p", "ps",
    "s", "ss", "ng", "ch", "ch", "k", "t", "p", "h",
)  # fmt: skip
_VOICE = {"k": "g", "t": "d", "p": "b"}
_VOICED = re.compile(r"[ktp](?=[aeiouyw])")
_SONOROUS = frozenset("aeiounmgl")
_BASE, _END = 0xAC00, 0xD7A4

_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"yeo|you|yo|yu", "yo"),
        (r"eo|ou|oo|eu|u|o", "o"),
        (r"ee|yi", "i"),
        (r"ae|ai|oe|oi|e", "e"),
        (r"tch|ch|j|zh|ts", "c"),
        (r"sh(?=i)", "s"),
        (r"kh|g|q", "k"),
        (r"th|d", "t"),
        (r"ph|b", "p"),
        (r"l", "r"),
        (r"(.)\1", r"\1"),
    )
)


def syllables(word: str) -> list[str]:
    """Return the romanised syllables of a word of Hangul, in the spelling of North Korean lists.

    >>> syllables("박민수"), syllables("이")
    (['pak', 'min', 'su'], ['i'])
    """
    out = []
    for char in word:
        if _BASE <= ord(char) < _END:
            first, rest = divmod(ord(char) - _BASE, 588)
            out.append(_INITIALS[first] + _MEDIALS[rest // 28] + _FINALS[rest % 28])
    return out


def all_syllables() -> list[str]:
    """Return every syllable that Hangul can write, romanised."""
    return [a + b + c for a in _INITIALS for b in _MEDIALS for c in _FINALS]


def to_latin(word: str) -> str:
    """Romanise one word of Hangul as one word: consonants between voiced sounds are voiced, ㄹㄹ is ll.

    >>> to_latin("남천강"), to_latin("단천"), to_latin("찰리")
    ('Namchongang', 'Tanchon', 'Challi')
    """
    return joined(syllables(word)).capitalize()


def joined(parts: list[str]) -> str:
    """Join syllables to a word (McCune-Reischauer): k, t and p are voiced behind a voiced sound.

    >>> joined(["chong", "pom"]), joined(["hak", "pom"])
    ('chongbom', 'hakpom')
    """
    out = ""
    for part in parts:
        voiced = _VOICED.match(part) if out[-1:] in _SONOROUS else None
        if voiced:
            out += _VOICE[voiced[0]] + part[voiced.end() :]
        elif out.endswith("l") and part.startswith("r"):
            out += "l" + part[1:]
        else:
            out += part
    return out


def fold_romanised(word: str) -> str:
    """Fold the spellings of one romanised Korean word: McCune-Reischauer, revised and everyday ones.

    >>> {fold_romanised(w) for w in ("cheon", "chon", "jeon", "chun")}
    {'con'}
    """
    for pattern, sound in _FOLDS:
        word = pattern.sub(sound, word)
    return word
