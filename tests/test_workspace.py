import json
from pathlib import Path

import pytest

from bo_harmonise.errors import InputError, WorkspaceError, WorkspaceLockedError
from bo_harmonise.workspace import Workspace, fingerprint, sha256


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


def folder(path: Path, content: str = "x") -> Path:
    path.mkdir(parents=True)
    (path / "a.parquet").write_text(content, encoding="utf-8")
    return path


def test_a_folder_without_a_manifest_is_no_workspace(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="is no workspace") as caught:
        workspace.require()
    assert "bo-harmonise run" in (caught.value.hint or "")
    with workspace.writing():
        workspace.write_manifest(workspace.manifest())
    assert workspace.require() is workspace


def test_a_file_in_the_place_of_the_workspace_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "ws"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="it is a file"), Workspace(path).writing():
        pass
    assert path.read_text(encoding="utf-8") == "mine"


def test_one_writer_at_a_time(workspace: Workspace) -> None:
    with workspace.writing():
        with pytest.raises(WorkspaceLockedError) as caught, Workspace(workspace.root).writing():
            pass
        assert "is being written by process" in caught.value.message
        assert caught.value.hint
    with workspace.writing():
        assert workspace.temp.is_dir()
    assert not workspace.temp.exists()


def _interrupted(workspace: Workspace, target: Path) -> None:
    with workspace.replacing(target) as draft:
        folder(draft, "half")
        raise KeyboardInterrupt


def test_a_failed_draft_leaves_what_was_there(workspace: Workspace) -> None:
    target = folder(workspace.features, "good")
    with workspace.writing():
        with pytest.raises(KeyboardInterrupt):
            _interrupted(workspace, target)
        assert (target / "a.parquet").read_text(encoding="utf-8") == "good"
        assert list(workspace.temp.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_draft_takes_the_place_of_what_was_there(workspace: Workspace, kind: str) -> None:
    target = workspace.root / "thing"
    with workspace.writing():
        for content in ("one", "two"):
            with workspace.replacing(target) as draft:
                if kind == "folder":
                    folder(draft, content)
                else:
                    draft.write_text(content, encoding="utf-8")
            file = target / "a.parquet" if kind == "folder" else target
            assert file.read_text(encoding="utf-8") == content
    assert sorted(path.name for path in workspace.root.iterdir()) == [".lock", "thing"]


def test_a_killed_run_is_mended(workspace: Workspace) -> None:
    folder(workspace.root / "features.old", "last good")
    folder(workspace.resolution, "new")
    folder(workspace.root / "resolution.old", "old")
    folder(workspace.statements / "gb_psc@2026-10-01.old", "last good")
    folder(workspace.temp / "draft-0", "half")
    with workspace.writing():
        assert list(workspace.temp.iterdir()) == []
    assert (workspace.features / "a.parquet").read_text(encoding="utf-8") == "last good"
    assert (workspace.resolution / "a.parquet").read_text(encoding="utf-8") == "new"
    assert [path.name for path in workspace.statements.iterdir()] == ["gb_psc@2026-10-01"]
    assert sorted(path.name for path in workspace.root.iterdir()) == [
        ".lock",
        "features",
        "resolution",
        "statements",
    ]


def test_what_a_user_keeps_in_the_workspace_is_left_alone(workspace: Workspace) -> None:
    workspace.root.mkdir()
    workspace.judgements.write_text("now", encoding="utf-8")
    backup = workspace.root / "judgements.csv.old"
    backup.write_text("before", encoding="utf-8")
    notes = folder(workspace.root / "notes" / "2025.old", "mine")
    folder(workspace.root / "notes" / "2025", "mine too")
    with workspace.writing():
        pass
    assert backup.read_text(encoding="utf-8") == "before"
    assert (notes / "a.parquet").read_text(encoding="utf-8") == "mine"


def test_a_damaged_manifest_says_what_to_do(workspace: Workspace) -> None:
    workspace.root.mkdir()
    (workspace.root / "manifest.json").write_text('{"stages": ', encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"manifest\.json is damaged") as caught:
        workspace.manifest()
    assert "copy" in (caught.value.hint or "")


def test_the_manifest_is_plain_json(workspace: Workspace) -> None:
    with workspace.writing():
        workspace.write_manifest({"stages": {}, "runs": [{"file": "Ærø.csv"}]})
    text = (workspace.root / "manifest.json").read_text(encoding="utf-8")
    assert "Ærø.csv" in text
    assert json.loads(text)["bo_harmonise"]


def test_the_key_is_made_once_and_kept_secret(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BO_HARMONISE_KEY", raising=False)
    with workspace.writing():
        key = workspace.key()
        assert workspace.key() == key
        assert len(key) == 64
    assert (workspace.root / "secret.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("BO_HARMONISE_KEY", "shared")
    assert workspace.key() == b"shared"


def test_fingerprints_are_equal_for_equal_values_only(tmp_path: Path) -> None:
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})
    (tmp_path / "x").write_bytes(b"abc")
    assert sha256(tmp_path / "x").startswith("ba7816bf8f01cfea")


def test_a_new_workspace_in_which_nothing_was_written_does_not_stay(tmp_path):
    with pytest.raises(InputError), Workspace(tmp_path / "new").writing():
        raise InputError("no adapter knows this.", hint="")
    assert not (tmp_path / "new").exists()


def test_a_workspace_stays_when_a_later_write_fails(tmp_path):
    workspace = Workspace(tmp_path / "kept")
    with workspace.writing():
        workspace.write_manifest(workspace.manifest())
    with pytest.raises(InputError), workspace.writing():
        raise InputError("no adapter knows this.", hint="")
    assert workspace.require()
