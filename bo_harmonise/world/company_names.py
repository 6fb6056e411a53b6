"""Names of companies by language (`data/companies.toml`): no two of one country are the same."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from bo_harmonise.world.draw import Weighted, below, falling

_FILE = Path(__file__).parent / "data" / "companies.toml"

_TRIES = 6


@dataclass(frozen=True, slots=True)
class CompanyName:
    """Name of a company: the words that tell it from others, and its legal form; in Latin letters too."""

    language: str
    words: tuple[str, ...]
    form: str
    latin_words: tuple[str, ...]
    latin_form: str

    @property
    def inside(self) -> str:
        """The words without the legal form."""
        return ("" if _language(self.language).is_joined else " ").join(self.words)

    @property
    def native(self) -> str:
        """The whole name as the home register writes it."""
        if self.language == "latvian":
            return f'{self.form} "{self.inside}"'
        if _language(self.language).is_joined:
            return self.inside + self.form
        if self.language == "slovak":
            return f"{self.inside}, {self.form}"
        return self._with(self.inside, self.form)

    @property
    def latin(self) -> str:
        """The whole name in Latin letters."""
        if self.script == "latin":
            return self.native
        return self._with(" ".join(self.latin_words), self.latin_form)

    @property
    def script(self) -> str:
        """Script of the name."""
        return _language(self.language).script

    def _with(self, words: str, form: str) -> str:
        parts = (form, words) if _language(self.language).is_form_first else (words, form)
        return " ".join(part for part in parts if part)

    def with_trade(self, random: Random) -> "CompanyName":
        """Return the name of a sister: the same first word, another trade."""
        trade, latin = _language(self.language).trades.draw(random)
        return CompanyName(
            self.language, (self.words[0], trade), self.form, (self.latin_words[0], latin), self.latin_form
        )


@dataclass(frozen=True)
class _Language:
    script: str
    is_joined: bool
    is_form_first: bool
    first: Weighted[tuple[str, str]]
    trades: Weighted[tuple[str, str]]
    forms: Weighted[tuple[str, str]]


class NameBook:
    """Give new names, and remember which are taken in each country."""

    def __init__(self) -> None:
        self._taken: dict[str, set[int]] = {}

    def fresh(self, random: Random, country: str, language: str, *, first: str | None = None) -> CompanyName:
        """Draw a name that no company of the country has; `first` is a word to begin with."""
        source = _language(language)
        for attempt in range(_TRIES):
            name = self._draw(random, language, source, attempt, first)
            if self.take(country, name):
                return name
        while True:
            number = str(1000 + below(random, 999_000))
            name = _name(
                language, [*zip(name.words, name.latin_words, strict=True), (number, number)], _form(name)
            )
            if self.take(country, name):
                return name

    def take(self, country: str, name: CompanyName) -> bool:
        """Take a name; False when it is taken already."""
        taken = self._taken.setdefault(country, set())
        key = crc32(name.inside.lower().encode()) | len(name.inside) << 32
        if key in taken:
            return False
        taken.add(key)
        return True

    @staticmethod
    def _draw(
        random: Random, language: str, source: _Language, attempt: int, first: str | None
    ) -> CompanyName:
        words = [(first, first)] if first else [source.first.draw(random)]
        if source.is_joined:
            words += [source.first.draw(random) for _ in range(1 + (attempt > 1) + (attempt > 3))]
        elif attempt > 0 or source.script != "latin":
            words.append(source.first.draw(random))
        if random.random() < 0.85 or attempt:
            words.append(source.trades.draw(random))
        return _name(language, list(dict.fromkeys(words)), source.forms.draw(random))


def _form(name: CompanyName) -> tuple[str, str]:
    return name.form, name.latin_form


def _name(language: str, words: list[tuple[str, str]], form: tuple[str, str]) -> CompanyName:
    native, latin = tuple(word for word, _ in words), tuple(word for _, word in words)
    if _language(language).is_joined:
        # Syllables are written as one word, what the company does as another.
        latin = ("".join(latin[:-1]).capitalize(), latin[-1]) if len(latin) > 1 else latin
        native = ("".join(native[:-1]), native[-1]) if len(native) > 1 else native
    return CompanyName(language, native, form[0], latin, form[1])


@cache
def _languages() -> dict[str, _Language]:
    return {name: _read(table) for name, table in tomllib.loads(_FILE.read_text("utf-8")).items()}


def _language(name: str) -> _Language:
    return _languages()[name]


def _read(table: dict[str, Any]) -> _Language:
    if "words" in table:
        first = falling([_pair(word) for word in table["words"].split()], 20)
    else:
        glue = table["endings"].split("|") if "|" in table["endings"] else table["endings"].split()
        made = [f"{stem}{ending}" for ending in glue for stem in table["stems"].split()]
        first = Weighted([(word, word) for word in made], [1.0] * len(made))
    latin_forms = table.get("latin_forms", {})
    return _Language(
        script=table.get("script", "latin"),
        is_joined=table.get("joined", False),
        is_form_first=table.get("form_first", False),
        first=first,
        trades=falling([_pair(word) for word in table["trades"].split()], 12),
        forms=Weighted([(f, latin_forms.get(f, f)) for f in table["forms"]], table["forms"].values()),
    )


def _pair(word: str) -> tuple[str, str]:
    """Return a word and its Latin form.

    >>> _pair("الأمل=Al_Amal"), _pair("Holding")
    (('الأمل', 'Al Amal'), ('Holding', 'Holding'))
    """
    native, _, latin = word.replace("_", " ").partition("=")
    return native, latin or native
