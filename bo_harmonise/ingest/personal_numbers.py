"""National numbers of people: keyed hashes in statements, withheld in what is kept of rejected records."""

import hmac
import re
from pathlib import Path

import duckdb
import pyarrow as pa

from bo_harmonise.read.raw import quote
from bo_harmonise.workspace import Workspace

_PERSONAL = re.compile(
    r"passport|tax|id[-_ ]?card|identity|national|personal[-_ ]?(code|number|id)|social[-_ ]security"
    r"|\b(ssn|nino|tin|itin|pesel|cpf)\b",
    re.IGNORECASE,
)
"""Schemes of personal numbers as BODS 0.4 writes them (ISO 3166-1 alpha-3, kind of document), and the words
that publishers use in their place."""

_SCHEME = r"[A-Za-z]{2,3}-(?:PASSPORT|TAXID|IDCARD)"
_IDENTIFIER = re.compile(rf"\{{[^{{}}]*{_SCHEME}[^{{}}]*(?:\}}|$)|\{{[^{{}}]*$")
_VALUE = re.compile(r'("(?:id|uri)"\s*:\s*)"[^"]*"?')


def is_personal(scheme: str | None, scheme_name: str | None) -> bool:
    """Whether an identifier of a person is a national number rather than a key of the register.

    >>> is_personal("GBR-PASSPORT", None), is_personal(None, "Tax number"), is_personal(None, "CVR number")
    (True, True, False)
    """
    return _PERSONAL.search(f"{scheme or ''} {scheme_name or ''}") is not None


def withheld(text: str) -> str:
    r"""Return JSON text, which may be cut off, without the numbers in identifiers of a national scheme.

    Of an object that is not closed nobody can say whose number it holds: its number is withheld too.

    >>> withheld('{"a": {"id": "77", "scheme": "GBR-PASSPORT"}, "id": "1"}')
    '{"a": {"id": "(withheld)", "scheme": "GBR-PASSPORT"}, "id": "1"}'
    >>> withheld('[{"a": 1}, {"id": "7')
    '[{"a": 1}, {"id": "(withheld)"'
    """
    return _IDENTIFIER.sub(lambda match: _VALUE.sub(r'\1"(withheld)"', match[0]), text)


def hash_personal_numbers(connection: duckdb.DuckDBPyConnection, file: Path, workspace: Workspace) -> None:
    """Put keyed hashes (HMAC-SHA-256) in the place of national numbers in a file of person statements."""
    source = f"read_parquet({quote(str(file))})"
    found = connection.execute(
        "SELECT DISTINCT item.scheme, item.scheme_name, item.id "
        f"FROM (SELECT unnest(identifiers) AS item FROM {source}) WHERE item.id IS NOT NULL ORDER BY ALL"
    ).fetchall()
    # A number that the register has masked ("010180-*****") is not in clear.
    numbers = sorted(
        {
            f"{scheme or name}:{number}"
            for scheme, name, number in found
            if is_personal(scheme, name) and "*" not in number
        }
    )
    if not numbers:
        return
    key = workspace.key()
    hashes = pa.table(
        {
            "number": numbers,
            "hash": [hmac.digest(key, number.encode(), "sha256").hex() for number in numbers],
        }
    )
    connection.register("national_number", hashes)
    hashed = file.with_suffix(".hashed.parquet")
    number = "numbers[concat(coalesce(item.scheme, item.scheme_name), ':', item.id)]"
    connection.execute(
        "COPY (SELECT person.* REPLACE (list_transform(identifiers, lambda item: struct_update(item, "
        f"id := coalesce({number}, item.id), uri := CASE WHEN {number} IS NULL THEN item.uri END)) "
        "AS identifiers) "
        f"FROM {source} AS person, (SELECT map(list(number), list(hash)) AS numbers FROM national_number)) "
        f"TO {quote(str(hashed))} (FORMAT parquet, COMPRESSION snappy)"
    )
    connection.unregister("national_number")
    hashed.replace(file)
