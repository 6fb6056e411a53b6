"""Keep the scores of the last run that still hold, so that a run costs in proportion to what is new.

A score is a function of what its two records say, of how rare that is, of their companies and owners, and of
the model. Where none of these changed, the score stands; and unless both records moved in blocking, so does
that the two are compared. Who is joined is worked out anew, so that the clusters are those of a run from
scratch: docs/decisions/0003-increments.md.
"""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import duckdb

from bo_harmonise import __version__
from bo_harmonise.db import run_file
from bo_harmonise.resolve.portions import PairFile, Pairs
from bo_harmonise.resolve.scoring import Model
from bo_harmonise.resolve.settings import ResolveSettings
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.workspace import fingerprint, sha256


@dataclass(frozen=True)
class Memory:
    """Folders of the last run and of this one; what a run remembers is in `state/` below them."""

    previous: Path | None
    out: Path

    def recall(
        self,
        connection: duckdb.DuckDBPyConnection,
        model: Model,
        review: float,
        settings: ResolveSettings,
    ) -> bool:
        """Note what the records say, and say whether this run builds on the last one.

        It does not where there was no run, or it had another model, another review weight or another version
        of the rules. Where it does, records that say what they said have the blocking keys that they had, and
        `record_wanted` holds the others. Needs what is known of all records.
        """
        run_file(connection, sql_file(f"sign_{model.kind}"))
        if self.previous is None:
            return False
        files = _files(self.previous, model.kind)
        key = files["key"]
        if not key.is_file() or key.read_text(encoding="ascii").strip() != _key(model, review):
            return False
        for name in ("drift", "same"):
            run_file(connection, sql_file(name), {name: str(path) for name, path in files.items()})
        run_file(connection, sql_file("wanted"), {"portion_records": settings.portion_records})
        return True

    def keep_keys(self, connection: duckdb.DuckDBPyConnection, kind: str) -> None:
        """Write the blocking keys of all records for the next run."""
        files = _files(self.out, kind)
        files["keys"].parent.mkdir(parents=True, exist_ok=True)
        run_file(connection, sql_file("keys"), {name: str(path) for name, path in files.items()})

    def note(self, connection: duckdb.DuckDBPyConnection, *, narrow: bool) -> None:
        """Note where the records stand.

        With `narrow`, only pairs that may not be as they were are to be made. Needs the blocks; narrowing
        also what `recall` left.
        """
        run_file(connection, sql_file("stand"))
        if narrow:
            run_file(connection, sql_file("still"))

    def reuse(
        self,
        connection: duckdb.DuckDBPyConnection,
        model: Model,
        review: float,
        pairs: Pairs,
        settings: ResolveSettings,
    ) -> int:
        """Take over the scores that still hold; leave in `pairs` and `record_wanted` what must be scored.

        Needs what `note` left when it narrowed, and the pairs of it. Returns how many pairs keep their score.
        """
        if self.previous is None:
            return 0
        values = {
            "kind": model.kind,
            "review": review,
            **{name: str(path) for name, path in _files(self.previous, model.kind).items()},
            "pairs": str(self.previous / "pair.parquet"),
        }
        count = "SELECT count(*) FROM resolve_compared"
        before = connection.execute(count).fetchall()[0][0]
        run_file(connection, sql_file("carry"), values)
        left = []
        for file in pairs.load(connection):
            path = file.path.with_suffix(".left")
            run_file(connection, sql_file("reuse"), {"file": str(path)})
            left.append(PairFile(file.portion, path))
        pairs.files = left
        run_file(connection, sql_file("held"), values)
        run_file(connection, sql_file("wanted"), {"portion_records": settings.portion_records})
        after = connection.execute(count).fetchall()[0][0]
        return int(after - before)

    def remember(
        self, connection: duckdb.DuckDBPyConnection, model: Model, review: float, first: int
    ) -> None:
        """Write what the next run needs; the kind's pairs begin at row `first` of `resolve_compared`."""
        files = _files(self.out, model.kind)
        values = {"first": first, **{name: str(path) for name, path in files.items()}}
        run_file(connection, sql_file("remember"), values)
        files["key"].write_text(_key(model, review) + "\n", encoding="ascii")


def _files(folder: Path, kind: str) -> dict[str, Path]:
    state = folder / "state"
    return {
        "key": state / f"{kind}.key",
        "records": state / f"{kind}_record.parquet",
        "scores": state / f"{kind}_score.parquet",
        "rarity": state / f"{kind}_rarity.parquet",
        "keys": state / f"{kind}_keys.parquet",
        "facts": state / f"{kind}_facts.parquet",
    }


_SHARED = (
    *("rarity", "similarity", "count", "bits", "drift", "keep"),
    *("block_add", "block_level", "block_near", "stand", "block_met", "block_pair"),
)
"""Files of rules of both kinds that an old score or key, or that an old pair is still one, depends on."""


def _key(model: Model, review: float) -> str:
    """Fingerprint of all but the records that a score and its evidence depend on."""
    names = ("said", "link", "portion", "place", "block", "prepare", "sign", "evidence")
    rules = [sql_file(f"{name}_{model.kind}") for name in names]
    rules += [sql_file(name) for name in _SHARED]
    return fingerprint(
        {
            "versions": [__version__, version("duckdb"), version("splink")],
            "model": model.settings,
            "review": review,
            "rules": [sha256(path) for path in rules],
        }
    )
