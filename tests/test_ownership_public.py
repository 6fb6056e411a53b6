"""The public face of the package: what can be imported, and that importing it costs next to nothing."""

import subprocess
import sys

import pytest

from bo_harmonise import ownership


def test_everything_that_is_promised_can_be_imported() -> None:
    assert set(ownership.__all__) == {
        "Chains",
        "Flag",
        "OwnSettings",
        "OwnSummary",
        "Rule",
        "chains_between",
        "changes",
        "common_owners",
        "find_rule",
        "flags",
        "gateways",
        "group_of",
        "holdings_of",
        "listed_parties",
        "own",
        "owners_of",
        "rules",
        "screen",
        "tell_hidden_common_owner",
    }
    for name in ownership.__all__:
        assert callable(getattr(ownership, name)), name


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        ownership.__getattr__("nothing")


def test_the_import_is_cheap() -> None:
    code = (
        "import sys, bo_harmonise.ownership; print(sorted({'numpy', 'scipy', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_settings_that_make_no_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        ownership.OwnSettings(companies_per_group=1)
