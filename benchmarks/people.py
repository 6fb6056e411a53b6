"""Invented people with names as skewed as real ones, for the benchmarks of resolution.

The names are made of syllables; the commonest family name is borne by one person in a hundred, and a third
of the people stand in a second register under another spelling.
"""

from pathlib import Path

import duckdb

from bo_harmonise import schema
from bo_harmonise.statements import register_current

_PEOPLE = """
INSERT INTO made_person BY NAME
WITH drawn AS (
    SELECT
        i,
        -- A third of the people stand in a second register.
        i - CASE WHEN i % 4 = 3 THEN 1 ELSE 0 END AS who
    FROM range($records) AS r (i)
),
person AS (
    SELECT
        i,
        who,
        hash(who, 'g') / 18446744073709551616.0 AS g,
        hash(who, 'f') / 18446744073709551616.0 AS f,
        hash(who, 'm') / 18446744073709551616.0 AS m,
        1940 + hash(who, 'y') % 60 AS year,
        1 + hash(who, 'b') % 12 AS month,
        hash(who, 'p') % 40000 AS place
    FROM drawn
),
named AS (
    SELECT
        *,
        CAST(floor(pow(3000, g)) AS INTEGER) AS given_no,
        CAST(floor(pow(60000, f)) AS INTEGER) AS family_no,
        CAST(floor(pow(3000, m)) AS INTEGER) AS middle_no
    FROM person
),
spelt AS (
    SELECT
        *,
        syllables(given_no, 2) AS given,
        syllables(family_no + 7000, 3) AS family,
        syllables(middle_no, 2) AS middle
    FROM named
)
SELECT
    'r' || i AS statement_id,
    CASE WHEN i % 4 = 3 THEN 'bb' ELSE 'aa' END || ':person:' || i AS record_id,
    'new' AS record_status,
    CASE WHEN i % 4 = 3 THEN 'bb' ELSE 'aa' END
    || CASE WHEN hash(i, 'new') % 100 = 0 THEN '@2026-02-01' ELSE '@2026-01-01' END AS source_id,
    'bench' AS source_file,
    CAST(i AS VARCHAR) AS source_key,
    i AS source_row,
    false AS is_component,
    'knownPerson' AS person_type,
    [{
        'type': 'legal',
        'full_name': CASE
            WHEN i % 8 = 7 THEN family || ' ' || given ELSE given || ' ' || middle || ' ' || family
        END,
        'given_name': NULL, 'family_name': NULL, 'patronymic_name': NULL
    }] AS names,
    printf('%d-%02d', year, month) AS birth_date,
    [CASE WHEN who % 20 = 0 THEN 'IE' ELSE 'GB' END] AS nationalities,
    [{
        'type': 'service', 'address': 1 + place % 90 || ' Bench Street', 'locality': 'Town ' || place % 900,
        'region': NULL, 'post_code': printf('AB%d %dCD', place % 99, place % 9), 'country': 'GB'
    }] AS addresses
FROM spelt
"""

_SYLLABLES = """
CREATE MACRO syllables(n, length) AS
list_aggregate(
    list_transform(
        range(length),
        lambda k: string_split('ka lo mi ra ten vor sel dan bri gus pol nek tam hul fen jor wix zab', ' ')
            [CAST(1 + (n // CAST(pow(18, k) AS BIGINT)) % 18 AS BIGINT)]
    ),
    'string_agg', ''
)
"""


def people(connection: duckdb.DuckDBPyConnection, records: int, folder: Path, *, first: bool = False) -> None:
    """Give a connection the current records as a workspace does: as views over Parquet.

    One in a hundred records is of a second delivery, a month later; with `first` it is not there yet.
    """
    connection.execute(_SYLLABLES)
    for name in (*schema.STATEMENT_TABLES, "seen"):
        columns = "record_id VARCHAR, first_source_id VARCHAR"
        table = (
            f"CREATE TABLE made_seen ({columns})"
            if name == "seen"
            else schema.table(name).ddl(f"made_{name}")
        )
        connection.execute(table)
    connection.execute(_PEOPLE, {"records": records})
    if first:
        connection.execute("DELETE FROM made_person WHERE source_id LIKE '%02-01'")
    connection.execute("INSERT INTO made_seen SELECT record_id, source_id FROM made_person")
    for name in (*schema.STATEMENT_TABLES, "seen"):
        file = {"file": str(folder / f"{name}.parquet")}
        connection.execute(f"COPY (FROM made_{name} ORDER BY record_id) TO $file (FORMAT parquet)", file)
        connection.execute(f"DROP TABLE made_{name}")
    register_current(connection, folder)
