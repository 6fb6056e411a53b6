"""Invented worlds: the same bytes every time, formats that the adapters take, truth that fits the files."""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from bo_harmonise.cli import cli
from bo_harmonise.errors import InputError, UsageError
from bo_harmonise.resources import folder
from bo_harmonise.world.make import make_world
from bo_harmonise.world.parameters import load
from bo_harmonise.world.truth import TABLES

COMPANIES = 400


def _files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world."""
    made = tmp_path_factory.mktemp("world") / "made"
    make_world(made, companies=COMPANIES, seed=11)
    return made


@pytest.fixture(scope="module")
def workspace(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, taken through the whole chain."""
    space = tmp_path_factory.mktemp("world_ws")
    done = CliRunner().invoke(
        cli, ["run", str(world / "registers"), "-w", str(space), "--as-of", "2026-10-01", "--strict"]
    )
    assert done.exception is None, done.output
    assert "warning:" not in done.output, "a column or a code that an adapter does not know"
    return space


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(world, tmp_path):
    make_world(tmp_path / "again", companies=COMPANIES, seed=11)
    assert _files(tmp_path / "again") == _files(world)
    make_world(tmp_path / "other", companies=COMPANIES, seed=12)
    assert _files(tmp_path / "other") != _files(world)


def test_a_world_has_the_companies_that_were_asked_for(world):
    found = duckdb.sql(
        f"SELECT count(*) FROM '{world}/truth/party.parquet' WHERE party_id LIKE 'C%'"
    ).fetchall()
    assert found == [(COMPANIES,)]


def test_every_record_of_the_files_is_somebody_in_the_truth_and_none_is_missing(world, workspace):
    with duckdb.connect(str(workspace / "harmonised.duckdb"), read_only=True) as connection:
        unknown = connection.execute(
            f"SELECT record_id FROM party_record ANTI JOIN '{world}/truth/record.parquet' USING (record_id)"
        ).fetchall()
        missing = connection.execute(
            f"SELECT record_id FROM '{world}/truth/record.parquet' ANTI JOIN party_record USING (record_id)"
        ).fetchall()
        lost = connection.execute(
            "SELECT source_id FROM source WHERE records_rejected > 0 "
            "OR records_read <> records_mapped + records_rejected + records_ignored"
        ).fetchall()
    assert (unknown, missing, lost) == ([], [], [])


def test_every_register_that_has_an_adapter_has_files(workspace):
    with duckdb.connect(str(workspace / "harmonised.duckdb"), read_only=True) as connection:
        found = connection.execute("SELECT DISTINCT register FROM source ORDER BY register").fetchall()
    assert [register for (register,) in found] == [
        "bods_seven_scripts_ownership_register",
        "bods_tidewater_offshore_register",
        "dk_cvr",
        "ftm",
        "gb_psc",
        "gleif",
        "lv_ur",
        "sk_rpvs",
    ]


def test_what_registers_state_is_true(world, workspace):
    """Every stated share holds the true one: that of the stake, or of the person behind a chain."""
    with duckdb.connect(str(workspace / "harmonised.duckdb"), read_only=True) as connection:
        stated, wrong = connection.execute(
            f"""
            WITH stated AS (
                SELECT s.record_id, o.party_id AS owner, c.party_id AS company,
                    coalesce(i.share_exact, i.share_min) AS low, coalesce(i.share_exact, i.share_max) AS high
                FROM (SELECT * EXCLUDE (interests), unnest(interests) AS i FROM current_relationship) AS s
                JOIN '{world}/truth/record.parquet' AS o ON o.record_id = s.interested_party_record_id
                JOIN '{world}/truth/record.parquet' AS c ON c.record_id = s.subject_record_id
                WHERE coalesce(i.share_exact, i.share_min) IS NOT NULL AND i.end_date IS NULL
            )
            SELECT count(*), list(record_id) FILTER (NOT coalesce(
                d.share BETWEEN low - 1e-6 AND high + 1e-6, false) AND NOT coalesce(
                u.share BETWEEN low - 1e-6 AND high + 1e-6, false))
            FROM stated
            LEFT JOIN '{world}/truth/stake.parquet' AS d
                ON d.owner = stated.owner AND d.company = stated.company AND d.end_date IS NULL
            LEFT JOIN '{world}/truth/ultimate_owner.parquet' AS u
                ON u.owner = stated.owner AND u.company = stated.company
            """
        ).fetchall()[0]
    assert stated > COMPANIES
    assert not wrong


