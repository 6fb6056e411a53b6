"""Write Hangul in Latin letters, and fold the ways Korean names are romanised into one."""

_INITIALS = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h"]
_MEDIALS = ["a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i"]
_FINALS = ["", "k", "kk", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lb", "ls", "lt", "lp", "lh", "m", "p", "ps", "s", "ss", "ng", "ch", "ch", "k", "t", "p", "h"]
_BASE = 0xAC00


def syllables(word: str) -> list[str]:
    """Return the romanised syllables of a word of Hangul, in the spelling of North Korean lists.

    >>> syllables("박정천"), syllables("이")
    (['pak', 'chong', 'chon'], ['i'])
    """
    out = []
    for char in word:
        index = ord(char) - _BASE
        if 0 <= index < 11172:
            first, rest = divmod(index, 588)
            out.append(_INITIALS[first] + _MEDIALS[rest // 28] + _FINALS[rest % 28])
    return out


def all_syllables() -> list[str]:
    """Return every syllable Hangul can write, romanised."""
    return [a + b + c for a in _INITIALS for b in _MEDIALS for c in _FINALS]


def to_latin(word: str) -> str:
    """Romanise one Korean word; a name of two to four syllables is parted into family and given name.

    >>> to_latin("박정천"), to_latin("남궁민수"), to_latin("오바마대통령")
    ('Pak Chongchon', 'Namkung Minsu', 'Obamataethongryong')
    """
    parts = syllables(word)
    if not parts:
        return ""
    return "".join(parts).capitalize()
