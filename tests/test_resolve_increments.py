"""A run that builds on the last one gives what a run from scratch gives, and scores only what changed."""

import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bo_harmonise.ingest.stage import IngestSettings, ingest, remove
from bo_harmonise.pipeline import Pipeline, RunSettings
from bo_harmonise.resolve import ResolveSettings, pipeline, resolve
from bo_harmonise.resources import sample_registers
from bo_harmonise.standardise.features import build_features
from bo_harmonise.workspace import Workspace
from bo_harmonise.world.make import make_world
from tests.resolve_world import clusters, company, interest, parties, person, rows, world

NAMES = ("Anna Berg", "Anna Maria Berg", "Berg Anna", "Ivan Petrov", "Иван Петров", "Ivan Petrof", "Li Wei")
FIRMS = ("Nordwind Trading Ltd", "Nordwind Trading GmbH", "NORDWIND", "Quay Holdings Limited", "Quay Holding")
STREETS = (("1 Mill Lane", "Hexmouth", "HX1 1ZZ", "GB"), ("2 Mill Lane", "Hexmouth", "HX1 1ZZ", "GB"), None)
BIRTHS = ("1970-05-12", "1970-05", "1970", None)
# Blocks so small that records that come and go make them cross their bounds.
BOUNDS = ResolveSettings(max_block=4, window=1, batch_pairs=50)

draw_person = st.tuples(st.sampled_from(NAMES), st.sampled_from(BIRTHS), st.sampled_from(STREETS))
draw_company = st.tuples(st.sampled_from(FIRMS), st.sampled_from(STREETS))
numbers = st.integers(0, 30)
owners = st.lists(st.tuples(numbers, numbers), max_size=15, unique=True)
"""Which company each owner has an interest in."""
draw_state = st.tuples(
    st.dictionaries(numbers, draw_person, min_size=4),
    st.dictionaries(numbers, draw_company, min_size=2),
    owners,
)


@contextmanager
def connection(state, threads=None):
    people, firms, stakes = state
    with world(
        people=[
            person(f"gb_psc:person:{n:03}", name, birth_date=born, **({"address": street} if street else {}))
            for n, (name, born, street) in people.items()
        ],
        companies=[
            company(f"gb_psc:entity:{n:03}", name, **({"address": street} if street else {}))
            for n, (name, street) in firms.items()
        ],
        interests=[
            interest(f"gb_psc:entity:{firm:03}", f"gb_psc:person:{owner:03}")
            for firm, owner in stakes
            if firm in firms and owner in people
        ],
        threads=threads,
    ) as opened:
        # Records of high numbers came later: rarity is counted on the others.
        opened.execute(
            "CREATE VIEW current_seen AS SELECT record_id, "
            "CASE WHEN right(record_id, 3) < '020' THEN 'gb_psc@2026-01-01' ELSE 'gb_psc@2026-02-01' END "
            "AS first_source_id FROM (SELECT record_id FROM current_entity UNION ALL "
            "SELECT record_id FROM current_person)"
        )
        yield opened


def run(state, folder: Path, previous: Path | None, judgements: Path | None = None):
    """Make features and resolve; returns what the run did."""
    with connection(state) as opened:
        build_features(opened, folder / "features", previous / "features" if previous else None)
        return resolve(
            opened,
            folder / "out",
            features=folder / "features",
            settings=BOUNDS,
            judgements=judgements,
            previous=previous / "out" if previous else None,
            run_id="run",
        )


def assert_same(one: Path, other: Path) -> None:
    for kind in ("person", "entity"):
        assert rows(one / "features", kind) == rows(other / "features", kind)
    for table in ("pair", "match"):
        assert rows(one / "out", table) == rows(other / "out", table)
    assert clusters(one / "out") == clusters(other / "out")
    assert parties(one / "out").keys() == parties(other / "out").keys()


def change(state, changed):
    """Put the people and companies of `changed` in the place of those with their numbers."""
    return ({**state[0], **changed[0]}, {**state[1], **changed[1]}, [*state[2], *changed[2]])


