"""Take the name of a company apart: legal form, distinctive rest, numbers, acronym."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from bo_harmonise.standardise import legal_forms
from bo_harmonise.standardise.data import rows
from bo_harmonise.standardise.legal_forms import LegalForm
from bo_harmonise.standardise.scripts import (
    SPACELESS,
    clean,
    dominant_script,
    fold,
    fold_variants,
    split_scripts,
)
from bo_harmonise.standardise.sounds import phonetic, skeleton


class CompanyName(NamedTuple):
    """One name of a company; all words are folded (`scripts.fold`)."""

    full: str
    core: str
    """The words without legal form, in the order given."""
    core_tokens: tuple[str, ...]
    """Sorted distinct words of the core without articles and the like; number words as figures."""
    legal_form: str | None
    legal_form_class: str | None
    acronym: str | None
    """First letters of the core words, for a core of two words or more."""
    skeleton: str
    phonetic: tuple[str, ...]
    """One key a core token, in the order of `core_tokens`; the same for common words in several languages."""
    numbers: tuple[str, ...]
    script: str
    is_generic: bool
    """Nothing but a legal form or one or two generic words: it matches nothing."""


@cache
def _words(kind: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in rows("company_words") if row["kind"] == kind}


@cache
def _translations() -> dict[str, str]:
    """Folded common words of company names with the English word that they mean."""
    found: dict[str, str] = {}
    for row in rows("company_words"):
        if row["kind"] == "translation":
            for word in fold_variants(row["word"]):
                found.setdefault(word, row["value"])
    return found


@cache
def _spaceless() -> tuple[re.Pattern[str], dict[str, str]]:
    words = _words("spaceless")
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), words


def _part_words(text: str) -> str:
    """Set common words of a name in Han, kana or Hangul apart and write them in English.

    >>> _part_words("阿尔法国际贸易"), _part_words("알파은행")
    ('阿尔法 international trading', '알파 bank')
    """
    pattern, words = _spaceless()
    return " ".join(pattern.sub(lambda match: f" {words[match[0]]} ", text).split())


@lru_cache(maxsize=262144)
def word_key(token: str) -> str:
    """Return the phonetic key of one word of a company name, the same for common words in several languages.

    >>> word_key("banque") == word_key("bank"), word_key("zavod") == word_key("plant")
    (True, True)
    """
    return phonetic(_translations().get(token, token))


@cache
def _remarks() -> tuple[frozenset[tuple[str, ...]], int]:
    """Return what registers write of a state behind a name: in liquidation, v konkurze, under stiftelse."""
    found = {tuple(text.split()) for word in _words("remark") for text in fold_variants(word)}
    return frozenset(found), max(map(len, found))


def _without_remarks(tokens: list[str]) -> list[str]:
    """Drop remarks at the end, where a name is left.

    >>> _without_remarks("alfa s r o v likvidacii".split()), _without_remarks(["in", "liquidation"])
    (['alfa', 's', 'r', 'o'], ['in', 'liquidation'])
    """
    remarks, longest = _remarks()
    for size in range(min(longest, len(tokens) - 2), 0, -1):
        if tuple(tokens[-size:]) in remarks:
            return _without_remarks(tokens[:-size])
    return tokens


_ACRONYM = re.compile(r"(.{6,}?)\s*[(\[]\s*([A-Z]{3,10})\s*[)\]]")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|er|eme|e)$")
_DIGITS = re.compile(r"\d+")


def _figures(tokens: list[str], written: frozenset[str]) -> list[str]:
    """Write number words, ordinals and Roman numbers (but the first word) as figures, without No. before.

    Letters that were joined (I. I. Ivanov) are no Roman number: those are among the words as `written`.
    """
    numbers, romans = _words("number"), _words("roman")
    out: list[str] = []
    for i, token in enumerate(tokens):
        ordinal = _ORDINAL.match(token)
        if ordinal:
            out.append(ordinal[1])
        elif token in numbers:
            value = numbers[token]
            tens = out[-1] if out and tokens[i - 1] in numbers else ""
            if len(value) == 1 and value != "0" and len(tens) == 2 and tens[1] == "0":
                out[-1] = tens[0] + value
            else:
                out.append(value)
        elif i and token in romans and token in written:
            out.append(romans[token])
        else:
            out.append(token)
    marks = _words("numbering")
    return [t for t, after in zip(out, [*out, ""][1:], strict=True) if t not in marks or not after.isdigit()]


def company_names(text: str) -> list[CompanyName]:
    """Read one published field; two scripts side by side give two names, and so does an acronym in brackets.

    >>> [n.core for n in company_names("景缘酒店有限公司 Jingyuan Hotel Co. Ltd.")]
    ['jingyuan hotel', 'jingyuan hotel']
    >>> [n.core for n in company_names("North Sea Trawling Union (NSTU)")]
    ['north sea trawling union', 'nstu']
    """
    parts: list[str] = []
    for part in split_scripts(clean(text)):
        match = _ACRONYM.fullmatch(part)
        if match and _abbreviates(match[2], match[1]):
            parts += match.groups()
        else:
            parts.append(part)
    return [name for name in map(company_name, parts) if name]


def _abbreviates(acronym: str, text: str) -> bool:
    """Tell whether all letters of the acronym begin words of the text, in its order."""
    initials = iter(word[0] for word in fold(text).split())
    return all(letter in initials for letter in acronym.lower())


def company_name(text: str) -> CompanyName | None:
    """Read one published company name; None when it has neither letter nor figure.

    >>> a, b = company_name("ООО «Ромашка»"), company_name("Romashka LLC")
    >>> a.core == b.core, (a.legal_form, b.legal_form), a.legal_form_class == b.legal_form_class
    (True, ('ooo', 'llc'), True)
    >>> company_name("First Oak Fund VII, L.P.").core_tokens
    ('1', '7', 'fund', 'oak')
    >>> company_name("Limited Liability Company").is_generic
    True
    """
    native = clean(text)
    script = dominant_script(native)
    forms: list[LegalForm] = []
    rest_text = native
    if not native.isascii():
        rest_text, forms = legal_forms.strip_spaceless(native)
    full = fold(native)
    if not full:
        return None
    if script in SPACELESS:
        rest_text = _part_words(rest_text)
    stop, generic = _words("stop"), _words("generic")
    written = _without_remarks(fold(rest_text).split())
    rest, more = legal_forms.strip(written, frozenset(generic))
    forms = more + forms
    figures = _figures(rest, frozenset(written))
    words = [w for w in figures if w not in stop] or figures
    tokens = tuple(sorted(set(words)))
    acronym = "".join(w[0] for w in words) if len(words) > 1 else None
    return CompanyName(
        full=full,
        core=" ".join(rest),
        core_tokens=tokens,
        legal_form=forms[0].code if forms else None,
        legal_form_class=forms[0].form_class if forms else None,
        acronym=acronym,
        skeleton="".join(sorted(skeleton(t) for t in tokens)),
        phonetic=tuple(word_key(t) for t in tokens),
        numbers=tuple(sorted(n for t in tokens for n in _DIGITS.findall(t))),
        script=script,
        is_generic=len(tokens) < 3 and all(w in generic for w in tokens),
    )
