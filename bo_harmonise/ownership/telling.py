"""A hidden common owner in words: the text that can be pasted in a report, statement by statement."""

from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.errors import UsageError

SQL = Path(__file__).parent / "sql"

_BASIS = {"economic": "of the shares", "voting": "of the votes", "control": "by control, without a figure"}


def tell_hidden_common_owner(
    connection: duckdb.DuckDBPyConnection, owner: str, company_l: str, company_r: str
) -> str:
    """Tell one row of `hidden_common_owner`: what is shown, by which statements, on which merges it stands.

    Reads `hidden_common_owner`, `current_relationship` and `party`. Raises UsageError when there is no such
    row.
    """
    rows = connection.sql(
        "SELECT * FROM hidden_common_owner WHERE owner_party_id = $owner "
        "AND company_l_party_id IN ($l, $r) AND company_r_party_id IN ($l, $r)",
        params={"owner": owner, "l": company_l, "r": company_r},
    ).to_arrow_table()
    if not rows.num_rows:
        raise UsageError(
            f"{owner} is no hidden common owner of {company_l} and {company_r}",
            hint="The rows there are: SELECT * FROM hidden_common_owner ORDER BY rank.",
        )
    row = rows.to_pylist()[0]
    for party in ("owner", "company_l", "company_r"):
        row[f"{party}_name"] = row[f"{party}_name"] or _number(connection, row[f"{party}_party_id"])
    who, one, other = (row[name] for name in ("owner_name", "company_l_name", "company_r_name"))
    what = f"{who} has an interest in {one} and in {other}, which no single register shows"
    where = f"one must look in at least {row['registers_needed']}, {', '.join(row['registers'])}."
    lines = [f"{what}: {where}"]
    for side in ("l", "r"):
        lines += ["", f"{row[f'company_{side}_name']}: {_interval(row, side)}."]
        lines += _steps(connection, row[f"chain_{side}"], row[f"statement_ids_{side}"])
    lines += ["", _identity(row)]
    lines += [
        f"- {merge['record_id_l']} and {merge['record_id_r']}: {merge['match_probability']:.4f}"
        for merge in row["merges"]
    ]
    return "\n".join(lines) + "\n"


def _number(connection: duckdb.DuckDBPyConnection, party_id: str) -> str:
    """Return what a party without a name is called."""
    found = connection.execute("SELECT identifiers[1] FROM party WHERE party_id = ?", [party_id]).fetchone()
    return str((found and found[0]) or "(name withheld)")


def _interval(row: dict[str, Any], side: str) -> str:
    low, high, basis = row[f"share_min_{side}"], row[f"share_max_{side}"], row[f"basis_{side}"]
    if basis == "control":
        return _BASIS[basis]
    figure = f"{low:.6g} %" if low == high else f"{low:.6g} to {high:.6g} %"
    return f"{figure} {_BASIS[basis]}, over all chains"


def _steps(connection: duckdb.DuckDBPyConnection, chain: list[str], statement_ids: list[str]) -> list[str]:
    steps = connection.execute(
        (SQL / "told_step.sql").read_text(encoding="utf-8"), {"chain": chain, "statement_ids": statement_ids}
    ).fetchall()
    lines = []
    for position, owner, company, statement, source, key, day, interests in steps:
        what = f"{owner} in {company}: {'; '.join(interests) or 'an interest'}"
        when = f", of {day[:10]}" if day else ""
        lines.append(f"{position}. {what} ({source}, {key}, statement {statement}{when})")
    return lines


def _identity(row: dict[str, Any]) -> str:
    if not row["merges"]:
        return "It stands on no merge of records."
    return (
        "It stands on these records being one party each (match probability; the weakest is "
        f"{row['match_probability']:.4f}, all together {row['match_probability_combined']:.4f}):"
    )