@settings(
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(first=draw_state, changed=draw_state, gone=st.sets(numbers, max_size=8))
def test_a_run_on_the_last_one_gives_what_a_run_from_scratch_gives(first, changed, gone):
    second = change(first, changed)
    third = tuple({n: row for n, row in part.items() if n not in gone} for part in second[:2])
    with TemporaryDirectory() as name:
        folder = Path(name)
        run(first, folder / "1", None)
        for number, state in ((2, second), (3, (*third, second[2]))):
            run(state, folder / str(number), folder / str(number - 1))
            run(state, folder / "scratch", None)
            assert_same(folder / str(number), folder / "scratch")
            shutil.rmtree(folder / "scratch")


MANY = (
    {n: (NAMES[n % 7], BIRTHS[n % 4], STREETS[n % 3]) for n in range(19)},
    {n: (FIRMS[n % 5], STREETS[n % 3]) for n in range(10)},
    [(n % 10, n) for n in range(19)],
)


def test_only_pairs_of_what_is_new_are_scored(tmp_path):
    run(MANY, tmp_path / "1", None)
    more = change(MANY, ({25: ("Anna Berg", "1970-05-12", STREETS[0])}, {}, []))
    told = run(more, tmp_path / "2", tmp_path / "1")
    new = told.kinds["person"].compared - told.kinds["person"].reused
    assert 0 < new <= 19
    assert told.kinds["entity"].compared == told.kinds["entity"].reused > 0
    before, after = parties(tmp_path / "1" / "out"), parties(tmp_path / "2" / "out")
    assert {record: after[record] for record in before} == before


def test_only_keys_of_what_is_new_are_made(tmp_path, monkeypatch):
    make_keys, wanted = pipeline.make_keys, []

    def counted(connection, kind):
        wanted.append(connection.execute("SELECT count(*) FROM record_wanted").fetchall()[0][0])
        make_keys(connection, kind)

    monkeypatch.setattr(pipeline, "make_keys", counted)
    run(MANY, tmp_path / "1", None)
    run(change(MANY, ({25: ("Anna Berg", "1970-05-12", STREETS[0])}, {}, [])), tmp_path / "2", tmp_path / "1")
    assert wanted == [10, 19, 0, 1]


def test_stand_has_a_number_for_each_rule_beside_that_of_judgements():
    """A rule more than `stand.sql` has numbers for would move unseen: pairs of an old run would be kept."""
    assert max(map(len, pipeline.RULES.values())) <= 9


def test_the_same_again_scores_nothing(tmp_path):
    run(MANY, tmp_path / "1", None)
    told = run(MANY, tmp_path / "2", tmp_path / "1")
    assert [kind.compared - kind.reused for kind in told.kinds.values()] == [0, 0]
    assert_same(tmp_path / "1", tmp_path / "2")


def test_judgements_come_and_go_as_if_from_scratch(tmp_path):
    # 0 and 7 are compared by name; 3 and 6 are not, unless a person judged them.
    decided = tmp_path / "judgements.csv"
    decided.write_text(
        "record_id_l,record_id_r,judgement\n"
        "gb_psc:person:000,gb_psc:person:007,different\n"
        "gb_psc:person:003,gb_psc:person:006,same\n"
    )
    previous = None
    for number, judgements in enumerate((None, decided, decided, None)):
        run(MANY, tmp_path / str(number), previous, judgements)
        previous = tmp_path / str(number)
        run(MANY, tmp_path / f"scratch {number}", None, judgements)
        assert_same(previous, tmp_path / f"scratch {number}")
    pairs = [{row[:2] for row in rows(tmp_path / str(number) / "out", "pair")} for number in range(4)]
    of_strangers = ("gb_psc:person:003", "gb_psc:person:006")
    assert [of_strangers in found for found in pairs] == [False, True, True, False]


def test_a_register_comes_and_goes_as_if_from_scratch(tmp_path):
    """Whole chain on the samples: add one register to the others, and take it out again."""
    chosen = RunSettings(as_of=date(2026, 10, 1))
    registers = {path.name: path for path in sample_registers()}
    late = registers.pop("lv_ur")

    def chain(name: str, paths: list[Path], removed: str | None = None) -> Path:
        space = Workspace(tmp_path / name)
        with space.writing():
            if paths:
                ingest(space, paths, IngestSettings())
            for source_id in space.source_ids():
                if removed and source_id.startswith(removed):
                    remove(space, source_id)
            Pipeline(space, chosen).run("resolve")
        return space.root

    def tables(root: Path) -> list[list[tuple]]:
        folder = root / "resolution"
        return [rows(folder, "pair"), sorted(map(sorted, clusters(folder)))]

    without = chain("without", list(registers.values()))
    shutil.copytree(without, tmp_path / "grown")
    grown = chain("grown", [late])
    whole = chain("whole", [*registers.values(), late])
    assert tables(grown) == tables(whole)
    assert tables(grown) != tables(without)
    shrunk = chain("grown", [], removed="lv_ur")
    assert tables(shrunk) == tables(without)
    kept = parties(without / "resolution")
    assert {r: p for r, p in parties(shrunk / "resolution").items() if kept[r] != p} == {}


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(1, 10_000))
def test_a_world_gives_month_by_month_what_it_gives_from_scratch(seed):
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_world(folder / "world", companies=120, seed=seed, deliveries=3)
        months = sorted((folder / "world" / "registers").iterdir())
        files = [list(filter(has_content, sorted(month.rglob("*")))) for month in months]
        for paths in files:
            resolved(folder / "grown", paths)
        resolved(folder / "whole", [path for paths in files for path in paths])
        for table in ("pair", "match"):
            assert rows(folder / "grown" / "resolution", table) == rows(
                folder / "whole" / "resolution", table
            )
        assert clusters(folder / "grown" / "resolution") == clusters(folder / "whole" / "resolution")


def has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def resolved(root: Path, paths: list[Path]) -> None:
    space = Workspace(root)
    with space.writing():
        ingest(space, paths, IngestSettings())
        Pipeline(space, RunSettings(as_of=date(2026, 10, 1))).run("resolve")
