from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from adapters_helper import take_in

from bo_harmonise import db
from bo_harmonise.build import build_database
from bo_harmonise.queries import named_queries
from bo_harmonise.resources import sample_registers
from bo_harmonise.schema import STATEMENT_TABLES, tables
from bo_harmonise.statements import register_statements, write_current


@pytest.fixture(scope="module")
def sample(sample_workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with db.connect(sample_workspace / "harmonised.duckdb", read_only=True) as opened:
        yield opened


def test_a_bare_client_opens_the_database(sample_workspace: Path) -> None:
    with duckdb.connect(str(sample_workspace / "harmonised.duckdb"), read_only=True) as connection:
        assert connection.execute("FROM hidden_common_owner").fetchall()
        assert connection.execute(
            "SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'load'"
        ).fetchall() == [(0,)]


@pytest.mark.parametrize("name", [name for name in tables() if not name.startswith("feature_")])
def test_tables_have_the_columns_of_the_common_schema(sample: duckdb.DuckDBPyConnection, name: str) -> None:
    found = [row[0] for row in sample.execute(f'DESCRIBE "{name}"').fetchall()]
    assert found == list(tables()[name].column_names)


def test_statements_stand_once_and_lead_back_to_a_row_of_a_file(sample: duckdb.DuckDBPyConnection) -> None:
    for name in STATEMENT_TABLES:
        total, distinct, unsourced = sample.execute(
            "SELECT count(*), count(DISTINCT statement_id), count(*) FILTER (source.file_name IS NULL) "
            f"FROM {name} AS statement LEFT JOIN source ON source.source_id = statement.source_id "
            "AND source.file_name = statement.source_file"
        ).fetchall()[0]
        assert total > 0
        assert (distinct, unsourced) == (total, 0), name
        ((versions, records),) = sample.execute(
            f"SELECT count(*), count(DISTINCT record_id) FROM current_{name}"
        ).fetchall()
        assert versions == records


def test_records_of_the_samples_are_accounted_for(sample: duckdb.DuckDBPyConnection) -> None:
    rows = sample.execute(
        "SELECT register, records_read, records_mapped, records_ignored, records_rejected FROM source"
    ).fetchall()
    assert {row[0].split("_")[0] for row in rows} >= {
        folder.name.split("_")[0] for folder in sample_registers()
    }
    for register, read, mapped, ignored, rejected in rows:
        assert read == mapped + ignored + rejected, register
        assert mapped > 0, register
    ((rejects,),) = sample.execute("SELECT count(*) FROM reject").fetchall()
    assert rejects == sum(row[4] for row in rows)


def test_unnested_views_hold_what_the_lists_hold(sample: duckdb.DuckDBPyConnection) -> None:
    for view, query in {
        "interest": "SELECT sum(len(interests)) FROM current_relationship",
        "identifier": "SELECT (SELECT coalesce(sum(len(identifiers)), 0) FROM current_entity) + "
        "(SELECT coalesce(sum(len(identifiers)), 0) FROM current_person)",
        "address": "SELECT (SELECT coalesce(sum(len(addresses)), 0) FROM current_entity) + "
        "(SELECT coalesce(sum(len(addresses)), 0) FROM current_person)",
    }.items():
        assert (
            sample.execute(f"SELECT count(*) FROM {view}").fetchall() == sample.execute(query).fetchall()
        ), view


def test_every_current_record_belongs_to_one_party(sample: duckdb.DuckDBPyConnection) -> None:
    found = sample.execute(
        """
        SELECT record_id
        FROM (SELECT record_id FROM current_entity UNION ALL SELECT record_id FROM current_person)
        LEFT JOIN party_record USING (record_id)
        GROUP BY record_id
        HAVING count(party_id) <> 1
        """
    ).fetchall()
    assert found == []


def test_a_database_of_statements_alone_answers_every_query(tmp_path: Path) -> None:
    workspace, _ = take_in(tmp_path, sample_registers()[0])
    with workspace.writing():
        with db.connect() as connection:
            register_statements(connection, workspace)
            write_current(connection, tmp_path / "current", date(2026, 10, 1))
        counts = build_database(workspace, tmp_path / "current", workspace.database, as_of=date(2026, 10, 1))
    assert counts["party"] == 0
    assert counts["relationship"] > 0
    with db.connect(workspace.database, read_only=True) as connection:
        for query in named_queries().values():
            values = dict.fromkeys(query.parameters, "nobody")
            connection.execute(query.sql, values or None).fetchall()
        assert connection.execute("SELECT as_of FROM run").fetchall() == [(date(2026, 10, 1),)]
