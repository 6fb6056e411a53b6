"""Find several names in one field: `A / B`, `A; B`, a name in brackets in another script, a name at birth."""

import re

from bo_harmonise.standardise.scripts import dominant_script

REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<=\s)‘[^’]*’(?=\s|$)")
"""What stands in brackets or quotation marks: a remark or a nickname."""

_ALTERNATIVE = re.compile(
    r"\s+/\s*|\s*/\s+|(?<=\w{2})/(?=\w{2})|;|\s+\w{4,}:\s+|\s+(?:a\.?k\.?a\.?|f\.?k\.?a\.?)\s+",
    re.IGNORECASE,
)
_AKA = re.compile(r"[kK]\.?[aA]")
_BRACKETED = re.compile(r"\(([^()]*\s[^()]*)\)")

# What registers write before a name at birth, in their languages.
_AT_BIRTH = re.compile(
    r"(?<=\w)\s*,?\s*[(\[]?(?<!\w)"
    r"(?P<word>n[ée]e|born|geb\.|geboren|geborene|roz\.|rozen[áa]|roden[áa]|z domu|"
    r"урожд\.|урожд[её]нная|рожд[её]нная|уродж\.|уроджена|дівоче|"
    r"dzim\.|dzimusi|f[øo]dt|född|nata|nascida|nacida|szül\.|született)"
    r"\s+(?P<name>[^\W\d_][^()\[\],;/\d]*)[)\]]?",
    re.IGNORECASE,
)


def alternatives(text: str) -> list[str]:
    """Part several names in one field; one in brackets counts if it is in another script.

    >>> alternatives("Anna Berg; Anna Stein"), alternatives("Ivan Petrov (Иван Петров)")[1]
    (['Anna Berg', ' Anna Stein'], 'Иван Петров')
    """
    found = [text]
    if "/" in text or ";" in text or ":" in text or _AKA.search(text):
        found = _ALTERNATIVE.split(text)
    if "(" in text and not text.isascii():
        outer = dominant_script(REMARK.sub(" ", text))
        found += [part for part in _BRACKETED.findall(text) if dominant_script(part) not in (outer, "none")]
    return found


def name_at_birth(text: str) -> tuple[str, str | None]:
    """Part the name that a person was born with from the one that they bear; None where none is told.

    >>> name_at_birth("Maria Schmidt geb. Weber"), name_at_birth("Anna Berg (née Olsen), Dr.")
    (('Maria Schmidt', 'Weber'), ('Anna Berg, Dr.', 'Olsen'))
    >>> name_at_birth("Born, Max"), name_at_birth("Aung Nee Oo"), name_at_birth("Anna Berg (born 1970)")
    (('Born, Max', None), ('Aung Nee Oo', None), ('Anna Berg (born 1970)', None))
    """
    match = _AT_BIRTH.search(text)
    # Nee and Born are names as well, when they are written like names.
    if not match or (match["word"].istitle() and not text.isupper()):
        return text, None
    return text[: match.start()] + text[match.end() :], match["name"].strip()
