"""Names of people by culture, in the script of the culture (`data/names.toml`)."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bo_harmonise.world import romanise
from bo_harmonise.world.draw import Weighted, falling, pick, shuffled

_FILE = Path(__file__).parent / "data" / "names.toml"

_TAIL_OFFSET = 60
"""How flat the long tail of surnames is."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """Name of a person in the script of the culture."""

    culture: str
    is_male: bool
    given: tuple[str, ...]
    family: str
    patronymic: str | None = None

    @property
    def full(self) -> str:
        """Given names, patronymic, family name; Chinese names have the family name first."""
        if culture(self.culture).is_joined:
            return self.family + "".join(self.given)
        parts = (*self.given, self.patronymic, self.family)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Culture:
    """What the names of one culture are drawn from."""

    name: str
    script: str
    is_joined: bool
    given: dict[bool, Weighted[str]]
    surnames: Weighted[tuple[str, str]]
    common: frozenset[str]
    middle: Weighted[int]
    patronymic: tuple[str, str] | None
    romanised: dict[str, tuple[str, ...]] = field(repr=False)

    def given_names(self, random: Random, *, is_male: bool) -> tuple[str, ...]:
        """Draw a first name and, as often as the culture has them, further given names."""
        count = 1 + self.middle.draw(random)
        return tuple(dict.fromkeys(self.given[is_male].draw(random) for _ in range(count)))

    def family_name(self, random: Random) -> tuple[str, str]:
        """Draw a family name: the form of men and the form of women."""
        return self.surnames.draw(random)

    def is_common(self, name: PersonName) -> bool:
        """Return whether so many people have the name that it says little without an address.

        >>> british = culture("british")
        >>> [british.is_common(PersonName("british", True, ("John",), f)) for f in ("Smith", "Lutterden")]
        [True, False]
        """
        if self.script in ("arabic", "han"):
            return len(name.given) < 2
        return name.family in self.common

    def person(
        self,
        random: Random,
        *,
        is_male: bool,
        family: tuple[str, str] | None = None,
        father: str | None = None,
    ) -> PersonName:
        """Draw a name; `family` and `father` (his first name) are those of a family where they are given."""
        surname = (family or self.family_name(random))[0 if is_male else 1]
        patronymic = None
        if self.patronymic:
            father = father or self.given[True].draw(random)
            patronymic = _patronymic(father, self.patronymic[0 if is_male else 1])
        return PersonName(self.name, is_male, self.given_names(random, is_male=is_male), surname, patronymic)

    def latin(self, part: str, scheme: str, spelling: int = 0) -> str:
        """Return one part of a name in Latin letters; `spelling` chooses where there are several.

        >>> culture("arabic").latin("خوري", "passport", 1)
        'Khouri'
        """
        if self.script == "latin":
            return part
        if self.script == "cyrillic":
            return romanise.cyrillic(part, scheme, is_ukrainian=self.name == "ukrainian")
        if self.script == "greek":
            return romanise.greek(part, "english" if scheme == "english" else "passport")
        if self.script == "georgian":
            return romanise.georgian(part)
        if self.script == "armenian":
            latin = romanise.armenian(part)
            return (
                latin.removesuffix("yan") + "ian" if scheme == "english" and latin.endswith("yan") else latin
            )
        options = self.romanised[part]
        return options[spelling % len(options)]


@cache
def cultures() -> dict[str, Culture]:
    """Return all cultures by name."""
    return {name: _culture(name, table) for name, table in tomllib.loads(_FILE.read_text("utf-8")).items()}


def culture(name: str) -> Culture:
    """Return one culture; KeyError for one that is not in the file."""
    return cultures()[name]


def _culture(name: str, table: dict[str, Any]) -> Culture:
    romanised: dict[str, tuple[str, ...]] = {}
    script = table.get("script", "latin")

    def words(key: str) -> list[str]:
        found = []
        for word in table[key].split():
            native, _, latin = word.partition("=")
            if latin:
                romanised[native] = tuple(latin.replace("/", "\n").splitlines())
            found.append(native if script in ("arabic", "han") else word)
        return found

    if script == "arabic":
        # Romanised forms of two words ("Al Hasan") stand apart: they belong to the word before.
        table = table | {"surnames": _glued(table["surnames"])}
    head = [_forms(word) for word in words("surnames")]
    romanised = {key: tuple(o.replace("_", " ") for o in options) for key, options in romanised.items()}
    tail = [
        tuple(f"{stem}{ending}" for ending in _forms(ending))
        for stem in table["stems"].split()
        for ending in table["endings"].split()
    ]
    tail = shuffled(Random(name), tail)  # noqa: S311
    return Culture(
        name=name,
        script=script,
        is_joined=table.get("joined", False),
        given={
            is_male: falling(words("male" if is_male else "female"), table["given_offset"])
            for is_male in (True, False)
        },
        surnames=_two_parts(head, tail, table["head"], table["surname_offset"]),
        common=frozenset(form for forms in head for form in forms),
        middle=Weighted([0, 1, 2], table["middle"]),
        patronymic=_forms(table["patronymics"]) if "patronymics" in table else None,
        romanised=romanised,
    )


def _glued(text: str) -> str:
    """Keep the words of one romanised form together.

    >>> _glued("الحسن=Al-Hassan/Al Hasan خوري=Khoury")
    'الحسن=Al-Hassan/Al_Hasan خوري=Khoury'
    """
    words: list[str] = []
    for word in text.split():
        if "=" in word:
            words.append(word)
        else:
            words[-1] += f"_{word}"
    return " ".join(words)


def _two_parts(
    head: list[tuple[str, str]], tail: list[tuple[str, ...]], share: float, offset: float
) -> Weighted[tuple[str, str]]:
    first = [1 / (rank + offset) for rank in range(len(head))]
    last = [1 / (rank + _TAIL_OFFSET) for rank in range(len(tail))]
    weights = [share * w / sum(first) for w in first] + [(1 - share) * w / sum(last) for w in last]
    return Weighted([*head, *((male, female) for male, female in tail)], weights)


def _forms(word: str) -> tuple[str, str]:
    """Return the forms of men and women.

    >>> _forms("ov/ova"), _forms("son")
    (('ov', 'ova'), ('son', 'son'))
    """
    male, _, female = word.partition("/")
    return male, female or male


def _patronymic(father: str, ending: str) -> str:
    """Return the patronymic of a father's name (Russian and Ukrainian).

    >>> _patronymic("Денис", "ович"), _patronymic("Андрей", "овна"), _patronymic("Илья", "ович")
    ('Денисович', 'Андреевна', 'Ильич')
    """
    if father[-1] in "ая":
        stem = father[:-1].removesuffix("ь")
        male = {"ович": "ич", "овна": "инична", "івна": "івна"}
        return stem + ("ь" if father.endswith("ья") and ending == "ович" else "") + male[ending]
    if father[-1] in "йь":
        soft = {"ович": "евич", "овна": "евна", "івна": "івна"}
        return father[:-1] + soft[ending]
    if father[-1] == "о":
        return father[:-1] + ending
    return father + ending


def nick_name(given: str, random: Random) -> str | None:
    """Return what somebody of that name is often called, or None.

    >>> nick_name("Michael", Random(1)) in ("Mike", "Mick")
    True
    """
    options = _NICK_NAMES.get(given)
    return pick(random, options) if options else None


_NICK_NAMES = {
    "Michael": ("Mike", "Mick"),
    "David": ("Dave",),
    "James": ("Jim", "Jamie"),
    "Robert": ("Rob", "Bob"),
    "Stephen": ("Steve",),
    "Richard": ("Rick",),
    "Christopher": ("Chris",),
    "Daniel": ("Dan",),
    "Thomas": ("Tom",),
    "William": ("Bill", "Will"),
    "Matthew": ("Matt",),
    "Anthony": ("Tony",),
    "Nicholas": ("Nick",),
    "Alexander": ("Alex",),
    "Susan": ("Sue",),
    "Elizabeth": ("Liz", "Beth"),
    "Margaret": ("Maggie",),
    "Jennifer": ("Jenny",),
    "Catherine": ("Cathy",),
    "Katherine": ("Kate",),
    "Deborah": ("Debbie",),
    "Victoria": ("Vicky",),
    "Patricia": ("Pat",),
    "Samantha": ("Sam",),
}
