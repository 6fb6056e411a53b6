"""Read East Slavic names that a register writes in the Latin letters of its own language.

Riga writes Пчелицын as Pčelicins, Bratislava as Pčelicyn, a passport as Pchelitsyn: j is a glide, c is
ts, and in Latvian a man's names end in s. Such a name is brought to the spelling of passports and lists; that
it is one is told by its endings and letters; other names stay as they are.
"""

import re

from anyascii import anyascii

_MAN = re.compile(r"(?:[oe]v|[iy]n|[sc]k(?:ij|yj|i)|[iye]c|[uiya]k)s$")
"""Surnames of men as Latvian makes them: Ivanovs, Pčelicins, Olhovskis, Stepuks; without their marks."""
_GIVEN = re.compile(r"(?:j|[bcdfgklmnprtvz])s$")
"""What the given name beside one of them ends in: Sergejs, Ivans."""
_UNCHANGED = re.compile(r"(?:enko|[jy]lo|[tv][rl]o|^(?:ilja|nikita|savva|kuzma))$")
"""Men's names that Latvian leaves as they are: Savčenko, Myhajlo, Petro."""

_SURNAME = re.compile(r"\w{2}(?:[oe]va?|[sc]k(?:ij|aja|yj)|enko|[iy]č|[čj]uk)$")
_SHORT_SURNAME = re.compile(r"\w{2}[iy]na?$")
"""Endings that names of other languages have as well: Martin."""
_SPELLING = re.compile(r"[čšžľťď]|[aeiouy]j(?![aeiouyj])|[dlstvz]j[aou]|[sc]kaja$")
"""Letters that English spelling does not have, or not there."""

_SOUNDS = {
    "šč": "shch", "č": "ch", "š": "sh", "ž": "zh", "ch": "kh", "c": "ts", "ck": "tsk", "j": "y",
    "ľ": "l", "ť": "t", "ď": "d", "ň": "n", "ļ": "l", "ņ": "n", "ķ": "k", "ģ": "g",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")


def is_slavic(text: str) -> bool:
    """Tell whether a name in Latin letters is an East Slavic one as Latvian or Slovak writes it.

    Latvians whose names end alike (Aivars Krūmiņš) count too, with their marks and without.

    >>> [is_slavic(name) for name in ("Nikolajs Pčelicins", "Volodymyrs Savčenko", "Nadežda Jakušskaja")]
    [True, True, True]
    >>> [is_slavic(name) for name in ("James Collins", "Jānis Bērziņš", "Ján Jurčák", "Jason Martin")]
    [False, False, False, False]
    """
    words = _WORD.findall(text.lower())
    if len(words) < 2:
        return False
    bare = [anyascii(word) for word in words]
    men = [i for i, word in enumerate(bare) if _MAN.search(word)]
    beside = [i for i, word in enumerate(bare) if _GIVEN.search(word)]
    unchanged = [word for word in bare if _UNCHANGED.search(word)]
    if (men and (unchanged or len({*men, *beside}) > 1)) or (beside and unchanged):
        return True
    if any(map(_SPELLING.search, words)) and any(map(_SURNAME.search, words)):
        return True
    return any(_SPELLING.search(word) and _SHORT_SURNAME.search(word) for word in words)


def respelled(text: str) -> str:
    """Write a name that `is_slavic` in the spelling of passports, its case kept as far as words go.

    >>> respelled("Nikolajs Pčelicins"), respelled("Mychajlo Jarovarenko"), respelled("JAKUŠSKAJA Nadežda")
    ('Nikolay Pchelitsin', 'Mykhaylo Yarovarenko', 'YAKUSHSKAYA Nadezhda')
    """
    return _WORD.sub(lambda match: _respelled(match[0]), text)


def _respelled(word: str) -> str:
    lower = word.lower()
    bare = anyascii(lower)
    if _MAN.search(bare) or _GIVEN.search(bare):
        lower = lower[:-1]
    found = _SOUND.sub(lambda match: _SOUNDS[match[0]], lower)
    if word.isupper():
        return found.upper()
    return found[:1].upper() + found[1:] if word[:1].isupper() else found
