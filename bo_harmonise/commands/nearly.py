"""Listed parties that almost matched: what a screening would miss if a pair of records was taken for two."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bo_harmonise.resolve import read_judgements

if TYPE_CHECKING:
    import duckdb


def nearly_matched(
    connection: "duckdb.DuckDBPyConnection", party_ids: Sequence[str], judgements: Path
) -> list[tuple[str, float]]:
    """Return (name, match probability) of each listed party with an unjoined pair, the likeliest first.

    Pairs that a person has judged, `unsure` included, no longer count: `review` does not ask for them either.
    """
    judged = {judgement.pair for judgement in read_judgements(judgements)}
    rows = connection.execute(_UNJOINED, {"party_ids": list(party_ids)}).fetchall()
    found: dict[str, tuple[str, float]] = {}
    for party_id, name, left, right, probability in rows:
        if (min(left, right), max(left, right)) not in judged:
            found.setdefault(party_id, (name, probability))
    return list(found.values())


def tell_nearly_matched(found: Sequence[tuple[str, float]], folder: Path) -> str:
    """Say how many listed parties almost matched, and how to decide.

    >>> tell_nearly_matched([("Ada Quill", 0.757)], Path("ws"))
    '1 listed party has uncertain pairs (the likeliest: Ada Quill at 75.7 %): bo-harmonise review -w ws'
    """
    (name, probability), *others = found
    who = f"{len(found)} listed parties have" if others else "1 listed party has"
    return (
        f"{who} uncertain pairs (the likeliest: {name} at {100 * probability:.1f} %): "
        f"bo-harmonise review -w {folder}"
    )


_UNJOINED = """
SELECT
    party.party_id,
    name_or_number(party.name, party.identifiers),
    m.record_id_l,
    m.record_id_r,
    m.match_probability
FROM match AS m
CROSS JOIN unnest([m.record_id_l, m.record_id_r]) AS side(record_id)
JOIN party_record ON party_record.record_id = side.record_id
JOIN (SELECT unnest(CAST($party_ids AS VARCHAR[])) AS party_id) AS listed
    ON listed.party_id = party_record.party_id
JOIN party ON party.party_id = listed.party_id
WHERE NOT m.is_joined AND m.method <> 'judgement' AND m.match_probability >= 0.1
ORDER BY m.match_probability DESC, m.record_id_l, m.record_id_r, party.party_id
"""
