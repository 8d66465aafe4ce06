"""Built once, seen whole."""

from pathlib import Path

import pytest

from infra.freshness import fingerprint, made_from, refresh


def test_a_folder_is_made_again_only_from_other_sources(tmp_path: Path) -> None:
    made: list[str] = []

    def make(folder: Path) -> None:
        made.append(folder.name)
        (folder / "page").write_text(str(len(made)))

    folder = tmp_path / "out"
    assert [refresh(folder, mark, make) for mark in ("a", "a", "b")] == [True, False, True]
    assert (folder / "page").read_text() == "2"
    assert refresh(folder, "light", make, "b") is False


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    def write(new: Path) -> None:
        (new / "page").write_text("whole")

    def fail(_: Path) -> None:
        raise RuntimeError("half made")

    folder = tmp_path / "out"
    refresh(folder, "a", write)
    with pytest.raises(RuntimeError):
        refresh(folder, "b", fail)
    assert ((folder / "page").read_text(), made_from(folder)) == ("whole", "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def test_the_fingerprint_follows_contents_and_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = fingerprint([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert fingerprint([tmp_path]) == first
    (tmp_path / "a").rename(tmp_path / "b")
    second = fingerprint([tmp_path])
    (tmp_path / "b").write_text("2")
    assert len({first, second, fingerprint([tmp_path])}) == 3
