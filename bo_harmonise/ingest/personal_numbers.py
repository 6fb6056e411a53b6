"""National numbers of people: keyed hashes in statements, withheld in what is kept of rejected records."""

import hmac
import re
from pathlib import Path

import duckdb
import pyarrow as pa

from bo_harmonise.read.raw import quote
from bo_harmonise.workspace import Keyed

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


def hash_personal_numbers(connection: duckdb.DuckDBPyConnection, file: Path, workspace: Keyed) -> None:
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
    # A join: looking each number up in a map of all of them took eleven times as long for 60,000 numbers, and
    # grows with the square of their number.
    connection.execute(
        f"""
        COPY (
            WITH item AS (
                SELECT row, place, number.hash, item
                FROM (
                    SELECT
                        file_row_number AS row,
                        unnest(identifiers) AS item,
                        generate_subscripts(identifiers, 1) AS place
                    FROM read_parquet({quote(str(file))}, file_row_number = true)
                )
                LEFT JOIN national_number AS number
                    ON number.number = concat(coalesce(item.scheme, item.scheme_name), ':', item.id)
            ),
            changed AS (
                SELECT
                    row AS file_row_number,
                    list(
                        CASE WHEN hash IS NULL THEN item ELSE struct_update(item, id := hash, uri := NULL) END
                        ORDER BY place
                    ) AS identifiers
                FROM item
                GROUP BY row
                HAVING bool_or(hash IS NOT NULL)
            )
            SELECT person.* EXCLUDE (file_row_number)
                REPLACE (coalesce(changed.identifiers, person.identifiers) AS identifiers)
            FROM read_parquet({quote(str(file))}, file_row_number = true) AS person
            LEFT JOIN changed USING (file_row_number)
            ORDER BY file_row_number
        ) TO {quote(str(hashed))} (FORMAT parquet, COMPRESSION snappy)
        """
    )
    connection.unregister("national_number")
    hashed.replace(file)
