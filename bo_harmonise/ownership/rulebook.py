"""Rules as data: the legal tests of ownership and control in `rules/*.toml`, and a user's own beside them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bo_harmonise.errors import UsageError
from bo_harmonise.schema import codelist

SHIPPED = Path(__file__).parent / "rules"

_COMPARISONS = (">", ">=")
_CHAINS = ("level", "multiply")
_DIMENSIONS = ("economic", "voting")
_OWNERS = ("any", "person")
_JOINT = ("parts", "each")
_KINDS = ("sanctions", "beneficial-owner")


@dataclass(frozen=True)
class Test:
    """A stake is enough when it is `comparison` `threshold` per cent in one of the dimensions."""

    threshold: float
    comparison: str
    dimensions: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in words: `>= 50 % economic`."""
        return f"{self.comparison} {self.threshold:g} % {' or '.join(self.dimensions)}"


@dataclass(frozen=True)
class Rule:
    """A legal test of who owns or controls a company.

    `stake` is the test of the stake itself; `chains` says whether chains multiply or go level by level, where
    `link` is what must hold at each level for the stakes of the level below to count in full. `decides`
    are types of interest that give control by themselves, `indicates` those that make it possible.
    `aggregate` adds the stakes of all listed parties; `owners` says who can meet the test. `joint` says
    whether each holder of a joint holding counts as holding all of it ("each") or an unknown part ("parts").
    `checked` says which of the source was read and what is from memory; `superseded_by` names the rule now in
    force. `jurisdictions` are the countries whose companies it is made for (none: all), `registers` those
    that declare by it, `bands` further per cents at which what they publish changes.
    """

    name: str
    title: str
    kind: str
    authority: str
    stake: Test
    chains: str
    link: Test
    decides: tuple[str, ...]
    indicates: tuple[str, ...]
    aggregate: bool
    joint: str
    owners: str
    jurisdictions: tuple[str, ...]
    registers: tuple[str, ...]
    bands: tuple[float, ...]
    source: str
    url: str
    as_of: str
    checked: str
    superseded_by: str
    explanation: str

    @property
    def in_control_table(self) -> bool:
        """Rules of sanctions and those of a user are computed for everybody; else when they are asked for."""
        return self.kind == "sanctions" or self.name not in _shipped()


def rules(place: Path | None = None) -> dict[str, Rule]:
    """All rules by name: those shipped, and those of a folder or file, which may not take a name twice.

    Raises UsageError, with the file and what is wrong with it.
    """
    found = dict(_shipped())
    if place is None:
        return found
    for path in rule_files(place):
        rule = read_rule(path)
        if rule.name in found:
            whose = "a shipped rule" if rule.name in _shipped() else "another of your rules"
            raise UsageError(
                f"{path}: the name {rule.name!r} is taken by {whose}",
                hint="Choose another name for your rule: which of two a verdict came from must be plain.",
            )
        found[rule.name] = rule
    return found


def rule_files(place: Path) -> list[Path]:
    """Return the files of rules of a folder, or the one that is named; UsageError where there is nothing."""
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise UsageError(f"{place}: no such folder of rules", hint="Give a folder that holds *.toml files.")
    return sorted(place.glob("*.toml"))


@cache
def _shipped() -> dict[str, Rule]:
    read = (read_rule(path) for path in sorted(SHIPPED.glob("*.toml")))
    return {rule.name: rule for rule in read}


def find_rule(name: str, place: Path | None = None) -> Rule:
    """Return one rule; UsageError names those there are."""
    known = rules(place)
    if name not in known:
        raise UsageError(f"there is no rule {name!r}", hint=f"Known rules: {', '.join(sorted(known))}.")
    return known[name]


def read_rule(path: Path) -> Rule:
    """Read one rule; UsageError says what is wrong with the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file: {error}", hint="Mend the file.") from error
    reader = _Reader(path, raw)
    stake = reader.test("stake")
    rule = Rule(
        name=reader.text("name"),
        title=reader.text("title"),
        kind=reader.choice("kind", _KINDS),
        authority=reader.text("authority"),
        stake=stake,
        chains=reader.choice("chains", _CHAINS),
        link=reader.test("link"),
        decides=reader.types("decides"),
        indicates=reader.types("indicates"),
        aggregate=reader.flag("aggregate"),
        joint=reader.choice("joint", _JOINT, "parts"),
        owners=reader.choice("owners", _OWNERS),
        jurisdictions=reader.texts("jurisdictions"),
        registers=reader.texts("registers"),
        bands=reader.shares("bands"),
        source=reader.text("source"),
        url=reader.text("url"),
        as_of=reader.text("as_of"),
        checked=reader.text("checked", "the author of the rule does not say"),
        superseded_by=reader.text("superseded_by", ""),
        explanation=reader.text("explanation").strip(),
    )
    reader.finish()
    if rule.joint == "each" and rule.chains == "multiply":
        raise UsageError(
            f'{path}: joint: expected "parts" with chains = "multiply", found "each"',
            hint='What each joint holder holds in full cannot be multiplied: set chains = "level".',
        )
    return rule


class _Reader:
    """Takes keys out of a table one by one and complains about what is wrong, missing or left over."""

    def __init__(self, path: Path, raw: dict[str, Any]) -> None:
        self.path = path
        self.raw = raw

    def _fail(self, key: str, expected: str, found: object) -> UsageError:
        return UsageError(
            f"{self.path}: {key}: expected {expected}, found {found!r}",
            hint="Compare the rules that are shipped: bo-harmonise rules --show ofac-50.",
        )

    def _take(self, key: str, kind: type, expected: str, default: Any = None) -> Any:
        value = self.raw.pop(key, default)
        if not isinstance(value, kind):
            raise self._fail(key, expected, value)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._take(key, str, "a text", default))

    def flag(self, key: str) -> bool:
        return bool(self._take(key, bool, "true or false"))

    def choice(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        value = self.raw.pop(key, default)
        if value not in known:
            raise self._fail(key, f"one of {', '.join(known)}", value)
        return str(value)

    def texts(self, key: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = self._take(key, list, "a list of texts", [])
        for value in values:
            if not isinstance(value, str) or (known is not None and value not in known):
                raise self._fail(key, "a list of " + (", ".join(known) if known else "texts"), value)
        return tuple(values)

    def shares(self, key: str) -> tuple[float, ...]:
        values = self._take(key, list, "a list of numbers from 0 to 100", [])
        for value in values:
            if not isinstance(value, int | float) or not 0 <= value <= 100:
                raise self._fail(key, "a list of numbers from 0 to 100", value)
        return tuple(float(value) for value in values)

    def types(self, key: str) -> tuple[str, ...]:
        return self.texts(key, tuple(codelist("interestType")))

    def test(self, key: str) -> Test:
        table = _Reader(self.path, dict(self._take(key, dict, "a table")))
        threshold = table._take("threshold", int | float, "a number from 0 to 100")  # type: ignore[arg-type]
        if not 0 <= threshold <= 100:
            raise self._fail(f"{key}.threshold", "a number from 0 to 100", threshold)
        comparison = table.choice("comparison", _COMPARISONS)
        dimensions = table.texts("dimensions", _DIMENSIONS)
        if not dimensions:
            raise self._fail(f"{key}.dimensions", "at least one dimension", [])
        table.finish()
        return Test(float(threshold), comparison, dimensions)

    def finish(self) -> None:
        if self.raw:
            raise self._fail(next(iter(self.raw)), "no such key", next(iter(self.raw.values())))
