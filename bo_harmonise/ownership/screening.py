"""Screening: which companies do listed parties own or control, under a rule, and which nearly."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bo_harmonise.db import run_file
from bo_harmonise.errors import UsageError
from bo_harmonise.ownership.chains import find
from bo_harmonise.ownership.control import read_holdings, verdict_rows
from bo_harmonise.ownership.edges import per_cent
from bo_harmonise.ownership.effective import effective
from bo_harmonise.ownership.graph import Floats, Ints, Stakes
from bo_harmonise.ownership.picture import Picture
from bo_harmonise.ownership.rulebook import find_rule
from bo_harmonise.ownership.verdicts import judge

SQL = Path(__file__).parent / "sql"


def screen(
    connection: duckdb.DuckDBPyConnection,
    listed: Sequence[str],
    *,
    rule: str,
    near: float = 40.0,
    rules_folder: Path | None = None,
) -> pa.Table:
    """Return the companies that `listed` parties own or control under a rule, and the near misses.

    Reads `party`, `party_record`, `match` and `ownership_edge`. One row a company (and a listed party, for a
    rule that does not add up the stakes of several): verdict, the share that the rule looks at, the share
    that chains give when they are multiplied (of all listed parties together, where the rule adds them up),
    what decides, what is missing, the deciding chain with its statements, the listed parties that hold
    something, and the weakest match probability on the chain. A near miss is a verdict of "possible" or
    "unknown", or a "no" at `near` per cent or more, or a "no" that a joint arrangement between listed parties
    would turn, where the rule knows such. Raises UsageError for an unknown rule or party.
    """
    if not listed:
        raise UsageError("no listed party is given", hint="Name at least one party_id.")
    chosen = find_rule(rule, rules_folder)
    if chosen.chains == "multiply" and chosen.aggregate:
        raise UsageError(
            f"rule {rule!r} adds up the stakes of listed parties and multiplies chains",
            hint='A rule that aggregates goes level by level: set chains = "level".',
        )
    picture = Picture.around(connection, listed, direction="down")
    members = np.unique(picture.numbers(listed))
    groups = np.full(len(members), members[0]) if chosen.aggregate else members
    holdings = read_holdings(connection, chosen, picture.size)
    multiplied = picture.multiplied(members) if chosen.chains == "multiply" else None
    verdicts = judge(holdings, chosen, groups, members, multiplied)
    rows = verdict_rows(connection, chosen, verdicts, picture.party_ids, least=0)
    if chosen.joint == "each" and not chosen.aggregate:
        together = judge(holdings, chosen, np.full(len(members), members[0]), members)
        rows = _with_joint(rows, verdict_rows(connection, chosen, together, picture.party_ids))
    low, high = _multiplied(picture, members, rows, together=chosen.aggregate)
    screened = pa.table(
        {
            "company_party_id": rows["company_party_id"],
            "listed_party_id": rows["controller_party_id"],
            "verdict": rows["verdict"],
            "share_min": rows["share_min"],
            "share_max": rows["share_max"],
            "multiplied_min": per_cent(low),
            "multiplied_max": per_cent(high),
            "test": rows["test"],
            "missing": rows["missing"],
            "deciding_chain": rows["deciding_chain"],
            "listed_holders": _holders(picture, members, rows),
        }
    )
    run_file(connection, SQL / "weakest.sql")
    connection.register("own_screened", screened)
    statement = (SQL / "screen.sql").read_text(encoding="utf-8")
    found: pa.Table = connection.sql(statement, params={"rule": rule, "near": near}).to_arrow_table()
    connection.unregister("own_screened")
    return found


def _with_joint(rows: pa.Table, together: pa.Table) -> pa.Table:
    """Add a row for each company that no listed party holds alone and that all of them hold together.

    Their holdings count together under a joint arrangement only, of which registers say nothing.
    """
    companies, verdicts = rows["company_party_id"].to_pylist(), rows["verdict"].to_pylist()
    decided = {company for company, verdict in zip(companies, verdicts, strict=True) if verdict != "no"}
    added = [
        row | {"verdict": "no", "missing": _JOINT.format(**row)}
        for row in together.to_pylist()
        if row["verdict"] in ("yes", "possible") and row["company_party_id"] not in decided
    ]
    return pa.concat_tables([rows, pa.Table.from_pylist(added, schema=rows.schema)])


_JOINT = (
    "whether the listed holders of {company_party_id} have a joint arrangement "
    "(together {share_min:.6g} to {share_max:.6g} %)"
)


def listed_parties(connection: duckdb.DuckDBPyConnection, as_of: date, lists: Sequence[str] = ()) -> pa.Table:
    """Return the parties that are listed on a day, on one of `lists` (on any, where none is named).

    Reads `current_person`, `current_entity`, `party_record` and `party`. One row a party: party_id,
    name, kind, lists, listed_since.
    """
    statement = (SQL / "listed.sql").read_text(encoding="utf-8")
    values = {"as_of": as_of, "lists": list(lists)}
    found: pa.Table = connection.sql(statement, params=values).to_arrow_table()
    return found


def _multiplied(picture: Picture, members: Ints, rows: pa.Table, *, together: bool) -> tuple[Floats, Floats]:
    """Multiplied economic share of the listed parties in each company, together or each by itself."""
    stakes = picture.stakes("economic")
    company = picture.numbers(rows["company_party_id"].to_pylist())
    if not together:
        owner = picture.numbers(rows["controller_party_id"].to_pylist())
    else:
        owner = np.full(len(company), members[0])
        stakes = merged(stakes, members)
    block = effective(stakes)
    at = find(block, stakes.size, owner, company)
    if not len(block):
        return np.zeros(len(company)), np.zeros(len(company))
    return np.where(at >= 0, block.low[at], 0.0), np.where(at >= 0, block.high[at], 0.0)


def merged(stakes: Stakes, members: Ints) -> Stakes:
    """Take the members for one holder, the first of them: their stakes add up, and nobody holds them."""
    owner = np.where(np.isin(stakes.owner, members), members[0], stakes.owner)
    keep = ~np.isin(stakes.owned, members)
    key, place = np.unique(owner[keep] * stakes.size + stakes.owned[keep], return_inverse=True)
    return Stakes.of(
        stakes.size,
        key // stakes.size,
        key % stakes.size,
        low=np.minimum(np.bincount(place, weights=stakes.low[keep], minlength=len(key)), 1.0),
        high=np.minimum(np.bincount(place, weights=stakes.high[keep], minlength=len(key)), 1.0),
    )


def _holders(picture: Picture, members: Ints, rows: pa.Table) -> pa.Array:
    """Name the listed parties from whom a chain leads to each company."""
    blocks = [effective(picture.stakes(name)) for name in ("economic", "voting", "board", "control")]
    owner = np.concatenate([block.owner for block in blocks])
    company = np.concatenate([block.company for block in blocks])
    listed = np.isin(owner, members)
    pairs = np.unique(np.stack((company[listed], owner[listed])), axis=1)
    names = picture.party_ids.to_pylist()
    holders: dict[int, list[str]] = {}
    for held, holder in pairs.T.tolist():
        holders.setdefault(held, []).append(names[holder])
    numbers = picture.numbers(rows["company_party_id"].to_pylist()).tolist()
    return pa.array([sorted(holders.get(number, [])) for number in numbers], pa.list_(pa.string()))
