"""The skeleton of a new adapter."""

import re
from pathlib import Path

from bo_harmonise.errors import UsageError

_TOML = """[register]
name = "{name}"
version = "1"
title = "Name of the register"
jurisdiction = "XX"
publisher = "Who publishes it"
licence = "Under which terms"
url = "https://register.example"
scheme = "XX-REG"               # org-id.guide code of its numbers
time_zone = "Europe/London"
ended_records = "kept"          # or "vanish": the file holds only what is in force
definition = "whom the register counts as beneficial owner"

[files.company]
title = "Companies"
format = "csv"                  # csv | json | xml
delimiter = ","
names = ["companies*.csv"]
detect = ["number,name"]        # regular expressions that all match its first 64 KiB
required = ["number", "name"]
left = []                       # columns that are knowingly not used

[files.company.columns]
number = "VARCHAR"
name = "VARCHAR"
"""

_ENTITY = """-- Companies of the register.
SELECT
    concat('{name}:entity:', number) AS record_id,
    number AS source_key,
    source_file,
    source_row,
    'registeredEntity' AS entity_type,
    clean(raw_company.name) AS name,
    'XX' AS jurisdiction,
    [{{'scheme': 'XX-REG', 'id': number}}] AS identifiers
FROM raw_company
WHERE number IS NOT NULL
"""


def write_skeleton(parent: Path, name: str) -> Path:
    """Write `parent/<name>/` and return it; UsageError when the name is unfit or the folder exists."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise UsageError(
            f"{name!r} is no name for an adapter.",
            hint="Use lower case and underscores: country, then register, as gb_psc.",
        )
    folder = parent / name
    if folder.exists():
        raise UsageError(f"{folder} exists already.", hint="Choose another name, or edit what is there.")
    folder.mkdir(parents=True)
    (folder / "adapter.toml").write_text(_TOML.format(name=name), encoding="utf-8")
    (folder / "entity.sql").write_text(_ENTITY.format(name=name), encoding="utf-8")
    return folder
