"""Why a party is no hidden common owner of two companies: what is known of the three, with names."""

import duckdb

from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.questions import Chains, chains_between


def no_such_row(
    connection: duckdb.DuckDBPyConnection, owner: str, company_l: str, company_r: str
) -> UsageError:
    """Return the error for a pair of companies that is no row of `hidden_common_owner`: why, and what is."""
    called = _names(connection, [owner, company_l, company_r])
    one, other = called[company_l], called[company_r]
    return UsageError(
        f"{called[owner]} is no hidden common owner of {one} and {other}: "
        f"{_why(connection, owner, company_l, company_r, called)}.",
        hint=_rows_of(connection, owner, called[owner]),
    )


def _why(
    connection: duckdb.DuckDBPyConnection, owner: str, company_l: str, company_r: str, called: dict[str, str]
) -> str:
    one, other = called[company_l], called[company_r]
    ways = {company: chains_between(connection, owner, company) for company in (company_l, company_r)}
    known = [f"{_stake(ways[company])} {called[company]}" for company in (company_l, company_r)]
    if not all(way.rows.num_rows for way in ways.values()):
        return f"it has {known[0]} and {known[1]}"
    told = f"it has {known[0]} and {known[1]}, but "
    for holder, held in ((company_l, company_r), (company_r, company_l)):
        if chains_between(connection, holder, held, limit=1).rows.num_rows:
            return f"{told}{called[holder]} holds {called[held]} itself"
    alone = _tells_alone(ways[company_l]) & _tells_alone(ways[company_r])
    if alone:
        return f"{told}{min(alone)} alone shows both"
    holders = connection.execute(
        "SELECT list_sort(list(DISTINCT coalesce(p.name, p.identifiers[1], '(name withheld)'))) "
        "FROM ownership_edge AS e JOIN party AS p ON p.party_id = e.owner_party_id "
        "WHERE e.owned_party_id = ?",
        [owner],
    ).fetchall()[0][0]
    if holders:
        return f"{told}it is held itself, by {', '.join(holders)}: rows are of those at the top"
    limited = connection.execute(
        "SELECT pairs_left_out FROM hidden_common_owner_limit WHERE owner_party_id = ?", [owner]
    ).fetchall()
    if limited:
        return f"{told}it holds so many companies that {limited[0][0]} pairs of them were not compared"
    return f"{told}that follows from a pair nearer to it, or {one} and {other} are no two companies"


def _stake(way: Chains) -> str:
    """Say what the one chain gives, how many there are, or that there is none."""
    rows = way.rows.to_pylist()
    if not rows:
        return "no known interest in"
    if way.total != 1:
        return f"{f'{way.total:,}' if way.total else 'countless'} chains to"
    low, high = rows[0]["share_min"], rows[0]["share_max"]
    return f"{low:.6g} % of" if low == high else f"{low:.6g} to {high:.6g} % of"


def _tells_alone(way: Chains) -> set[str]:
    """Find the registers that state every step of one of the chains."""
    alone: set[str] = set()
    for registers in way.rows["registers"].to_pylist():
        alone |= set.intersection(*map(set, registers))
    return alone


def _names(connection: duckdb.DuckDBPyConnection, parties: list[str]) -> dict[str, str]:
    found = connection.execute(
        "SELECT party_id, coalesce(name, identifiers[1], '(name withheld)') || ' (' || party_id || ')' "
        "FROM party WHERE list_contains($parties, party_id)",
        {"parties": parties},
    ).fetchall()
    return {party: party for party in parties} | dict(found)


def _rows_of(connection: duckdb.DuckDBPyConnection, owner: str, called: str) -> str:
    """Say of which pairs the party is a hidden common owner."""
    pairs = connection.execute(
        "SELECT coalesce(company_l_name, company_l_party_id), coalesce(company_r_name, company_r_party_id) "
        "FROM hidden_common_owner WHERE owner_party_id = ? ORDER BY rank",
        [owner],
    ).fetchall()
    if not pairs:
        return f"No pair of companies has {called} as a hidden common owner: bo-harmonise owned {owner}"
    shown = "; ".join(f"{one} and {other}" for one, other in pairs[:5])
    more = f"; and {len(pairs) - 5} more" if len(pairs) > 5 else ""
    return f"It is one of {shown}{more}."
