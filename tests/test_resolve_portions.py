"""How many records, keys and pairs are worked on at once changes nothing, nor do threads."""

import random

import duckdb
import pytest

from bo_harmonise.resolve import ResolveSettings, blocking, resolve
from bo_harmonise.standardise import features
from tests.resolve_world import company, interest, person, rows, world

WORDS = ("Berg", "Anna", "Ivan", "Petrov", "Li", "Wei", "Иван", "Петров", "Nordwind", "Quay", "Ostmala")
FORMS = ("Ltd", "GmbH", "SIA", "")
BOUNDS = {"max_block": 4, "window": 2}


def drawn(seed: int) -> dict[str, list[dict]]:
    """Records of few words, so that blocks are too large and broken up, with interests between them."""
    draw = random.Random(seed)  # noqa: S311 the same records every time

    def name(size: int) -> str:
        return " ".join(draw.choices(WORDS, k=size))

    def address() -> tuple[str, str, str, str]:
        return (f"{draw.randint(1, 3)} Mill Lane", "Hexmouth", f"HX1 {draw.randint(1, 3)}ZZ", "GB")

    people = [
        person(
            f"{draw.choice(['aa', 'bb'])}:person:{n:03}",
            name(draw.randint(2, 3)),
            birth_date=draw.choice(["1970-05-12", "1970-05", "1971-01-03", None]),
            address=address(),
        )
        for n in range(50)
    ]
    firms = [
        company(f"aa:entity:{n:03}", f"{name(2)} {draw.choice(FORMS)}".strip(), address=address())
        for n in range(30)
    ]
    interests = [interest(draw.choice(firms)["record_id"], owner["record_id"]) for owner in people[::2]]
    return {"people": people, "companies": firms, "interests": interests}


def outcome(folder, stated, settings, threads):
    """All rows of all tables in their order, and what the run says it did."""
    with world(**stated, threads=threads) as connection:
        features.build_features(connection, folder / "features")
        told = resolve(
            connection,
            folder / "out",
            features=folder / "features",
            settings=settings,
            judgements=None,
            previous=None,
            run_id="run",
        )
    files = [*sorted((folder / "features").glob("*.parquet")), *sorted((folder / "out").glob("*.parquet"))]
    with duckdb.connect() as connection:
        tables = {
            file.name: connection.execute("FROM read_parquet(?)", [str(file)]).fetchall() for file in files
        }
    return tables, told.kinds


@pytest.mark.parametrize(("portion", "batch", "keys", "threads"), [(13, 50, 97, 1), (50, 40, 10_000, 4)])
def test_portions_change_nothing(tmp_path, monkeypatch, portion, batch, keys, threads):
    stated = drawn(7)
    whole = outcome(tmp_path / "whole", stated, ResolveSettings(**BOUNDS), 2)
    assert len(rows(tmp_path / "whole" / "out", "pair")) > 50
    assert whole[1]["person"].blocking.worst
    assert whole[1]["person"].blocking.left_out
    monkeypatch.setattr(features, "_RECORDS", portion)
    monkeypatch.setattr(blocking, "_KEYS", keys)
    settings = ResolveSettings(**BOUNDS, portion_records=portion, batch_pairs=batch)
    parts = outcome(tmp_path / "parts", stated, settings, threads)
    assert parts == whole
