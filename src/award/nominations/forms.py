"""What the forms of this slice hold; the sections' fields are data and read by `answers`."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from award.accounts.forms import Language, StateCode
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.calendar import LAST_SECOND
from award.programmes.forms import instant
from award.web.forms import Email, Line, Typed, parse

Reason = Annotated[str, Meta(min_length=1, max_length=2000)]
Version = Annotated[int, Meta(ge=0)]


class Start(msgspec.Struct):
    """Where, and for whom."""

    edition: str
    network: str


class Seen(msgspec.Struct):
    """The version of a section that was on the screen."""

    version: Version


class Restore(Seen):
    """The earlier version that is to be the newest."""

    earlier: Version


class Change(Seen):
    """A change of the form: the version that was seen, and why once the call is published."""

    reason: Annotated[str, Meta(max_length=1000)] = ""


class Bring(Change, kw_only=True):
    """The earlier version of the form that is to be the newest."""

    number: Version


class Withdraw(msgspec.Struct):
    reason: Reason


class Look(msgspec.Struct):
    reason: Reason


class Export(msgspec.Struct):
    """The kind of file."""

    kind: Literal["csv", "xlsx"]


class SaveFilter(msgspec.Struct):
    """What the present search is called; its filters stand in the address."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]


class Import(msgspec.Struct):
    """The cells of a table that was tried, as JSON."""

    table: str


class Extend(msgspec.Struct):
    """Until when, as the last second that counts, and why."""

    ends_at: str
    why: Reason


class WriteLetter(msgspec.Struct):
    """A letter to those who write for networks."""

    subject: Annotated[str, Meta(min_length=1, max_length=120)]
    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class Propose(msgspec.Struct):
    """A network, why it should take part, and whom to ask there."""

    network: Line
    state: StateCode
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    name: Line
    email: Email


class Correct(Propose, kw_only=True):
    """The same once more, and the version of the proposal that was seen."""

    version: Version


class Accept(msgspec.Struct):
    """For which network (the id of one's own, or empty for a new one), as the proposal was seen."""

    version: Version
    network_name: Line
    network: str = ""
    state: StateCode = ""


class SetUp(Accept, kw_only=True):
    """The same, and the account that goes with it."""

    name: Line
    language: Language = "de"


class Decline(msgspec.Struct):
    """Words for whoever proposed, and whether letters about proposals are to stop."""

    words: Annotated[str, Meta(max_length=1000)] = ""
    stop: bool = False


class Decide(msgspec.Struct):
    """The decision of the formal check; the single checks are read beside it."""

    decision: Literal["admit", "refuse"]
    version: Version
    reason: Annotated[str, Meta(max_length=2000)] = ""


def extension(typed: Typed, zone: str) -> tuple[datetime, str]:
    """The first instant that is too late, and the reason; raises Refused."""
    asked = parse(Extend, typed)
    errors: dict[str, str] = {}
    last = instant(asked.ends_at, zone, None, "ends_at", errors)
    if last is None:
        raise Refused("form", errors=errors)
    return last + LAST_SECOND, asked.why


def extra_time(typed: Typed, zone: str) -> tuple[list[str], datetime, str]:
    """In which sections, until when, and what is missing; raises Refused with all that is amiss."""
    sections, errors = list(dict.fromkeys(typed.all("sections"))), {}
    if not sections:
        errors["sections"] = _("Please choose the parts in which something is missing.")
    try:
        ends_at, missing = extension(typed, zone)
    except Refused as refusal:
        raise Refused("form", errors=errors | refusal.errors) from refusal
    if errors:
        raise Refused("form", errors=errors)
    return sections, ends_at, missing


def proposal(typed: Typed) -> Propose:
    """What somebody proposes, with the consent that goes with it; raises Refused."""
    errors = {}
    if typed.get("consent") != "on":
        errors["consent"] = _("Please agree: the network has to know who proposes it.")
    try:
        asked = parse(Propose, typed)
    except Refused as refusal:
        raise Refused("form", errors=refusal.errors | errors) from refusal
    if errors:
        raise Refused("form", errors=errors)
    return asked
