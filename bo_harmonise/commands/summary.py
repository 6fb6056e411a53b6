"""What a run prints at its end: a summary, and the hidden common owners."""

from pathlib import Path

from bo_harmonise.console import Console, show
from bo_harmonise.workspace import Workspace


def finish(space: Workspace, form: str | None, output: Path | None, talk: Console) -> None:
    """Print what a run found: a summary, and the hidden common owners (to be read: the first hundred)."""
    from bo_harmonise import db
    from bo_harmonise.queries import named_query

    with db.connect(space.database, read_only=True) as connection:
        is_for_reading = output is None and form is None
        question = _SUMMARY if is_for_reading else named_query("hidden-common-owners").sql
        found = connection.sql(question).to_arrow_table()
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (kind = 'person'), count(*) FILTER (len(registers) > 1), "
            "(SELECT as_of FROM run), (SELECT count(*) FROM hidden_common_owner) FROM party"
        ).fetchone()
    parties, people, shared, as_of, hidden = row or (0, 0, 0, None, 0)
    talk.say(
        f"As of {as_of}: {parties} parties ({people} people), {shared} of them in more than one register; "
        f"{hidden} hidden common owners"
    )
    if found.num_rows or not is_for_reading:
        show(found, "table" if is_for_reading else form, output)
    if found.num_rows < hidden:
        talk.say(f"These are the first {found.num_rows}; all: bo-harmonise query hidden-common-owners")
    talk.say(f"Ask more: duckdb {space.database}, or: bo-harmonise query --list")


# What one reads at the end of a run: a million rows would not be read.
_SUMMARY = """
WITH stake AS (
    SELECT *,
        CASE WHEN share_min_l = share_max_l THEN format('{:.4g} %', share_min_l)
            ELSE format('{:.4g}–{:.4g} %', share_min_l, share_max_l) END AS stake_l,
        CASE WHEN share_min_r = share_max_r THEN format('{:.4g} %', share_min_r)
            ELSE format('{:.4g}–{:.4g} %', share_min_r, share_max_r) END AS stake_r
    FROM hidden_common_owner
)
SELECT
    coalesce(owner_name, party_name(owner_party_id)) AS owner,
    coalesce(company_l_name, party_name(company_l_party_id)) || chr(10)
    || coalesce(company_r_name, party_name(company_r_party_id)) AS companies,
    stake_l || chr(10) || stake_r AS stakes,
    array_to_string(registers, chr(10)) AS "seen only across",
    coalesce(format('{:.3f}', match_probability), '') AS match
FROM stake
ORDER BY registers_needed DESC, match_probability DESC NULLS FIRST, least(share_max_l, share_max_r) DESC,
    owner, companies, owner_party_id
LIMIT 100
"""
