"""Take the name of a person apart: family, given, patronymic, initials, titles and particles."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from bo_harmonise.standardise import abjads, alphabets, east_asian, islamicate, slavic
from bo_harmonise.standardise.data import rows, word_set
from bo_harmonise.standardise.scripts import clean, dominant_script, fold, split_scripts, to_latin
from bo_harmonise.standardise.several import REMARK, alternatives, name_at_birth
from bo_harmonise.standardise.sounds import phonetic, skeleton


class PersonName(NamedTuple):
    """One name of a person; all words are folded (`scripts.fold`)."""

    full: str
    """The words in the order given, without titles."""
    tokens: tuple[str, ...]
    """Sorted distinct words that carry the name: no titles, particles, initials or patronymic."""
    given: tuple[str, ...]
    family: tuple[str, ...]
    patronymic: str | None
    initials: tuple[str, ...]
    """Letters that stand for a name that is not written out."""
    skeleton: str
    """Coarse consonants of the tokens, sorted and joined."""
    phonetic: tuple[str, ...]
    """One key a token, in the order of `tokens`."""
    readings: tuple[str, ...]
    """Whole East Asian names under each reading their spelling or characters allow."""
    script: str


_PATRONYMIC = re.compile(
    r".{2,}(?:[oeiy]vi(?:ch|tch)|[eoyi]vych|[iy]ovych|avich|yich|nich|[oeiy]vna|ivna|auna|eu?na|ichna|ychna|inichna)$"
    r"|(?:ilyich|ilich|lukich|kuzmich|fomich|nikitich|savvich|illich|ilich|ilinichna|nikitichna|kuzminichna)$"
)
_JOINED_PATRONYMIC = re.compile(r".{3,}(?:[qkg][yi]z[yi]|kysy|uly|uulu|[ou]?g[h]?l[yi])$")
"""Daughter or son of, as Turkic languages write it in one word; not -oglu: it ends Turkish family names."""

_QUOTE = re.compile('[(\\["“«‘]')
_FIGURE = re.compile(r"(?<=[A-Za-z])[013459](?=[A-Za-z])")
_FIGURES = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "9": "g"}
_CAPITALS = re.compile(r"[A-Z]{2}")
_VOWEL = re.compile(r"[aeiouy]")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")


@cache
def _words(kind: str) -> frozenset[str]:
    return word_set("name_words", kind)


@cache
def _variants() -> dict[str, str]:
    return {row["variant"]: row["name"] for row in rows("given_names")}


@lru_cache(maxsize=262144)
def name_key(token: str) -> str:
    """Return the phonetic key of one word of a name, the same for one given name in several languages.

    >>> name_key("volodymyr") == name_key("vladimir"), name_key("oleh") == name_key("oleg")
    (True, True)
    """
    return phonetic(_variants().get(token, token))


@cache
def _before() -> frozenset[str]:
    return _words("title") | _words("rank")


@cache
def _all_titles() -> frozenset[str]:
    return _before() | _words("suffix") | _words("honorific") | _words("remark")


def _without_titles(tokens: list[str]) -> list[str]:
    """Drop titles and ranks before the name, suffixes after it, and honorifics, if a name is left."""
    if _all_titles().isdisjoint(tokens):
        return tokens
    start, end = 0, len(tokens)
    before, after = _before(), _words("suffix")
    # Behind a title its subject may stand: Dr. med., Dr. rer. nat.
    while end - start > 1 and (tokens[start] in before or (start and tokens[start] in _words("subject"))):
        start += 1
    while end - start > 2 and len(tokens[end - 1]) > 1 and tokens[end - 1] in after:
        end -= 1
    kept = tokens[start:end]
    if all(t in _words("remark") for t in kept):
        return []
    plain = [t for t in kept if t not in _words("honorific")]
    return plain if len(plain) >= 2 else kept


_PORTUGUESE = frozenset({"da", "das", "do", "dos"})


def _without_particles(tokens: list[str]) -> list[str]:
    """Drop particles and articles, where two words of name are left."""
    particles = _words("particle")
    if particles.isdisjoint(tokens):
        return tokens
    # Between family names `e` is and in Portuguese; elsewhere it is an initial.
    joins = {"e"} if not _PORTUGUESE.isdisjoint(tokens) else set()
    plain = [t for i, t in enumerate(tokens) if t not in particles | joins or (i == 0 and t == "ben")]
    if len(plain) >= 2 or len(tokens) < 2:
        return plain or tokens
    # Of two words both are the name (Van Lin), but for the article.
    return [t for t in tokens if t not in ("al", "el")] or tokens


def _split_initials(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Part the initials (one letter, or two without a vowel as in JC) from the words."""
    if min(map(len, tokens)) > 2:
        return tokens, []
    words: list[str] = []
    initials: list[str] = []
    for token in tokens:
        if len(token) == 1 and token.isalpha():
            initials.append(token)
        elif len(token) == 2 and token not in ("ng", "md") and not _VOWEL.search(token) and token.isalpha():
            initials += token
        else:
            words.append(token)
    return (words, initials) if words else (tokens, [])


