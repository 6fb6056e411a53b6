"""Resolve the records of a workspace: companies first, people after, parties last."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from math import log2
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.db import run_file
from bo_harmonise.progress import Progress, silent
from bo_harmonise.resolve import tables
from bo_harmonise.resolve.blocking import BlockingReport, find_blocks
from bo_harmonise.resolve.fitting import re_estimate, read_patterns
from bo_harmonise.resolve.increment import Memory
from bo_harmonise.resolve.joining import ClusterReport, join_records
from bo_harmonise.resolve.judgements import Judgement, read_judgements
from bo_harmonise.resolve.parties import name_parties
from bo_harmonise.resolve.portions import Pairs, Portion, each_portion, merged, pairs_of, portions
from bo_harmonise.resolve.scoring import Model, load_model, score
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file

KINDS = ("entity", "person")
"""Companies come first: that two people have one in common is evidence."""

RULES = {
    "entity": ("identifier", "name", "word", "acronym", "address", "owner", "words"),
    "person": ("identifier", "name", "sound", "birth", "reading", "company", "address", "words", "word"),
}
"""Names of the blocking rules, by the number that `block_key` gives them."""

BEFORE_PAIRS = ("known", "part", "said_{kind}", "count", "link_{kind}", "bits")
"""Files that look at all records of a kind, in their order: what is known, which words each record has,
counts over all, what interests say, rarity. The others look at each record of a portion by itself."""

BLOCK = ("place_{kind}", "block_{kind}", "block_add")
"""Files that make the blocking keys of a portion; `prepare_{kind}` makes what its records are compared by."""

MACROS = ("rarity", "similarity")
"""Files of the macros that the others use."""

TRAINING_PAIRS = 500_000
"""Pairs on which a model is re-estimated, where there are more."""


_MET = 4_000_000
"""Meetings of two records in a block whose pairs are worked out at once, about."""


@dataclass(frozen=True)
class Compared:
    """What was compared: how many pairs, and how they were found."""

    pairs: int
    blocking: BlockingReport
    reused: int = 0
    """Pairs that kept the score of the last run."""


Comparer = Callable[[duckdb.DuckDBPyConnection, str, Path, ResolveSettings, Progress], Compared]
"""(connection, kind, features, settings, progress): fill `resolve_match`, `resolve_compared` and
`resolve_model` and make `record_fact` for the records of one kind. `compare` does it here, `spark/` on a
cluster."""


@dataclass(frozen=True)
class KindSummary:
    """What happened to the records of one kind."""

    records: int
    compared: int
    reused: int
    matched: int
    clusters: int
    blocking: BlockingReport
    joining: ClusterReport


@dataclass(frozen=True)
class ResolveSummary:
    """What a run did, for the manifest and the screen."""

    run_id: str
    records: int
    parties: int
    judgements: int
    kinds: dict[str, KindSummary]
    settings: ResolveSettings

    def as_dict(self) -> dict[str, Any]:
        """Return the summary as JSON values."""
        return {**asdict(self), "settings": self.settings.as_dict()}


def resolve(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    *,
    features: Path,
    settings: ResolveSettings,
    judgements: Path | None,
    previous: Path | None,
    run_id: str,
    progress: Progress | None = None,
    comparer: Comparer | None = None,
) -> ResolveSummary:
    """Resolve `current_entity` and `current_person` of a connection and write the tables of the stage.

    `features` is the folder with `entity.parquet` and `person.parquet` made from the same records,
    `judgements` the file of a person's decisions, `previous` the folder of the last run, from which party
    ids are taken over. Writes pair, cluster, party, party_record, match and lineage as Parquet to `out`.
    `comparer` finds and scores the pairs elsewhere than here.
    Raises JudgementError when judgements contradict each other, ResolutionError when a model is unusable.
    """
    tell = progress or silent
    decided = read_judgements(judgements) if judgements else []
    # A model that is estimated anew is another one: no old score stands.
    comparer = comparer or partial(compare, memory=Memory(None if settings.train else previous, out))
    kinds = resolve_records(connection, features, settings, decided, tell, comparer)
    tell("naming parties")
    name_parties(connection, previous, run_id)
    parties = tables.write(connection, out)
    _write_run(connection, out, settings, run_id)
    total = connection.execute("SELECT count(*) FROM resolve_record").fetchone()
    return ResolveSummary(
        run_id=run_id,
        records=total[0] if total else 0,
        parties=parties,
        judgements=len(decided),
        kinds=kinds,
        settings=settings,
    )


def _write_run(
    connection: duckdb.DuckDBPyConnection, out: Path, settings: ResolveSettings, run_id: str
) -> None:
    """Keep what an explanation needs to read the evidence: the models as they were used, and the settings."""
    (out / "models").mkdir(exist_ok=True)
    for kind, model in connection.execute(
        "SELECT kind, settings FROM resolve_model ORDER BY kind"
    ).fetchall():
        (out / "models" / f"{kind}.json").write_text(f"{model}\n", encoding="utf-8")
    run = {"run_id": run_id, "settings": settings.as_dict()}
    (out / "run.json").write_text(json.dumps(run, indent=2) + "\n", encoding="utf-8")


def resolve_records(
    connection: duckdb.DuckDBPyConnection,
    features: Path,
    settings: ResolveSettings,
    decided: list[Judgement],
    tell: Progress,
    comparer: Comparer | None = None,
) -> dict[str, KindSummary]:
    """Compare and join the records; leaves `resolve_record`, `resolve_match` and `resolve_cluster`."""
    begin(connection)
    if decided:
        connection.executemany(
            "INSERT INTO judged "
            "SELECT least(a.record_no, b.record_no), greatest(a.record_no, b.record_no), ? "
            "FROM resolve_record AS a, resolve_record AS b "
            "WHERE a.record_id = ? AND b.record_id = ? AND a.kind = b.kind",
            [(j.judgement.value, j.record_id_l, j.record_id_r) for j in decided],
        )
    summaries = {}
    for kind in KINDS:
        summaries[kind] = resolve_kind(connection, kind, features, settings, tell, comparer)
        run_file(connection, sql_file("kind_end"))
    return summaries


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the records numbers and make the tables that the kinds fill."""
    seen = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'current_seen'"
    ).fetchall()[0][0]
    for name in (*MACROS, *(() if seen else ("seen",)), "record", "result"):
        run_file(connection, sql_file(name))


