"""A nomination and its receipt as documents: the data that the templates set; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from award.kit import i18n
from award.kit.i18n import gettext as _
from award.nominations.shown import Section, Shown, TitlePart


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the text. `received_at` is None and `sha256` empty for a draft.

    `facts` are further pairs of label and value; jurors are told less than others.
    """

    programme: str
    edition: str
    title: str
    title_parts: tuple[TitlePart, ...]
    network: str
    facts: tuple[tuple[str, str], ...] = ()
    received_at: datetime | None
    sha256: str
    is_invented: bool


def nomination(about: About, read: Sequence[Section]) -> dict[str, Any]:
    """The data of `nomination.typ`: the same sections that the reader's page shows."""
    notices = [] if about.received_at else [_("Draft, not handed in")]
    return _house(about, about.title or about.network, notices) | {
        "title_parts": _in_parts(about.title or about.network, about.title_parts),
        "network": about.network,
        "nothing": _("Nothing was entered here."),
        "sections": [_section(one) for one in read],
    }


def receipt(about: About, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The data of `receipt.typ`."""
    return _house(about, _("Receipt"), []) | {
        "heading": _("Your nomination has arrived."),
        "facts": [(_("Nomination"), about.title), (_("Network"), about.network), *_facts(about)],
        "fingerprint": _("Fingerprint of the text (SHA-256)"),
        "sha256": about.sha256,
        "fingerprint_words": _(
            "With it you can show later that this is the text you handed in: the text as a file, "
            "on the page of your receipt, has exactly this fingerprint."
        ),
        "files_heading": _("Fingerprints of the files"),
        "files": [{"name": one["name"], "sha256": one["sha256"]} for one in files],
        "next_heading": _("What happens next"),
        "next": _("Next, its form is checked. You get a letter with the result."),
    }


def _house(about: About, title: str, notices: list[str]) -> dict[str, Any]:
    """What `house.typ` needs for every document."""
    if about.is_invented:
        words = _("Practice round: all nominations, people and scores are invented.")
        notices = [words, *notices]
    return {
        "title": title,
        "author": about.programme,
        "edition": about.edition,
        "lang": i18n.language.get(),
        "notices": notices,
        "facts": _facts(about),
        "foot": f"SHA-256 {about.sha256}" if about.sha256 else "",
        "pages": _("Page {page} of {pages}"),
    }


def _facts(about: About) -> list[tuple[str, str]]:
    arrived = about.received_at
    received = [(_("Received"), i18n.moment(arrived, seconds=True))] if arrived else []
    return [*about.facts, *received]


def _section(section: Section) -> dict[str, Any]:
    """A section of one field that is named alike has one heading, as on the page."""
    is_alone = len(section.fields) == 1
    return {
        "name": section.name,
        "fields": [
            {
                "label": "" if is_alone and field.label == section.name else field.label,
                "lines": _lines(field),
            }
            for field in section.fields
        ],
    }


def _lines(field: Shown) -> list[str]:
    return [f"{line.text} ({line.note})" if line.note else line.text for line in field.lines]


def _in_parts(title: str, foreign: Sequence[TitlePart]) -> list[dict[str, str]]:
    """The title in pieces, each with its language, "" for the document's own.

    Of a language with its script or land, such as ar-Latn, a document takes the language alone.
    """
    parts, rest = [], title
    for part in foreign:
        before, found, after = rest.partition(part.text)
        if found:
            parts += [
                {"text": before, "lang": ""},
                {"text": found, "lang": part.lang.partition("-")[0]},
            ]
            rest = after
    return [*parts, {"text": rest, "lang": ""}]
