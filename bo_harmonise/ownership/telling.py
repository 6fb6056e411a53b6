"""A hidden common owner in words: the text that can be pasted in a report, statement by statement."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from bo_harmonise.ownership.untold import no_such_row

SQL = Path(__file__).parent / "sql"

_BASIS = {"economic": "of the shares", "voting": "of the votes", "control": "by control, without a figure"}


def tell_hidden_common_owner(
    connection: duckdb.DuckDBPyConnection,
    owner: str,
    company_l: str,
    company_r: str,
    *,
    reasons: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """Tell one row of `hidden_common_owner`: what is shown, by which statements, on which merges it stands.

    Reads `hidden_common_owner`, `circular_ownership`, `ownership_edge`, `current_relationship`, `match` and
    `party`. `reasons` has what is known of judgements ("anna on 2026-10-01: passport"), by their two records
    in order. Raises UsageError when there is no such row, with the reason and what is known.
    """
    rows = connection.sql(
        "SELECT * FROM hidden_common_owner WHERE owner_party_id = $owner "
        "AND company_l_party_id IN ($l, $r) AND company_r_party_id IN ($l, $r)",
        params={"owner": owner, "l": company_l, "r": company_r},
    ).to_arrow_table()
    if not rows.num_rows:
        raise no_such_row(connection, owner, company_l, company_r)
    row = rows.to_pylist()[0]
    for party in ("owner", "company_l", "company_r"):
        row[f"{party}_name"] = row[f"{party}_name"] or _number(connection, row[f"{party}_party_id"])
    who, one, other = (row[name] for name in ("owner_name", "company_l_name", "company_r_name"))
    what = f"{who} has an interest in {one} and in {other}, which no single register shows"
    where = f"one must look in at least {row['registers_needed']}, {', '.join(row['registers'])}."
    lines = [f"{what}: {where}"]
    for side in ("l", "r"):
        lines += ["", f"{row[f'company_{side}_name']}: {_interval(row, side)}."]
        lines += _circles(connection, row, side)
        lines += _steps(connection, row[f"chain_{side}"], row[f"statement_ids_{side}"])
    judged = _judged(connection, row["merges"])
    lines += ["", _identity(row, judged)]
    for merge in row["merges"]:
        pair = merge["record_id_l"], merge["record_id_r"]
        sure = f"{merge['match_probability']:.4f}"
        if pair in judged:
            sure = _judgement(judged[pair], (reasons or {}).get(pair, ""))
        lines.append(f"- {pair[0]} and {pair[1]}: {sure}")
    return "\n".join(lines) + "\n"


def _number(connection: duckdb.DuckDBPyConnection, party_id: str) -> str:
    """Return what a party without a name is called."""
    found = connection.execute("SELECT identifiers[1] FROM party WHERE party_id = ?", [party_id]).fetchone()
    return str((found and found[0]) or "(name withheld)")


def _judged(
    connection: duckdb.DuckDBPyConnection, merges: list[dict[str, Any]]
) -> dict[tuple[str, str], float | None]:
    """Find the merges that a person decided, with the match probability that the model gives them."""
    found = connection.execute(
        "SELECT record_id_l, record_id_r, match_probability FROM match "
        "WHERE method = 'judgement' AND is_joined AND list_contains($records, record_id_l) "
        "AND list_contains($records, record_id_r)",
        {"records": [merge[side] for merge in merges for side in ("record_id_l", "record_id_r")]},
    ).fetchall()
    pairs = {(merge["record_id_l"], merge["record_id_r"]) for merge in merges}
    return {(left, right): probability for left, right, probability in found if (left, right) in pairs}


def _judgement(probability: float | None, reason: str) -> str:
    """Word a merge that a person decided.

    >>> _judgement(0.308, "anna on 2026-10-01: passport")
    'judged the same by a person (anna on 2026-10-01: passport); the model alone gives 30.8 %'
    """
    by = f" ({reason})" if reason else ""
    alone = "" if probability is None else f"; the model alone gives {_per_cent(probability)}"
    return f"judged the same by a person{by}{alone}"


def _per_cent(probability: float) -> str:
    text = f"{100 * probability:.1f} %"
    return "more than 99.9 %" if probability > 0.9995 else "less than 0.1 %" if probability < 0.0005 else text


def _circles(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], side: str) -> list[str]:
    """Say which circles add to the figure of a company: its chain alone does not show them."""
    found = connection.execute(
        "SELECT c.members, list(coalesce(p.name, p.identifiers[1], '(name withheld)') "
        "ORDER BY p.name, p.party_id) FROM circular_ownership AS c "
        "JOIN party AS p ON list_contains(c.members, p.party_id) "
        "WHERE c.dimension = $dimension AND list_has_any(c.members, CAST($chain AS VARCHAR[])) "
        "GROUP BY c.members ORDER BY c.members",
        {"dimension": row[f"basis_{side}"], "chain": row[f"chain_{side}"]},
    ).fetchall()
    lines = []
    for members, names in found:
        itself = row[f"company_{side}_party_id"] in members
        who = f"{row[f'company_{side}_name']} is part of" if itself else "The chain runs through"
        circle = f"a circle of stakes ({', '.join(names)})"
        lines.append(
            f"{who} {circle}: counting the way round it again and again, and not once, gives that figure."
        )
    return lines


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
    for position, is_chosen, owner, company, statement, source, key, day, interests in steps:
        said = "; ".join(interests) or "an interest"
        what = f"{position}. {owner} in {company}: {said}" if is_chosen else f"   also: {said}"
        when = f", of {day[:10]}" if day else ""
        lines.append(f"{what} ({source}, {key}, statement {statement}{when})")
    return lines


def _identity(row: dict[str, Any], judged: Mapping[tuple[str, str], float | None]) -> str:
    if not row["merges"]:
        return "It stands on no merge of records."
    if all((merge["record_id_l"], merge["record_id_r"]) in judged for merge in row["merges"]):
        return "It stands on these records being one party each, which a person decided:"
    if judged:
        return (
            "It stands on these records being one party each, which a person decided of some (match "
            "probability, where a judgement counts as certain; the weakest is "
            f"{row['match_probability']:.4f}, all together {row['match_probability_combined']:.4f}):"
        )
    return (
        "It stands on these records being one party each (match probability; the weakest is "
        f"{row['match_probability']:.4f}, all together {row['match_probability_combined']:.4f}):"
    )
