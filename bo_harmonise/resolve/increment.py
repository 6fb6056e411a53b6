"""Keep the scores of the last run that still hold, so that a run costs in proportion to what is new.

A score is a function of what its two records say, of how rare that is, of their companies and owners, and of
the model. Where none of these changed, the score stands. Everything else (who is compared, who is joined) is
worked out anew, so that the clusters are those of a run from scratch: docs/decisions/0003-increments.md.
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

    def reuse(
        self,
        connection: duckdb.DuckDBPyConnection,
        model: Model,
        review: float,
        pairs: Pairs,
        settings: ResolveSettings,
    ) -> int:
        """Take over the scores that still hold; leave in `pairs` and `record_wanted` what must be scored.

        Needs what comes before the compare table is prepared. Returns how many pairs keep their score:
        none where the last run had another model, another review weight or another version of the rules.
        """
        run_file(connection, sql_file(f"sign_{model.kind}"))
        if self.previous is None:
            return 0
        files = _files(self.previous, model.kind)
        key = files["key"]
        if not key.is_file() or key.read_text(encoding="ascii").strip() != _key(model, review):
            return 0
        values = {
            "kind": model.kind,
            "review": review,
            **{name: str(path) for name, path in files.items()},
            "pairs": str(self.previous / "pair.parquet"),
        }
        run_file(connection, sql_file("drift"), values)
        run_file(connection, sql_file("still"), values)
        before = pairs.total
        left = []
        for file in pairs.load(connection):
            path = file.path.with_suffix(".left")
            run_file(connection, sql_file("reuse"), {**values, **file.portion.values, "file": str(path)})
            left.append(PairFile(file.portion, path))
        pairs.files = left
        run_file(connection, sql_file("wanted"), {"portion_records": settings.portion_records})
        return before - pairs.total

    def remember(self, connection: duckdb.DuckDBPyConnection, model: Model, review: float) -> None:
        """Write what the next run needs."""
        files = _files(self.out, model.kind)
        files["key"].parent.mkdir(parents=True, exist_ok=True)
        run_file(connection, sql_file("remember"), {name: str(path) for name, path in files.items()})
        files["key"].write_text(_key(model, review) + "\n", encoding="ascii")


def _files(folder: Path, kind: str) -> dict[str, Path]:
    state = folder / "state"
    return {
        "key": state / f"{kind}.key",
        "records": state / f"{kind}_record.parquet",
        "scores": state / f"{kind}_score.parquet",
        "rarity": state / f"{kind}_rarity.parquet",
    }


def _key(model: Model, review: float) -> str:
    """Fingerprint of all but the records that a score and its evidence depend on."""
    names = ("said", "link", "portion", "prepare", "sign", "evidence")
    rules = [sql_file(f"{name}_{model.kind}") for name in names]
    rules += [sql_file(name) for name in ("rarity", "similarity", "count", "bits", "drift", "keep")]
    return fingerprint(
        {
            "versions": [__version__, version("duckdb"), version("splink")],
            "model": model.settings,
            "review": review,
            "rules": [sha256(path) for path in rules],
        }
    )