def block(
    connection: duckdb.DuckDBPyConnection, kind: str, features: Path, settings: ResolveSettings
) -> BlockingReport:
    """Make `resolve_pair`, all pairs of one kind, and the table that their evidence is read from."""
    with pairs_of(connection) as pairs:
        report = find_pairs(connection, kind, features, settings, pairs)
        run_file(connection, sql_file("pair_all"), {"files": pairs.paths})
    prepare(connection, kind)
    return report


def find_pairs(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    features: Path,
    settings: ResolveSettings,
    pairs: Pairs,
) -> BlockingReport:
    """Find all pairs of one kind, and what their evidence is prepared from."""
    look(connection, kind, features, settings)
    make_keys(connection, kind)
    report = make_blocks(connection, kind, settings)
    make_pairs(connection, kind, pairs, portions(connection))
    return replace(report, pairs=pairs.total)


def look(connection: duckdb.DuckDBPyConnection, kind: str, features: Path, settings: ResolveSettings) -> None:
    """Look at all records of one kind: what they say, how rare that is, what interests say of them."""
    values = {
        "features": str(features / f"{kind}.parquet"),
        "kind": kind,
        "portion_records": settings.portion_records,
    }
    for name in BEFORE_PAIRS:
        run_file(connection, sql_file(name.format(kind=kind)), values)


