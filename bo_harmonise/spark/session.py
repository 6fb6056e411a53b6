"""Open a Spark session, or say plainly why there is none."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bo_harmonise import __version__
from bo_harmonise.errors import EngineError, MissingExtraError
from bo_harmonise.spark.settings import SparkSettings

_JAVA = 17
"""The oldest Java that Spark 4 runs on."""
_REACH_SECONDS = 10
_LOGGING = Path(__file__).resolve().parent / "log4j2.properties"
_PORTS = {"spark": 7077, "https": 443, "http": 80}


def java_version(text: str) -> int | None:
    """Return the major version in what `java -version` prints.

    >>> java_version('openjdk version "17.0.15" 2025-04-15'), java_version('java version "1.8.0_401"')
    (17, 8)
    """
    match = re.search(r'version "(?:1\.)?(\d+)', text)
    return int(match[1]) if match else None


def require_pyspark() -> None:
    """Raise MissingExtraError when pyspark is not installed."""
    try:
        with _pandas_warning():
            import_module("pyspark.sql")
    except ImportError as error:
        raise MissingExtraError("--engine spark", "spark") from error


def require_java() -> None:
    """Raise EngineError when there is no Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    hint = (
        f"Install a Java runtime, {_JAVA} or later (Debian: apt-get install openjdk-17-jre-headless), "
        "or set JAVA_HOME."
    )
    if java is None or not Path(java).is_file():
        where = f"JAVA_HOME is {home}, which has no bin/java" if home else "there is no java on the path"
        raise EngineError(f"Spark needs Java: {where}.", hint=hint)
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = java_version(said.stderr + said.stdout)
    if found is not None and found < _JAVA:
        raise EngineError(f"Spark needs Java {_JAVA} or later, found {found} ({java}).", hint=hint)


def master_addresses(master: str) -> list[tuple[str, int]]:
    """Hosts and ports of a master that is reached by address; none for local, YARN and the like.

    >>> master_addresses("spark://one:7077,two:7078"), master_addresses("k8s://https://api:6443")
    ([('one', 7077), ('two', 7078)], [('api', 6443)])
    >>> master_addresses("local[2]")
    []
    """
    if master.startswith("spark://"):
        urls = [f"spark://{part}" for part in master.removeprefix("spark://").split(",")]
    elif master.startswith("k8s://"):
        urls = [master.removeprefix("k8s://")]
        urls = [url if "://" in url else f"https://{url}" for url in urls]
    else:
        return []
    parts = [urlsplit(url) for url in urls]
    return [(part.hostname or "", part.port or _PORTS.get(part.scheme, 443)) for part in parts]


def require_master(master: str) -> None:
    """Raise EngineError when no host of the master answers: Spark itself would try for minutes."""
    addresses = master_addresses(master)
    failures = []
    for host, port in addresses:
        try:
            with socket.create_connection((host, port), timeout=_REACH_SECONDS):
                return
        except OSError as error:
            failures.append(f"{host}:{port}: {error}")
    if failures:
        raise EngineError(
            f"the Spark master {master} cannot be reached: {'; '.join(failures)}.",
            hint="Is it running, and is its port open to this machine? To try without a cluster: "
            "--spark-master 'local[2]'",
        )


@contextmanager
def spark_session(settings: SparkSettings) -> Iterator[Any]:
    """Open a Spark session and stop it at the end.

    MissingExtraError without pyspark; EngineError without Java, or when the master cannot be reached.
    """
    require_pyspark()
    require_java()
    require_master(settings.master)
    from pyspark.errors import PySparkException, PySparkRuntimeError  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    _environment(settings)
    builder = SparkSession.builder.master(settings.master).appName("bo-harmonise")
    for name, value in {**_defaults(settings), **dict(settings.conf)}.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, PySparkRuntimeError, OSError) as error:
        raise _no_session(settings, error) from error
    except Exception as error:
        # py4j raises what Java threw; its class is known only once a gateway runs.
        if type(error).__module__.startswith("py4j."):
            raise _no_session(settings, error) from error
        raise
    try:
        with _pandas_warning():
            yield spark
    finally:
        spark.stop()


def _environment(settings: SparkSettings) -> None:
    """Set what pyspark reads from the environment, where the user has not."""
    # pyspark looks for the Python of the workers here only, and starts its JVM before it reads settings.
    python = dict(settings.conf).get("spark.pyspark.python")
    if python or settings.master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", python or sys.executable)
    os.environ.setdefault("SPARK_SUBMIT_OPTS", f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}")
    if settings.master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


def _no_session(settings: SparkSettings, error: Exception) -> EngineError:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    cause = next((line for line in lines if "Exception" in line), lines[0] if lines else repr(error))
    return EngineError(
        f"no Spark session could be opened at {settings.master}: {cause}",
        hint="Check --spark-master and --spark-conf; does spark-submit reach the cluster from here?",
    )


def _defaults(settings: SparkSettings) -> dict[str, str]:
    """Return the settings that a run needs or that suit it; --spark-conf goes before them."""
    chosen = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # Arrow batches of nested rows: the default of 10,000 rows may be large.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "4000",
        "spark.python.worker.reuse": "true",
        # Tasks name their files anew at each attempt, so that a slow one may be tried twice.
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.adaptive.coalescePartitions.enabled": "true",
    }
    if settings.master.startswith("local"):
        # Without a network the name of the machine may not resolve.
        chosen |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return chosen


@contextmanager
def _pandas_warning() -> Iterator[None]:
    """Leave out one warning: pyspark 4.3 warns of pandas 3, which it imports and we do not use with it."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="PySpark does not yet fully support pandas >= 3", category=FutureWarning
        )
        yield


@contextmanager
def time_limit(spark: Any, seconds: float) -> Iterator[threading.Event]:
    """Cancel the jobs of the block when they take longer; the event tells whether that was so."""
    context = spark.sparkContext
    expired = threading.Event()

    def cancel() -> None:
        expired.set()
        context.cancelAllJobs()

    timer = threading.Timer(seconds, cancel)
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()


def version_here() -> str:
    """Version of bo-harmonise where this is called: on an executor, its own."""
    return __version__
