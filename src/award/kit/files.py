"""Files kept under the hash of their content: the same content twice is one file.

A file is kept, whole, before the row that names it is written. What no row names is cleared
away later (see `nominations.jobs`), never at once: its row may be on its way.
"""

import hashlib
import io
import os
import re
import tempfile
import time
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

BUCKET = "s3://"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Files(ABC):
    """Each file has the name `ab/cdef…`, its SHA-256. What cannot be reached raises OSError."""

    def put(self, content: bytes) -> str:
        """Keep the content and return its hash; raises OSError when it cannot be kept.

        There is never half a file. One that is there already is written anew: it is as young
        again as if it had just come.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        self._write(_name(sha256), content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content; raises FileNotFoundError."""
        return self._read(_name(sha256))

    def open(self, sha256: str) -> BinaryIO:
        """The content to be read bit by bit; raises FileNotFoundError."""
        return io.BytesIO(self.read(sha256))

    def scratch(self) -> "Scratch":
        """A file that is kept by nobody."""
        return Scratch()

    def has(self, sha256: str) -> bool:
        return self._has(_name(sha256))

    def is_whole(self, sha256: str) -> bool:
        """Whether the content is there and still has this hash."""
        try:
            return hashlib.sha256(self.read(sha256)).hexdigest() == sha256
        except FileNotFoundError:
            return False

    def remove(self, sha256: str) -> None:
        """Delete the content, if it is there."""
        self._remove(_name(sha256))

    def older_than(self, seconds: float) -> Iterator[str]:
        """The hashes of the files that were last written so long ago."""
        before = time.time() - seconds
        for name, written_at in self._listed():
            sha256 = name.replace("/", "")
            if _SHA256.fullmatch(sha256) and written_at < before:
                yield sha256

    @abstractmethod
    def _write(self, name: str, content: bytes) -> None: ...

    @abstractmethod
    def _read(self, name: str) -> bytes: ...

    @abstractmethod
    def _has(self, name: str) -> bool: ...

    @abstractmethod
    def _remove(self, name: str) -> None: ...

    @abstractmethod
    def _listed(self) -> Iterator[tuple[str, float]]:
        """Every name, and when it was last written in seconds since 1970."""


class Folder(Files):
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _write(self, name: str, content: bytes) -> None:
        """It is written beside its place and moved there."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as unnamed:
            try:
                unnamed.write(content)
                unnamed.flush()
                os.fsync(unnamed.fileno())
                Path(unnamed.name).replace(path)
            except BaseException:
                Path(unnamed.name).unlink(missing_ok=True)
                raise
        _sync_folder(path.parent)

    def _read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def open(self, sha256: str) -> BinaryIO:
        return (self._folder / _name(sha256)).open("rb")

    def scratch(self) -> "Scratch":
        """On the same disk, which has the room for files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return Scratch(self._folder)

    def _has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def _remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def _listed(self) -> Iterator[tuple[str, float]]:
        for path in self._folder.glob("??/*"):
            yield f"{path.parent.name}/{path.name}", path.stat().st_mtime


def open_files(place: str) -> Files:
    """The files of a folder, or of `s3://bucket/prefix`."""
    if not place.startswith(BUCKET):
        return Folder(Path(place))
    from award.kit.bucket import Bucket  # noqa: PLC0415 - what it needs is an extra

    return Bucket(place)


def _name(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    return f"{sha256[:2]}/{sha256[2:]}"


class Scratch:
    """A file without a name, for what is only on its way: its room is free when nobody holds it.

    Nothing of it is left behind, not even by a server that is killed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        weakref.finalize(self, self.file.close)

    @property
    def size(self) -> int:
        """In bytes."""
        return os.fstat(self.file.fileno()).st_size

    def read(self, size: int) -> bytes:
        """What comes next, at most so many bytes; empty at the end."""
        return self.file.read(size)


def _sync_folder(folder: Path) -> None:
    """Without it a power cut may forget the name of a file whose content is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
