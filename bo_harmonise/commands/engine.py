"""Options that say where the heavy stages run: on this machine, or on Spark."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bo_harmonise.console import Console
from bo_harmonise.errors import UsageError
from bo_harmonise.workspace import Workspace

if TYPE_CHECKING:
    from bo_harmonise.spark.engine import SparkEngine

F = TypeVar("F", bound=Callable[..., Any])


def engine_options(function: F) -> F:
    """Add --engine and what Spark needs."""
    for option in (
        click.option(
            "--spark-conf",
            multiple=True,
            metavar="NAME=VALUE",
            help="A setting of Spark, such as spark.executor.memory=8g.",
        ),
        click.option(
            "--spark-store",
            metavar="PLACE",
            help="Folder or URI (s3://, gs://, hdfs://) that executors reach. [default: the workspace]",
        ),
        click.option(
            "--spark-master",
            metavar="URL",
            envvar="SPARK_MASTER",
            help="Master of the cluster, such as spark://host:7077, yarn or local[4]. [default: local[*]]",
        ),
        click.option(
            "--engine",
            type=click.Choice(["duckdb", "spark"]),
            default="duckdb",
            show_default=True,
            help="Where the heavy stages run; docs/scale.md says when which.",
        ),
    ):
        function = option(function)
    return function


@contextmanager
def opened_engine(space: Workspace, options: dict[str, Any], talk: Console) -> Iterator["SparkEngine | None"]:
    """Open the engine that the options name for a workspace held for writing; None for this machine."""
    if options.get("engine", "duckdb") == "duckdb":
        for name in ("spark_master", "spark_store", "spark_conf"):
            # SPARK_MASTER may stand in the environment for other programs.
            if options.get(name) and name != "spark_master":
                raise UsageError(f"--{name.replace('_', '-')} is for --engine spark.")
        yield None
        return
    from bo_harmonise.spark.session import require_pyspark
    from bo_harmonise.spark.settings import SparkSettings, parse_conf

    settings = SparkSettings(
        master=options["spark_master"] or "local[*]",
        store=options["spark_store"],
        conf=parse_conf(options["spark_conf"]),
    )
    require_pyspark()
    from bo_harmonise.spark.engine import open_engine

    talk.progress(f"opening Spark at {settings.master}")
    with open_engine(space, settings) as engine:
        yield engine
