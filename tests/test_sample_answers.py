"""The whole chain on the sample registries gives the right answers, all of them and nothing else."""

import csv
import subprocess
import sys
from collections.abc import Iterator

import duckdb
import pytest

from bo_harmonise.resources import folder

EXPECTED = folder("sample_registries") / "expected"


def _expected(name: str) -> list[dict[str, str]]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    workspace = tmp_path_factory.mktemp("samples") / "ws"
    command = [sys.executable, "-m", "bo_harmonise", "run", "--sample", "-w", str(workspace), "--quiet"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    with duckdb.connect(workspace / "harmonised.duckdb", read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def party_of(database) -> dict[tuple[str, str], set[str]]:
    """Parties of the records with a native key, and with a name and birth date, in each register."""
    found: dict[tuple[str, str], set[str]] = {}
    for register, record_id, party in database.execute(
        "SELECT register, record_id, party_id FROM party_record"
    ).fetchall():
        key = record_id.split(":", 2)[2].removeprefix("enhed-")
        found.setdefault((register, key), set()).add(party)
    for register, name, birth, party in database.execute(
        """
        SELECT register, name, birth, party_id
        FROM party_record JOIN (
          SELECT record_id, name, '' AS birth FROM current_entity
          UNION ALL
          SELECT record_id, unnest(names).full_name, coalesce(birth_date, '') FROM current_person
        ) USING (record_id)
        """
    ).fetchall():
        words = " ".join(sorted((name or "").lower().split()))
        found.setdefault((register, f"{words}|{birth}"), set()).add(party)
    return found


def _party(party_of, row: dict[str, str], side: str = "") -> str:
    key = row[f"native_key{side}"]
    if not key:
        key = " ".join(sorted(row[f"name{side}"].lower().split())) + f"|{row[f'birth{side}']}"
    (party,) = party_of[row[f"register{side}"], key]
    return party


def _name(text: str) -> str:
    return text.casefold()


def test_hidden_common_owners_are_the_planted_ones_and_nothing_else(database, party_of):
    owners = {}
    for row in _expected("same_party"):
        owners[row["party"]] = _party(party_of, row)
    expected = {
        (owners[row["owner"]], *sorted((_name(row["company_l"]), _name(row["company_r"]))), row["registers"])
        for row in _expected("hidden_common_owners")
    }
    found = {
        (owner, *sorted((_name(left), _name(right))), " ".join(sorted(registers)))
        for owner, left, right, registers in database.execute(
            "SELECT owner_party_id, company_l_name, company_r_name, registers FROM hidden_common_owner"
        ).fetchall()
    }
    assert found == expected


def test_their_shares_are_right(database):
    found = {}
    for owner, *sides in database.execute(
        """
        SELECT
          owner_party_id, company_l_name, share_min_l, share_max_l, company_r_name, share_min_r, share_max_r
        FROM hidden_common_owner
        """
    ).fetchall():
        left, right = sorted((tuple(sides[:3]), tuple(sides[3:])), key=lambda side: _name(side[0]))
        found[_name(left[0]), _name(right[0])] = (owner, *left[1:], *right[1:])
    for row in _expected("hidden_common_owners"):
        sides = [
            (_name(row[f"company_{s}"]), float(row[f"share_min_{s}"]), float(row[f"share_max_{s}"]))
            for s in "lr"
        ]
        left, right = sorted(sides)
        assert found[left[0], right[0]][1:] == pytest.approx((*left[1:], *right[1:]), abs=0.01)


@pytest.mark.parametrize("party", sorted({row["party"] for row in _expected("same_party")}))
def test_records_of_one_party_are_joined(party, party_of):
    parties = {_party(party_of, row) for row in _expected("same_party") if row["party"] == party}
    assert len(parties) == 1


@pytest.mark.parametrize("row", _expected("different_party"), ids=lambda row: row["why"])
def test_different_parties_are_not_joined(row, party_of):
    assert _party(party_of, row, "_l") != _party(party_of, row, "_r")


def test_discrepancies_are_the_planted_ones(database):
    expected = {
        (_name(row["party"]), row["about"], row["register_l"], row["register_r"])
        for row in _expected("discrepancies")
    }
    found = {
        (_name(name), about, left, right)
        for name, about, left, right in database.execute(
            "SELECT name, about, register_l, register_r FROM discrepancy JOIN party USING (party_id)"
        ).fetchall()
    }
    assert found == expected
