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
    if (
        len(found.given) > 1
        and register != "dk"
        and maker.happens(random, "person_records", "middle_dropped")
    ):
        found.given = found.given[:1]
        found.phenomena.add("middle_dropped")
    if person.former_home and not person.shows_home and random.random() < 0.5:
        found.address = person.former_home
        found.phenomena.add("moved")
    if person.former_family and register in ("sk", "lv", "offshore") and random.random() < 0.4:
        found.family = _latin(person, person.former_family, register)
        found.phenomena.add("married")
    if may_err and not person.is_clean:
        _slip(maker, random, person, register, found)
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


def _slip(maker: Maker, random: Random, person: Person, register: str, found: Written) -> None:
    """Make at most one mistake."""
    rates = maker.parameters["person_records"]
    draw = random.random()
    if (draw := draw - rates["typing_error"]) < 0:
        if random.random() < 0.6 and len(found.family) > 4:
            found.family = typing_error(random, found.family)
        elif len(found.given[0]) > 3:
            found.given = [typing_error(random, found.given[0]), *found.given[1:]]
        found.phenomena.add("typing_error")
    elif (draw := draw - rates["nick_name"]) < 0:
        nick = nick_name(found.given[0], random)
        if nick and register == "gb":
            found.given = [nick, *found.given[1:]]
            found.phenomena.add("nick_name")
    elif (draw := draw - rates["no_birth"]) < 0:
        # Never of somebody whose name is all that is left: that no reader could tell.
        if person.shows_home:
            return
        found.birth = None
        found.phenomena.add("no_birth")
    elif draw - rates["wrong_birth"] < 0 and found.birth:
        month = int(found.birth[5:7]) % 12 + 1
        found.birth = f"{found.birth[:5]}{month:02d}{found.birth[7:]}"
        found.phenomena.add("wrong_birth")


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
