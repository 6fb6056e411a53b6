"""Write the right answers about the sample world: `sample_registries/expected/*.csv`."""

import csv
from collections.abc import Iterable
from pathlib import Path

from bo_harmonise.world.samples import bods_offshore, bods_older
from bo_harmonise.world.samples.expected import CommonOwner, common_owners
from bo_harmonise.world.samples.truth import DIFFERENT, PARTIES, bods_register
from bo_harmonise.world.writers import bods as bods_writer
from bo_harmonise.world.writers.containers import text_file

Row = tuple[str, ...]

_EXTRACTIVES = bods_register(bods_older.EXTRACTIVES)

DISCREPANCIES: tuple[Row, ...] = (
    ('SIA "Gaujas Papīrs"', "status", "gleif", "active", "lv_ur", "ceased"),
    ("Brackenfold Minerals Ltd", "founding_date", _EXTRACTIVES, "2012-05-09", "gb_psc", "2011-05-09"),
    ("Brackenfold Minerals Ltd", "founding_date", _EXTRACTIVES, "2012-05-09", "gleif", "2011-05-09"),
    ("Brackenfold Minerals Ltd", "share", _EXTRACTIVES, "40", "gb_psc", "50 to 75"),
    ("Tatranská logistika, a.s.", "address", "gleif", "Košice 040 01", "sk_rpvs", "Poprad 05801"),
)

_OWNER_COLUMNS = (
    "owner",
    "company_l",
    "company_r",
    "registers",
    "registers_needed",
    "share_min_l",
    "share_max_l",
    "share_min_r",
    "share_max_r",
)


def write_answers(folder: Path) -> None:
    """Write one CSV a question: UTF-8, comma, header."""
    found = common_owners()
    _write(
        folder / "hidden_common_owners.csv",
        _OWNER_COLUMNS,
        (_owner(row) for row in found if not row.left_out),
    )
    _write(
        folder / "left_out_common_owners.csv",
        (*_OWNER_COLUMNS, "why"),
        ((*_owner(row), row.left_out) for row in found if row.left_out),
    )
    _write(
        folder / "same_party.csv",
        ("party", "kind", "register", "native_key", "name", "birth"),
        ((party.name, party.kind, *record(key)) for party in PARTIES for key in party.records),
    )
    _write(
        folder / "different_party.csv",
        (*(f"{c}_{side}" for side in "lr" for c in ("register", "native_key", "name", "birth")), "why"),
        ((*record(left), *record(right), why) for left, right, why in DIFFERENT),
    )
    _write(
        folder / "discrepancies.csv",
        ("party", "about", "register_l", "value_l", "register_r", "value_r"),
        DISCREPANCIES,
    )


def record(key: str) -> Row:
    """Return (register, native key, name, birth) of a record key; Latvian holders have no native key.

    >>> record("dk_cvr:person:4009100101")
    ('dk_cvr', '4009100101', '', '')
    >>> record("lv_ur:holder:Ozolkalns Jānis|080262-*****")
    ('lv_ur', '', 'Ozolkalns Jānis', '1962-02-08')
    """
    register, _, rest = key.partition(":")
    if register == "bods":
        return *_bods_key(rest), "", ""
    kind, _, native = rest.partition(":")
    if kind == "holder":
        name, _, birth = native.partition("|")
        if birth.endswith("*"):
            # Everybody whose code is masked in the answers was born in the twentieth century.
            birth = f"19{birth[4:6]}-{birth[2:4]}-{birth[:2]}"
        return register, "", name, birth
    return register, native, "", ""


def _bods_key(record_id: str) -> tuple[str, str]:
    """Return register and native key of a BODS record: its record id or, in 0.2, its statement id."""
    for statement in bods_older.EXTRACTIVES_STATEMENTS:
        if statement.record_id == record_id:
            return _EXTRACTIVES, bods_writer.statement_id(statement, "0.2")
    return bods_register(bods_offshore.PUBLISHER), record_id


def _owner(row: CommonOwner) -> Row:
    shares = (*row.share_l, *row.share_r)
    return (
        row.owner,
        row.company_l,
        row.company_r,
        " ".join(row.registers),
        str(len(row.registers)),
        *(f"{share:.4f}".rstrip("0").rstrip(".") for share in shares),
    )


def _write(path: Path, header: Row, rows: Iterable[Iterable[str | None]]) -> None:
    with text_file(path) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
