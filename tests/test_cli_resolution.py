"""`explain`, `review` and `judge` as a user meets them: why two records are one party."""

import json
import re

from cli_helper import call

from bo_harmonise import db

OWENS = [
    "gb_psc:person:00900736/vgFvwv9YUE7bjaEUpcbYBFl3tlo",
    "gb_psc:person:19009544/g9W7Tp_GU5QwXQ7WFB-eZrQ_h0k",
]


def test_explain_shows_what_the_records_say_before_the_weights(sample_workspace):
    done = call("explain", *OWENS, "-w", sample_workspace, env={"COLUMNS": "80"})
    assert done.returncode == 0, done.stderr
    data, weights = done.stdout.split("The model gives")
    assert "match weight" in weights
    lines = [" ".join(line.split()) for line in data.splitlines()]
    assert "names Owen Prydderch Owen Prydderch" in lines
    assert "born 1951-01 1983-01" in lines
    assert "nationalities GB GB" in lines
    assert "register gb_psc@2026-10-01 gb_psc@2026-10-01" in lines
    for words in ("Hafod Wen", "row 19", *OWENS):
        assert words in data


def test_explain_of_companies_shows_their_data(sample_workspace):
    pair = (f"bods_offshore_pilot_register:entity:OTP-C-{number}" for number in (1934711, 1950020))
    data = call("explain", *pair, "-w", sample_workspace, env={"COLUMNS": "80"}).stdout.split("The model")[0]
    for words in ("Sable Reef", "2012-08-27", "2017-05-05", "VG", "Trellis Chambers", "1934711"):
        assert words in data


def test_explain_names_the_least_change_of_each_comparison(sample_workspace):
    done = call("explain", *OWENS, "-w", sample_workspace)
    changes = [line for line in done.stdout.splitlines() if line.startswith("What would change it: ")]
    compared = [line.split(": ")[1] for line in changes]
    assert len(compared) == len(set(compared)) > 1
    sizes = [abs(float(re.search(r"\(([+-][0-9.]+)\)", line)[1])) for line in changes]
    assert sizes == sorted(sizes)
    assert all("would join them" in line for line in changes)


def test_explain_as_json_in_either_way(sample_workspace, tmp_path):
    question = ["explain", *OWENS, "-w", sample_workspace]
    done = call(*question, "--format", "json")
    assert done.stdout == call(*question, "--json").stdout
    found = json.loads(done.stdout)
    assert {"data": "born", "one": "1951-01", "other": "1983-01"} in found["data"]
    assert call(*question, "-o", tmp_path / "why.json").stdout == ""
    assert json.loads((tmp_path / "why.json").read_text()) == found


def test_review_shows_both_records(sample_workspace):
    done = call("review", "-w", sample_workspace, input="q\n")
    assert done.returncode == 0, done.stderr
    assert "file and row" in done.stdout.split("The model gives")[0]


def test_a_judgement_says_which_one_it_replaces(sample_workspace, tmp_path):
    for name in ("manifest.json", "harmonised.duckdb"):
        (tmp_path / name).write_bytes((sample_workspace / name).read_bytes())
    with db.connect(tmp_path / "harmonised.duckdb", read_only=True) as connection:
        found = connection.execute("SELECT record_id FROM party_record ORDER BY record_id LIMIT 2").fetchall()
    (one,), (other,) = found
    first = call("judge", one, other, "same", "--who", "ada", "--why", "one passport", "-w", tmp_path)
    assert (first.returncode, "replaces" in first.stderr) == (0, False)
    second = call("judge", other, one, "different", "--who", "bo", "-w", tmp_path)
    assert second.returncode == 0
    assert f"replaces {one} same {other} (ada 20" in second.stderr
    assert "because: one passport" in second.stderr
