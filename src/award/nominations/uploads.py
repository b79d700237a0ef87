"""From what somebody uploads to a file that can be attached: scanned, examined, named and kept."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

import msgspec
import structlog

from award.kit.files import Files
from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.kit.media import SUFFIXES, Examined, Fault, Unfit, examine
from award.kit.scanner import Scanner, Unchecked
from award.nominations.answers import Field

_LONGEST_STEM = 120
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
_log = structlog.get_logger("award.uploads")


class Received(msgspec.Struct, frozen=True):
    """A file whose content is kept; a row may name it."""

    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str
    preview_sha256: str


class TurnedAway(msgspec.Struct, frozen=True):
    """A file that is not taken, and why in words."""

    name: str
    message: str


def receive(
    files: Files, scanner: Scanner | None, field: Field, uploads: Sequence[tuple[str, bytes]]
) -> list[Received | TurnedAway]:
    """Scan and examine each (name, content) and keep what the field takes.

    After the first that the scanner or the store did not answer for they are not asked again.
    """
    done: list[Received | TurnedAway] = []
    try:
        for name, content in uploads:
            done.append(_receive(files, scanner, field, name, content))
    except Unchecked as error:
        _log.error("unchecked", reason=str(error))
        words = _("“%(name)s” cannot be checked for viruses at the moment. Please try again.")
    except OSError:
        _log.exception("not kept")
        words = _("“%(name)s” cannot be kept at the moment. Please try again.")
    else:
        return done
    names = [plain_name(name) for name, _content in uploads[len(done) :]]
    return [*done, *(TurnedAway(name, words % {"name": name}) for name in names)]


def _receive(
    files: Files, scanner: Scanner | None, field: Field, name: str, content: bytes
) -> Received | TurnedAway:
    if len(content) > field["max_bytes_each"]:
        size = number(field["max_bytes_each"] / 1e6, 1 if field["max_bytes_each"] % 1e6 else 0)
        words = _("“%(name)s” is larger than %(size)s MB.", name=plain_name(name), size=size)
        return TurnedAway(plain_name(name), words)
    if scanner is not None and (virus := scanner.finding(content)):
        _log.warning("virus", virus=virus, sha256=hashlib.sha256(content).hexdigest())
        words = _("“%(name)s” was not taken: the virus scanner found something in it.")
        return TurnedAway(plain_name(name), words % {"name": plain_name(name)})
    try:
        found = examine(content, frozenset(field["media_types"]))
    except Unfit as unfit:
        return TurnedAway(plain_name(name), _why(unfit.fault, plain_name(name), field))
    return _kept(files, name, found)


def _kept(files: Files, name: str, found: Examined) -> Received:
    return Received(
        name=_named(plain_name(name), found.media_type),
        media_type=found.media_type,
        size=len(found.content),
        pages=found.pages,
        sha256=files.put(found.content),
        preview_sha256=files.put(found.preview),
    )


def plain_name(name: str) -> str:
    """A name without folders, without signs that cannot be seen, and of a bearable length."""
    last = _FOLDERS.sub("", unicodedata.normalize("NFC", name))
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, suffix = " ".join(seen.split()).strip(". ").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return stem[:_LONGEST_STEM].strip() + dot + suffix[:10] or _("File")


def _named(name: str, media_type: str) -> str:
    """The name with an ending that says what the content is."""
    if name.lower().endswith(SUFFIXES[media_type]):
        return name
    return name + SUFFIXES[media_type][0]


def _why(fault: Fault, name: str, field: Field) -> str:
    match fault:
        case Fault.EMPTY:
            return _("“%(name)s” is empty.", name=name)
        case Fault.KIND:
            kinds = ", ".join(kind.partition("/")[2].upper() for kind in field["media_types"])
            words = _("“%(name)s” is of another kind. These are taken: %(kinds)s.")
            return words % {"name": name, "kinds": kinds}
        case Fault.BROKEN:
            words = _("“%(name)s” cannot be read. Please save it anew and try again.")
        case Fault.PIXELS:
            words = _("“%(name)s” has too many pixels. Please make it smaller.")
        case Fault.PAGES:
            words = _("“%(name)s” has more than 200 pages. Please leave some out.")
        case Fault.LOCKED:
            words = _("“%(name)s” is protected by a password. Please save it without one.")
        case Fault.ACTIVE:
            words = _(
                "“%(name)s” contains programs, forms or other files. Please print it to a new PDF."
            )
        case Fault.TRAILING:
            words = _("“%(name)s” goes on after its end. Please print it to a new PDF.")
        case Fault.HARD:
            words = _("“%(name)s” takes too long to read. Please print it to a new PDF.")
    return words % {"name": name}
