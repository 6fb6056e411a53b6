"""Records of invented people and companies come together, or stay apart, for good reasons."""

import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest
from resolve_world import clusters, company, interest, parties, person, rows, run, world

from bo_harmonise import schema
from bo_harmonise.db import connect, run_file
from bo_harmonise.errors import ResolutionError, UsageError
from bo_harmonise.resolve import ResolveSettings, resolve
from bo_harmonise.resolve.blocking import find_blocks
from bo_harmonise.resolve.sqlfile import sql_file

A, B, C = "aa:person:1", "bb:person:1", "cc:person:1"


def test_one_person_in_three_scripts_and_orders_is_one_party(tmp_path):
    people = [
        person(A, "Oksana Petrivna Havryliuk-Test", birth_date="1971-03-14", nationalities=["UA"]),
        person(B, "HAVRYLIUK-TEST Oksana", birth_date="1971-03", nationalities=["UA"]),
        person(C, "Оксана Петрівна Гаврилюк-Тест", birth_date="1971-03-14"),
    ]
    with world(people) as connection:
        assert clusters(run(connection, tmp_path)) == {frozenset({A, B, C})}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({}, {}),
        ({"birth_date": "1951-02-03"}, {"birth_date": "1983-07-21"}),
        ({"birth_date": "1951-02-03"}, {}),
        ({"birth_date": "1951-02-03", "nationalities": ["DK"]}, {"nationalities": ["PT"]}),
    ],
    ids=["name alone", "birth dates contradict", "silence is not agreement", "nationalities differ"],
)
def test_the_same_name_is_not_enough(tmp_path, left, right):
    people = [person(A, "Thorvald Quistgaard", **left), person(B, "Thorvald Quistgaard", **right)]
    with world(people) as connection:
        assert clusters(run(connection, tmp_path)) == set()


def test_father_and_son_at_one_address_stay_apart(tmp_path):
    home = ("7 Fernhollow Lane", "Ashcombe", "AB1 2CD", "GB")
    people = [
        person(A, "Peregrine Ashgrove", birth_date="1951-02", address=home, nationalities=["GB"]),
        person(B, "Peregrine Ashgrove", birth_date="1983-07", address=home, nationalities=["GB"]),
    ]
    with world(people) as connection:
        assert clusters(run(connection, tmp_path)) == set()


def test_a_company_in_common_is_evidence(tmp_path):
    people = [person(A, "Thorvald Quistgaard"), person(B, "QUISTGAARD Thorvald")]
    companies = [
        company("aa:entity:1", "Nordkap Fiskeri ApS", jurisdiction="DK", number=("DK-CVR", "99000017")),
        company("bb:entity:9", "NORDKAP FISKERI APS", jurisdiction="DK", number=("DK-CVR", "99000017")),
    ]
    interests = [interest("aa:entity:1", A), interest("bb:entity:9", B)]
    with world(people, companies, interests) as connection:
        assert clusters(run(connection, tmp_path)) == {
            frozenset({"aa:entity:1", "bb:entity:9"}),
            frozenset({A, B}),
        }


def test_people_of_whom_nothing_is_known_match_nobody(tmp_path):
    people = [
        person(A, None, person_type="unknownPerson"),
        person(B, None, person_type="unknownPerson"),
        person(C, "Protected Person", person_type="anonymousPerson", birth_date="1970-01-02"),
        person("dd:person:1", "Protected Person", person_type="anonymousPerson", birth_date="1970-01-02"),
    ]
    companies = [company("aa:entity:1", None, entity_type="unknownEntity") for _ in range(1)]
    with world(people, companies) as connection:
        out = run(connection, tmp_path)
    assert clusters(out) == set()
    assert len(parties(out)) == 5


def test_companies_meet_by_number_whatever_the_legal_form_is_called(tmp_path):
    companies = [
        company("aa:entity:1", "Vetrograd Energiya OOO", jurisdiction="GB", number=("GB-COH", "09123456")),
        company("bb:entity:1", "Vetrograd Energiya LLC", jurisdiction="GB", number=("GB-COH", "9123456")),
        company("cc:entity:1", "Limited Liability Company", jurisdiction="GB"),
        company("dd:entity:1", "Limited Liability Company", jurisdiction="GB"),
    ]
    with world(companies=companies) as connection:
        out = run(connection, tmp_path)
    assert clusters(out) == {frozenset({"aa:entity:1", "bb:entity:1"})}
    assert rows(out, "match", "method, is_joined") == [("identifier", True)]


