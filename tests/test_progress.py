"""How far a long job is, and whether there is room for it."""

import gzip
import os
import pty
import re
import shutil
import sys
import zipfile
from datetime import date
from typing import NamedTuple

import pytest

from bo_harmonise import disk, status
from bo_harmonise.console import Console
from bo_harmonise.errors import WorkspaceError
from bo_harmonise.ingest.stage import IngestSettings, ingest
from bo_harmonise.pipeline import Pipeline, RunSettings
from bo_harmonise.progress import RATES, estimate, expected_seconds
from bo_harmonise.resources import sample_registers
from bo_harmonise.workspace import Workspace


class Usage(NamedTuple):
    """What `shutil.disk_usage` gives."""

    total: int
    used: int
    free: int


def free(monkeypatch, count):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - count, count))


def test_what_was_counted_goes_before_what_was_expected():
    assert estimate(10, done=500, total=1000, expected=300).left == pytest.approx(10)
    assert estimate(10, done=1, total=1000, expected=None).left is None
    assert estimate(100, done=0, total=0, expected=60).left is None


def test_a_workspace_knows_its_own_pace():
    assert expected_seconds("own", 10**9) == RATES["own"]
    assert expected_seconds("own", 10**9, last=(4.0, 10**8)) == pytest.approx(40)


def test_plain_lines_where_there_is_no_terminal(capsys):
    talk = Console()
    talk.progress("resolving", expected=240)
    for done in range(0, 1000, 100):
        talk.progress("scoring pairs", done, 1000)
    talk.say("done")
    lines = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\[ +\d+\.\d s\] resolving \(about 4 min left\)", lines[0])
    # Ten steps in no time are one line.
    assert [line.partition("] ")[2] for line in lines[1:]] == ["scoring pairs, 0 of 1,000", ""]


def test_quiet_says_nothing(capsys):
    Console(is_quiet=True).progress("resolving", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal_after_two_seconds(monkeypatch):
    """The bar comes with its estimate, and is gone when a line is printed."""
    leader, follower = pty.openpty()
    monkeypatch.setattr(status, "_PATIENCE", 0.2)
    monkeypatch.setattr(status, "_TICK", 0.05)
    with os.fdopen(follower, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        talk = Console()
        talk.progress("scoring pairs", 25, 100)
        shown = b""
        while b"25 %" not in shown:
            shown += os.read(leader, 1000)
        talk.say("all is done")
        terminal.flush()
        while b"all is done" not in shown:
            shown += os.read(leader, 1000)
    os.close(leader)
    text = shown.decode()
    assert "██████··················" in text
    assert "scoring pairs, 25 of 100 (25 %" in text
    assert text.rstrip().endswith("\x1b[Kall is done")


def test_size_of_what_is_packed(tmp_path):
    plain = tmp_path / "a.csv"
    plain.write_bytes(b"x" * 5000)
    with gzip.open(tmp_path / "a.csv.gz", "wb") as packed:
        packed.write(b"x" * 5000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "a.csv")
        archive.write(plain, "b.csv")
    sizes = [disk.unpacked_size(tmp_path / name) for name in ("a.csv", "a.csv.gz", "a.zip")]
    assert sizes == [5000, 5000, 10000]


def test_a_full_disk_is_told_before_work_begins(tmp_path, monkeypatch):
    free(monkeypatch, 1000)
    space = Workspace(tmp_path / "ws")
    with space.writing(), pytest.raises(WorkspaceError, match=r"needs about [\d,]+ bytes .* 1,000 are free"):
        ingest(space, sample_registers(), IngestSettings())
    assert not space.source_ids()


def test_a_full_disk_stops_the_stages_before_the_first(tmp_path, monkeypatch):
    space = Workspace(tmp_path / "ws")
    with space.writing():
        ingest(space, sample_registers(), IngestSettings())
        free(monkeypatch, 1000)
        with pytest.raises(WorkspaceError, match=r"To run current, .*, build needs about"):
            Pipeline(space, RunSettings(as_of=date(2026, 10, 1))).run()
        assert not space.manifest()["stages"]
