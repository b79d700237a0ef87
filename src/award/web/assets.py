"""The static files, read once, each under an address that changes with its content."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

import msgspec

_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml"}
_TEXTS = {"text/css", "text/javascript", "image/svg+xml", "text/plain"}


class Asset(msgspec.Struct, frozen=True):
    """A file's bytes, media type and content hash."""

    body: bytes
    media_type: str
    digest: str


class Assets:
    """All files below the static folder, by their path."""

    def __init__(self, folder: Path) -> None:
        self._files = _files(folder)

    def find(self, path: str) -> Asset | None:
        return self._files.get(path)

    def url(self, path: str) -> str:
        """The address of a file; raises KeyError for one that does not exist."""
        return f"/static/{path}?v={self._files[path].digest[:10]}"


@cache
def _files(folder: Path) -> dict[str, Asset]:
    return {
        path.relative_to(folder).as_posix(): _read(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    if media_type in _TEXTS:
        media_type += "; charset=utf-8"
    return Asset(body, media_type, hashlib.sha256(body).hexdigest())