def _find_patronymic(tokens: list[str], family: frozenset[str]) -> tuple[list[str], str | None]:
    """Take the patronymic out of a name of three words or more; `X oglu` counts as one."""
    if len(tokens) < 3:
        return tokens, None
    marks = _words("patronymic_mark")
    for i in range(1, len(tokens) if len(tokens) > 3 else 0):
        if tokens[i] in marks:
            return tokens[: i - 1] + tokens[i + 1 :], tokens[i - 1]
    # Given Patronymic Family or Family Given Patronymic: the middle place wins, so that a family
    # name in -vich at the end stays one.
    for i in [*range(1, len(tokens) - 1), len(tokens) - 1]:
        word = tokens[i]
        if word not in family and (_PATRONYMIC.match(word) or _JOINED_PATRONYMIC.match(word)):
            return tokens[:i] + tokens[i + 1 :], tokens[i]
    return tokens, None


def _fold_tokens(latin: str) -> list[str]:
    return _without_titles(islamicate.compound(fold(islamicate.part_articles(latin)).split()))


def _family_by_case(latin: str) -> frozenset[str]:
    """Words in capitals beside words that are not: the family name, as lists print it."""
    if not _CAPITALS.search(latin) or latin.isupper():
        return frozenset()
    words = [w.strip(",.") for w in re.split(r"[\s-]+", latin)]
    upper = [w for w in words if len(w) > 1 and w.isupper() and w.isalpha()]
    lower = [w for w in words if len(w) > 1 and not w.isupper()]
    return frozenset(fold(w) for w in upper) if upper and lower else frozenset()


def _build(latin: str, script: str, native: str, stated: tuple[str | None, ...]) -> PersonName | None:
    given, family, patronymic = stated
    if "," in latin and not family:
        before, _, after = latin.partition(",")
        if before.strip() and any(t not in _all_titles() for t in fold(after).split()):
            family, latin = before, f"{after} {before}"
    ordered = _fold_tokens(latin)
    if not ordered:
        return None
    full = " ".join(ordered)
    family_words = frozenset(_fold_tokens(to_latin(family))) if family else _family_by_case(latin)
    plain = _without_particles(ordered)
    words, initials = _split_initials(plain)
    father = fold(patronymic) if patronymic else None
    if father and father in words and len(words) > 1:
        words = [w for w in words if w != father]
    elif not father:
        words, father = _find_patronymic(words, family_words)
    readings: tuple[str, ...] = ()
    asian = east_asian.parse(words, script, native, family_words)
    if asian:
        words, family_words, readings = asian.tokens, frozenset(asian.family), asian.readings
    families = [w for w in words if w in family_words]
    if not families and len(words) > 1:
        # Who ends with the patronymic begins with the family name.
        is_last = plain[-1] == father or plain[-1] in _words("patronymic_mark")
        families = [words[0]] if is_last or script in east_asian.SCRIPTS else [words[-1]]
    givens = [w for w in words if w not in families]
    if given and not asian:
        stated_given = [t for t in _without_particles(_fold_tokens(to_latin(given))) if t in words]
        givens = stated_given or givens
    tokens = tuple(sorted(set(words)))
    return PersonName(
        full=full,
        tokens=tokens,
        given=tuple(dict.fromkeys(givens)),
        family=tuple(dict.fromkeys(families)),
        patronymic=father,
        initials=tuple(dict.fromkeys(initials)),
        skeleton="".join(sorted(skeleton(t) for t in tokens)),
        phonetic=tuple(name_key(t) for t in tokens),
        readings=readings,
        script=script,
    )


