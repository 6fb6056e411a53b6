"""The command line as a user meets it: help, output, errors, exit codes, pipes."""

import io
import json
import re
import subprocess
import sys

import click
import pyarrow as pa
import pytest
from cli_helper import BIN, call

from bo_harmonise import cli, db
from bo_harmonise.commands.summary import finish
from bo_harmonise.console import Console, colour
from bo_harmonise.errors import BoHarmoniseError
from bo_harmonise.reference import commands, context_of
from bo_harmonise.tables import write_table
from bo_harmonise.workspace import Workspace

ALL = dict(commands(cli.cli, context_of(cli.cli, "bo-harmonise")))


def tree(kind: type[BoHarmoniseError]) -> list[type[BoHarmoniseError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in tree(child))]


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_with_an_example(name):
    command = ALL[name]
    text = command.get_help(context_of(command, name))
    assert command.help
    assert f"Example:  {name}" in text or (name == "bo-harmonise" and "Example:  bo-harmonise" in text)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts} has no help"


def test_commands_are_those_of_the_list_with_the_same_words():
    group = cli.cli
    assert list(cli._COMMANDS) == group.list_commands(context_of(group, "bo-harmonise"))


def test_help_loads_nothing_heavy():
    heavy = ["duckdb", "splink", "pandas", "pyarrow", "scipy", "lxml"]
    for name in ([], ["query"], ["run"], ["export"]):
        code = (
            "import sys\nfrom bo_harmonise.cli import _run\n"
            f"_run({[*name, '--help']!r})\n"
            f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "[]"


def test_module_runs_as_the_command_does():
    done = subprocess.run(
        [sys.executable, "-m", "bo_harmonise", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == call("--version").stdout


def test_stdout_carries_data_only(sample_workspace):
    done = call("query", "deliveries", "-w", sample_workspace, "--format", "json")
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert all(
        row["records_read"] == row["records_mapped"] + row["records_ignored"] + row["records_rejected"]
        for row in rows
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "parquet"])
def test_all_forms_of_output(sample_workspace, tmp_path, form):
    target = tmp_path / f"out.{form}"
    done = call("query", "hidden-common-owners", "-w", sample_workspace, "--format", form, "-o", target)
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 100
    assert done.stdout == ""


def test_output_file_says_its_form_by_its_ending(sample_workspace, tmp_path):
    target = tmp_path / "out.jsonl"
    call("query", "deliveries", "-w", sample_workspace, "-o", target)
    assert [json.loads(line) for line in target.read_text().splitlines()]


@pytest.mark.parametrize("name", ["out.xlsx", "out.txt"])
def test_a_file_whose_ending_is_no_form_is_refused(sample_workspace, tmp_path, name):
    question = ("query", "deliveries", "-w", sample_workspace, "-o", tmp_path / name)
    done = call(*question)
    assert (done.returncode, (tmp_path / name).exists()) == (2, False)
    assert ".table, .csv, .json, .jsonl, .parquet" in done.stderr
    assert call(*question, "--format", "csv").returncode == 0
    assert (tmp_path / name).read_text().startswith("source_id,")


def test_a_pipe_that_closes_early_is_no_error(sample_workspace):
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"set -o pipefail; {BIN} query --sql 'FROM range(200000)' -w {sample_workspace} | head -1",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "range\n"
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_no_colour_in_a_pipe_nor_with_no_color(sample_workspace):
    done = call("owners", "no such firm", "-w", sample_workspace, env={"NO_COLOR": "1"})
    assert "\x1b[" not in done.stdout + done.stderr


def test_unknown_file_lists_what_is_known(tmp_path):
    strange = tmp_path / "strange.txt"
    strange.write_text("nothing that a register would publish\n")
    done = call("run", strange, "-w", tmp_path / "ws")
    assert done.returncode == 3
    assert "no adapter knows strange.txt" in done.stderr
    assert "gb_psc" in done.stderr
    assert "--adapter NAME" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "ws").glob("statements/*"))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["query", "hiden-common-owners"], 2, "Did you mean hidden-common-owners?"),
        (["query", "owners"], 2, "needs who"),
        (["query", "owners", "Penhallow Marine"], 2, "--param who='Penhallow Marine'"),
        (["query", "deliveries", "x"], 2, "--param NAME=VALUE"),
        (["query"], 2, "what is the question?"),
        (["query", "--sql", "FROM nowhere"], 1, "the database refuses the question"),
        (["owners", "Penhalow Marine"], 2, "Did you mean"),
        (["query", "deliveries", "--param", "x"], 2, "expected NAME=VALUE"),
    ],
)
def test_wrong_questions_are_told_what_to_do(sample_workspace, arguments, code, words):
    done = call(*arguments, "-w", sample_workspace)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run"], 2, "no files were given"),
        (["query", "deliveries", "-w", "nowhere"], 1, "nowhere is no workspace"),
        (["adapters", "show", "gb_pcs"], 4, "Did you mean gb_psc?"),
        (["adapters", "new", "No Good"], 2, "is no name for an adapter"),
        (["run", "--sample", "--as-of", "yesterday", "-w", "ws"], 2, "expected a date as YYYY-MM-DD"),
        (["run", "--sample", "--memory", "lots", "-w", "ws"], 2, "expected a size"),
        (["run", "--sample", "--threshold", "2", "-w", "ws"], 2, "Thresholds must satisfy"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors_say_what_and_the_next_step(tmp_path, arguments, code, words):
    done = call(*arguments, cwd=tmp_path)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_debug_shows_the_traceback(tmp_path):
    done = call("--debug", "query", "deliveries", "-w", tmp_path / "nowhere")
    assert "Traceback" in done.stderr


def test_skeleton_of_an_adapter_works_at_once(tmp_path):
    assert call("adapters", "new", "xx_register", "--in", tmp_path / "mine").returncode == 0
    data = tmp_path / "companies.csv"
    data.write_text("number,name\n1,Plover Works\n2,Dunlin Works\n")
    done = call("adapters", "check", "xx_register", data, "--adapters", tmp_path / "mine", "--format", "json")
    assert done.returncode == 0, done.stderr
    counts = {(row["about"], row["what"]): row["count"] for row in json.loads(done.stdout)}
    assert counts["records", "mapped"] == 2
    assert counts["statements", "entity"] == 2


def test_check_fails_on_what_an_adapter_does_not_know(tmp_path):
    call("adapters", "new", "xx_register", "--in", tmp_path / "mine")
    data = tmp_path / "companies.csv"
    data.write_text("number,name,colour\n1,Plover Works,green\n")
    done = call("adapters", "check", "xx_register", data, "--adapters", tmp_path / "mine", "--format", "csv")
    assert done.returncode == 4
    assert "unknown column,company: colour,1" in done.stdout


def test_exit_codes_are_those_of_the_documentation():
    documented = (cli.cli.__module__, BoHarmoniseError.__module__)
    text = sys.modules[documented[1]].__doc__ or ""
    for kind in tree(BoHarmoniseError):
        if kind.__module__ == documented[1]:
            line = next(line for line in text.splitlines() if f"{kind.__name__} " in line)
            assert f"exit code {kind.exit_code}" in line


def test_help_texts(snapshot):
    assert call("--help").stdout == snapshot


def test_error_text(tmp_path, snapshot):
    strange = tmp_path / "strange.txt"
    strange.write_text("nothing that a register would publish\n")
    assert call("run", strange, "-w", tmp_path / "ws").stderr == snapshot


@pytest.mark.parametrize(
    "arguments",
    [
        ["owners", "Penhalow Marine"],
        ["query", "owners", "--param", "who=Penhalow Marine"],
        ["query", "common-owners", "--param", "one=DK-CVR:91001845", "--param", "other=Penhalow Marine"],
    ],
)
def test_a_query_refuses_a_name_that_is_nobodys_as_owners_does(sample_workspace, arguments):
    done = call(*arguments, "-w", sample_workspace)
    assert done.returncode == 2
    assert "no party is called 'Penhalow Marine'" in done.stderr
    assert "Did you mean 'PENHALLOW MARINE LTD'" in done.stderr
    assert done.stdout == ""


def test_a_name_of_several_is_told_apart(sample_workspace):
    done = call("owned", "Lars Holm Bundgaard", "-w", sample_workspace)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert "2 parties are called 'Lars Holm Bundgaard'" in lines[0]
    assert len([line for line in lines if line.startswith("  P-") and "; in " in line]) == 2
    assert "in dk_cvr; holds a stake in" in done.stderr
    assert "born " in done.stderr
    assert "dk_cvr:person:" not in done.stderr


def test_explaining_a_name_of_several_lists_their_records(sample_workspace):
    done = call("explain", "Lars Holm Bundgaard", "-w", sample_workspace)
    assert done.returncode == 2
    for register in ("dk_cvr", "gb_psc"):
        record = next(line.strip() for line in done.stderr.splitlines() if f" {register}:person:" in line)
        assert call("explain", record, "-w", sample_workspace).returncode == 0


def test_a_number_that_is_nobodys_suggests_no_names(sample_workspace):
    done = call("owners", "GB-COH:99999999", "-w", sample_workspace)
    assert (done.returncode, "Did you mean" in done.stderr) == (2, False)
    assert "no party has the number GB-COH:99999999" in done.stderr
    done = call("owners", "ZZ-NONE:1", "-w", sample_workspace)
    assert "Schemes in this workspace: " in done.stderr
    assert "GB-COH" in done.stderr


@pytest.mark.parametrize("command", ["owners", "owned"])
def test_several_rules_judge_one_after_the_other(sample_workspace, command):
    party = {"owners": "SALTMARSH TURBINES LTD", "owned": "Sofie Lindegaard Mørch"}[command]

    def rows(*chosen: str) -> list[dict]:
        options = [part for rule in chosen for part in ("--rule", rule)]
        done = call(command, party, *options, "-w", sample_workspace, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    both = rows("uk-psc", "eu-amlr")
    assert both == rows("uk-psc") + rows("eu-amlr")
    assert {row["rule"] for row in both} == {"uk-psc", "eu-amlr"}
    assert next(iter(both[0])) == "rule"
    assert rows("uk-psc", "uk-psc") == rows("uk-psc")
    assert "rule" not in rows()[0]


def test_a_rule_is_shown_as_json():
    done = call("rules", "--show", "ofac-50", "--format", "json")
    (rule,) = json.loads(done.stdout)
    assert (rule["name"], rule["stake"]["threshold"]) == ("ofac-50", 50)
    assert "ofac-50: " in call("rules", "--show", "ofac-50").stdout


WIDE = [
    ["query", "hidden-common-owners"],
    ["query", "listed-parties"],
    ["query", "withheld-owners"],
    ["query", "parties-in-several-registers"],
    ["owners", "GB-COH:19000417"],
    ["owners", "GB-COH:19000417", "--rule", "uk-psc"],
    ["owned", "Miron Denisovich Olkhovsky"],
    ["path", "Miron Denisovich Olkhovsky", "GB-COH:19000417"],
    ["screen", "Miron Denisovich Olkhovsky", "--rule", "ofac-50"],
]


@pytest.mark.parametrize("arguments", WIDE, ids=" ".join)
def test_tables_show_names_and_other_forms_everything(sample_workspace, arguments):
    done = call(*arguments, "-w", sample_workspace, "--format", "table", env={"COLUMNS": "80"})
    assert done.returncode == 0, done.stderr
    assert not re.search(r"\b[PE]-[0-9a-f]{16}\b|\b[0-9a-f]{32}\b|party_id|statement_id", done.stdout)
    assert max(map(len, done.stdout.splitlines()), default=0) <= 80
    whole = call(*arguments, "-w", sample_workspace, "--format", "csv").stdout
    assert "party_id" in whole or "chain" in whole


def test_a_chain_is_told_in_names(sample_workspace):
    question = ["path", "Miron Denisovich Olkhovsky", "GB-COH:19000417", "-w", sample_workspace]
    done = call(*question, "--format", "table", env={"COLUMNS": "200"})
    chain = 'Miron Denisovich Olkhovsky → Sable Reef Holdings Limited → SIA "Ostmala Krava" → THORNWICK'
    assert chain in done.stdout
    assert "bods_offshore_pilot_register → lv_ur → gb_psc" in done.stdout
    (row,) = json.loads(call(*question, "--format", "json").stdout)
    assert all(re.fullmatch("[PE]-[0-9a-f]{16}", party_id) for party_id in row["chain"])
    assert row["statement_ids"]


def test_sql_keeps_the_columns_that_were_asked_for(sample_workspace):
    done = call(
        "query", "--sql", "SELECT party_id, name FROM party", "-w", sample_workspace, "--format", "table"
    )
    assert "party_id" in done.stdout


def written(rows: list[dict], columns: int, monkeypatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    sink = io.StringIO()
    write_table(pa.Table.from_pylist(rows), sink)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def test_a_table_folds_between_words_and_turns_to_records_when_it_must(monkeypatch):
    rows = [
        {"company": "Plover and Dunlin Harbour Works", "owner": "Anna Example", "words": "nothing stated"},
        {"company": "Sanderling Quays", "owner": None, "words": "withheld"},
    ]
    wide = written(rows, 80, monkeypatch)
    assert any("Plover and Dunlin Harbour Works   Anna Example   nothing stated" in line for line in wide)
    narrow = written(rows, 40, monkeypatch)
    assert {word for line in narrow for word in line.split()} >= {"Plover", "Harbour", "Example", "withheld"}
    assert "Plover and Dunlin Harbour Works" not in "".join(narrow)
    assert written(rows, 25, monkeypatch) == [
        "company: Plover and",
        "         Dunlin Harbour",
        "         Works",
        "owner:   Anna Example",
        "words:   nothing stated",
        "",
        "company: Sanderling Quays",
        "words:   withheld",
    ]


@pytest.mark.parametrize("is_plain", [True, False])
def test_no_color_means_plain(monkeypatch, is_plain):
    monkeypatch.setenv("NO_COLOR", "1" if is_plain else "")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert ("\x1b[" in "".join(written([{"company": "Plover"}], 80, monkeypatch))) is not is_plain
    assert colour() is (False if is_plain else None)


def test_a_run_with_very_many_hidden_owners_shows_the_first_and_says_so(sample_workspace, tmp_path, capsys):
    (tmp_path / "manifest.json").write_bytes((sample_workspace / "manifest.json").read_bytes())
    (tmp_path / "harmonised.duckdb").write_bytes((sample_workspace / "harmonised.duckdb").read_bytes())
    with db.connect(tmp_path / "harmonised.duckdb") as connection:
        connection.execute("INSERT INTO hidden_common_owner SELECT h.* FROM hidden_common_owner h, range(20)")
    finish(Workspace(tmp_path), None, None, Console())
    printed = capsys.readouterr()
    assert "189 hidden common owners" in printed.err
    assert "These are the first 100; all: bo-harmonise query hidden-common-owners" in printed.err
    finish(Workspace(tmp_path), "csv", None, Console())
    assert len(capsys.readouterr().out.splitlines()) == 190


def test_a_run_calls_companies_without_name_by_their_numbers(sample_workspace, tmp_path, capsys):
    (tmp_path / "manifest.json").write_bytes((sample_workspace / "manifest.json").read_bytes())
    (tmp_path / "harmonised.duckdb").write_bytes((sample_workspace / "harmonised.duckdb").read_bytes())
    with db.connect(tmp_path / "harmonised.duckdb") as connection:
        connection.execute("DELETE FROM hidden_common_owner WHERE rank > 1")
        row = connection.execute(
            "SELECT owner_party_id, company_l_party_id, company_r_party_id FROM hidden_common_owner"
        ).fetchone()
        connection.execute("UPDATE hidden_common_owner SET company_l_name = NULL")
        connection.execute("UPDATE party SET name = NULL WHERE party_id = ?", [row[1]])
        called, other = connection.execute(
            "SELECT party_name(company_l_party_id), company_r_name FROM hidden_common_owner"
        ).fetchone()
    finish(Workspace(tmp_path), None, None, Console())
    printed = capsys.readouterr().out
    assert ":" in called
    assert called in printed
    assert other.split()[0] in printed
    told = call("tell", *row, "-w", tmp_path).stdout
    assert f"in {called} and" in told
    assert f"\n{called}: " in told
    assert "None" not in told
    assert "unnamed" not in told


def test_a_part_of_a_name_suggests_who_has_it_as_a_word(sample_workspace):
    hint = call("owners", "holm", "-w", sample_workspace).stderr
    assert "Did you mean 'Lars Holm Bundgaard'" in hint
