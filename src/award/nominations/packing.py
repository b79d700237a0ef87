"""Nominations with their documents and files as one ZIP, written to a disk bit by bit; pure.

The same nominations give the same bytes, whenever and how often they are packed.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any

import msgspec

from award.kit import pdf
from award.kit.filenames import safe, unlike
from award.kit.files import Files, Scratch
from award.kit.i18n import gettext as _
from award.kit.i18n import local_time
from award.kit.tables import Cell, Table, as_csv

MOST, MOST_BYTES = 500, 2_000_000_000
_BIT = 256 * 1024
_TITLE = 80  # bytes of it in a folder's name: the whole path has to fit into 260 signs
_MISSING = "missing.txt"
_REASON = 200  # signs of it that are told
_READABLE = 0o644 << 16
_PRESSED = {".json", ".csv", ".txt"}  # the others are packed tightly already

Line = tuple[Cell, ...]


class Nominated(msgspec.Struct, frozen=True, kw_only=True):
    """One nomination: what the index says of it, the data of its PDF, and what it consists of."""

    reference: str
    title: str
    network: str
    status: str
    received_at: datetime
    document: Mapping[str, Any]
    text: bytes
    files: Sequence[Mapping[str, Any]]


class Packed(msgspec.Struct, frozen=True):
    """The ZIP, and how many files of it are missing or not as they were handed in."""

    file: Scratch
    missing: int


def pack(
    nominations: Sequence[Nominated],
    files: Files,
    typeset: Callable[[Nominated], bytes],
) -> Packed:
    """A folder for each, in the order given, and an index; raises OSError for a full disk.

    A PDF that cannot be made, a file that is lost, or one that is not what was handed in any more
    is named in the index, and in a text of its own that nobody overlooks. The rest is packed.
    """
    made = files.scratch()
    folders: set[str] = {"index.csv", _MISSING}
    lines: list[Line] = []
    with zipfile.ZipFile(made.file, "w") as archive:
        for one in nominations:
            title = safe(f"{one.reference} {one.title}", _TITLE)
            folder = unlike(title, folders)
            told = (one.reference, one.title, one.network, one.status, one.received_at, folder)
            lines += [(*told, *line) for line in _packed(archive, folder, one, files, typeset)]
        last = max(one.received_at for one in nominations)
        _write(archive, "index.csv", last, io.BytesIO(as_csv(_index(lines))))
        amiss = [line for line in lines if line[-1]]
        if amiss:
            _write(archive, _MISSING, last, io.BytesIO(_told(amiss).encode()))
    made.file.flush()
    return Packed(made, len(amiss))


def _packed(
    archive: zipfile.ZipFile,
    folder: str,
    one: Nominated,
    files: Files,
    typeset: Callable[[Nominated], bytes],
) -> Iterator[Line]:
    """Write all of a nomination; gives a line of the index for each file."""
    taken: set[str] = set()
    name = unlike("nomination.pdf", taken)
    try:
        document = io.BytesIO(typeset(one))
        yield (name, *_write(archive, f"{folder}/{name}", one.received_at, document), "")
    except pdf.NotSet as error:
        reason = str(error).partition("\n")[0][:_REASON]
        yield (name, None, "", _("This PDF could not be made: %(reason)s", reason=reason))
    name = unlike("submission.json", taken)
    text = io.BytesIO(one.text)
    yield (name, *_write(archive, f"{folder}/{name}", one.received_at, text), "")
    for file in one.files:
        name = unlike(safe(file["name"]), taken)
        try:
            source = files.open(file["sha256"])
        except FileNotFoundError:
            yield (name, None, file["sha256"], _("This file is lost."))
            continue
        with source:
            size, sha256 = _write(archive, f"{folder}/{name}", one.received_at, source)
        is_same = sha256 == file["sha256"]
        yield (name, size, sha256, "" if is_same else _("Not as it was handed in."))


def _write(archive: zipfile.ZipFile, path: str, at: datetime, source: IO[bytes]) -> tuple[int, str]:
    """Copy it into the archive; gives its size and its hash."""
    info = zipfile.ZipInfo(path, local_time(at).timetuple()[:6])
    info.external_attr = _READABLE
    info.create_system = 3  # as on Unix, wherever it is packed
    is_pressed = any(path.endswith(suffix) for suffix in _PRESSED)
    info.compress_type = zipfile.ZIP_DEFLATED if is_pressed else zipfile.ZIP_STORED
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w") as target:
        while bit := source.read(_BIT):
            target.write(bit)
            digest.update(bit)
            size += len(bit)
    return size, digest.hexdigest()


def _told(amiss: Sequence[Line]) -> str:
    """What is missing and why, for people."""
    heading = _("Missing in this file, or not as it was handed in:")
    said = [f"{folder}/{name}\n  {why}" for *_about, folder, name, _size, _hash, why in amiss]
    after = _("What was written stands in “submission.json” of each folder all the same.")
    return "\n\n".join([heading, *said, after]) + "\n"


def _index(lines: Sequence[Line]) -> Table:
    headings = (
        *(_("Reference"), _("Title"), _("Network"), _("Status"), _("Received")),
        *(_("Folder"), _("File"), _("Size in bytes"), "SHA-256", _("Remark")),
    )
    return Table(_("Nominations"), headings, lines)