def make_keys(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Make the blocking keys of the records of `record_wanted`."""
    for _ in each_portion(connection, kind):
        for name in BLOCK:
            run_file(connection, sql_file(name.format(kind=kind)))


def make_blocks(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: ResolveSettings
) -> BlockingReport:
    """Make of the keys of all records the blocks in which they meet (`block_met`)."""
    report = find_blocks(connection, RULES[kind], settings, partial(_name_keys, connection, kind))
    run_file(connection, sql_file("block_met"))
    return report


def make_pairs(
    connection: duckdb.DuckDBPyConnection, kind: str, pairs: Pairs, ranges: Sequence[Portion]
) -> None:
    """Make the pairs of `block_met`, a portion of their left records at a time."""
    for portion in ranges:
        run_file(connection, sql_file("block_pair"), portion.values)
        pairs.add(connection, kind, portion)
    run_file(connection, sql_file("block_end"))


def _name_keys(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Make the blocking keys again, of a record of each block of `block_worst`: portion -1."""
    run_file(connection, sql_file("block_named"))
    (portion,) = (p for p in portions(connection) if p.number == -1)
    run_file(connection, sql_file(f"portion_{kind}"), portion.values)
    run_file(connection, sql_file(f"block_{kind}"))
    connection.execute("DELETE FROM record_wanted WHERE portion = -1")


def prepare(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Make the table that the evidence of pairs is read from, of the records of `record_wanted`."""
    connection.execute(f"DROP TABLE IF EXISTS compare_{kind}")
    for _ in each_portion(connection, kind):
        run_file(connection, sql_file(f"prepare_{kind}"))


def resolve_kind(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    features: Path,
    settings: ResolveSettings,
    tell: Progress,
    comparer: Comparer | None = None,
) -> KindSummary:
    """Compare and join the records of one kind."""
    compared = (comparer or compare)(connection, kind, features, settings, tell)
    tell(f"{kind}: joining")
    joining = join_records(connection, kind, settings)
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM resolve_record WHERE kind = $kind), "
        "(SELECT count(*) FROM resolve_match WHERE kind = $kind AND match_probability >= $threshold), "
        "(SELECT count(DISTINCT cluster_no) FROM resolve_cluster JOIN resolve_record USING (record_no) "
        "WHERE kind = $kind)",
        {"kind": kind, "threshold": settings.threshold},
    ).fetchall()[0]
    return KindSummary(
        records=counts[0],
        compared=compared.pairs,
        reused=compared.reused,
        matched=counts[1],
        clusters=counts[2],
        blocking=compared.blocking,
        joining=joining,
    )


def compare(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    features: Path,
    settings: ResolveSettings,
    tell: Progress,
    memory: Memory | None = None,
) -> Compared:
    """Find and score the pairs of one kind on this machine; with `memory`, only those that changed."""
    first = connection.execute("SELECT count(*) FROM resolve_compared").fetchall()[0][0]
    with pairs_of(connection) as pairs:
        tell(f"{kind}: blocking")
        look(connection, kind, features, settings)
        ranges = portions(connection)
        known = connection.execute("SELECT count(*) FROM record_wanted").fetchall()[0][0]
        base = load_model(kind, settings.models)
        model = base.for_size(known)
        review = review_weight(settings)
        builds_on = memory is not None and memory.recall(connection, model, review, settings)
        make_keys(connection, kind)
        if memory:
            memory.keep_keys(connection, kind)
        blocking = make_blocks(connection, kind, settings)
        if memory:
            memory.note(connection, narrow=builds_on)
        if builds_on:
            met = connection.execute("SELECT count(*) FROM block_met").fetchall()[0][0]
            ranges = merged(ranges, 1 + met // _MET)
        make_pairs(connection, kind, pairs, ranges)
        if settings.train:
            tell(f"{kind}: re-estimating the model")
            prepare(connection, kind)
            model = _re_estimated(connection, base, pairs).for_size(known)
        keep_model(connection, model)
        reused = memory.reuse(connection, model, review, pairs, settings) if memory and builds_on else 0
        total = reused + pairs.total
        tell(f"{kind}: preparing records")
        prepare(connection, kind)
        if memory and memory.previous:
            # None where the number of records, the model or the rules moved on: then the run is a full one.
            tell(f"{kind}: {reused:,} of {total:,} pairs keep the scores of the last run")
        _score_in_batches(connection, model, pairs, settings.batch_pairs, review, tell)
    if memory:
        memory.remember(connection, model, review, first)
    return Compared(total, replace(blocking, pairs=total), reused)


def review_weight(settings: ResolveSettings) -> float:
    """Match weight from which a pair keeps its evidence."""
    return log2(settings.review_threshold / (1 - settings.review_threshold))


def _re_estimated(connection: duckdb.DuckDBPyConnection, model: Model, pairs: Pairs) -> Model:
    """Re-estimate a model on the first of the pairs, taken in an order that does not depend on the data."""
    run_file(connection, sql_file("sample"), {"files": pairs.paths, "pairs": TRAINING_PAIRS})
    run_file(connection, sql_file(f"evidence_{model.kind}"), {"low": 0, "high": 2**62})
    return re_estimate(model, read_patterns(connection, model))


def keep_model(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Keep a model as it is used, for explanations."""
    connection.execute(
        "INSERT INTO resolve_model VALUES (?, ?)", [model.kind, json.dumps(model.settings, indent=2)]
    )


def _score_in_batches(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    pairs: Pairs,
    size: int,
    review: float,
    tell: Progress,
) -> None:
    """Score the pairs a batch at a time: the evidence of all pairs is never in memory at once."""
    total, done = pairs.total, 0
    for file in pairs.load(connection):
        for start in range(0, file.pairs, size):
            tell(f"{model.kind}: scoring pairs", done + start, total)
            bounds = {"low": start, "high": min(start + size, file.pairs)}
            run_file(connection, sql_file(f"evidence_{model.kind}"), bounds)
            score(connection, model, "resolve_evidence", "resolve_score")
            run_file(connection, sql_file("keep"), {"kind": model.kind, "review": review})
        done += file.pairs