def _plain_letters(text: str) -> str:
    """Write figures inside words as the letters they are typed for, and part a name in CamelCase.

    >>> _plain_letters("V1adimir B0ris"), _plain_letters("LudwigBerg"), _plain_letters("Louis 14")
    ('Viadimir Boris', 'Ludwig Berg', 'Louis 14')
    """
    if _FIGURE.search(text):
        text = _FIGURE.sub(lambda match: _FIGURES.get(match[0], match[0]), text)
    return _CAMEL.sub(" ", text) if " " not in text else text


def _arabic_names(text: str, stated: tuple[str | None, ...]) -> list[PersonName | None]:
    """Read a name in Arabic script, as Arabic and as Persian where they differ; commas part several names."""
    found = []
    for part in re.split(r"[,،]", text):
        words = part.split()
        plain = [w for w in words if w not in _words("native_title")]
        bare = " ".join(plain if len(plain) > 1 else words)
        found.append(_build(to_latin(bare), "arabic", bare, stated))
        if abjads.has_two_readings(bare):
            found.append(_build(to_latin(bare, variant=1), "arabic", bare, stated))
    return found


def person_names(
    full: str | None,
    given: str | None = None,
    family: str | None = None,
    patronymic: str | None = None,
) -> list[PersonName]:
    """Read one published name; a field that holds several (`A / B`, `A; B`) gives several.

    `given`, `family` and `patronymic` are used where the register states them and guessed otherwise.
    Remarks in brackets and nicknames in quotation marks are left out; a name at birth (née …) gives a
    further name with the same given names. Without a letter: an empty list.

    >>> [n] = person_names("Dr. Ludwig van der BERG")
    >>> n.tokens, n.family
    (('berg', 'ludwig'), ('berg',))
    >>> [a], [b] = person_names("Ivan Petrovich Sidorov"), person_names("Сидоров Иван Петрович")
    >>> a.tokens == b.tokens, a.patronymic == b.patronymic, a.phonetic == b.phonetic
    (True, True, True)

    East Slavic names in Latvian or Slovak spelling are read as passports have them (`slavic`).

    >>> person_names("Pčelicins Nikolajs")[0].tokens
    ('nikolay', 'pchelitsin')
    """
    text = full or " ".join(part for part in (given, patronymic, family) if part)
    is_stated = bool(given or family)
    stated = (given, family and name_at_birth(family)[0], patronymic)
    found: list[PersonName | None] = []
    for part in [text] if is_stated else alternatives(text):
        borne, at_birth = name_at_birth(part)
        whole = clean(REMARK.sub(" ", borne)) if _QUOTE.search(borne) else clean(borne)
        whole = whole or clean(borne).strip("()[]")
        names = [
            name
            for bare in ([whole] if is_stated else split_scripts(whole))
            for name in _readings(bare, stated)
        ]
        found += names
        if at_birth and names and names[0]:
            found += _readings(" ".join([*names[0].given, clean(at_birth)]), (None, None, patronymic))
    return list(dict.fromkeys(name for name in found if name))


def _readings(bare: str, stated: tuple[str | None, ...]) -> list[PersonName | None]:
    """Read a name in each way that its script and spelling allow."""
    script = dominant_script(bare)
    if script == "arabic":
        return _arabic_names(bare, stated)
    if script == "hebrew":
        return [_build(latin, script, bare, stated) for latin in _latin_readings(bare, 4)]
    if script == "greek":
        return [_build(latin, script, bare, stated) for latin in _latin_readings(bare, 2)]
    if script == "latin" and slavic.is_slavic(bare):
        said = tuple(part and slavic.respelled(part) for part in stated)
        return [_build(to_latin(slavic.respelled(bare)), script, bare, said)]
    if script == "none":
        return []
    plain = _plain_letters(bare)
    return [_build(to_latin(text), script, bare, stated) for text in alphabets.readings(plain)]


def _latin_readings(bare: str, variants: int) -> list[str]:
    return list(dict.fromkeys(to_latin(bare, variant=i) for i in range(variants)))
