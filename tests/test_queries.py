import shlex
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bo_harmonise import db
from bo_harmonise.errors import UsageError
from bo_harmonise.queries import Query, named_queries, named_query

MACROS = Path(__file__).parent.parent / "bo_harmonise" / "queries" / "database" / "2_macros.sql"


@pytest.fixture(scope="module")
def connection(sample_workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with db.connect(sample_workspace / "harmonised.duckdb", read_only=True) as opened:
        yield opened


def parameters(query: Query, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Take a party of the samples for every parameter."""
    row = connection.execute(
        "SELECT company_l_party_id, company_r_party_id FROM hidden_common_owner ORDER BY ALL LIMIT 1"
    ).fetchone()
    assert row
    return dict(zip(query.parameters, row, strict=False))


def test_there_are_at_least_ten() -> None:
    assert len(named_queries()) >= 10


@pytest.mark.parametrize("query", named_queries().values(), ids=named_queries())
def test_a_query_says_what_it_asks_and_answers(query: Query, connection: duckdb.DuckDBPyConnection) -> None:
    assert query.question.endswith("?")
    assert query.columns
    assert query.example.startswith(f"bo-harmonise query {query.name} ")
    words = shlex.split(query.example)
    given = [words[position + 1] for position, word in enumerate(words) if word == "--param"]
    assert tuple(item.partition("=")[0] for item in given) == query.parameters
    values = parameters(query, connection)
    found = connection.execute(query.sql, values or None).fetchall()
    assert len(connection.description) >= 2
    assert connection.execute(query.sql, values or None).fetchall() == found


def test_queries_without_parameters_find_something_in_the_samples(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    empty = [
        query.name
        for query in named_queries().values()
        if not query.parameters and not connection.execute(query.sql).fetchall()
    ]
    # The samples hold no record that cannot be mapped, and no watch list.
    assert set(empty) <= {"rejected-records", "listed-parties"}


@pytest.mark.parametrize("query", [q for q in named_queries().values() if q.parameters], ids=lambda q: q.name)
def test_the_example_of_a_query_names_parties_of_the_samples(
    query: Query, connection: duckdb.DuckDBPyConnection
) -> None:
    given = [part.partition("=") for part in shlex.split(query.example) if "=" in part]
    values = {name: value for name, _, value in given}
    for value in values.values():
        assert connection.execute("SELECT count(*) FROM find_party($who)", {"who": value}).fetchall() != [
            (0,)
        ]
    assert connection.execute(query.sql, values).fetchall()


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(UsageError) as caught:
        named_query("hidden-comon-owner")
    assert "hidden-common-owners" in (caught.value.hint or "")


@pytest.mark.parametrize("macro", ["owners_of", "owned_by"])
def test_macros_take_an_id_a_number_or_a_name(connection: duckdb.DuckDBPyConnection, macro: str) -> None:
    column = "company_party_id" if macro == "owners_of" else "owner_party_id"
    row = connection.execute(
        f"SELECT party_id, name, identifiers[1] FROM party WHERE len(identifiers) > 0 AND party_id IN "
        f"(SELECT {column} FROM effective_ownership) AND kind = 'entity' "
        "QUALIFY count(*) OVER (PARTITION BY lower(name)) = 1 ORDER BY party_id LIMIT 1"
    ).fetchone()
    assert row
    answers = [
        connection.execute(f"FROM {macro}($who)", {"who": who}).fetchall()
        for who in (row[0], row[1], row[1].upper(), row[2])
    ]
    assert answers[0]
    assert answers[1:] == answers[:1] * 3


def test_chains_between_two_companies_lead_through_both(connection: duckdb.DuckDBPyConnection) -> None:
    row = connection.execute(
        "SELECT owner_party_id, company_l_party_id FROM hidden_common_owner ORDER BY ALL LIMIT 1"
    ).fetchone()
    assert row
    found = connection.execute(
        "SELECT chain, steps, len(statement_ids) FROM chains_between($one, $other)",
        {"one": row[0], "other": row[1]},
    ).fetchall()
    assert found
    for chain, steps, statements in found:
        assert {chain[0], chain[-1]} == set(row)
        assert len(set(chain)) == len(chain) == steps + 1
        assert statements >= steps
    back = connection.execute(
        "SELECT chain, steps, len(statement_ids) FROM chains_between($one, $other)",
        {"one": row[1], "other": row[0]},
    ).fetchall()
    assert back == found


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("sofie lindegaard morch", "Sofie Lindegaard Mørch"),
        ("SIA Jurmalas Vejs", 'SIA "Jūrmalas Vējš"'),
        ("19000417", "THORNWICK QUAY HOLDINGS LTD"),
        ("gb-coh:19000417", "THORNWICK QUAY HOLDINGS LTD"),
        ("Saltmarsh Turbines", "SALTMARSH TURBINES LTD"),
        ("Jurmalas Vejs", 'SIA "Jūrmalas Vējš"'),
    ],
)
def test_a_party_is_found_without_accents_scheme_or_legal_form(
    connection: duckdb.DuckDBPyConnection, who: str, name: str
) -> None:
    found = connection.execute("SELECT name FROM find_party($who)", {"who": who}).fetchall()
    assert found == [(name,)]


@pytest.mark.parametrize("who", ["", "...", "Saltmarsh", "Ltd", "GB-COH:"])
def test_nothing_is_found_by_a_part_of_a_name(connection: duckdb.DuckDBPyConnection, who: str) -> None:
    assert connection.execute("FROM find_party($who)", {"who": who}).fetchall() == []


def test_what_is_right_goes_before_what_is_alike() -> None:
    with duckdb.connect() as other:
        other.execute(
            "CREATE TABLE party AS SELECT * FROM (VALUES "
            "('E-1', 'entity', 'Rosé SA', ['Rosé SA'], ['FR-RCS:1']), "
            "('E-2', 'entity', 'Rose SA', ['Rose SA'], ['FR-RCS:2']), "
            "('E-3', 'entity', 'Rosé', ['Rosé'], ['FR-RCS:3'])"
            ") AS given(party_id, kind, name, names, identifiers)"
        )
        other.execute(MACROS.read_text(encoding="utf-8").partition("-- Names of the parties of a chain")[0])
        for who, expected in (("rosé sa", ["E-1"]), ("ROSÈ SA", ["E-1", "E-2"]), ("rosè", ["E-3"])):
            found = other.execute(
                "SELECT party_id FROM find_party($who) ORDER BY ALL", {"who": who}
            ).fetchall()
            assert [party_id for (party_id,) in found] == expected


def test_companies_without_owner_says_who_holds_them_all_the_same(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    query = named_queries()["companies-without-owner"]
    rows = connection.sql(query.sql).project("holders, party_id").fetchall()
    holders = [count for count, _ in rows]
    assert holders == sorted(holders)
    assert 0 in holders
    assert max(holders) > 0
    for count, party_id in rows:
        assert connection.execute(
            "SELECT count(DISTINCT owner_party_id) FROM ownership_edge WHERE owned_party_id = ?", [party_id]
        ).fetchall() == [(count,)]


@pytest.mark.parametrize("query", named_queries().values(), ids=named_queries())
def test_no_party_is_blank(query: Query, connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(query.sql, parameters(query, connection) or None)
    columns = [column[0] for column in found.description]
    parties = {
        "company",
        "owner",
        "party",
        "name",
        "name_l",
        "name_r",
        "company_l",
        "company_r",
        "loop",
        "chain",
    }
    for row in found.fetchall():
        for column, value in zip(columns, row, strict=True):
            if column in parties:
                assert value
                assert isinstance(value, str) or None not in value


def test_a_party_without_name_is_called_by_its_number_or_withheld(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = connection.execute(
        "SELECT party_name(party_id), identifiers FROM party WHERE name IS NULL ORDER BY party_id"
    ).fetchall()
    assert {called for called, _ in rows} == {"GB-COH:19018392", "(name withheld)"}
    assert all(called == (numbers or ["(name withheld)"])[0] for called, numbers in rows)
