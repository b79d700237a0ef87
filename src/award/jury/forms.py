"""What is typed on a panel's pages; one struct per form, and the score sheet by its criteria."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from award.jury.actions import Written
from award.jury.queries import OwnSheet
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.web.forms import Email, Line, Text, Typed, whole

Reason = Annotated[str, Meta(min_length=1, max_length=2000)]
NOT_ASSESSABLE = "na"


class Invitation(msgspec.Struct):
    """Somebody for the panel."""

    name: Line
    email: Email
    organisation: Line
    language: Literal["de", "en"] = "de"


class Leads(msgspec.Struct):
    """Who leads the panel: ids of seats, empty for nobody."""

    chair: str = ""
    deputy: str = ""


class Recused(msgspec.Struct):
    """Why a juror steps back."""

    reason: Reason


class Declared(msgspec.Struct):
    """A juror's own declaration."""

    kind: Annotated[str, Meta(max_length=40)]
    statement: Text


class Hinted(msgspec.Struct):
    """What somebody else pointed out."""

    seat: str
    nomination: str
    kind: Annotated[str, Meta(max_length=40)]
    statement: Text


class Decided(msgspec.Struct):
    """Whether a conflict excludes, and why."""

    decision: Literal["excluded", "admitted"]
    reason: Reason


class Readers(msgspec.Struct):
    """Who reads a nomination; `seen` are the seats that were ticked when the page was made."""

    seats: list[str] = []
    seen: str = ""
    reason: Annotated[str, Meta(max_length=2000)] = ""


class Proposed(msgspec.Struct):
    """Why a round is opened now."""

    reason: Annotated[str, Meta(max_length=2000)] = ""


class Confirmed(msgspec.Struct):
    """Which proposal is confirmed."""

    proposal: str


def sheet_as_typed(sheet: OwnSheet, typed: Typed) -> tuple[Written, int]:
    """The whole sheet and the version it was made from; raises Refused at a level that is none."""
    levels: dict[str, int | None] = {}
    errors: dict[str, str] = {}
    for mark in sheet.marks:
        given = typed.get(mark.key).strip()
        if given == NOT_ASSESSABLE:
            levels[mark.key] = None
        elif (points := whole(given.removeprefix("-"))) is not None:
            levels[mark.key] = -points if given.startswith("-") else points
        elif given:
            errors[mark.key] = _(
                "Please choose a level from %(low)s to %(high)s, or that it cannot be assessed.",
                low=sheet.scale_min,
                high=sheet.scale_max,
            )
    if errors:
        raise Refused("sheet", errors=errors)
    written = Written(
        levels=levels,
        remarks={mark.key: typed.get(f"{mark.key}-comment").strip() for mark in sheet.marks},
        comment=typed.get("comment").strip(),
        note=typed.get("note").strip(),
    )
    version = whole(typed.get("version"))
    return written, -1 if version is None else version
