"""What a user can decide about Spark."""

from dataclasses import dataclass, field

from bo_harmonise.errors import UsageError

_SIZES = {
    "part_records": "spark.bo_harmonise.partRecords",
    "split_bytes": "spark.bo_harmonise.splitBytes",
}


@dataclass(frozen=True)
class SparkSettings:
    """How to reach a cluster, and how finely to cut the work; none of it changes what comes out.

    `master` is a Spark master URL; `store` the place that driver and executors share (a folder or a URI of
    `pyarrow.fs`; default: the workspace); `conf` further Spark settings. `part_records` is the number of
    records that one task prepares, `split_bytes` the part of a file of JSON Lines that one task reads;
    they can be set among the Spark settings too, as spark.bo_harmonise.partRecords and
    spark.bo_harmonise.splitBytes.
    """

    master: str = "local[*]"
    store: str | None = None
    conf: tuple[tuple[str, str], ...] = field(default=())
    part_records: int = 50_000
    split_bytes: int = 256 * 2**20

    def __post_init__(self) -> None:
        """Refuse values that mean nothing."""
        if self.master.startswith("sc://"):
            raise UsageError(
                f"--spark-master {self.master}: Spark Connect is not supported, as Splink needs a session of "
                "its own.",
                hint="Name the master itself: local[N], spark://HOST:PORT, yarn or k8s://https://HOST:PORT",
            )
        for name, key in _SIZES.items():
            if value := dict(self.conf).get(key):
                if not value.isdigit():
                    raise UsageError(f"--spark-conf {key}: expected a number, found {value!r}.")
                object.__setattr__(self, name, int(value))
        for name in _SIZES:
            if getattr(self, name) < 1:
                raise UsageError(f"{name} must be at least 1, found {getattr(self, name)}.")


def parse_conf(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Read settings written as `NAME=VALUE`.

    >>> parse_conf(("spark.executor.memory=8g",))
    (('spark.executor.memory', '8g'),)
    """
    found = []
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark or not name.startswith("spark."):
            raise UsageError(f"--spark-conf: expected spark.NAME=VALUE, found {text!r}.")
        found.append((name, value))
    return tuple(found)
