"""Run on Spark in a test, or say why that is not possible here."""

import os
import shutil
from importlib.util import find_spec

import pytest


def require_spark() -> None:
    """Skip the test where Spark cannot run; fail where it must: CI sets BO_HARMONISE_REQUIRE_SPARK."""
    reasons = []
    if find_spec("pyspark") is None:
        reasons.append("pyspark is not installed (make extras EXTRAS=spark)")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        reasons.append("there is no Java (Debian: apt-get install openjdk-17-jre-headless)")
    if not reasons:
        return
    text = f"Spark cannot run: {'; '.join(reasons)}"
    if os.environ.get("BO_HARMONISE_REQUIRE_SPARK"):
        pytest.fail(text)
    pytest.skip(text)
