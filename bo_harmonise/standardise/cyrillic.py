"""Write Cyrillic in Latin letters, the way the language of the word is written in passports and lists."""

import re

_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    # Letters of Turkic and other languages written beside the Russian ones.
    "ә": "a", "ғ": "gh", "җ": "j", "қ": "q", "ң": "ng", "ө": "o", "ү": "u", "ұ": "u", "һ": "h",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j",
    "ӏ": "", "ҡ": "q", "ҙ": "z", "ҫ": "s", "ҝ": "g", "ҹ": "ch", "ӑ": "a", "ӗ": "e", "ӳ": "u",
    "ј": "y", "ѓ": "g", "ќ": "k", "ѕ": "dz", "њ": "n", "љ": "l", "ђ": "dj", "ћ": "c", "џ": "dz",
    "ӡ": "dz", "ҭ": "t", "ԥ": "p", "ҟ": "k", "ҩ": "o", "ҽ": "ch", "ҿ": "ch", "ҵ": "ts", "ҕ": "gh",
    "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
_UKRAINIAN = _RUSSIAN | {
    "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "х": "kh",
    "щ": "shch", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BELARUSIAN = _RUSSIAN | {"г": "h", "і": "i", "ў": "u", "е": "e", "ё": "io", "ю": "iu", "я": "ia", "й": "i"}
_BELARUSIAN_INITIAL = {"е": "ye", "ё": "yo", "ю": "yu", "я": "ya", "й": "y"}
_SERBIAN = _RUSSIAN | {
    "ђ": "dj", "ж": "z", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "х": "h", "ц": "c", "ч": "c",
    "џ": "dz", "ш": "s", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
}  # fmt: skip

_SERBIAN_LETTERS = frozenset("ђјљњћџѓќѕ")
_UKRAINIAN_ENDING = re.compile(r"[сцз]ьк")
_UKRAINIAN_LETTERS = frozenset("їєґ")

# Capital and small letters that look alike; registers mix them within a word.
_LATIN_TO_CYRILLIC = str.maketrans("aceiopxyABCEHIKMOPTXYïЇ", "асеіорхуАВСЕНІКМОРТХУїЇ")
_CYRILLIC_TO_LATIN = str.maketrans("асеіорхуАВСЕНІКМОРТХУ", "aceiopxyABCEHIKMOPTXY")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-zï]")


def repair(word: str) -> str:
    """Write a word that mixes Cyrillic and look-alike Latin letters in the script most of it is in.

    >>> repair("Iгор") == "Ігор"
    True
    >>> repair("АBC") == "ABC", repair("ГOBOP") == "ГОВОР"
    (True, True)
    """
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    all_cyrillic, all_latin = word.translate(_LATIN_TO_CYRILLIC), word.translate(_CYRILLIC_TO_LATIN)
    repaired = [
        None if _LATIN.search(all_cyrillic) else all_cyrillic,
        None if _CYRILLIC.search(all_latin) else all_latin,
    ]
    if latin > cyrillic:
        repaired.reverse()
    return repaired[0] or repaired[1] or word


def language(text: str) -> str:
    """Guess the language of a lower-case text by the letters only it uses: uk, be, sr, or ru.

    >>> [language(w) for w in ("київ", "ігор", "ўладзімір", "ђорђе", "юрий")]
    ['uk', 'uk', 'be', 'sr', 'ru']
    """
    letters = set(text)
    if letters & _SERBIAN_LETTERS:
        return "sr"
    if "ў" in letters or ("і" in letters and letters & set("ыэё")):
        return "be"
    if letters & _UKRAINIAN_LETTERS or "і" in letters:
        return "uk"
    if _UKRAINIAN_ENDING.search(text) and not letters & set("ыэё"):
        return "uk"
    return "ru"


_TABLES = {"ru": _RUSSIAN, "uk": _UKRAINIAN, "be": _BELARUSIAN, "sr": _SERBIAN}
_INITIAL = {"uk": _UKRAINIAN_INITIAL, "be": _BELARUSIAN_INITIAL}


def to_latin(word: str, tongue: str | None = None) -> str:
    """Romanise one word of the language `tongue` (guessed without it); its case is kept.

    Ukrainian follows the table of its passports (2010), Serbian its own Latin alphabet, Russian the
    usual spelling of lists (`y` for й and ы, no signs for ъ and ь).

    >>> to_latin("Ковальський"), to_latin("Щёголев"), to_latin("Петровић"), to_latin("ЩЕРБАК")
    ('Kovalskyi', 'Shchyogolev', 'Petrovic', 'SHCHERBAK')
    """
    lower = word.lower()
    tongue = tongue or language(lower)
    table, initial = _TABLES[tongue], _INITIAL.get(tongue, {})
    out = "".join(
        (initial.get(c) if i == 0 and c in initial else table.get(c, c)) or "" for i, c in enumerate(lower)
    )
    if word.isupper() and len(word) > 1:
        return out.upper()
    return out[:1].upper() + out[1:] if word[:1].isupper() else out
