"""Files under the hash of their content, in a folder and in a bucket: whole or not there."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from award.kit.files import Files, Folder, open_files
from tests.kit.s3 import S3

BUCKET = "s3://award/files/2026"


class Place(msgspec.Struct):
    """Where files are kept, and a look at it from outside."""

    files: Files
    folder: Path
    s3: S3 | None = None

    def names(self) -> list[str]:
        if self.s3:
            return sorted(key.removeprefix("files/2026/") for key in self.s3.held)
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob("*/*"))

    def change(self, content: bytes) -> None:
        """Damage the only file."""
        [name] = self.names()
        if self.s3:
            self.s3.held[f"files/2026/{name}"] = (content, time.time())
        else:
            (self.folder / name).write_bytes(content)

    def age(self, seconds: float) -> None:
        """Let the files be older than they are."""
        if self.s3:
            self.s3.held = {key: (one, at - seconds) for key, (one, at) in self.s3.held.items()}
        for path in self.folder.glob("*/*"):
            os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    folder = tmp_path / "files"
    s3 = request.getfixturevalue("s3") if request.param == "bucket" else None
    return Place(open_files(BUCKET if s3 else str(folder)), folder, s3)


@pytest.fixture
def files(place: Place) -> Files:
    return place.files


def test_a_file_is_found_by_its_hash(place: Place, files: Files) -> None:
    sha256 = files.put(b"Guten Tag")
    assert sha256 == hashlib.sha256(b"Guten Tag").hexdigest()
    assert place.names() == [f"{sha256[:2]}/{sha256[2:]}"]
    assert files.read(sha256) == b"Guten Tag"
    assert files.has(sha256)
    assert files.is_whole(sha256)
    assert files.put(b"Guten Tag") == sha256
    files.remove(sha256)
    files.remove(sha256)
    assert not files.has(sha256)
    assert not files.is_whole(sha256)
    with pytest.raises(FileNotFoundError):
        files.read(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "g" * 64])
def test_only_a_hash_names_a_file(files: Files, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        files.read(name)


def test_a_file_that_was_changed_is_not_whole(place: Place, files: Files) -> None:
    sha256 = files.put(b"Guten Tag")
    place.change(b"Gute Nacht")
    assert not files.is_whole(sha256)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        Folder(tmp_path / "files").put(b"Guten Tag")
    assert list((tmp_path / "files").glob("*/*")) == []


def test_old_files_are_listed_and_one_that_comes_again_is_young(place: Place, files: Files) -> None:
    held = {files.put(content) for content in (b"1", b"2", b"3", b"4", b"5")}
    assert set(files.older_than(60)) == set()
    place.age(100)
    assert set(files.older_than(60)) == held
    young = files.put(b"1")
    assert set(files.older_than(60)) == held - {young}


def test_what_is_no_file_of_ours_is_passed_over(place: Place, files: Files) -> None:
    files.put(b"Guten Tag")
    place.change(b"")
    if place.s3:
        place.s3.held = {"files/2026/README": (b"", 0.0)}
    else:
        [name] = place.names()
        (place.folder / name).rename(place.folder / name[:2] / "README")
    place.age(100)
    assert list(files.older_than(60)) == []


def test_a_bucket_that_does_not_answer_is_an_error_as_a_full_disk_is(s3: S3) -> None:
    files = open_files(BUCKET)
    sha256 = files.put(b"Guten Tag")
    s3.is_down = True
    for work in (lambda: files.put(b"x"), lambda: files.has(sha256), lambda: files.read(sha256)):
        with pytest.raises(OSError, match="503") as caught:
            work()
        assert not isinstance(caught.value, FileNotFoundError)
    s3.is_down = False
    assert files.is_whole(sha256)


def test_the_library_is_loaded_for_a_bucket_only(tmp_path: Path) -> None:
    code = f"""import sys; from award.kit.files import open_files
open_files({str(tmp_path)!r}); print("obstore" in sys.modules)
open_files({BUCKET!r}); print("obstore" in sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
