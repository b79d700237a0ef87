"""Files under the hash of their content: whole or not there, and young when they come again."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from award.kit.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def test_a_file_is_found_by_its_hash(files: Files) -> None:
    sha256 = files.put(b"Guten Tag")
    assert sha256 == hashlib.sha256(b"Guten Tag").hexdigest()
    assert files.read(sha256) == b"Guten Tag"
    assert files.is_whole(sha256)
    assert files.put(b"Guten Tag") == sha256
    files.remove(sha256)
    assert not files.has(sha256)
    with pytest.raises(FileNotFoundError):
        files.read(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "g" * 64])
def test_only_a_hash_names_a_file(files: Files, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        files.read(name)


def test_a_file_that_was_changed_is_not_whole(files: Files, tmp_path: Path) -> None:
    sha256 = files.put(b"Guten Tag")
    [path] = (tmp_path / "files").glob("*/*")
    path.write_bytes(b"Gute Nacht")
    assert not files.is_whole(sha256)


def test_a_failed_write_leaves_nothing(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.put(b"Guten Tag")
    assert list((tmp_path / "files").glob("*/*")) == []


def test_old_files_are_listed_and_one_that_comes_again_is_young(
    files: Files, tmp_path: Path
) -> None:
    sha256 = files.put(b"Guten Tag")
    [path] = (tmp_path / "files").glob("*/*")
    os.utime(path, (time.time() - 100, time.time() - 100))
    assert list(files.older_than(60)) == [sha256]
    files.put(b"Guten Tag")
    assert list(files.older_than(60)) == []
