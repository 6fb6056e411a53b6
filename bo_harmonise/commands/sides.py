"""What two records say, side by side, as their registers have it."""

from typing import TYPE_CHECKING

import click

from bo_harmonise.console import show_rows

if TYPE_CHECKING:
    import duckdb


def side_by_side(connection: "duckdb.DuckDBPyConnection", one: str, other: str) -> list[dict[str, str]]:
    """Read two records: a row for each kind of data that either has, with what each says of it."""
    said = {
        record_id: dict(zip(_FIELDS, values, strict=True))
        for record_id, *values in connection.execute(_SAID, {"records": [one, other]}).fetchall()
    }
    left, right = (said.get(record_id, {}) for record_id in (one, other))
    return [
        {"data": field, "one": left.get(field) or "", "other": right.get(field) or ""}
        for field in _FIELDS
        if left.get(field) or right.get(field)
    ]


def tell_side_by_side(connection: "duckdb.DuckDBPyConnection", one: str, other: str) -> None:
    """Print two records side by side."""
    click.echo(f"\none:   {one}\nother: {other}")
    if rows := side_by_side(connection, one, other):
        show_rows(rows, "table")


_FIELDS = (
    "names",
    "born",
    "founded",
    "nationalities",
    "lives in",
    "jurisdiction",
    "legal form",
    "addresses",
    "identifiers",
    "register",
    "file and row",
)

_PLACES = """list_transform(addresses, lambda item: concat_ws(
    ', ', item.address, item.locality, item.region, item.post_code, item.country
))"""
_NUMBERS = """list_transform(
    identifiers, lambda item: concat_ws(':', coalesce(item.scheme, item.scheme_name), item.id)
)"""
# Of a file in an archive, the file: the archive is in the list of statements.
_ROW = "concat(split_part(source_file, '!', -1), ' row ', source_row)"

_SAID = f"""
SELECT
    record_id,
    array_to_string(list_distinct(list_transform(names, lambda item: item.full_name)), '; '),
    array_to_string(list_sort(list_distinct(list_append(birth_dates, birth_date))), '; '),
    NULL,
    array_to_string(nationalities, '; '),
    array_to_string(residence_countries, '; '),
    NULL,
    NULL,
    array_to_string({_PLACES}, '; '),
    array_to_string({_NUMBERS}, '; '),
    source_id,
    {_ROW}
FROM current_person
WHERE list_contains($records, record_id)
UNION ALL
SELECT
    record_id,
    array_to_string(list_prepend(name, alternate_names), '; '),
    NULL,
    CAST(founding_date AS VARCHAR),
    NULL,
    NULL,
    jurisdiction,
    coalesce(legal_form_native, legal_form_code),
    array_to_string({_PLACES}, '; '),
    array_to_string({_NUMBERS}, '; '),
    source_id,
    {_ROW}
FROM current_entity
WHERE list_contains($records, record_id)
"""
