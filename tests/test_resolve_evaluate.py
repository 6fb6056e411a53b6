"""The measure measures: figures worked out by hand on invented labelled records."""

import csv

import duckdb
import numpy as np
import pytest
from click.testing import CliRunner

from bo_harmonise.cli import cli
from bo_harmonise.errors import InputError, UsageError
from bo_harmonise.resolve import evaluate
from bo_harmonise.resolve.figures import best_threshold

RECORDS = """
    SELECT * FROM (VALUES
        ('1', 'aa', 'person', 'Gudrun Falkenried', ['Gudi Falkenried'], '1968-07-09', ['de'], 'g1', 'x'),
        ('2', 'bb', 'person', 'FALKENRIED Gudrun', [], '1968-07-09', ['de'], 'g1', 'x'),
        ('3', 'bb', 'person', 'Gudrun Falkenried', [], NULL, [], 'g1', 'x'),
        ('4', 'aa', 'person', 'Piotr Zawilski', [], '1951-02-03', ['pl'], 'g2', 'y'),
        ('5', 'bb', 'person', 'Пьотр Завильски', [], '1951-02-03', ['pl'], 'g2', 'y'),
        ('6', 'aa', 'entity', 'Vetrograd Energiya OOO', [], NULL, ['ru'], 'g3', 'x'),
        ('7', 'bb', 'entity', 'Vetrograd Energiya LLC', [], NULL, ['ru'], 'g3', 'x'),
        ('8', 'bb', 'entity', 'Ostmark Stahlbau GmbH', [], NULL, ['de'], 'g4', 'y')
    ) AS r (record_id, source, kind, name, other_names, birth_date, countries, gold_id, block)
"""


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.parquet"
    duckdb.sql(RECORDS).write_parquet(str(path))
    return path


def test_figures_of_a_small_case_worked_by_hand(records, tmp_path):
    errors = tmp_path / "errors.csv"
    figures = evaluate(records, errors=errors).to_json()
    person = figures["person"]
    assert (person["records"], person["gold_pairs"]) == (5, 4)
    assert person["shipped"]["precision"] == 1.0
    assert person["shipped"]["recall"] == 0.5
    assert person["shipped"]["b_cubed"] == {"precision": 1.0, "recall": 0.7333, "f1": 0.8462}
    assert person["best"]["f1"] == 1.0
    assert person["best"]["threshold"] < 0.9
    assert person["by_script"]["cyrillic + latin"]["gold_pairs"] == 1
    assert {name: f["gold_pairs"] for name, f in person["by_source"].items()} == {"aa + bb": 3, "bb": 1}
    assert figures["entity"]["best"]["f1"] == 1.0
    with errors.open(encoding="utf-8", newline="") as lines:
        told = list(csv.DictReader(lines))
    assert {
        (row["mistake"], row["record_id_l"], row["record_id_r"]) for row in told if row["kind"] == "person"
    } == {
        ("missed", "1", "3"),
        ("missed", "2", "3"),
    }
    assert all("For it: the same name" in row["explanation"] for row in told if row["record_id_r"] == "3")


def test_the_table_tells_the_pairs_and_those_never_compared(records):
    told = CliRunner().invoke(cli, ["evaluate", str(records)], env={"COLUMNS": "200"})
    assert told.exit_code == 0, told.output
    [line] = [
        row.split() for row in told.stdout.splitlines() if row.split()[:3] == ["person", "/", "shipped"]
    ][:1]
    # True pairs, those never compared, threshold, precision, recall.
    assert line[3:8] == ["4", "0", "0.9", "1", "0.5"]


def test_columns_can_be_ignored_and_pairs_kept_within_a_block(records):
    blind = evaluate(records, ignore=["birth_date", "countries"]).to_json()["person"]
    assert blind["shipped"]["recall"] == 0.0
    within = evaluate(records, within="block").to_json()["person"]
    assert within["compared_pairs"] <= 4


def test_pairs_of_names_are_measured_by_kind_and_set(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(
        "name1,name2,label,schema,set\n"
        "Gudrun Falkenried,FALKENRIED Gudrun,1,Person,easy\n"
        "Gudrun Falkenried,Piotr Zawilski,0,Person,easy\n"
        "Vetrograd Energiya OOO,Ветроград Энергия ООО,1,Company,hard\n"
        "Vetrograd Energiya OOO,Ostmark Stahlbau GmbH,0,Company,hard\n",
        "utf-8",
    )
    figures = evaluate(None, pairs=path).to_json()
    assert set(figures) == {"entity", "person", "all", "easy", "hard"}
    assert figures["all"]["gold_pairs"] == 2
    assert figures["easy"]["best"]["f1"] == figures["hard"]["best"]["f1"] == 1.0
    assert figures["person"]["shipped"]["recall"] == 0.0


def test_the_best_threshold_takes_ties_together():
    weights, same = np.array([5.0, 3.0, 3.0, 1.0]), np.array([1.0, 1.0, 0.0, 1.0])
    best = best_threshold(weights, same, 3)
    assert (best["match_weight"], best["precision"], best["recall"]) == (1.0, 0.75, 1.0)
    assert best["recall_at_precision_95"] == 0.3333
    assert best_threshold(np.array([]), np.array([]), 3)["f1"] == 0.0


def test_what_is_missing_is_named(records, tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        evaluate(tmp_path / "none.parquet")
    with pytest.raises(InputError, match="has no column colour"):
        evaluate(records, within="colour")
    with pytest.raises(InputError, match="name1, name2, label and schema"):
        evaluate(None, pairs=records)
    with pytest.raises(UsageError, match="labelled records or labelled pairs"):
        evaluate(None)