def test_truth_tables_fit_together(world):
    truth = {name: f"'{world}/truth/{name}.parquet'" for name in TABLES}
    for table, column in (
        ("record", "party_id"),
        ("stake", "owner"),
        ("stake", "company"),
        ("ultimate_owner", "owner"),
        ("ultimate_owner", "company"),
        ("hidden_common_owner", "owner"),
        ("hidden_common_owner", "company_l"),
    ):
        lost = duckdb.sql(
            f"SELECT {column} FROM {truth[table]} AS t "
            f"ANTI JOIN {truth['party']} AS p ON p.party_id = t.{column}"
        ).fetchall()
        assert not lost, (table, column)
    over = duckdb.sql(
        f"SELECT company, sum(share) FROM {truth['stake']} WHERE end_date IS NULL AND role = 'shares' "
        "GROUP BY company HAVING sum(share) > 100.001"
    ).fetchall()
    assert not over, "companies of which more than the whole is held"


def test_deliveries_differ_by_what_changed(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[snapshots]\nchanged = 0.05\nadded = 0.02\n")
    made = tmp_path / "world"
    make_world(made, companies=300, seed=5, deliveries=2, parameters=load(file))
    first, second = (_psc(made, day) for day in ("2026-09-01", "2026-10-01"))
    kept = first & second
    assert len(kept) > 0.85 * len(first)
    assert 0 < len(second - first) < 0.15 * len(first)
    keys = {line.partition('"links":')[2].partition("}")[0] for line in first}
    assert keys <= {line.partition('"links":')[2].partition("}")[0] for line in second}, (
        "an entry disappeared"
    )


def test_a_workspace_that_took_every_delivery_tells_the_truth_of_the_last(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[snapshots]\nchanged = 0.2\n")
    make_world(tmp_path / "made", companies=150, seed=6, deliveries=2, parameters=load(file))
    shares = _evaluated(tmp_path / "made")["ultimate_owners"]
    assert shares["true_inside"] / shares["decided"] >= 0.98
    assert shares["found_share"] >= 0.98


def test_statements_of_publishers_keep_the_standard(world):
    for path in (world / "registers" / "2026-10-01" / "bods").iterdir():
        done = CliRunner().invoke(cli, ["validate", str(path)])
        assert done.exception is None, done.output
        assert "0 errors, 0 warnings" in done.output


def _psc(world: Path, day: str) -> set[str]:
    stem = f"persons-with-significant-control-snapshot-{day}"
    with zipfile.ZipFile(world / "registers" / day / "gb_psc" / f"{stem}.zip") as archive:
        return set(archive.read(f"{stem}.txt").decode().splitlines()[:-1])


def _shape(value: object) -> object:
    """Return what keys a JSON value has, at every depth; lists have those of all their items."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        shape: object = None
        for item in value:
            shape = _united(shape, _shape(item))
        return shape
    return None


def _united(one: object, other: object) -> object:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return one if isinstance(one, dict) else other
    return {key: _united(one.get(key), other.get(key)) for key in one | other}


def _within(shape: object, other: object) -> bool:
    if not isinstance(shape, dict):
        return True
    return isinstance(other, dict) and all(
        key in other and (other[key] is None or _within(item, other[key])) for key, item in shape.items()
    )


def _json(path: Path) -> object:
    data = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
    elif path.suffix == ".gz":
        data = gzip.decompress(data)
    return _shape([json.loads(line) for line in data.decode().splitlines()])


def test_samples_and_worlds_have_one_truth_about_each_format(world):
    delivery, samples = world / "registers" / "2026-10-01", folder("sample_registries")
    for name in (
        "register",
        "register_name_history",
        "members",
        "members_joint_owners",
        "stockholders",
        "officers",
    ):
        made, sample = (root / "lv_ur" / "2026-10-01" / f"{name}.csv" for root in (delivery, samples))
        assert made.read_text("utf-8").splitlines()[:2] == sample.read_text("utf-8").splitlines()[:2]
    for pattern in ("gb_psc/persons-*", "dk_cvr/*", "sk_rpvs/*", "bods/*0.4*"):
        # No offshore company of the samples has ended; the standard has a date for it.
        sample = _united(_json(next(samples.glob(pattern))), {"recordDetails": {"dissolutionDate": None}})
        for made in delivery.glob(pattern):
            assert _within(_json(made), sample), made.name


@pytest.mark.parametrize("companies", [1, 7])
def test_the_smallest_worlds_can_be_taken_in(tmp_path, companies):
    make_world(tmp_path / "made", companies=companies, seed=3)
    found = _evaluated(tmp_path / "made")
    assert found["ultimate_owners"]["true_inside"] == found["ultimate_owners"]["decided"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        make_world(tmp_path, companies=10, seed=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[structures]\nsinlge = 0.5\n", "no parameter structures.sinlge"),
        ("[structures]\nsingle = 2\n", "expected a share"),
        ("structures = 3\n", "expected a table"),
        ("[structures\n", "expected TOML"),
    ],
)
def test_parameters_that_make_no_sense_are_told(tmp_path, text, message):
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=message):
        load(file)


def test_parameters_of_a_user_take_the_place_of_ours(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[structures]\nloop = 1.0\n")
    parameters = load(file)
    assert parameters["structures"]["loop"] == 1.0
    assert parameters["structures"]["single"] == load()["structures"]["single"]


def _evaluated(world: Path, *options: str) -> dict:
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(world), "--json", *options])
    assert done.exception is None, done.output
    return json.loads(done.stdout)


def test_evaluation_answers_for_pairs_and_for_whole_questions(world, workspace):
    found = _evaluated(world, "-w", str(workspace))
    # Floors a little below those that a large world must reach: in a small one a mistake weighs more.
    for kind, floor in (("person", 0.92), ("entity", 0.95)):
        assert found[kind]["shipped"]["f1"] >= floor, kind
        assert found[kind]["shipped"]["b_cubed"]["f1"] >= 0.97, kind
    assert found["hidden_common_owners"]["precision"] >= 0.9
    assert found["hidden_common_owners"]["recall"] >= 0.8
    shares = found["ultimate_owners"]
    assert shares["decided"] > COMPANIES
    assert shares["true_inside"] / shares["decided"] >= 0.99
    assert 0 < shares["mean_width"] < 50


def test_a_record_may_be_of_two_people_whom_its_register_cannot_tell_apart(world, workspace, tmp_path):
    shutil.copytree(world / "truth", tmp_path / "truth")
    before = f"FROM '{world}/truth/record.parquet'"
    duckdb.sql(
        f"COPY ({before} UNION ALL (SELECT record_id, (SELECT max(party_id) {before} WHERE kind = 'person'), "
        f"kind, register, phenomena {before} WHERE kind = 'person' ORDER BY party_id LIMIT 1)) "
        f"TO '{tmp_path}/truth/record.parquet'"
    )
    found = _evaluated(tmp_path, "-w", str(workspace))
    assert found["person"]["records"] == _evaluated(world, "-w", str(workspace))["person"]["records"] + 1


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (["-w", "{sample}"], InputError, "not of the world"),
        (["--ignore", "birth_date"], UsageError, "takes no labelled"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(world, sample_workspace, options, error, message):
    given = [option.format(sample=sample_workspace) for option in options]
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(world), *given])
    assert isinstance(done.exception, error)
    assert message in str(done.exception)


def test_what_is_no_world_is_refused(tmp_path):
    done = CliRunner().invoke(cli, ["evaluate", "--world", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert "no invented world" in str(done.exception)
