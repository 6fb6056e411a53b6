"""Files that are named by a URI come into the workspace once, and keep their name and time."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from bo_harmonise.cli import cli
from bo_harmonise.errors import InputError
from bo_harmonise.ingest.fetch import fetch
from bo_harmonise.progress import silent
from bo_harmonise.resources import sample_registers
from bo_harmonise.workspace import Workspace


@pytest.fixture
def told():
    steps = []

    return steps, lambda step, *_, **__: steps.append(step)


def test_a_uri_gives_a_copy_with_name_and_time(tmp_path, told):
    source = tmp_path / "bucket" / "a.csv"
    source.parent.mkdir()
    source.write_text("a\n1\n")
    os.utime(source, ns=(10**18, 10**18))
    steps, tell = told
    for _ in range(2):
        found, origins = fetch([source.as_uri(), source], tmp_path / "inputs", tell)
    copy, same = found
    assert same == source
    assert copy.name == "a.csv"
    assert copy.read_text() == "a\n1\n"
    assert copy.stat().st_mtime_ns == 10**18
    assert origins == {copy: source.as_uri()}
    assert len(steps) == 1


def test_a_changed_file_is_fetched_again(tmp_path, told):
    source = tmp_path / "a.csv"
    steps, tell = told
    for text in ("old", "new"):
        source.write_text(text)
        os.utime(source, ns=(len(steps), len(steps)))
        ((copy,), _) = fetch([source.as_uri()], tmp_path / "inputs", tell)
    assert (copy.read_text(), len(steps)) == ("new", 2)


def test_a_folder_gives_all_its_files_with_a_uri_each(tmp_path):
    for name in ("b.csv", "deep/a.csv"):
        path = tmp_path / "bucket" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    uri = (tmp_path / "bucket").as_uri()
    found, origins = fetch([uri], tmp_path / "inputs", silent)
    assert [path.read_text() for path in found] == ["b.csv", "deep/a.csv"]
    assert list(origins.values()) == [f"{uri}/b.csv", f"{uri}/deep/a.csv"]


@pytest.mark.parametrize("uri", ["file:///nowhere/at/all.csv", "gopher://host/a.csv"])
def test_what_cannot_be_read_is_named(tmp_path, uri):
    with pytest.raises(InputError, match=uri) as caught:
        fetch([uri], tmp_path, silent)
    assert caught.value.hint


def test_a_register_is_taken_in_by_its_uri(tmp_path):
    (register,) = [path for path in sample_registers() if path.name == "sk_rpvs"]
    result = CliRunner().invoke(cli, ["ingest", register.as_uri(), "-w", str(tmp_path)])
    assert result.exception is None, result.output
    manifest = Workspace(tmp_path).manifest()
    paths = [Path(path) for entry in manifest["deliveries"].values() for path in entry["files"]]
    assert paths
    assert all(path.is_relative_to(tmp_path / "inputs") for path in paths)