def test_a_number_whose_register_is_not_named_is_evidence_and_no_proof(tmp_path):
    companies = [
        company("aa:entity:1", "Birkebæk Byg ApS", jurisdiction="DK", number=("DK-CVR", "99000017")),
        company("bb:entity:1", "Birkebaek Byg ApS", number=(None, "99000017")),
        company("cc:entity:1", "Sable Reef Holdings Limited", number=(None, "99000017")),
    ]
    with world(companies=companies) as connection:
        assert clusters(run(connection, tmp_path)) == {frozenset({"aa:entity:1", "bb:entity:1"})}


def _numbered(record_id, name, number, **more):
    kind = {"scheme": None, "scheme_name": "Seychelles company number", "id": number}
    return company(record_id, name, jurisdiction="SC", identifiers=[kind], **more)


def test_numbers_of_a_kind_that_a_register_names_part_its_companies(tmp_path):
    house = ("Palm Chambers, Francis Rachel Street", "Victoria", None, "SC")
    companies = [
        _numbered("aa:entity:1", "Ajax View Properties Limited", "820990", address=house),
        _numbered("aa:entity:2", "Ajax View Limited", "821071", address=house),
        _numbered("bb:entity:1", "Ajax View Limited", "821071", address=house),
    ]
    with world(companies=companies) as connection:
        assert clusters(run(connection, tmp_path)) == {frozenset({"aa:entity:2", "bb:entity:1"})}


@pytest.mark.parametrize(("record", "is_reference"), [("bb:entity:2", False), ("aa:entity:2", True)])
def test_numbers_that_are_not_the_own_of_one_register_part_nobody(tmp_path, record, is_reference):
    house = ("Palm Chambers, Francis Rachel Street", "Victoria", None, "SC")
    companies = [
        _numbered("aa:entity:1", "Ajax View Properties Limited", "820990", address=house),
        _numbered(
            record, "Ajax View Properties Limited", "SC 8209", address=house, is_reference=is_reference
        ),
    ]
    with world(companies=companies) as connection:
        assert clusters(run(connection, tmp_path)) == {frozenset({"aa:entity:1", record})}


@pytest.mark.parametrize(("register", "together"), [("aa", set()), ("bb", {"aa:entity:1", "bb:entity:2"})])
def test_name_and_country_alone_join_no_trusts_of_one_register(tmp_path, register, together):
    other = f"{register}:entity:2"
    trusts = [
        company(record, "The Yang Settlement", jurisdiction="VG", entity_type="arrangement")
        for record in ("aa:entity:1", other)
    ]
    with world(companies=trusts) as connection:
        assert clusters(run(connection, tmp_path)) == ({frozenset(together)} if together else set())


@pytest.mark.parametrize(
    ("right", "is_one"),
    [
        (("Skovvej 12", "Aarhus", "8000", "DK"), True),
        (("Klintevej 119", "Aarhus", "8000", "DK"), False),
    ],
    ids=["one address", "one town"],
)
def test_in_one_register_a_town_does_not_make_namesakes_one(tmp_path, right, is_one):
    people = [
        person(record, "Poul Ejnar Quistgaard", address=address, residence_countries=["DK"])
        for record, address in (
            ("aa:person:1", ("Skovvej 12", "Aarhus", "8000", "DK")),
            ("aa:person:2", right),
        )
    ]
    with world(people) as connection:
        assert bool(clusters(run(connection, tmp_path))) == is_one


@pytest.mark.parametrize(("numbers", "together"), [(["aa unit number"], {A}), ([], {A, "aa:person:2"})])
def test_two_numbers_of_a_register_that_numbers_people_are_two_people(tmp_path, numbers, together):
    home = ("Skovvej 12", "Aarhus", "8000", "DK")
    people = [
        person(
            record,
            "Poul Ejnar Quistgaard",
            address=home,
            identifiers=[{"scheme": None, "scheme_name": "unit number", "id": number}],
        )
        for record, number in ((A, "4000000001"), ("aa:person:2", "4000000002"))
    ]
    with world(people) as connection:
        found = clusters(run(connection, tmp_path, numbers=numbers))
    assert found == ({frozenset(together)} if len(together) > 1 else set())


