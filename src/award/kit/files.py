"""Files kept under the hash of their content: the same content twice is one file.

A file is on disk, whole, before the row that names it is written. What no row names is cleared
away later (see `nominations.jobs`), never at once: its row may be on its way.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Files:
    """A folder that holds each file as `ab/cdef…`, named by its SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content and return its hash; raises OSError when it cannot be kept.

        It is written beside its place and moved there, so that there is never half a file. One
        that is there already is written anew: it is as young again as if it had just come.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
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
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content; raises FileNotFoundError."""
        return self._path(sha256).read_bytes()

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        """Whether the content is there and still has this hash."""
        return self.has(sha256) and hashlib.sha256(self.read(sha256)).hexdigest() == sha256

    def remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        """The hashes of the files that were last written so long ago."""
        before = time.time() - seconds
        for path in self._folder.glob("??/*"):
            sha256 = path.parent.name + path.name
            if _SHA256.fullmatch(sha256) and path.stat().st_mtime < before:
                yield sha256

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return self._folder / sha256[:2] / sha256[2:]


def _sync_folder(folder: Path) -> None:
    """Without it a power cut may forget the name of a file whose content is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
