"""Tell why two records, or two parties, are or are not one: in a table, in words, with the statements."""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import log2
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.resolve.finished import FinishedRun, Statement
from bo_harmonise.resolve.scoring import Model


@dataclass(frozen=True)
class EvidenceRow:
    """One comparison of a pair: what was compared, what was found, and its match weight."""

    comparison: str
    level: str
    match_weight: float
    known: bool


@dataclass(frozen=True)
class Explanation:
    """Why two records or parties are one or not; for a single party, why each record is in it."""

    kind: str
    record_id_l: str
    record_id_r: str | None
    party_id_l: str
    party_id_r: str | None
    is_joined: bool
    method: str | None
    match_weight: float | None
    match_probability: float | None
    rows: tuple[EvidenceRow, ...]
    text: str
    changes: tuple[str, ...]
    links: tuple["Explanation", ...]
    statements: tuple[Statement, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON values."""
        return asdict(self)


def evidence_rows(model: Model, evidence: Mapping[str, Any]) -> tuple[EvidenceRow, ...]:
    """Read the evidence of a pair as rows, the strongest first and what is not known last."""
    levels = evidence["levels"]
    rows = []
    for comparison in model.comparisons:
        code = levels[f"gamma_{comparison.name}"]
        weight = round(float(levels[f"mw_{comparison.name}"] or 0.0), 2)
        level = comparison.levels[code]
        rows.append(EvidenceRow(comparison.description, level.label, weight, code >= 0))
    return tuple(sorted(rows, key=lambda r: (not r.known, -abs(r.match_weight), r.comparison)))


def in_words(
    model: Model, evidence: Mapping[str, Any], match_probability: float, threshold: float
) -> tuple[str, tuple[str, ...]]:
    """Say in one paragraph what speaks for and against a pair, and what would change the outcome."""
    rows = evidence_rows(model, evidence)
    speak_for = [f"{r.level} ({r.match_weight:+.1f})" for r in rows if r.known and r.match_weight > 0]
    against = [f"{r.level} ({r.match_weight:+.1f})" for r in rows if r.known and r.match_weight <= 0]
    unknown = [r.level for r in rows if not r.known]
    what = "person" if model.kind == "person" else "entity"
    given = f"The model gives {_per_cent(match_probability)} that these are one {what}"
    parts = [f"{given}; {_per_cent(threshold)} is needed."]
    if speak_for:
        parts.append(f"For it: {'; '.join(speak_for)}.")
    if against:
        parts.append(f"Against it: {'; '.join(against)}.")
    if unknown:
        parts.append(f"Silent: {'; '.join(unknown)}.")
    return " ".join(parts), _changes(model, evidence, threshold)


def _per_cent(probability: float) -> str:
    text = f"{100 * probability:.1f} %"
    return "more than 99.9 %" if probability > 0.9995 else "less than 0.1 %" if probability < 0.0005 else text


def _changes(model: Model, evidence: Mapping[str, Any], threshold: float) -> tuple[str, ...]:
    """Find the least in each comparison that, found or taken away alone, would move the pair across."""
    levels = evidence["levels"]
    needed = log2(threshold / (1 - threshold))
    weight = float(levels["match_weight"])
    found = []
    for comparison in model.comparisons:
        own = float(levels[f"mw_{comparison.name}"] or 0.0)
        here = levels[f"gamma_{comparison.name}"]
        moves = [
            (abs(level.match_weight - own), code, level.match_weight - own, level.label)
            for code, level in comparison.levels.items()
            if code >= 0
            and code != here
            and (weight - own + level.match_weight >= needed) != (weight >= needed)
        ]
        if moves:
            size, _, move, label = min(moves)
            joined = "part" if weight >= needed else "join"
            found.append((size, f"{comparison.description}: {label} would {joined} them ({move:+.1f})."))
    return tuple(text for _, text in sorted(found))


_PAIR = (
    "SELECT record_id_l, record_id_r, kind, method, match_weight, match_probability, is_joined, judgement, "
    "refused, evidence FROM {pair} "
)


def explain(
    connection: duckdb.DuckDBPyConnection,
    resolution: Path,
    a: str,
    b: str | None = None,
    *,
    judgements: Path | None = None,
) -> Explanation:
    """Explain why `a` and `b` are, or are not, one party; with `a` alone, why its records are together.

    `a` and `b` are record ids or party ids, `resolution` the folder of a run, and the connection has
    `current_entity` and `current_person`. `judgements` is the file that says who judged a pair, and why.
    Raises ResolutionError when there is no such record or party.
    """
    run = FinishedRun(connection, resolution, judgements)
    left = run.records(a)
    if b is None:
        return _explain_party(run, left)
    right = run.records(b)
    ours, theirs = [r for r, _ in left], [r for r, _ in right]
    found = run.rows(
        _PAIR + "WHERE (record_id_l IN (SELECT unnest($a)) AND record_id_r IN (SELECT unnest($b))) "
        "OR (record_id_l IN (SELECT unnest($b)) AND record_id_r IN (SELECT unnest($a))) "
        "ORDER BY judgement IS NULL, match_weight DESC, record_id_l, record_id_r LIMIT 1",
        {"a": ours, "b": theirs},
    )
    parties = dict(left + right)
    if found:
        return _explain_pair(run, found[0], parties)
    if left[0][1] == right[0][1]:
        return _explain_chain(run, ours[0], theirs[0], left[0][1])
    return Explanation(
        kind="person" if left[0][1].startswith("P") else "entity",
        record_id_l=ours[0],
        record_id_r=theirs[0],
        party_id_l=left[0][1],
        party_id_r=right[0][1],
        is_joined=False,
        method=None,
        match_weight=None,
        match_probability=None,
        rows=(),
        text=f"{a} and {b} were not compared, or are so unlike that their evidence was not kept: "
        f"no pair of their records reached {_per_cent(run.settings.review_threshold)}.",
        changes=("A judgement that they are the same would join them.",),
        links=(),
        statements=run.statements([*ours[:20], *theirs[:20]]),
    )


def _explain_pair(run: FinishedRun, row: tuple[Any, ...], parties: Mapping[str, str]) -> Explanation:
    left, right, kind, method, weight, probability, joined, judgement, refused, evidence = row
    model = run.models[kind]
    read = json.loads(evidence)
    text, changes = in_words(model, read, probability, run.settings.threshold)
    if judgement in ("same", "different"):
        reason = run.reasons.get((left, right, judgement))
        by = f" ({reason})" if reason else ""
        text = f"A person judged them {judgement}{by}, which outranks the model. {text}"
        changes = ("Another judgement would change this.",)
    elif judgement == "unsure":
        text += " A person looked at them and was unsure."
    if method == "identifier" and joined:
        text = f"They share an identifier. {text}"
    if refused:
        text += f" They were kept apart all the same: {refused}."
    elif joined and probability < run.settings.threshold and judgement != "same":
        text += " They are together because other records connect them."
    ends = {r: parties.get(r) or run.records(r)[0][1] for r in (left, right)}
    return Explanation(
        kind=kind,
        record_id_l=left,
        record_id_r=right,
        party_id_l=ends[left],
        party_id_r=ends[right],
        is_joined=joined,
        method=method,
        match_weight=weight,
        match_probability=probability,
        rows=evidence_rows(model, read),
        text=text,
        changes=changes,
        links=(),
        statements=run.statements([left, right]),
    )


def _joined_pairs(run: FinishedRun, party_id: str) -> list[tuple[Any, ...]]:
    """Pairs inside a party, the strongest first."""
    return run.rows(
        _PAIR + "WHERE is_joined "
        "AND record_id_l IN (SELECT record_id FROM {party_record} WHERE party_id = $party) "
        "AND record_id_r IN (SELECT record_id FROM {party_record} WHERE party_id = $party) "
        "ORDER BY coalesce(judgement = 'same', false) DESC, match_weight DESC, record_id_l, record_id_r",
        {"party": party_id},
    )


def _explain_chain(run: FinishedRun, start: str, goal: str, party_id: str) -> Explanation:
    """Two records of one party that were not compared with each other: the pairs that connect them."""
    pairs = _joined_pairs(run, party_id)
    came: dict[str, tuple[Any, ...] | None] = {start: None}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for pair in pairs:
            there = pair[1] if pair[0] == here else pair[0] if pair[1] == here else None
            if there is not None and there not in came:
                came[there] = pair
                waiting.append(there)
    chain: list[tuple[Any, ...]] = []
    here = goal
    while (pair_back := came.get(here)) is not None:
        chain.append(pair_back)
        here = pair_back[0] if pair_back[1] == here else pair_back[1]
    links = tuple(_explain_pair(run, pair, {}) for pair in reversed(chain))
    weakest = min((link.match_probability or 0.0 for link in links), default=None)
    return Explanation(
        kind="person" if party_id.startswith("P") else "entity",
        record_id_l=start,
        record_id_r=goal,
        party_id_l=party_id,
        party_id_r=party_id,
        is_joined=True,
        method=None,
        match_weight=None,
        match_probability=weakest,
        rows=(),
        text=f"{start} and {goal} were not compared with each other; "
        f"{len(links)} pairs of records connect them, each explained below.",
        changes=(
            "Judging any of the connecting pairs different would part them, if no other pair connects them.",
        ),
        links=links,
        statements=run.statements([start, goal]),
    )


def _explain_party(run: FinishedRun, members: list[tuple[str, str]]) -> Explanation:
    """Why each record of a party is in it: the strongest pairs that hold it together."""
    party_id = members[0][1]
    members = run.records(party_id)
    root = {record: record for record, _ in members}

    def find(record: str) -> str:
        while root[record] != record:
            record = root[record]
        return record

    kept = []
    for pair in _joined_pairs(run, party_id):
        left, right = find(pair[0]), find(pair[1])
        if left != right:
            root[right] = left
            kept.append(_explain_pair(run, pair, {}))
    weakest = min((link.match_probability or 0.0 for link in kept), default=None)
    count = len(members)
    text = (
        f"{party_id} is a single record; nothing was joined to it."
        if count == 1
        else f"{party_id} joins {count} records by {len(kept)} {'pair' if count == 2 else 'pairs'}, "
        f"the weakest at {_per_cent(weakest or 0)}."
    )
    return Explanation(
        kind="person" if party_id.startswith("P") else "entity",
        record_id_l=members[0][0],
        record_id_r=None,
        party_id_l=party_id,
        party_id_r=None,
        is_joined=True,
        method=None,
        match_weight=None,
        match_probability=weakest,
        rows=(),
        text=text,
        changes=(),
        links=tuple(kept),
        statements=run.statements([record for record, _ in members]),
    )
