"""Recognise legal forms in company names, in the languages and scripts of the registers."""

from dataclasses import dataclass
from functools import cache, lru_cache

from bo_harmonise.standardise import countries
from bo_harmonise.standardise.data import rows, word_set
from bo_harmonise.standardise.scripts import SPACELESS, clean, dominant_script, fold, fold_variants

_AND = frozenset({"and", "und", "et", "och"})


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A recognised legal form."""

    code: str
    """The exact form, one code for all spellings: `gmbh`, `ooo`, `plc`."""
    form_class: str
    """What is alike across countries: limited, joint-stock, partnership, …"""


def join_single_letters(tokens: list[str]) -> list[str]:
    """Join letters that stand alone side by side: S.A.R.L. is one word, and so is H and M.

    >>> join_single_letters(["s", "a", "r", "l", "alpha", "b"]), join_single_letters(["h", "and", "m"])
    (['sarl', 'alpha', 'b'], ['hm'])
    """
    out: list[str] = []
    run = ""
    for i, token in enumerate([*tokens, ""]):
        if run and token in _AND and len(tokens[i + 1] if i + 1 < len(tokens) else "") == 1:
            continue
        if len(token) == 1 and token.isalpha():
            run += token
            continue
        if run:
            out.append(run)
            run = ""
        if token:
            out.append(token)
    return out


@cache
def _aliases() -> tuple[dict[tuple[str, ...], LegalForm], int]:
    found: dict[tuple[str, ...], LegalForm] = {}
    for row in rows("legal_forms"):
        for alias in sorted(fold_variants(row["alias"])):
            key = tuple(join_single_letters(alias.split()))
            found.setdefault(key, LegalForm(row["legal_form"], row["class"]))
    return found, max(len(key) for key in found)


@cache
def _spaceless() -> list[tuple[str, LegalForm]]:
    found = {
        clean(row["alias"]).strip("()"): LegalForm(row["legal_form"], row["class"])
        for row in rows("legal_forms")
        if dominant_script(row["alias"]) in SPACELESS
    }
    return sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))


def strip_spaceless(text: str) -> tuple[str, list[LegalForm]]:
    """Take a legal form off the end or start of a name in a script that sets no spaces.

    >>> rest, [form] = strip_spaceless("景缘酒店有限公司")
    >>> rest, form.code
    ('景缘酒店', 'co-ltd')
    """
    for alias, form in _spaceless():
        for bracketed in (f"({alias})", alias):
            if text.endswith(bracketed):
                return text[: -len(bracketed)].strip(), [form]
            if text.startswith(bracketed):
                return text[len(bracketed) :].strip(), [form]
    return text, []


def _may_stand_first(key: tuple[str, ...]) -> bool:
    """Tell whether a form may stand before the name: `legal_form_places.csv` names the exceptions.

    A form of two letters counts only at the end unless it is listed as `first`; words of everyday names
    (Trust, Company) count only there when they are listed as `last`.
    """
    if len(key) > 1:
        return True
    word = key[0]
    places = "legal_form_places"
    return word in word_set(places, "first") or (len(word) > 2 and word not in word_set(places, "last"))


def strip(tokens: list[str], generic: frozenset[str] = frozenset()) -> tuple[list[str], list[LegalForm]]:
    """Take the legal forms off both ends of a folded name, longest first.

    Returns the rest and the forms found, the one at the end first. The rest is empty for a name that is
    nothing but legal forms. A short word that is all there is beside a form is the name (K&S AG), and a form
    at the start is part of the name where only `generic` words follow.

    >>> rest, forms = strip(["alpha", "gmbh", "co", "kg"])
    >>> rest, [f.code for f in forms]
    (['alpha'], ['kg'])
    >>> strip(["obshchestvo", "s", "ogranichennoy", "otvetstvennostyu", "beta"])[0]
    ['beta']
    >>> strip(["k", "s", "ag"])[0], strip(["limited", "liability", "company"])[0]
    (['ks'], [])
    """
    aliases, longest = _aliases()
    forms: list[LegalForm] = []
    rest = join_single_letters(tokens)
    found = True
    while found and rest:
        found = False
        if forms and len(rest) == 1 and len(rest[0]) < 4:
            break
        for size in range(min(longest, len(rest)), 0, -1):
            form = aliases.get(tuple(rest[-size:]))
            if form:
                rest, found = rest[:-size], True
                forms.append(form)
                break
            head = tuple(rest[:size])
            form = aliases.get(head)
            if form and _may_stand_first(head) and not generic.issuperset(rest[size:] or head):
                rest, found = rest[size:], True
                forms.append(form)
                break
    return (rest, forms) if forms else _strip_inside(rest)


@cache
def _long_starts() -> frozenset[str]:
    """First words of the forms of three words and more."""
    return frozenset(key[0] for key in _aliases()[0] if len(key) > 2)


def _strip_inside(tokens: list[str]) -> tuple[list[str], list[LegalForm]]:
    """Take a form from inside a name: written out, or before a country.

    >>> _strip_inside(["alfa", "ltd", "cyprus"])[0]
    ['alfa', 'cyprus']
    >>> _strip_inside("trading limited liability company alfa".split())[0]
    ['trading', 'alfa']
    """
    aliases, longest = _aliases()
    for i, token in enumerate(tokens):
        if token in _long_starts():
            for size in range(min(longest, len(tokens) - i), 2, -1):
                form = aliases.get(tuple(tokens[i : i + size]))
                if form:
                    return tokens[:i] + tokens[i + size :], [form]
    for size in range(1, min(4, len(tokens) - 1)):
        if countries.to_iso2(" ".join(tokens[-size:])):
            rest, forms = _strip_end(tokens[:-size])
            if rest and forms:
                return rest + tokens[-size:], forms
    return tokens, []


def _strip_end(tokens: list[str]) -> tuple[list[str], list[LegalForm]]:
    """Take one form off the end."""
    aliases, longest = _aliases()
    for size in range(min(longest, len(tokens)), 0, -1):
        form = aliases.get(tuple(tokens[-size:]))
        if form:
            return tokens[:-size], [form]
    return tokens, []


@lru_cache(maxsize=65536)
def recognise(text: str) -> LegalForm | None:
    """Return the legal form that a register's own term names, or None.

    >>> recognise("Společnost s ručením omezeným").code, recognise("private limited company").form_class
    ('sro', 'limited')
    """
    aliases, _ = _aliases()
    form = aliases.get(tuple(join_single_letters(fold(text).split())))
    if form or text.isascii():
        return form
    _, forms = strip_spaceless(clean(text))
    return forms[0] if forms else None


@cache
def _elf_codes() -> dict[str, LegalForm]:
    return {
        row["code"]: LegalForm(row["legal_form"] or "other", row["class"])
        for row in rows("elf_codes")
        if row["class"]
    }


def from_elf(code: str) -> LegalForm | None:
    """Return the legal form of an ISO 20275 code; None for one that is unknown or belongs to no class.

    Where our list has no name for the form, its code is `other` and only the class is known.

    >>> from_elf("2HBR").code, from_elf("8888") is None
    ('gmbh', True)
    """
    return _elf_codes().get(code.strip().upper())


def of_record(code: str | None, native: str | None) -> LegalForm | None:
    """Return the legal form of a record by its ELF code, else by the register's own term.

    >>> of_record(None, "Aktieselskab").code
    'as'
    """
    form = from_elf(code) if code else None
    return form or (recognise(native) if native else None)
