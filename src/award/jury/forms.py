"""What is typed on a panel's pages; one struct per form, and the score sheet by its criteria."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from award.jury.actions import NewRules, Written
from award.jury.queries import OwnSheet
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.web.forms import Email, Line, Text, Typed, parse, whole

Reason = Annotated[str, Meta(min_length=1, max_length=2000)]
NOT_ASSESSABLE = "na"
S = TypeVar("S", bound=msgspec.Struct)


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


class Amending(msgspec.Struct, kw_only=True):
    """Other rules of a round and why; `seen` is the hash of those that the form was filled with."""

    min_sheets: Annotated[int, Meta(ge=1, le=50)]
    min_weight_present: Annotated[float, Meta(ge=0, le=100)]
    carries_earlier_sheets: bool = False
    reason: Reason
    seen: Line


class Weighed(msgspec.Struct, kw_only=True):
    """A criterion's weight and its place in the order among equals; both end in its number."""

    weight: Annotated[float, Meta(ge=0.5, le=100)]
    tie: Annotated[int, Meta(ge=1, le=99)] | None = None


class Confirming(msgspec.Struct):
    """Which proposal, and the hash of what was on the screen."""

    proposal: Line
    sha256: str = ""


def amendment(typed: Typed, rules: dict[str, Any]) -> tuple[NewRules, Amending]:
    """The rules as typed; raises Refused with a message for every field at fault."""
    errors: dict[str, str] = {}
    asked = _part(Amending, typed, "", errors)
    weighed: dict[str, Weighed] = {}
    for number, one in enumerate(rules["criteria"], 1):
        found = _part(Weighed, typed, f"-{number}", errors)
        if found is None:
            continue
        if found.tie and found.tie in {other.tie for other in weighed.values()}:
            errors[f"tie-{number}"] = _("This place is given twice. Please choose another one.")
        weighed[one["key"]] = found
    if asked is None or errors:
        raise Refused("form", errors=errors)
    ties = sorted((one.tie, key) for key, one in weighed.items() if one.tie)
    new = NewRules(
        weights={key: one.weight for key, one in weighed.items()},
        tie_breakers=[key for _place, key in ties],
        min_sheets=asked.min_sheets,
        min_weight_present=round(asked.min_weight_present / 100, 6),
        carries_earlier_sheets=asked.carries_earlier_sheets,
    )
    return new, asked


def _part(kind: type[S], typed: Typed, ending: str, errors: dict[str, str]) -> S | None:
    """The fields of a struct whose names on the form have this ending."""
    names = [field.name for field in msgspec.structs.fields(kind)]
    own = Typed((name, typed.get(name + ending)) for name in names)
    try:
        return parse(kind, own)
    except Refused as refused:
        errors |= {name + ending: words for name, words in refused.errors.items()}
        return None


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