@pytest.mark.parametrize(
    ("right", "is_one"), [("1985-02", True), ("1985-03", True), ("2009-11", False)], ids=str
)
def test_father_and_son_of_one_name_are_two_people(tmp_path, right, is_one):
    home = ("4 Larkspur Way", "Durham", "DH2 8SB", "GB")
    people = [
        person(A, "Temur Qvartskhava", birth_date="1985-02", address=home, nationalities=["GE"]),
        person("aa:person:2", "Temur Qvartskhava", birth_date=right, address=home, nationalities=["GE"]),
    ]
    firm = company("aa:entity:1", "Qvartskhava Trading Ltd", number=("GB-COH", "09123456"))
    interests = [interest("aa:entity:1", A), interest("aa:entity:1", "aa:person:2")]
    with world(people, [firm], interests) as connection:
        assert bool(clusters(run(connection, tmp_path))) == is_one


def test_a_couple_of_one_month_of_birth_are_two_people(tmp_path):
    home = ("91 Park Avenue", "London", "W12 8XF", "GB")
    people = [
        person(record, name, birth_date="1943-10", address=home, nationalities=["CN"])
        for record, name in ((A, "Fang Huang"), ("aa:person:2", "Wei Guo Huang"))
    ]
    firm = company("aa:entity:1", "Park Avenue Trading Ltd", number=("GB-COH", "09123456"))
    interests = [interest("aa:entity:1", A), interest("aa:entity:1", "aa:person:2")]
    with world(people, [firm], interests) as connection:
        assert not clusters(run(connection, tmp_path))


def test_a_number_on_clearly_different_companies_is_reported_and_not_merged(tmp_path):
    companies = [
        company("aa:entity:1", "Bramblewick Dairies Ltd", jurisdiction="GB", number=("GB-COH", "09123456")),
        company("bb:entity:1", "Ostmark Stahlbau GmbH", jurisdiction="DE", number=("GB-COH", "09123456")),
    ]
    with world(companies=companies) as connection:
        out = run(connection, tmp_path)
        summary = resolve(
            connection,
            tmp_path / "again",
            features=tmp_path / "run-features",
            settings=ResolveSettings(),
            judgements=None,
            previous=None,
            run_id="again",
        )
    assert clusters(out) == set()
    (conflict,) = summary.kinds["entity"].joining.conflicts
    assert (conflict.record_id_l, conflict.record_id_r) == ("aa:entity:1", "bb:entity:1")


def test_sister_companies_of_one_owner_at_one_address_stay_apart(tmp_path):
    address = ("4 Lagoon Road", "Port Sable", None, "KY")
    owner = person("bb:person:1", "Ilse Vandermolen", birth_date="1968-07-09")
    companies = [
        company("aa:entity:1", "Sable Reef Holdings Limited", jurisdiction="KY", address=address),
        company("bb:entity:2", "Veiled Lagoon Ventures Limited", jurisdiction="KY", address=address),
    ]
    owned = [interest("aa:entity:1", "bb:person:1"), interest("bb:entity:2", "bb:person:1")]
    with world([owner], companies, owned) as connection:
        out = run(connection, tmp_path)
    assert clusters(out) == set()


def test_the_party_tells_what_its_records_agree_on(tmp_path):
    people = [
        person(A, "Ilse Vandermolen", birth_date="1968-07-09", nationalities=["NL"]),
        person(B, "Vandermolen Ilse", birth_date="1968-07", nationalities=["NL"], number=("NLD-TAX", "77")),
    ]
    with world(people) as connection:
        out = run(connection, tmp_path)
    (party,) = rows(
        out, "party", "kind, name, birth_date, jurisdictions, identifiers, registers, record_count"
    )
    assert party[0] == "person"
    assert party[2:] == ("1968-07-09", ["NL"], ["NLD-TAX:77"], ["aa", "bb"], 2)


