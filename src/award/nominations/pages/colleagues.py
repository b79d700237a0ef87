"""Who else is writing: a mark that lapses by itself, and never a lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from award.accounts import queries as accounts
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import policy
from award.nominations.answers import sections
from award.nominations.queries import Entry, colleagues
from award.web.call import Answer, Call, Data
from award.web.routes import Routes

routes = Routes()


class Mark(msgspec.Struct, frozen=True):
    """What a page shows of somebody who is writing; `place` is the section and the field."""

    section: str
    place: str
    who: str
    said: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the network; `invitation` is open or over for who has not come yet."""

    name: str
    is_own: bool
    may_write: bool
    invitation: str
    section: str
    saved_at: datetime | None


@routes.get("/nominations/{nomination_id:str}/writing", policy=policy.may_read_own)
def writing(call: Call, nomination_id: str) -> Answer:
    """Asked again and again by `writing.js`, so it reads as little as it can."""
    call.allow(policy.may_read_own, colleagues.network_id(call.db, nomination_id))
    body = msgspec.json.encode(marks(call, nomination_id))
    return Data(body, "application/json")


def marks(call: Call, nomination_id: str) -> list[Mark]:
    """A mark for each colleague who is writing now."""
    found = colleagues.writing(call.db, nomination_id, but=call.actor.account_id, now=call.now)
    return [
        Mark(
            one.section,
            f"{one.section}/{one.field}",
            one.name,
            _("%(name)s is writing here", name=one.name),
        )
        for one in found
    ]


def people(call: Call, entry: Entry, form: Mapping[str, Any]) -> list[Person]:
    """Everybody of the nomination's network, and where each of them wrote last."""
    names = {one["key"]: local(one["name"]) for one in sections(form)}
    saves = colleagues.last_saves(call.db, entry.nomination.id)
    return [
        Person(
            name=member.name,
            is_own=member.account_id == call.actor.account_id,
            may_write=member.may_write,
            invitation=_invitation(member, call.now),
            section=names.get(save.section, "") if save else "",
            saved_at=save.at if save else None,
        )
        for member in accounts.members(call.db, entry.nomination.network_id)
        for save in [saves.get(member.account_id)]
    ]


def _invitation(member: accounts.Member, now: datetime) -> str:
    if member.has_password:
        return ""
    return "open" if member.invited_until and member.invited_until > now else "over"
