"""Files beside the answers they belong to; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext, number
from award.nominations.answers import Section, Values

FILE_KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
}


class File(Protocol):
    """What is read of a row `Attachment`."""

    id: str
    field: str
    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str


def with_files(
    form: Iterable[Section], saved: Mapping[str, Values], files: Sequence[File]
) -> dict[str, dict[str, Any]]:
    """The sections' answers with every field of files as a list, in the order of `files`.

    A saved section holds of its files only what was said of each ({id: description}), also of
    those that are no longer there.
    """
    together = {key: dict(values) for key, values in saved.items()}
    for section in form:
        for field in section["fields"]:
            here = [one for one in files if one.field == field["key"]]
            if field["kind"] == "files" and (here or section["key"] in together):
                values = together.setdefault(section["key"], {})
                said = values.get(field["key"]) or {}
                values[field["key"]] = [_as_answer(one, said.get(one.id, "")) for one in here]
    return together


def _as_answer(one: File, description: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "description": description,
        "media_type": one.media_type,
        "size": one.size,
        "pages": one.pages,
        "sha256": one.sha256,
    }


def handed_in(answers: Mapping[str, Values]) -> Iterator[dict[str, Any]]:
    """The files that a submission names."""
    for values in answers.values():
        for value in values.values():
            if isinstance(value, list):
                yield from (one for one in value if isinstance(one, dict) and "sha256" in one)


def kind_and_size(one: Mapping[str, Any]) -> str:
    """Such as "PDF, 3 pages, 1.1 MB"."""
    kind = FILE_KINDS[one["media_type"]]
    pages = ngettext("%(num)s page", "%(num)s pages", one["pages"]) if one["pages"] else ""
    size = _("%(size)s MB", size=number(max(one["size"] / 1e6, 0.1), 1))
    return ", ".join(part for part in (kind, pages, size) if part)
