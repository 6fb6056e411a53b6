"""The feature tables: columns, order, determinism, and what a record's features are."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from bo_harmonise import schema
from bo_harmonise.db import connect
from bo_harmonise.standardise.features import build_features

NAME = "{'type': '%s', 'full_name': %s, 'given_name': %s, 'family_name': %s, 'patronymic_name': NULL}"

IDENTIFIERS = "[{'scheme': '%s', 'scheme_name': NULL, 'id': '%s', 'uri': NULL, 'is_valid': NULL}]"


def name(full: str | None, given: str | None = None, family: str | None = None, kind: str = "legal") -> str:
    parts = ("NULL" if part is None else f"'{part}'" for part in (full, given, family))
    return NAME % (kind, *parts)


def insert(connection: duckdb.DuckDBPyConnection, table: str, record_id: str, **columns: str) -> None:
    """Insert a record; the values of `columns` are SQL expressions."""
    fixed = {
        "statement_id": f"'s{record_id}'",
        "record_id": f"'{record_id}'",
        "record_status": "'new'",
        "source_id": "'xx_register@2026-01-31'",
        "source_file": "'f.csv'",
        "source_key": f"'{record_id}'",
        "source_row": "1",
        "is_component": "false",
    }
    fixed |= (
        {"person_type": "'knownPerson'"}
        if table == "person"
        else {"entity_type": "'registeredEntity'", "is_reference": "false"}
    )
    values = fixed | columns
    connection.execute(
        f"INSERT INTO current_{table} BY NAME SELECT " + ", ".join(f"{v} AS {k}" for k, v in values.items())
    )


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("person", "entity"):
        connection.execute(schema.table(table).ddl(f"current_{table}"))
    stated = [name("Mr Jan Vermeulen", "Jan", "Vermeulen"), name("VERMEULEN, Jan"), name(None, kind="former")]
    insert(
        connection,
        "person",
        "xx_register:person:2",
        names="[" + ", ".join(stated) + "]",
        birth_date="'1970-05'",
        birth_dates="['1970-05-03', 'unknown', '1970-05-44', '1970-13-01']",
        nationalities="['NL', 'GB']",
        residence_countries="['BE']",
        identifiers=IDENTIFIERS % ("SK-ORSR", "123456"),
        addresses=(
            "[{'type': 'service', 'address': '12 High Street', 'locality': 'Leeds', 'region': NULL,"
            " 'post_code': 'ls1 4ap', 'country': 'GB'}]"
        ),
    )
    insert(connection, "person", "xx_register:person:1", birth_year_min="1961", birth_year_max="1970")
    for number in range(3, 40):
        names = "[" + name(f"Person Nummer {number}") + "]"
        insert(connection, "person", f"xx_register:person:{number}", names=names)
    insert(
        connection,
        "entity",
        "xx_register:entity:b",
        name="'Alfa Holding GmbH'",
        alternate_names="['Альфа ООО', 'Alfa Holding GmbH']",
        jurisdiction="'GB-SCT'",
        legal_form_native="'Aktieselskab'",
        identifiers=IDENTIFIERS % ("XI-EUID", "DKCVR.13585628"),
        founding_date="DATE '2001-02-03'",
        status="'active'",
    )
    insert(connection, "entity", "xx_register:entity:a")


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("features")
    with connect() as connection:
        fill(connection)
        build_features(connection, out)
    return out


@pytest.mark.parametrize("kind", ["person", "entity"])
def test_columns_are_those_of_the_schema_and_rows_are_ordered(features: Path, kind: str) -> None:
    expected = schema.table(f"feature_{kind}").arrow_schema
    found = pq.read_table(features / f"{kind}.parquet")
    assert [(f.name, f.type) for f in found.schema] == [(f.name, f.type) for f in expected]
    ids = found["record_id"].to_pylist()
    assert ids == sorted(ids)
    for field in expected:
        assert field.nullable or found[field.name].null_count == 0, field.name


def test_a_person_has_all_names_once_and_all_that_is_stated(features: Path) -> None:
    person = next(r for r in rows(features / "person.parquet") if r["record_id"].endswith(":2"))
    assert [n["tokens"] for n in person["names"]] == [["jan", "vermeulen"]] * len(person["names"])
    assert len({n["full"] for n in person["names"]}) == len(person["names"])
    assert person["register"] == "xx_register"
    assert person["birth_dates"] == ["1970", "1970-05", "1970-05-03"]
    assert (person["birth_year"], person["birth_year_min"], person["birth_year_max"]) == (1970, 1970, 1970)
    assert person["countries"] == ["BE", "GB", "NL", "SK"]
    assert person["nationalities"] == ["GB", "NL"]
    assert person["identifiers"] == ["SK-ICO:00123456"]
    assert person["address_keys"] == ["GB|LS14AP|12"]
    assert person["post_codes"] == ["GB|LS14AP"]
    assert person["localities"] == ["leeds"]


def test_a_person_without_anything_is_kept(features: Path) -> None:
    person = next(r for r in rows(features / "person.parquet") if r["record_id"].endswith(":1"))
    assert person["names"] == person["countries"] == person["address_tokens"] == []
    assert (person["birth_year"], person["birth_year_min"], person["birth_year_max"]) == (None, 1961, 1970)


def test_an_entity_has_its_forms_jurisdiction_and_national_number(features: Path) -> None:
    bare, entity = rows(features / "entity.parquet")
    assert bare["names"] == []
    assert [n["legal_form"] for n in entity["names"]] == ["gmbh", "ooo"]
    assert (entity["legal_form"], entity["legal_form_class"]) == ("as", "joint-stock")
    assert entity["jurisdictions"] == ["GB"]
    assert entity["countries"] == ["DK", "GB"]
    assert entity["identifiers"] == ["DK-CVR:13585628", "XI-EUID:DKCVR.13585628"]
    assert entity["status"] == "active"


def test_the_files_do_not_depend_on_the_number_of_threads(features: Path, tmp_path: Path) -> None:
    with connect(threads=1) as connection:
        fill(connection)
        build_features(connection, tmp_path)
    for kind in ("person", "entity"):
        assert rows(tmp_path / f"{kind}.parquet") == rows(features / f"{kind}.parquet")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["entity.parquet", "person.parquet", "state"]


def test_empty_tables_give_empty_files(tmp_path: Path) -> None:
    with connect() as connection:
        for table in ("person", "entity"):
            connection.execute(schema.table(table).ddl(f"current_{table}"))
        build_features(connection, tmp_path)
    assert rows(tmp_path / "person.parquet") == rows(tmp_path / "entity.parquet") == []
