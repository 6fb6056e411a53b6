"""Facts about names, legal forms and countries, as CSV files beside this module.

`country_names_cldr.csv` is taken from the Unicode Common Locale Data Repository by way of Babel 2.19.0;
`LICENSE.unicode` is its licence.
"""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `<name>.csv`; FileNotFoundError when the package is incomplete."""
    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def word_set(name: str, kind: str) -> frozenset[str]:
    """Return the words of `<name>.csv` whose `kind` is the one given."""
    return frozenset(row["word"] for row in rows(name) if row["kind"] == kind)
