"""What an uploaded file really is, found out in a process of its own.

The readers of images and PDF are large C programs, and the files come from anybody: whatever one
of them does to its reader happens to a process with little memory, little time and no secrets.
"""

import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import msgspec

_SECONDS = 20
_SIGNATURES = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
}
# The usual ending first.
SUFFIXES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
}


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    KIND = "kind"  # not one of the kinds, whatever its name says
    BROKEN = "broken"  # begins like one, and cannot be read
    PIXELS = "pixels"  # an image of too many
    PAGES = "pages"  # a PDF of too many
    LOCKED = "locked"  # a PDF with a password
    ACTIVE = "active"  # a PDF that runs programs or carries other files
    TRAILING = "trailing"  # something else follows after its end
    HARD = "hard"  # takes more time or memory than a file may


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is taken: `content` as it is kept, `preview` a small JPEG of its first page."""

    media_type: str
    content: bytes
    preview: bytes
    pages: int | None = None


class Unfit(Exception):
    """The file is not taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def media_type(content: bytes) -> str:
    """The kind by the first bytes, "" for any other."""
    for kind, signatures in _SIGNATURES.items():
        if content.startswith(signatures):
            return "" if kind == "image/webp" and content[8:12] != b"WEBP" else kind
    return ""


def examine(content: bytes, allowed: frozenset[str]) -> Examined:
    """Read the whole file; raises Unfit. Images are written anew, without what cameras add."""
    if not content:
        raise Unfit(Fault.EMPTY)
    kind = media_type(content)
    if kind not in allowed:
        raise Unfit(Fault.KIND)
    command = (sys.executable, "-I", str(Path(__file__).with_name("_reading.py")), kind)
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and a kind from the table above
            command,
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Unfit(Fault.HARD) from error
    return _answer(done, kind, content)


def _answer(done: subprocess.CompletedProcess[bytes], kind: str, content: bytes) -> Examined:
    """One line of JSON, then the bytes of the content (if it was written anew) and the preview."""
    if done.returncode:
        raise Unfit(Fault.HARD)
    head, _, rest = done.stdout.partition(b"\n")
    said = msgspec.json.decode(head)
    if "fault" in said:
        raise Unfit(Fault(said["fault"]))
    size = said["size"]
    return Examined(
        media_type=kind,
        content=rest[:size] if size else content,
        preview=rest[size:],
        pages=said.get("pages"),
    )
