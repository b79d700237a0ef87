"""A nomination as programs read it: addresses, what may be asked, answers, words for all; pure."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from award.kit.i18n import gettext as _
from award.kit.openapi import Operation

LIST = "/api/v1/nominations"
ONE = f"{LIST}/{{nomination_id:str}}"
SCHEMA = f"{ONE}/schema"
MOST, USUAL = 200, 50

Status = Literal["draft", "submitted", "admitted", "not_admitted", "withdrawn"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed to. Any `cursor` of the right shape is a place in the list."""

    edition: Annotated[str, Meta(pattern="^[a-z0-9-]+$", max_length=40)] | None = None
    status: Status | None = None
    state: Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)] | None = None
    updated_since: Annotated[datetime, Meta(tz=True)] | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST)] = USUAL
    cursor: Annotated[str, Meta(pattern="^[a-z0-9]+$", max_length=40)] | None = None


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Who nominates, by the name that the form gives."""

    id: str
    name: str


class Nomination(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a nomination."""

    id: str
    url: str
    page: str
    edition: str
    reference: str | None
    title: str
    network: Network
    state: str
    field_of_action: str
    status: Status
    submitted_at: datetime | None
    updated_at: datetime | None


class NominationWithAnswers(Nomination, frozen=True, kw_only=True):
    """The facts, and the text where this person reads it."""

    schema: str
    form_version: int | None
    sha256: str | None
    answers: dict[str, dict[str, Any]] | None


class Nominations(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list."""

    items: list[Nomination]
    next: str | None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of a nomination, whoever asks."""

    id: str
    network_id: str
    network_name: str
    edition_id: str
    edition: str
    reference: str | None
    title: str
    state: str
    field_of_action: str
    status: Status
    saved_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    checked_at: datetime | None
    extended_until: datetime | None
    form_version: int | None
    sha256: str | None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    def updated_at(self, *, is_own: bool) -> datetime | None:
        """The last change; when a network writes is its own to know, and no administrator's."""
        known = (self.submitted_at, self.withdrawn_at, self.checked_at)
        times = [one for one in (*known, self.saved_at if is_own else None) if one is not None]
        return max(times, default=None)

    def told(self, *, is_own: bool, url: str, page: str) -> dict[str, Any]:
        """The fields of `Nomination`."""
        names = ("id", "edition", "reference", "title", "state", "field_of_action", "status")
        return {
            **{name: getattr(self, name) for name in names},
            "url": url,
            "page": page,
            "network": Network(id=self.network_id, name=self.network_name),
            "submitted_at": self.submitted_at,
            "updated_at": self.updated_at(is_own=is_own),
        }


def operations() -> list[Operation]:
    """What can be read, in the language of the page."""
    which = {"nomination_id": _("The nomination’s id, as the list gives it.")}
    return [
        Operation(
            path=LIST,
            name="listNominations",
            summary=_("List nominations"),
            text=_(
                "Your network’s nominations, drafts too; administrators find those of all "
                "networks, auditors what is handed in, from the formal check on. In the order of "
                "their ids."
            ),
            is_list=True,
            asked=Asked,
            asked_words=_asked_words(),
            answer=Nominations,
            fields={"Nominations": _list_words(), "Nomination": _words(), "Network": _network()},
        ),
        Operation(
            path=ONE,
            name="readNomination",
            summary=_("Read a nomination"),
            text=_(
                "The facts with the answers: what was handed in, of your own drafts what was "
                "saved last. Administrators and auditors read the text from the formal check on."
            ),
            in_path=which,
            answer=NominationWithAnswers,
            fields={"NominationWithAnswers": _words() | _text_words()},
        ),
        Operation(
            path=SCHEMA,
            name="readNominationSchema",
            summary=_("Read the schema of its answers"),
            text=_(
                "A JSON Schema (2020-12) of what can be handed in with the version of the form "
                "that the nomination goes by. A draft need not be valid yet."
            ),
            in_path=which,
            answer=dict[str, Any],
            media_type="application/schema+json",
        ),
    ]


def _asked_words() -> dict[str, str]:
    return {
        "edition": _("Only of this edition, as its address calls it."),
        "status": _("Only with this status."),
        "state": _("Only of this federal state, such as SH."),
        "updated_since": _(
            "Only what changed at this instant or later. Drafts of other networks have no instant "
            "and are left out."
        ),
        "limit": _("How many at most on a page."),
        "cursor": _("Where to go on; it comes with the address of the next page."),
    }


def _list_words() -> dict[str, str]:
    return {
        "items": _("The nominations of this page."),
        "next": _("The address of the next page; null on the last one."),
    }


def _network() -> dict[str, str]:
    return {
        "id": _("The network’s id."),
        "name": _("The network’s name, as its nomination gives it."),
    }


def _words() -> dict[str, str]:
    return {
        "id": _("The nomination’s id; it never changes."),
        "url": _("Where a program reads all of it."),
        "page": _("Where you read it in the browser."),
        "edition": _("The edition, as its address calls it."),
        "reference": _("The number given when it was handed in; null before."),
        "title": _("The title; empty as long as there is none."),
        "network": _("The network that nominates."),
        "state": _("The federal state by its two letters; empty as long as it is open."),
        "field_of_action": _("The key of the field of action, as the form has it."),
        "status": _(
            "draft; submitted: to be checked; admitted and not_admitted: by the formal check; "
            "withdrawn."
        ),
        "submitted_at": _("When it was handed in, in UTC; null before."),
        "updated_at": _(
            "When it last changed, in UTC. Of other networks only what they handed in counts; "
            "null before."
        ),
    }


def _text_words() -> dict[str, str]:
    return {
        "schema": _("Where the JSON Schema of the answers is."),
        "form_version": _("The version of the form it was handed in with; null for a draft."),
        "sha256": _("The fingerprint that the receipt names; null where you do not read the text."),
        "answers": _(
            "By the keys of the form’s sections and fields; null where you do not read the text. "
            "Of a file there is its description, not its content."
        ),
    }
