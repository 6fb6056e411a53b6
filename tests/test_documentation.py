"""What the documentation says is what the tool does: generated pages, the commands of the README."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from bo_harmonise.adapters.registry import find_adapters
from bo_harmonise.reference import pages

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["schema.md", "cli.md", "queries.md"])
def test_generated_pages_are_in_step(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_demo_output_is_the_real_one(sample_workspace):
    done = subprocess.run(
        [BIN / "bo-harmonise", "run", "--sample", "-w", sample_workspace, "--as-of", "2026-10-01"],
        capture_output=True,
        text=True,
        check=True,
        # As wide as in a pipe: the readline library puts a width into what children inherit.
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
    )
    printed = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n").splitlines()
    shown = [line.rstrip() for line in blocks("text")[0].strip("\n").splitlines()]
    assert shown == printed


def test_sql_of_the_readme_runs_as_printed(sample_workspace):
    connection = duckdb.connect(str(sample_workspace / "harmonised.duckdb"), read_only=True)
    for block in blocks("sql"):
        for statement in filter(str.strip, block.split(";")):
            assert connection.execute(statement).fetchall(), f"no rows: {statement}"


def test_the_duckdb_shell_opens_the_database_and_runs_the_sql_of_the_readme(sample_workspace):
    # The shell is of an older version than the library: the file must open in the clients that people have.
    for block in blocks("sql"):
        for statement in filter(str.strip, block.split(";")):
            done = subprocess.run(
                [BIN / "duckdb", "-readonly", "-csv", sample_workspace / "harmonised.duckdb", statement],
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{statement}\n{done.stderr}"
            assert len(done.stdout.splitlines()) > 1, f"no rows: {statement}"


def test_the_duckdb_shell_finds_the_same_chains_each_time(sample_workspace):
    # DuckDB 1.5 loses rows at random, or crashes, where a recursion joins an aggregate.
    statement = "FROM chains_between('Sable Reef Holdings Limited', 'Nørrevig Shipping ApS');"
    database = sample_workspace / "harmonised.duckdb"
    done = subprocess.run(
        [BIN / "duckdb", "-readonly", "-csv", "-noheader", database, statement * 25],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 25
    assert len(set(lines)) == 1


def test_shell_commands_of_the_readme_run(sample_workspace, tmp_path):
    (tmp_path / "demo").symlink_to(sample_workspace)
    (tmp_path / "shared").mkdir()
    (tmp_path / "companies.csv").write_text("number,name\n1,Plover Works\n")
    ran = 0
    for line in "\n".join(blocks("sh")).splitlines():
        words = shlex.split(line, comments=True)
        if not words or words[0] != "bo-harmonise":
            continue
        done = subprocess.run(
            [BIN / "bo-harmonise", *words[1:]], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        ran += 1
    assert ran > 8


def test_readme_lists_every_register():
    listed = set(re.findall(r"^\| `(\w+)` \|", README, flags=re.MULTILINE))
    assert listed == set(find_adapters())


def test_links_of_the_pages_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
