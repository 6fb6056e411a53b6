"""How the clerks of each register write a person: which script, which romanisation, which slips."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bo_harmonise.world.draw import below, pick
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Person
from bo_harmonise.world.names import culture, nick_name
from bo_harmonise.world.places import Place
from bo_harmonise.world.romanise import folded, respelled

Change = Callable[[str], str]

_NEIGHBOURS = {
    **dict(zip("qwertyuiop", "wertyuiopo", strict=True)),
    **dict(zip("asdfghjkl", "sdfghjklk", strict=True)),
    **dict(zip("zxcvbnm", "xcvbnmn", strict=True)),
}


@dataclass(slots=True)
class Written:
    """A person as one record has them; `birth` is an ISO date, or None where the record has none."""

    given: list[str]
    family: str
    patronymic: str | None
    birth: str | None
    address: Place
    phenomena: set[str] = field(default_factory=set)

    @property
    def full(self) -> str:
        """Given names, patronymic, family name."""
        return " ".join(part for part in (*self.given, self.patronymic, self.family) if part)

    @property
    def family_first(self) -> str:
        """Family name, given names, patronymic."""
        return " ".join(part for part in (self.family, *self.given, self.patronymic) if part)


def write(maker: Maker, random: Random, person: Person, register: str, *, may_err: bool = True) -> Written:
    """Write a person as a clerk of `register` does (gb, dk, lv, sk, offshore, native, list)."""
    found = _spelled(maker, random, person, register)
    change = None if person.is_clean else _TROUBLES.get(person.trouble or "")
    if may_err and change:
        change(maker, random, person, register, found)
    return found


def _spelled(maker: Maker, random: Random, person: Person, register: str) -> Written:
    name = person.name
    source = culture(name.culture)
    given, family, patronymic = list(name.given), name.family, name.patronymic
    phenomena = {f"script_{source.script}"} if source.script != "latin" and register == "native" else set()
    if register != "native" or source.script == "latin":
        scheme, spelling = person.scheme, person.spelling
        if source.script != "latin":
            phenomena.add("romanised")
            if maker.happens(random, "person_records", "other_romanisation") and not person.is_clean:
                scheme = "english" if scheme == "passport" else "passport"
                spelling += 1 + below(random, 2)
                phenomena.add("other_romanisation")
            if source.script == "cyrillic" and register in ("lv", "sk"):
                scheme = "latvian" if register == "lv" else "slovak"
        given = [source.latin(part, scheme, spelling) for part in given]
        family = source.latin(family, scheme, spelling)
        patronymic = patronymic and source.latin(patronymic, scheme, spelling)
        if source.is_joined:
            given = ["".join(given).capitalize()] if random.random() < 0.6 else [" ".join(given)]
        given, family, patronymic = _habits(random, person, register, given, family, patronymic)
    elif source.is_joined:
        given = ["".join(given)]
    return Written(given, family, patronymic, person.birth, person.home, phenomena)


def _latin(person: Person, part: str, register: str) -> str:
    scheme = {"lv": "latvian", "sk": "slovak"}.get(register, person.scheme)
    return culture(person.name.culture).latin(part, scheme, person.spelling)


def _habits(
    random: Random, person: Person, register: str, given: list[str], family: str, patronymic: str | None
) -> tuple[list[str], str, str | None]:
    """Apply what the clerks of a register do to names that are in Latin letters."""
    habit = _HABITS.get(register)
    change = habit(random, person) if habit else None
    keeps_patronymic = register in ("offshore", "list") or (register == "gb" and random.random() < 0.45)
    patronymic = patronymic if keeps_patronymic else None
    if change is None:
        return given, family, patronymic
    return [change(part) for part in given], change(family), patronymic and change(patronymic)


def _british_habit(random: Random, person: Person) -> Change | None:
    if random.random() >= 0.93:
        return None
    is_nordic = person.name.culture in ("danish", "german")
    return respelled if is_nordic and random.random() < 0.3 else folded


def _latvian_habit(random: Random, person: Person) -> Change | None:
    is_plain = random.random() < 0.05
    if _is_slavic(person):
        if not person.name.is_male:
            return folded if is_plain else None
        return (lambda part: folded(_latvian_ending(part))) if is_plain else _latvian_ending
    return folded if is_plain or person.name.culture != "latvian" else None


def _slovak_habit(random: Random, person: Person) -> Change | None:  # noqa: ARG001
    return None if _is_slavic(person) or person.name.culture == "slovak" else folded


def _offshore_habit(random: Random, person: Person) -> Change | None:  # noqa: ARG001
    return folded if random.random() < 0.5 else None


def _is_slavic(person: Person) -> bool:
    return culture(person.name.culture).script == "cyrillic"


_HABITS: dict[str, Callable[[Random, Person], Change | None]] = {
    "gb": _british_habit,
    "lv": _latvian_habit,
    "sk": _slovak_habit,
    "offshore": _offshore_habit,
    "list": _offshore_habit,
}


def _latvian_ending(name: str) -> str:
    """Give a man's name the ending that Latvian wants.

    >>> _latvian_ending("Ivanov"), _latvian_ending("Sergej"), _latvian_ending("Shevchenko")
    ('Ivanovs', 'Sergejs', 'Shevchenko')
    """
    return name if name[-1] in "aeiouyāēīūs" else f"{name}s"


def _address(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:
    if register != "dk" and person.former_home and maker.happens(random, "person_records", "former_home"):
        found.address = person.former_home
        found.phenomena.add("moved")


def _middle(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:  # noqa: ARG001
    has_more = len(found.given) > 1 or found.patronymic
    if has_more and maker.happens(random, "person_records", "middle_dropped"):
        found.given, found.patronymic = found.given[:1], None
        found.phenomena.add("middle_dropped")


def _slip(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:  # noqa: ARG001
    if maker.happens(random, "person_records", "typing_error"):
        if random.random() < 0.6 and len(found.family) > 4:
            found.family = typing_error(random, found.family)
        elif len(found.given[0]) > 4:
            found.given = [typing_error(random, found.given[0]), *found.given[1:]]
        found.phenomena.add("typing_error")
    elif register == "gb" and maker.happens(random, "person_records", "nick_name"):
        nick = nick_name(found.given[0], random)
        if nick:
            found.given = [nick, *found.given[1:]]
            found.phenomena.add("nick_name")


def _birth(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:  # noqa: ARG001
    if found.birth is None or register in ("dk", "lv"):
        return
    if register in ("offshore", "native", "list") and maker.happens(random, "person_records", "year_only"):
        found.birth = found.birth[:4]
        found.phenomena.add("year_only")
    elif register != "list" and maker.happens(random, "person_records", "no_birth"):
        found.birth = None
        found.phenomena.add("no_birth")
    elif maker.happens(random, "person_records", "wrong_birth"):
        month = int(found.birth[5:7]) % 12 + 1
        found.birth = f"{found.birth[:5]}{month:02d}{found.birth[7:]}"
        found.phenomena.add("wrong_birth")


def _married(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:
    # Elsewhere too little would be left to go by; in Denmark the person keeps her number and both names.
    if register not in ("sk", "offshore") or not person.former_family:
        return
    if maker.happens(random, "person_records", "former_surname"):
        found.family = _latin(person, person.former_family, register)
        found.phenomena.add("married")


_TROUBLES: dict[str, Callable[[Maker, Random, Person, str, Written], None]] = {
    "address": _address,
    "middle": _middle,
    "slip": _slip,
    "birth": _birth,
    "married": _married,
}


def typing_error(random: Random, text: str) -> str:
    """Leave out, double, swap or mistake one letter, never the first.

    >>> typing_error(Random(3), "Thornwick") != "Thornwick"
    True
    """
    place = 1 + below(random, len(text) - 2)
    letter = text[place]
    kind = pick(random, ("drop", "double", "swap", "mistake"))
    if kind == "drop":
        return text[:place] + text[place + 1 :]
    if kind == "swap" and text[place + 1] != letter:
        return text[:place] + text[place + 1] + letter + text[place + 2 :]
    if kind == "mistake" and letter in _NEIGHBOURS:
        return text[:place] + _NEIGHBOURS[letter] + text[place + 1 :]
    return text[:place] + letter + text[place:]
