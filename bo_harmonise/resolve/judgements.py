"""Read, write and check a person's decisions: `judgements.csv`.

A judgement outranks every score: *same* joins two records, *different* keeps them apart for ever,
*unsure* takes the pair out of the review and changes nothing else.
"""

import csv
import os
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bo_harmonise.errors import InputError, JudgementError


class Decision(StrEnum):
    """What a person decided about a pair of records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Judgement:
    """One row of `judgements.csv`; `row` is its line in the file, from 2, or 0 before it is written."""

    record_id_l: str
    record_id_r: str
    judgement: Decision
    who: str = ""
    when: str = ""
    why: str = ""
    row: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """The two record ids in order, so that a judgement is found whichever way it was entered."""
        return min(self.record_id_l, self.record_id_r), max(self.record_id_l, self.record_id_r)

    @property
    def reason(self) -> str:
        """Who decided, when and why, as far as it was written down.

        >>> Judgement("a", "b", Decision.SAME, who="anna", when="2026-10-01T09:30:00Z", why="passport").reason
        'anna on 2026-10-01: passport'
        >>> Judgement("a", "b", Decision.SAME).reason
        ''
        """
        by = f"{self.who or 'unnamed'} on {self.when[:10]}" if self.when else self.who
        return ": ".join(part for part in (by, self.why) if part)

    def __str__(self) -> str:
        """Name the judgement as messages do."""
        place = f"row {self.row}: " if self.row else ""
        by = f" ({self.who} {self.when})".replace(" )", ")") if self.who else ""
        return f"{place}{self.record_id_l} {self.judgement} {self.record_id_r}{by}"


COLUMNS = ("record_id_l", "record_id_r", "judgement", "who", "when", "why")


def read_judgements(path: Path) -> list[Judgement]:
    """Read the judgements of a file; a missing file has none.

    Raises InputError when a row has no decision that is known, and JudgementError when rows contradict
    each other, directly or by way of others.
    """
    if not path.is_file():
        return []
    found = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path}: expected the columns {', '.join(COLUMNS)}, found no {', '.join(missing)}.",
                hint="The first line of judgements.csv names its columns.",
            )
        found = [_parse(path, reader.line_num, row) for row in reader]
    check(found)
    return found


def _parse(path: Path, line: int, row: dict[str, str | None]) -> Judgement:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    judged = values.pop("judgement").lower()
    if judged not in set(Decision) or not values["record_id_l"] or not values["record_id_r"]:
        raise InputError(
            f"{path}, row {line}: expected two record ids and same, different or unsure, "
            f"found {values['record_id_l']!r}, {values['record_id_r']!r}, {judged!r}.",
            hint="Correct the row or take it out.",
        )
    return Judgement(judgement=Decision(judged), row=line, **values)


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write the judgements to a file in one step: the old file stays until the new one is complete."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for judgement in judgements:
            row = asdict(judgement)
            writer.writerow({name: str(row[name]) for name in COLUMNS})
        lines.flush()
        os.fsync(lines.fileno())
    temporary.replace(path)


def earlier_judgement(path: Path, left: str, right: str) -> Judgement | None:
    """Return what was decided about a pair before, whichever way it was entered."""
    pair = (min(left, right), max(left, right))
    return next((j for j in read_judgements(path) if j.pair == pair), None)


def add_judgement(
    path: Path, left: str, right: str, decision: Decision | str, *, who: str = "", why: str = ""
) -> Judgement:
    """Record a decision; a new decision about the same pair takes the place of the old one.

    Raises JudgementError, and leaves the file as it was, when the decision contradicts others.
    """
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if left == right:
        raise JudgementError(
            f"{left} cannot be judged against itself.", hint="Name two different records or parties."
        )
    new = Judgement(left, right, Decision(decision), who=who, when=when, why=why)
    kept = [j for j in read_judgements(path) if j.pair != new.pair]
    check([*kept, new])
    write_judgements(path, [*kept, new])
    return new


def check(judgements: Sequence[Judgement]) -> None:
    """Raise JudgementError when two records that are judged the same are judged different as well."""
    by_pair: dict[tuple[str, str], Judgement] = {}
    for judgement in judgements:
        earlier = by_pair.setdefault(judgement.pair, judgement)
        if earlier.judgement != judgement.judgement:
            raise JudgementError(
                f"Two judgements contradict each other: {earlier}; {judgement}.",
                hint="Keep one of the two rows.",
            )
    neighbours: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.judgement is Decision.SAME:
            neighbours[judgement.record_id_l].append(judgement)
            neighbours[judgement.record_id_r].append(judgement)
    for judgement in judgements:
        if judgement.judgement is Decision.DIFFERENT:
            chain = _chain(neighbours, *judgement.pair)
            if chain:
                raise JudgementError(
                    f"Judgements contradict each other: {judgement}; but "
                    f"{'; '.join(str(link) for link in chain)}.",
                    hint="Take out one of the rows.",
                )


def _chain(neighbours: dict[str, list[Judgement]], start: str, goal: str) -> list[Judgement]:
    """Shortest chain of *same* judgements from one record to another; empty when there is none."""
    came: dict[str, Judgement | None] = {start: None}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for judgement in neighbours.get(here, ()):
            there = judgement.pair[0] if judgement.pair[1] == here else judgement.pair[1]
            if there not in came:
                came[there] = judgement
                waiting.append(there)
    chain = []
    here = goal
    while (link := came.get(here)) is not None:
        chain.append(link)
        here = link.pair[0] if link.pair[1] == here else link.pair[1]
    return chain[::-1]


def closure(judgements: Sequence[Judgement]) -> dict[str, str]:
    """Smallest record id of its group for every record that is judged the same as another."""
    group: dict[str, str] = {}

    def find(record: str) -> str:
        while group.setdefault(record, record) != record:
            record = group[record]
        return record

    for judgement in judgements:
        if judgement.judgement is Decision.SAME:
            low, high = sorted((find(judgement.record_id_l), find(judgement.record_id_r)))
            group[high] = low
    return {record: find(record) for record in sorted(group)}
