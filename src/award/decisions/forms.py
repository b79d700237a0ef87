"""What is typed when winners are proposed and confirmed."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from award.decisions.confirmable import Choice
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.calendar import instant_of, wall_time
from award.web.forms import Line, Typed, parse

Reason = Annotated[str, Meta(max_length=1000)]


class Proposal(msgspec.Struct, kw_only=True):
    """Besides the winners: the ranking they come from, the embargo, the version seen."""

    run: Line
    embargo: Line
    version: int = 0


class Winner(msgspec.Struct, kw_only=True):
    """One of the winners on the form; its fields end in its number."""

    nomination: Line
    reason: Reason = ""
    deviation: Reason = ""


class Confirmation(msgspec.Struct):
    """The hash of what was on the screen."""

    sha256: Line


def parsed(typed: Typed, awards: int, zone: str) -> tuple[Proposal, list[Choice], datetime]:
    """Everything that was typed; raises Refused with a message for every field at fault."""
    errors: dict[str, str] = {}
    proposal: Proposal | None = None
    try:
        proposal = parse(Proposal, typed)
    except Refused as refused:
        errors |= refused.errors
    chosen = [_winner(typed, number, errors) for number in range(1, awards + 1)]
    embargo = _embargo(typed.get("embargo"), zone, errors)
    if errors or proposal is None or embargo is None:
        raise Refused("proposal", errors=errors)
    return proposal, [one for one in chosen if one], embargo


def _winner(typed: Typed, number: int, errors: dict[str, str]) -> Choice | None:
    names = [field.name for field in msgspec.structs.fields(Winner)]
    own = Typed((name, typed.get(f"{name}_{number}")) for name in names)
    try:
        found = parse(Winner, own)
    except Refused as refused:
        errors |= {f"{name}_{number}": words for name, words in refused.errors.items()}
        return None
    return Choice(found.nomination, found.reason, found.deviation)


def _embargo(text: str, zone: str, errors: dict[str, str]) -> datetime | None:
    """What is typed in the edition's zone, as an instant."""
    try:
        wall = wall_time(text)
    except ValueError:
        errors["embargo"] = _("Please write day and time like this: 2026-12-14 23:59.")
        return None
    found = instant_of(wall, zone)
    if found is None:
        errors["embargo"] = _("That night the clocks skip this hour. Please choose another time.")
    return found
