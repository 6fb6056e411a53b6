"""How alike are two names? Invented names, as the readers of names and the macros that compare see them."""

import duckdb
import pytest

from bo_harmonise.db import connect, run_file
from bo_harmonise.resolve.sqlfile import sql_file
from bo_harmonise.standardise.names import person_names

SAME, SPELT, NEARLY, ALTERED, SIMILAR, SHARING = 0.995, 0.95, 0.9, 0.84, 0.76, 0.66
"""The bounds of the levels in `models/person.json`."""


@pytest.fixture(scope="module")
def compared():
    with connect() as connection:
        run_file(connection, sql_file("similarity"))
        yield connection


def _word(text: str, key: str, bits: float, is_foreign: bool) -> str:
    return f"as_word('{text}', '{key}', {bits}, {str(is_foreign).lower()})"


def _person(name: str) -> str:
    [read] = person_names(name)[:1]
    words = [_word(t, k, 8, read.script != "latin") for t, k in zip(read.tokens, read.phonetic, strict=True)]
    words += [_word(i, i, 1.5, read.script != "latin") for i in read.initials]
    father = _word(read.patronymic, "", 3, False) if read.patronymic else "NULL"
    return (
        f"{{'words': [{', '.join(words)}], 'compact': '{read.full.replace(' ', '')}', "
        f"'patronymic': {father}, 'readings': CAST({list(read.readings)} AS VARCHAR[])}}"
    )


def _people(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> float:
    score = connection.execute(
        f"SELECT person_name_likeness(a, b).score FROM (SELECT {_person(left)} AS a, {_person(right)} AS b)"
    ).fetchall()[0][0]
    return float(score)


@pytest.mark.parametrize(
    ("left", "right", "least", "below"),
    [
        # The same, in any order.
        ("Gudrun Falkenried", "FALKENRIED Gudrun", SAME, 2),
        ("GudrunFalkenried", "Gudrun Falkenried", SAME, 2),
        # A slip in a short word, a swap of two letters.
        ("Tilda Morss", "Tilda Norss", SIMILAR, NEARLY),
        ("Piotr Zawliski", "Piotr Zawilski", SIMILAR, SAME),
        # Two letters of a whole name.
        ("Petra Kolmann", "Petra Kolment", SIMILAR, NEARLY),
        # One word against another that is nothing like it, however much the rest agrees.
        ("Omar Basil Harun Al-Zubari", "Omar Basil Harun Al-Mahdawi", 0, SHARING),
        ("Gudrun Falkenried", "Gudrun Ostermann", 0, SHARING),
        # What one name leaves out.
        ("Inga Solveig Marta Brekkhus", "Inga Brekkhus", ALTERED, SPELT),
        ("Inga Brekkhus", "Brekkhus", SHARING, SIMILAR),
        # A letter for a name, and another letter.
        ("G. Falkenried", "Gudrun Falkenried", ALTERED, NEARLY),
        ("H. Falkenried", "Gudrun Falkenried", 0, SHARING),
        ("Gudrun K. Falkenried", "Gudrun Falkenried", NEARLY, 2),
        ("Gudrun K Falkenried", "Gudrun Martha Falkenried", 0, SHARING),
        # Abdul belongs to the name after it and may be left out.
        ("Abdul Samad Torkani", "Samad Torkani", ALTERED, SAME),
        # The name by which friends know him.
        ("Bill Arkwright", "William Arkwright", ALTERED, SAME),
        # A patronymic left out, and another one.
        ("Miron Denisovich Olkhovsky", "Miron Olkhovsky", SAME, 2),
        ("Miron Denisovich Olkhovsky", "Miron Pavlovich Olkhovsky", 0, SIMILAR),
    ],
)
def test_slips_omissions_and_contradictions_of_people(
    compared: duckdb.DuckDBPyConnection, left: str, right: str, least: float, below: float
) -> None:
    score = _people(compared, left, right)
    assert least <= score < below
    assert _people(compared, right, left) == pytest.approx(score)


def test_a_word_is_as_rare_as_it_is_among_those_of_its_country():
    """A fifth of 1,000 people of one country have a name and a street; one of 15,000 others has them too."""
    with connect() as connection:
        run_file(connection, sql_file("rarity"))
        connection.execute(
            """
            CREATE TABLE feature AS
            SELECT
                i AS record_no,
                true AS is_reference,
                [CASE WHEN i < 1000 THEN 'AM' ELSE 'GB' END] AS countries,
                [] :: VARCHAR[] AS address_keys,
                [] :: VARCHAR[] AS post_codes,
                [CASE WHEN i < 200 OR i = 1000 THEN 'abovyan' ELSE 'street' || i END] AS address_tokens
            FROM range(16000) AS r(i);
            CREATE TABLE feature_word AS
            SELECT
                record_no,
                'aa' AS register,
                is_reference,
                [CASE
                    WHEN record_no < 200 OR record_no = 1000 THEN ['petrosyan', 'ptrsn']
                    ELSE ['rare' || record_no, 'r' || record_no]
                END] AS words,
                address_tokens AS address_words,
                countries AS inside,
                [] :: VARCHAR[] AS compacts
            FROM feature;
            """
        )
        for name in ("count", "bits"):
            run_file(connection, sql_file(name))
        among_all = dict(connection.execute("SELECT t, w FROM word_bits").fetchall())
        inside = connection.execute("SELECT t, country, w FROM word_country_bits").fetchall()
        streets = connection.execute("SELECT key, country, bits FROM address_country_bits").fetchall()
    words = {(t, country): w for t, country, w in inside}
    # 17,000 / 202 among all; (1,000 + 1,000) / (201 + 12) inside, and a bit: counts rounded down to
    # whole doublings: 14 - 7 and 10 - 7 + 1.
    assert among_all["petrosyan"] == 7
    assert words["petrosyan", "AM"] == 4
    assert ("petrosyan", "GB") not in words
    assert words["rare500", "AM"] == 10 < among_all["rare500"]
    assert {(key, country): bits for key, country, bits in streets}["abovyan", "AM"] == 4