def test_tables_have_the_columns_of_the_schema(tmp_path):
    with world([person(A, "Ilse Vandermolen")]) as connection:
        out = run(connection, tmp_path)
        for name in ("party", "party_record", "match", "lineage"):
            described = connection.execute(
                "DESCRIBE FROM read_parquet(?)", [str(out / f"{name}.parquet")]
            ).fetchall()
            assert [row[0] for row in described] == list(schema.table(name).column_names)


def test_no_records_resolve_to_no_parties(tmp_path):
    with world() as connection:
        out = run(connection, tmp_path)
    assert rows(out, "party") == []


def test_training_on_too_few_records_is_refused_with_words(tmp_path):
    people = [person(A, "Ilse Vandermolen", birth_date="1968-07-09"), person(B, "Ilse Vandermolen")]
    with (
        world(people) as connection,
        pytest.raises(ResolutionError, match="Too few pairs to re-estimate the entity model"),
    ):
        run(connection, tmp_path, settings=ResolveSettings(train=True))


def test_settings_round_trip_and_refuse_nonsense(tmp_path):
    settings = replace(ResolveSettings(), threshold=0.95, models=tmp_path)
    assert ResolveSettings.from_dict(settings.as_dict()) == settings
    with pytest.raises(UsageError, match="Thresholds"):
        ResolveSettings(threshold=0.05)
    with pytest.raises(UsageError, match="max_block"):
        ResolveSettings(max_block=1)


def test_a_missing_model_is_named(tmp_path):
    with (
        world([person(A, "Ilse Vandermolen")]) as connection,
        pytest.raises(ResolutionError, match=r"There is no model .*entity\.json"),
    ):
        run(connection, tmp_path, settings=ResolveSettings(models=tmp_path / "nowhere"))


def test_importing_the_package_loads_neither_splink_nor_pandas():
    code = "import sys, bo_harmonise.resolve; print({'splink', 'pandas', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_names_that_many_share_do_not_make_more_pairs_than_the_bound(tmp_path):
    people = [
        person(
            f"aa:person:{i}", "Ane Testrup", birth_date=f"19{50 + i % 40}-{1 + i % 12:02}" if i % 3 else None
        )
        for i in range(300)
    ]
    settings = ResolveSettings(max_block=10, window=2)
    with world(people) as connection:
        out = run(connection, tmp_path, settings=settings)
        summary = resolve(
            connection,
            out,
            features=tmp_path / "run-features",
            settings=settings,
            judgements=None,
            previous=None,
            run_id="again",
        )
    blocking = summary.kinds["person"].blocking
    assert blocking.worst[0].records == 300
    assert summary.kinds["person"].compared < 300 * 10 * 4
    assert sum(left.pairs for left in blocking.left_out) > 0


@pytest.mark.parametrize(("rule", "pairs"), [("word", 45), ("words", 9)])
def test_blocks_of_keys_that_tell_little_hold_half_as_many(rule, pairs):
    """Ten records with one key: all pairs where ten may meet, neighbours by name where five may."""
    with duckdb.connect() as connection:
        run_file(connection, sql_file("part"))
        connection.execute(
            "CREATE TEMP TABLE block_key AS "
            "SELECT CAST(i AS INTEGER) AS record_no, CAST(0 AS UTINYINT) AS rule, "
            "'anna' AS key, CAST([] AS VARCHAR[]) AS finer FROM range(10) AS r (i)"
        )
        connection.execute("INSERT INTO block_order SELECT record_no, record_no, NULL FROM block_key")
        run_file(connection, sql_file("block_add"))
        report = find_blocks(connection, (rule,), ResolveSettings(max_block=10, window=1))
        run_file(connection, sql_file("block_met"))
        assert connection.execute("SELECT count(*) FROM block_met").fetchall() == [(pairs,)]
    # What the executors of a cluster do, too: no other table is needed.
    assert [(block.key, block.records) for block in report.worst] == (
        [("anna", 10)] if rule == "words" else []
    )


def test_connections_of_others_are_left_as_they_were(tmp_path):
    with world([person(A, "Ilse Vandermolen")]) as connection:
        before = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
        run(connection, tmp_path)
        after = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    assert after == before
    with connect() as other:
        assert other.execute("SELECT 1").fetchall() == [(1,)]
