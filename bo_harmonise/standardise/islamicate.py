"""Join the parts of Arabic, Persian and Urdu names that are written apart or together at will."""

import re
from functools import cache

from bo_harmonise.standardise.data import word_set

_ARTICLE = re.compile(
    r"(?<![A-Za-z'])(?:al|el|ul|il|ad|ed|ud|ar|er|ur|as|es|us|ash|esh|ush|an|en|un|az|ez|uz|at|et|ut|ath|adh)"
    r"(?:-\s?|')(?=[A-Za-z'])",
    re.IGNORECASE,
)
_JOINED_ABD = re.compile(r"^abd[aeou]{1,2}(?:l|([rsztdn])(?=\1))(?=[a-z]{2})(?!la?$)")
_JOINED_ABU = re.compile(r"^ab(?:ou|oo|u|o)a?l(?=[bcdfghjkmnpqrstvwxyz])")
_JOINED_DIN = re.compile(r"(?<=[a-z]{3})[aeou]{1,2}(?:l|d)d(?:i|ee|y)ne?$")
_JOINED_ALLAH = re.compile(r"(?<=[a-z]{3})[aeou]{1,2}ll?ah?(?=i?$)")
_ALLAH_ENDS = ("ullah", "ollah", "allah", "oullah", "ulla", "llahi")
_JOINED_REZA = re.compile(r"(?<=[a-z]{3})(?:reza|riza|raza|rada)$")
_JOINED_MOHAMMAD = re.compile(
    r"^(m[aou]ham+[ae]d)(?!a?[iy]|z|pour|pur|nejad|nia|far|kh|ou|ov|ev|ullah)(?=[a-z]{3})"
)
_JOINED_ALI = re.compile(r"^(ali)(?=(?:a[gk]?kbar|asghar|asaghar|moham+ad|mahamad)$)")


@cache
def _words(kind: str) -> frozenset[str]:
    return word_set("name_words", kind)


@cache
def _special() -> frozenset[str]:
    """All words that join their neighbours."""
    return frozenset().union(*(_words(kind) for kind in ("abd", "kunya", "din", "allah", "suffix_part")))


def part_articles(latin: str) -> str:
    """Set the Arabic article off as a word of its own, in all the forms it takes before sun letters.

    >>> part_articles("Ash-Sharif"), part_articles("Abd-ar-Rahman el-Masri")
    ('al Sharif', 'Abd-al Rahman al Masri')
    """
    return _ARTICLE.sub("al ", latin) if "-" in latin or "'" in latin else latin


def _joined(token: str) -> str:
    """Write a compound that is one word without its article and with one spelling of God and faith."""
    if token.startswith("ab"):
        token = _JOINED_ABD.sub("abd", token)
        token = _JOINED_ABU.sub("abu", token)
    if token.endswith(("ddin", "ddine", "ldin", "ldine", "ddeen", "ldeen", "ddyn")):
        token = _JOINED_DIN.sub("din", token)
    elif token.endswith(_ALLAH_ENDS):
        token = _JOINED_ALLAH.sub("lah", token)
    return token


def _apart(token: str) -> list[str]:
    """Part two given names written as one: Alireza, Mohammadbagher, Aliakbar.

    >>> _apart("hamidreza"), _apart("mohammadbagher"), _apart("mohammadi")
    (['hamid', 'reza'], ['mohammad', 'bagher'], ['mohammadi'])
    """
    if len(token) > 6:
        for pattern in (_JOINED_REZA, _JOINED_MOHAMMAD, _JOINED_ALI):
            match = pattern.search(token)
            if match:
                cut = match.start() or match.end()
                return [token[:cut], token[cut:]]
    return [token]


def compound(tokens: list[str]) -> list[str]:
    """Join Abd + article + name, name + al-Din, name + Allah, Abu + name, and Persian endings to one word.

    >>> compound(["abd", "al", "rahman"]), compound(["abdurrahman"]), compound(["abdul", "rahman"])
    (['abdrahman'], ['abdrahman'], ['abdrahman'])
    >>> compound(["nooruddin"]), compound(["noor", "ud", "din"]), compound(["habib", "ullah"])
    (['noordin'], ['noordin'], ['habiblah'])
    >>> compound(["abu", "bakr"]), compound(["hassan", "zare", "pour"])
    (['abubakr'], ['hassan', 'zarepour'])
    """
    special = _special()
    if not any(word in special or len(word) > 6 or word[0] == "a" for word in tokens):
        return tokens
    abd, kunya, articles = _words("abd"), _words("kunya"), _words("article")
    out: list[str] = []
    i, end = 0, len(tokens)
    while i < end:
        word = tokens[i]
        if i + 1 < end and (word in abd or word in kunya):
            following = i + 1
            while following + 1 < end and tokens[following] in articles:
                following += 1
            head = "abd" if word in abd else ("um" if word[0] in "uo" else "abu")
            rest = _joined(tokens[following])
            out.append(head + ("lah" if rest in _words("allah") else rest))
            i = following + 1
            continue
        if out and word in _words("din"):
            if out[-1] in articles and len(out) > 1:
                out.pop()
            out[-1] += "din"
        elif out and word in _words("allah"):
            out[-1] += "lahi" if word == "allahi" else "lah"
        elif out and word in _words("suffix_part") and len(out[-1]) > 2 and out[-1] not in articles:
            out[-1] += word
        else:
            out += _apart(_joined(word))
        i += 1
    return out
